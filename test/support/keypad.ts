/** How people use a terminal who have nothing but the eight keys of a keypad. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { type Hand, keyboard } from '#test/browser-hands';
import { typeOnScreen } from '#test/screen-keys';

/** All the keys there are. */
type Key = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Enter' | 'Escape' | 'F1' | 'F2';

const MOST_STEPS = 150;

const press = (page: Page, key: Key): Promise<void> => page.keyboard.press(key);
const hasFocus = (element: Locator): Promise<boolean> =>
  element.evaluate((one) => one === document.activeElement);

/** Goes on with one arrow until something has the focus. */
async function downTo(page: Page, element: Locator): Promise<void> {
  for (let count = 0; count < MOST_STEPS; count += 1) {
    if (await hasFocus(element)) return;
    await press(page, 'ArrowDown');
  }
  throw new assert.AssertionError({ message: `the arrows never come to ${element}` });
}

/** Where a key of the screen lies, seen from the one that has the focus. */
const wayTo = (key: Locator): Promise<{ down: number; along: number }> =>
  key.evaluate((one) => {
    const here = document.activeElement?.getBoundingClientRect();
    const there = one.getBoundingClientRect();
    const [x, y] = here ? [here.left + here.width / 2, here.top] : [0, 0];
    return { down: there.top - y, along: there.left + there.width / 2 - x };
  });

/** To the row of the key first, then along it. */
async function pressOnScreen(page: Page, key: Locator): Promise<void> {
  for (let count = 0; !(await hasFocus(key)); count += 1) {
    assert.ok(count < MOST_STEPS, `the arrows never come to ${key}`);
    const { down, along } = await wayTo(key);
    if (Math.abs(down) > 1) await press(page, down > 0 ? 'ArrowDown' : 'ArrowUp');
    else await press(page, along > 0 ? 'ArrowRight' : 'ArrowLeft');
  }
  await press(page, 'Enter');
}

/** Types what has the focus: Enter leads to the keys on the screen, Escape back. */
async function typeHere(page: Page, field: Locator, text: string): Promise<void> {
  const stood = await field.inputValue();
  if (stood === text) return;
  await press(page, 'Enter');
  assert.ok(await page.evaluate(() => document.activeElement?.closest('am-keyboard') !== null));
  if (stood !== '') await pressOnScreen(page, page.locator('am-keyboard button[value="<delete>"]'));
  await typeOnScreen(page, text, (key) => pressOnScreen(page, key));
  await press(page, 'Escape');
  assert.ok(await hasFocus(field), 'Escape leads back to the field');
}

const theirs = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.dataset.mode !== 'terminal');

/** Four arrows, Enter and Escape; where another authority's page is shown, what people use there. */
export const keypad: Hand = {
  touches: false,
  async type(page, field, text) {
    await downTo(page, field);
    await typeHere(page, field, text);
  },
  async choose(page, choice) {
    await downTo(page, choice);
    if (!(await choice.isChecked())) await press(page, 'Enter');
  },
  pick: () => assert.fail('with script a list is a field'),
  async press(page, target) {
    if (await theirs(page)) return keyboard.press(page, target);
    await downTo(page, target);
    await press(page, 'Enter');
  },
};
