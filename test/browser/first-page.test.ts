/** The first page at a screen: nothing of it below the edge, and a search that answers while somebody types. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { comes, leads, openBrowser, SCREENS } from '#test/browser';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const TERMINAL = 'rathaus-1';

let office: RunningOffice;
let browser: Browser;
before(async () => {
  [office, browser] = await Promise.all([startRunningOffice(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await office?.close();
});

/** What can be touched and does not lie wholly on the screen, by its words. */
const beyondTheEdge = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main :is(.tile, .language, .kern-btn, .welcome-language)')]
      .filter((one) => {
        const { top, bottom, left, right } = one.getBoundingClientRect();
        const bar = document.querySelector('.dock')?.getBoundingClientRect().top ?? innerHeight;
        return top < 0 || left < 0 || right > innerWidth || bottom > bar;
      })
      .map((one) => one.textContent ?? ''),
  );

const lettersOf = (page: Page): Promise<number> =>
  page
    .locator('.tile-title')
    .first()
    .evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize));

/** Whether help says more than is seen of it, once it is there and its sign has been told. */
async function hasMoreBelow(page: Page): Promise<boolean> {
  const body = page.locator('dialog.layer-help .layer-body');
  await body.waitFor();
  return body.evaluate(
    (one) =>
      new Promise<boolean>((tell) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => tell(one.scrollHeight > one.clientHeight + 1)),
        ),
      ),
  );
}

describe('at a terminal, upright and lying,', () => {
  for (const on of ['upright', 'wide'] as const)
    for (const path of ['/', '/welcome'])
      it(`all of ${path} is on the screen (${on})`, async () => {
        const person = await comes(browser, { origin: office.origin, on, terminal: TERMINAL });
        await person.page.goto(path);
        assert.deepEqual(await beyondTheEdge(person.page), []);
        await person.leave();
      });

  for (const on of ['upright', 'wide'] as const)
    it(`larger letters are larger, and help ends where it says so (${on})`, async () => {
      const person = await comes(browser, { origin: office.origin, on, terminal: TERMINAL });
      const { page } = person;
      await page.goto('/');
      const letters: number[] = [];
      for (const size of ['1', '2', '3']) {
        await page.waitForSelector(`html[data-size="${size}"]`);
        letters.push(await lettersOf(page));
        await page.click('am-bar .bar-help');
        const sign = page.locator('dialog.layer-help .more');
        const more = await hasMoreBelow(page);
        assert.equal(await sign.isVisible(), more);
        if (size === '1') assert.equal(await sign.isVisible(), false);
        await page.click('dialog.layer-help [data-close]');
        if (size !== '3') await leads(page, () => page.locator('am-bar [name="size"]').first().click());
      }
      assert.deepEqual(
        letters.toSorted((a, b) => a - b),
        letters,
      );
      await person.leave();
    });

  it('a touch beside the languages opens the first page in German', async () => {
    const person = await comes(browser, { origin: office.origin, terminal: TERMINAL });
    const { page } = person;
    await page.goto('/welcome');
    await leads(page, () => page.mouse.click(SCREENS.upright.width / 2, 300));
    assert.equal(await page.locator('html[lang="de"] main[data-kind="home"]').count(), 1);
    await person.leave();
  });
});

describe('the search', () => {
  it('answers while somebody types, and gives the tiles back', async () => {
    const person = await comes(browser, { origin: office.origin, on: 'phone' });
    const { page } = person;
    await page.goto('/');
    await page.fill('#search', 'Kühlschrank');
    await page.waitForSelector('.found-said:has-text("Gefunden zu „Kühlschrank“")');
    assert.equal(await page.locator('#offer').isVisible(), false);
    assert.ok((await page.locator('.tile:visible').count()) < 8);
    await page.fill('#search', 'xyzzyx');
    await page.waitForSelector('.found-said:has-text("Nichts gefunden zu „xyzzyx“")');
    assert.equal(await page.locator('.tile:visible').count(), 8);
    await page.fill('#search', '');
    await page.waitForSelector('.found-said:empty', { state: 'attached' });
    assert.equal(await page.locator('.tile:visible').count(), 8);
    await person.leave();
  });

  it('still answers when the language has changed meanwhile', async () => {
    const person = await comes(browser, { origin: office.origin, on: 'phone' });
    const { page } = person;
    await page.goto('/');
    await page.fill('#search', 'fridge');
    await leads(page, () => page.click('.languages button[value="en"]'));
    assert.equal(await page.inputValue('#search'), 'fridge');
    await page.waitForSelector('.found-said:has-text("fridge")');
    await person.leave();
  });

  it('keeps heading, hits and address of its own page in step with what is typed', async () => {
    const person = await comes(browser, { origin: office.origin, on: 'phone' });
    const { page } = person;
    await page.goto('/search?q=Umzug');
    await page.fill('#search', 'Perso');
    await page.waitForSelector('h1:has-text("„Perso“")');
    assert.equal(new URL(page.url()).searchParams.get('q'), 'Perso');
    await person.leave();
  });
});
