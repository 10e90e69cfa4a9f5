/** How people use a page: with a mouse, a finger, or the keyboard alone. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** How somebody uses a page. */
export interface Hand {
  /** Whether it touches what it chooses: then an answer that is all a page asks leads on. */
  touches: boolean;
  type(page: Page, field: Locator, text: string): Promise<void>;
  choose(page: Page, choice: Locator): Promise<void>;
  /** Takes one line of a list, by its words. */
  pick(page: Page, list: Locator, words: string): Promise<void>;
  /** Presses a button or follows a link. */
  press(page: Page, target: Locator): Promise<void>;
}

async function pickLine(_: Page, list: Locator, words: string): Promise<void> {
  await list.selectOption({ label: words });
}

export const mouse: Hand = {
  touches: true,
  type: (_, field, text) => field.fill(text),
  choose: (_, choice) => choice.check(),
  pick: pickLine,
  press: (_, target) => target.click(),
};

/** A finger; the browser context needs `hasTouch`. */
export const finger: Hand = {
  touches: true,
  async type(_, field, text) {
    await field.tap();
    await field.fill(text);
  },
  async choose(_, choice) {
    if (!(await choice.isChecked())) await choice.tap();
  },
  pick: pickLine,
  press: (_, target) => target.tap(),
};

const MOST_TABS = 150;
const hasFocus = (element: Locator): Promise<boolean> =>
  element.evaluate((one) => one === document.activeElement);

async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let count = 0; count < MOST_TABS; count += 1) {
    if (await hasFocus(element)) return;
    await page.keyboard.press('Tab');
  }
  throw new assert.AssertionError({ message: `Tab never comes to ${element}` });
}

/** The other radio buttons of a group are reached with the arrows once one of them has the focus. */
async function arrowTo(page: Page, choice: Locator): Promise<void> {
  const name = await choice.getAttribute('name');
  const inGroup = (): Promise<boolean> =>
    page.evaluate((group) => (document.activeElement as HTMLInputElement | null)?.name === group, name);
  for (let count = 0; count < MOST_TABS && !(await inGroup()); count += 1) await page.keyboard.press('Tab');
  const size = await page.locator(`input[name="${name}"]`).count();
  for (let count = 0; count < size && !(await hasFocus(choice)); count += 1)
    await page.keyboard.press('ArrowDown');
  assert.ok(await hasFocus(choice), `the arrows never come to ${choice}`);
}

/** Tab, arrows, Space and Enter; no pointer at all. */
export const keyboard: Hand = {
  touches: false,
  async type(page, field, text) {
    await tabTo(page, field);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  },
  async choose(page, choice) {
    if ((await choice.getAttribute('type')) === 'radio') await arrowTo(page, choice);
    else await tabTo(page, choice);
    if (!(await choice.isChecked())) await page.keyboard.press('Space');
  },
  async pick(page, list, words) {
    await tabTo(page, list);
    await page.keyboard.type(words);
  },
  async press(page, target) {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  },
};
