/** Every page a citizen can meet, in every language: axe, nothing that does not fit, nothing that breaks the policy. */
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES, type Language } from '#service';
import { comes, leads, openBrowser, SCREENS } from '#test/browser';
import { axe, misfits, misfitsAt } from '#test/browser-inspect';
import { journeyOf, playInBrowser } from '#test/browser-journey';
import { visitEveryPage } from '#test/browser-pages';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SUNDAY = '2026-11-22T12:00:00+01:00';

let office: RunningOffice;
let browser: Browser;
before(async () => {
  [office, browser] = await Promise.all([startRunningOffice(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await office?.close();
});

/** What was found, by what it is: the same on many pages is one line. */
class Findings {
  readonly #pages = new Map<string, string[]>();
  /** How often axe could not tell, by rule. */
  readonly unsure = new Map<string, number>();

  add(where: string, found: readonly string[]): void {
    for (const one of found) this.#pages.set(one, [...(this.#pages.get(one) ?? []), where]);
  }

  get lines(): string[] {
    return [...this.#pages].map(
      ([what, pages]) => `${what} [${pages.length}×: ${pages.slice(0, 4).join(', ')}]`,
    );
  }

  /** Nothing may have been found; what axe could not tell is only said. */
  close(t: TestContext): void {
    t.diagnostic(`axe could not tell: ${JSON.stringify(Object.fromEntries(this.unsure))}`);
    assert.deepEqual(this.lines, []);
  }
}

async function accessible(page: Page, where: string, found: Findings): Promise<void> {
  const { violations, incomplete } = await axe(page);
  found.add(where, violations);
  for (const [rule, count] of Object.entries(incomplete))
    found.unsure.set(rule, (found.unsure.get(rule) ?? 0) + count);
}

const onHtml = (page: Page, name: string, value: string): Promise<void> =>
  page.evaluate(([attribute, to]) => document.documentElement.setAttribute(attribute, to), [
    name,
    value,
  ] as const);

/** Every screen with the smallest and the largest text, the narrowest also between; errors only where it is tightest. */
async function fits(page: Page, state: string, found: Findings): Promise<void> {
  for (const size of [1, 2, 3] as const) found.add(state, await misfitsAt(page, 'narrow', size));
  for (const screen of state.includes('error') ? [] : (['phone', 'upright', 'wide'] as const))
    for (const size of [1, 3] as const) found.add(state, await misfitsAt(page, screen, size));
  await onHtml(page, 'data-size', '1');
}

type More = (page: Page, state: string, found: Findings) => Promise<void>;

async function narrow(page: Page, state: string, found: Findings): Promise<void> {
  await page.setViewportSize(SCREENS.narrow);
  await accessible(page, `${state} at 320 px`, found);
}

async function contrasting(page: Page, state: string, found: Findings): Promise<void> {
  await onHtml(page, 'data-contrast', 'high');
  await accessible(page, `${state} in high contrast`, found);
  await onHtml(page, 'data-contrast', '');
}

/** Colours are the same in every language, and the longest words are those of Leichte Sprache: once each is enough. */
const MORE: Record<Language, More> = { de: contrasting, en: async () => {}, leicht: narrow };

describe('every page of both services and around them', { concurrency: true }, () => {
  for (const language of LANGUAGES) {
    const more = MORE[language];
    it(`can be used by everybody and fits every screen, in ${language}`, async (t) => {
      const found = new Findings();
      const seen: string[] = [];
      await visitEveryPage(browser, office, language, async (page, state) => {
        const screen = page.viewportSize() ?? SCREENS.upright;
        seen.push(state);
        await accessible(page, state, found);
        await fits(page, state, found);
        await more(page, state, found);
        await page.setViewportSize(screen);
      });
      assert.equal(new Set(seen).size, seen.length, 'every page once');
      assert.ok(seen.length > 60, `only ${seen.length} pages were met`);
      found.close(t);
    });
  }
});

it('the closed page can be used in every language, size and contrast', async (t) => {
  const found = new Findings();
  await office.at(SUNDAY, async () => {
    const person = await comes(browser, { origin: office.origin, terminal: 'rathaus-1' });
    const { page } = person;
    for (const [name, value, shown] of [
      ['language', 'en', 'html[lang="en"]'],
      ['language', 'leicht', 'html[lang="de"].leicht'],
      ['language', 'de', 'html[lang="de"]:not(.leicht)'],
      ['size', '2', 'html[data-size="2"]'],
      ['contrast', 'on', 'html[data-contrast="high"]'],
      ['reach', 'on', 'html[data-reach="low"]'],
    ] as const) {
      if (name === 'language') await page.click('.bar summary');
      await leads(page, () => page.click(`.bar button[name="${name}"][value="${value}"]`));
      assert.equal(
        await page.locator(`${shown}:has(main[data-page="closed"])`).count(),
        1,
        `${name} ${value}`,
      );
      await accessible(page, `closed, ${name} ${value}`, found);
      await fits(page, `closed, ${name} ${value}`, found);
      await page.setViewportSize(SCREENS.upright);
    }
    await person.leave();
  });
  found.close(t);
});

/** What can be pressed or chosen must have a border of its own: forced colours take away surfaces and shadows. */
function withoutOutline(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main .kern-btn, .choice, .tile, .count-step, main input[type="text"]')]
      .filter((one) => one.checkVisibility())
      .filter((one) => {
        const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(one);
        return borderTopStyle === 'none' || borderTopWidth === '0px' || borderTopColor === backgroundColor;
      })
      .map((one) => `${one.tagName}.${one.className} has no outline`),
  );
}

it('pages keep their outlines where the system forces its colours', async (t) => {
  const found = new Findings();
  const forced = { forcedColors: 'active', terminal: 'rathaus-1' } as const;
  const person = await comes(browser, { origin: office.origin, ...forced });
  const { page } = person;
  const look = async (state: string): Promise<void> => {
    await accessible(page, state, found);
    found.add(state, [...(await misfits(page)), ...(await withoutOutline(page))]);
  };
  await look('home');
  await playInBrowser(page, 'sperrmuell', journeyOf('sperrmuell', 'plain'), { look });
  await person.leave();
  found.close(t);
});
