/** A terminal by eight keys: four arrows, Enter, Escape, help, and the heading again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { visit } from './browser.fixture.ts';

/** What has the focus, as its words or its name. */
const focus = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLElement & { name?: string; value?: string };
    return one.tagName === 'H1'
      ? 'heading'
      : `${one.name ?? ''}=${one.value ?? one.textContent?.trim() ?? ''}`;
  });

/** @returns what has the focus after each press */
async function press(page: Page, ...keys: string[]): Promise<string[]> {
  const seen: string[] = [];
  for (const key of keys) {
    await page.keyboard.press(key);
    seen.push(await focus(page));
  }
  return seen;
}

test('a page begins on its heading; arrows go through all that can be touched, and take nothing', async () => {
  await visit('yesNo', {}, async (page) => {
    assert.equal(await focus(page), 'heading');
    const down = await press(page, 'ArrowDown', 'ArrowRight');
    assert.deepEqual(down, ['owner=yes', 'owner=no']);
    assert.equal(await page.locator('input:checked').count(), 0, 'nothing is chosen by passing over it');
    assert.deepEqual(await press(page, 'ArrowUp'), ['owner=yes']);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('main input[value="yes"]').isChecked(), true, 'Enter takes it');
    assert.deepEqual(await press(page, 'F2', 'ArrowDown'), ['heading', 'owner=yes']);
  });
});

test('arrows come to everything, and round again', async () => {
  for (const sample of ['home', 'counted', 'address', 'slot']) {
    await visit(sample, {}, async (page) => {
      const all = await page.evaluate(() => {
        const touched = 'a[href], button, summary, select, textarea, input:not([type="hidden"])';
        return [...document.querySelectorAll<HTMLElement>(touched)].filter(
          (one) =>
            one.checkVisibility({ visibilityProperty: true }) &&
            one.tabIndex >= 0 &&
            !one.matches(':disabled, .skip'),
        ).length;
      });
      const seen = new Set<string>();
      for (let count = 0; count < all; count += 1) {
        await page.keyboard.press('ArrowRight');
        await page.evaluate(() => document.activeElement?.setAttribute('data-seen', ''));
        seen.add(await focus(page));
      }
      assert.equal(await page.locator('[data-seen]').count(), all, sample);
    });
  }
});

test('in a field the arrows belong to what is typed, until its end', async () => {
  await visit('address', {}, async (page) => {
    const field = page.locator('#f-familyName');
    await field.fill('Ög');
    await field.press('ArrowLeft');
    await press(page, 'ArrowLeft', 'ArrowRight');
    assert.equal(await focus(page), 'familyName=Ög', 'between the letters');
    const [, after] = await press(page, 'ArrowRight', 'ArrowRight');
    assert.notEqual(after, 'familyName=Ög');
  });
});

test('Escape is the step back, but first closes what is open', async () => {
  await visit('review', {}, async (page) => {
    const backs = await page.evaluate(() => {
      const kept = window as unknown as { backs: number };
      kept.backs = 0;
      document.addEventListener('click', (event) => {
        if (!(event.target as Element).closest('.back')) return;
        kept.backs += 1;
        event.preventDefault();
      });
      return document.querySelectorAll('main .back').length;
    });
    assert.ok(backs > 0, 'the sample has a step back');
    const pressed = () => page.evaluate(() => (window as unknown as { backs: number }).backs);
    await page.locator('am-bar summary').click();
    await page.keyboard.press('Escape');
    assert.deepEqual([await pressed(), await page.locator('am-bar details[open]').count()], [0, 0]);
    await page.keyboard.press('Escape');
    assert.equal(await pressed(), 1);
  });
});

test('at home the keys are those of every page', async () => {
  await visit('yesNo', { mode: 'phone' }, async (page) => {
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
  });
});
