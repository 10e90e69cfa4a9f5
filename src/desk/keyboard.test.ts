import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { formatNumber } from '#seal';
import { movedIn } from '#test/answers';
import { openBrowser } from '#test/browser';
import { startDesk, type TestDesk } from '#test/desk';

let desk: TestDesk;
let browser: Browser;
let page: Page;

/** The desk's islands alone, as the build bundles them. */
async function island(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { defineDeskKeys } from './src/web/islands/desk-keys.ts'; defineDeskKeys();
        import { guardDeskForms } from './src/web/islands/desk-forms.ts'; guardDeskForms();`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  return outputFiles[0]?.text ?? '';
}

/** @returns the number of a case that the list has last */
async function handIn(): Promise<string> {
  const receipt = await desk.handIn({ service: 'wohnungsgeberbestaetigung', answers: movedIn('Ada Ünlü') });
  desk.pass(60_000);
  return formatNumber(receipt.number);
}

/** The numbers in the list, from the top. */
const numbers = (): Promise<string[]> => page.locator('[data-desk-row]').allInnerTexts();

before(async () => {
  desk = await startDesk();
  for (let count = 0; count < 3; count += 1) {
    await handIn();
  }
  browser = await openBrowser();
  page = await browser.newPage();
  await page.addInitScript(`addEventListener('DOMContentLoaded', () => { ${await island()} })`);
  await page.goto(`${desk.url}/desk`);
  await page.keyboard.press('Tab');
  while ((await focused()) !== 'Mit Dienstkonto anmelden') await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('button[value="oa"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${desk.url}/desk`);
});
beforeEach(async () => {
  await page.goto(`${desk.url}/desk`);
  // Nobody has to decide on a landlord's confirmation: it stands in a list of its own.
  while ((await focused()) !== 'Zur Kenntnis') await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${desk.url}/desk?tab=noted`);
});
after(async () => {
  await browser.close();
  await desk.stop();
});

const focused = (): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent?.trim() ?? document.activeElement?.tagName ?? '');
const press = async (keys: string): Promise<void> => {
  for (const key of keys.split(' ')) await page.keyboard.press(key);
};

describe('the desk by keyboard alone, in Chromium over plain http on this machine', () => {
  it('goes through the rows with J and K and the arrow keys, and stops at both ends', async () => {
    const [first, second, third] = await numbers();
    const last = (await numbers()).at(-1);
    await press('j');
    assert.equal(await focused(), first);
    await press('j');
    assert.equal(await focused(), second);
    await press('ArrowDown');
    assert.equal(await focused(), third);
    await press('j j');
    assert.equal(await focused(), last);
    await press('k');
    assert.notEqual(await focused(), last);
    await press('ArrowUp k k');
    assert.equal(await focused(), first);
  });

  it('goes to the search with the slash, types there, and back with Escape', async () => {
    const [first] = await numbers();
    await press('/ j k');
    assert.equal(await page.inputValue('#number'), 'jk');
    await press('Escape');
    assert.equal(await focused(), first);
    await press('Control+j');
    assert.equal(await focused(), first);
  });

  it('opens, takes over and asks without a pointer', async () => {
    const own = await handIn();
    await page.reload();
    await press('k');
    assert.equal(await focused(), own);
    await press('Enter');
    await page.waitForURL('**/desk/cases/*');
    assert.equal((await page.textContent('h1'))?.trim(), own);
    const goTo = async (words: string): Promise<void> => {
      for (let steps = 0; steps < 60 && (await focused()) !== words; steps += 1) await press('Tab');
      assert.equal(await focused(), words);
    };
    await goTo('Übernehmen');
    await Promise.all([page.waitForNavigation(), press('Enter')]);
    await goTo('Rückfrage an die Person');
    await press('Enter Tab');
    await page.keyboard.type('Wer ist Eigentümer?');
    await press('Tab');
    await Promise.all([page.waitForNavigation(), press('Enter')]);
    assert.match((await page.textContent('main')) ?? '', /Wartet auf Antwort[\s\S]*Wer ist Eigentümer\?/);
  });

  it('asks before what was typed in one form is left by another, and not where it is what is sent', async () => {
    await page.locator('[data-desk-row]').first().press('Enter');
    await page.waitForURL('**/desk/cases/*');
    const note = page.locator('form[action$="/note"] textarea');
    await page.locator('details:has(form[action$="/note"]) summary').press('Enter');
    await note.fill('Noch nicht fertig');
    const asked = page.waitForEvent('dialog');
    await page.locator('form[action$="/take"] button').focus();
    await press('Enter');
    const dialog = await asked;
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.dismiss();
    assert.equal(await note.inputValue(), 'Noch nicht fertig');
    await page.locator('form[action$="/note"] button').focus();
    await Promise.all([page.waitForNavigation(), press('Enter')]);
    assert.match((await page.textContent('main')) ?? '', /Noch nicht fertig/);
  });
});
