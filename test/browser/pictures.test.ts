/**
 * A picture of each kind of page, upright, compared with the one that is kept: what moves on all pages of a kind is seen by
 * whoever has moved it. `AMTOMAT_PICTURES=renew` keeps new ones, to be looked at before they are committed.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { playSteps } from '#play';
import { comes, leads, openBrowser } from '#test/browser';
import { journeyOf } from '#test/browser-journey';
import { quietly } from '#test/browser-quiet';
import { differences } from '#test/pictures';
import { startRunningOffice } from '#test/running-office';

const SUNDAY = '2026-11-22T12:00:00+01:00';

/** What is another one each time: numbers, codes, and what they make of a QR code. */
const CHANGING = 'svg.qr path, .big-code-code, [data-number] .lead strong';

/** Takes pictures of what a browser shows. */
class Camera {
  readonly #page: Page;
  readonly found: string[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  /** @param name of the picture, where another page of the same kind has one already */
  async take(path?: string, name?: string): Promise<void> {
    const page = this.#page;
    if (path) await page.goto(path);
    const kind = (await page.getAttribute('main', 'data-kind')) ?? '';
    await page.evaluate(async (changing) => {
      for (const one of document.querySelectorAll<HTMLElement>(changing)) one.style.visibility = 'hidden';
      await document.fonts.ready;
    }, CHANGING);
    this.found.push(...(await differences(name ?? kind, await page.screenshot())));
  }
}

/** Answers the pages of a journey before one of them, or all, without a screen. */
async function comeTo(page: Page, slug: string, last?: string, id = 'plain'): Promise<void> {
  const { steps } = journeyOf(slug, id);
  const before = last
    ? steps.slice(
        0,
        steps.findIndex((step) => step.page === last),
      )
    : steps;
  await page.goto(await playSteps(quietly(page), slug, before, { begins: true, household: 7 }));
}

const onward = (page: Page): Promise<void> =>
  leads(page, () => page.locator('main button[type="submit"]:not([formaction]):visible').last().click());

it('every kind of page looks as its picture', async (t) => {
  const [office, browser] = await Promise.all([startRunningOffice(), openBrowser()]);
  t.after(async () => {
    await browser.close();
    await office.close();
  });
  const person = await comes(browser, { origin: office.origin, terminal: 'rathaus-1' });
  const { page } = person;
  const camera = new Camera(page);
  await camera.take('/welcome');
  await camera.take('/');
  await camera.take('/search?q=xyzzy');
  await camera.take('/help', 'help');
  await camera.take('/impressum');
  await camera.take('/status', 'status-code');
  await camera.take('/no-such-page');
  await camera.take('/service/sperrmuell');
  await comeTo(page, 'sperrmuell');
  await camera.take('/service/sperrmuell/what');
  await camera.take('/service/sperrmuell/place', 'choice-2');
  await camera.take('/service/sperrmuell/bulkyItems');
  await camera.take('/service/sperrmuell/contact', 'contact');
  await camera.take('/service/sperrmuell/date');
  await camera.take('/service/sperrmuell/rules');
  await camera.take('/service/sperrmuell/review');
  await onward(page);
  await camera.take();
  await onward(page);
  await camera.take();
  await page.goto('/terminal/rathaus-1');
  await comeTo(page, 'urkunden', 'identity');
  await camera.take();
  await page.goto('/terminal/rathaus-1');
  await comeTo(page, 'fuehrungszeugnis');
  await onward(page);
  await camera.take();
  await page.goto('/terminal/rathaus-1');
  await comeTo(page, 'wohnungsgeberbestaetigung', 'mandate', 'agent-of-owner');
  await camera.take();
  await page.goto('/terminal/rathaus-1');
  await comeTo(page, 'online-ausweis', 'pin');
  await camera.take();
  await person.leave();
  // Whoever has begun may go on; the next one finds it closed.
  const late = await comes(browser, { origin: office.origin });
  const other = new Camera(late.page);
  await office.at(SUNDAY, () => other.take('/terminal/rathaus-1'));
  await late.leave();
  assert.deepEqual([...camera.found, ...other.found], []);
});
