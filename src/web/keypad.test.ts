/** A terminal by eight keys: four arrows, Enter, Escape, help, and the heading again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { typeOnScreen } from '#test/screen-keys';
import { valuesOf, visit } from './browser.fixture.ts';

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

/** The key of the screen that has the focus. */
const screenKey = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.closest<HTMLButtonElement>('am-keyboard button')?.value);

test('Enter leads from a field to the keys on the screen, arrows go about them, Escape leads back', async () => {
  await visit('address', {}, async (page) => {
    const field = page.locator('#f-familyName');
    await field.focus();
    await page.keyboard.press('Enter');
    assert.equal(await screenKey(page), 'H');
    const ways = { ArrowRight: 'J', ArrowUp: 'U', ArrowLeft: 'Z', ArrowDown: 'H' };
    for (const [key, there] of Object.entries(ways)) {
      await page.keyboard.press(key);
      assert.equal(await screenKey(page), there);
    }
    assert.deepEqual(await press(page, 'Enter', 'Enter'), ['=h', '=h'], 'a key keeps its place');
    assert.equal(await field.inputValue(), 'Hh');
    assert.equal(await page.locator('[data-typed-into]').getAttribute('name'), 'familyName');
    await page.keyboard.press('Escape');
    assert.equal(await focus(page), 'familyName=Hh');
    assert.equal(await page.locator('[data-typed-into]').count(), 0);
    assert.ok(await page.locator('am-keyboard').isVisible(), 'whoever comes back to the field may go on');
  });
});

test('above the keys on the screen lies the field, and below them what follows it', async () => {
  await visit('address', {}, async (page) => {
    await page.locator('#f-familyName').focus();
    const up = ['Enter', 'ArrowUp', 'ArrowUp', 'ArrowUp'];
    assert.equal((await press(page, ...up)).at(-1), 'familyName=');
    const down = await press(page, 'Enter', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await page.locator('#f-familyName').focus();
    const [next] = await press(page, 'ArrowDown');
    assert.equal(down.at(-1), next);
  });
});

test('whoever has letters of their own sends a page by Enter, as everywhere', async () => {
  await visit('address', {}, async (page) => {
    await page.locator('#f-familyName').focus();
    await page.keyboard.type('Klein');
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      page.keyboard.press('Enter'),
    ]);
    assert.equal(new URLSearchParams(sent.postData() ?? '').get('familyName'), 'Klein');
  });
});

test('a date is typed from one field to the next without leaving the keys', async () => {
  await visit('date', {}, async (page) => {
    await page.locator('#f-moveIn-day').focus();
    await page.keyboard.press('Enter');
    assert.equal(await screenKey(page), '8');
    const toNext = ['ArrowRight', 'ArrowDown', 'Enter'];
    for (let count = 0; count < 3; count += 1) {
      await press(page, 'Enter');
      assert.equal(await screenKey(page), '8');
      await press(page, ...toNext);
    }
    assert.deepEqual(await valuesOf(page, '.date input'), ['8', '8', '8']);
    assert.ok(await page.locator('am-keyboard').isHidden());
    assert.equal(await page.locator('.calendar-open :focus').count(), 1, 'what follows has the focus');
  });
});

test('a day is picked from the calendar', async () => {
  await visit('dateAmong', {}, async (page) => {
    await page.locator('#f-moveIn-day').focus();
    const opened = ['ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter'];
    await press(page, ...opened);
    assert.equal(await page.locator('dialog.calendar[open]').count(), 1);
    await press(page, 'ArrowDown', 'ArrowRight', 'Enter');
    assert.equal(await page.locator('dialog.calendar[open]').count(), 0);
    assert.equal((await valuesOf(page, '.date input')).filter((one) => one !== '').length, 3);
  });
});

test('a day is picked from the month that stands open', async () => {
  await visit('date', {}, async (page) => {
    await page.locator('#f-moveIn-day').focus();
    for (let step = 0; step < 9 && (await page.locator('.calendar-open td :focus').count()) === 0; step += 1)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    assert.deepEqual(await valuesOf(page, '.date input'), ['24', '11', '2026']);
    assert.equal(await page.locator('.calendar-open td [aria-pressed=true]:focus').count(), 1);
    await page.keyboard.press('Escape');
  });
});

test('the month that stands open is left below its last week and above its first; its buttons turn it', async () => {
  await visit('date', {}, async (page) => {
    const shown = () => page.locator('.calendar-open h2').textContent();
    const day = page.locator('.calendar-open td [tabindex="0"]');
    const month = await shown();
    await day.focus();
    let steps = 0;
    for (; steps < 7 && (await page.locator('.calendar-open td :focus').count()) > 0; steps += 1)
      await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('.go :focus, .dock :focus').count(), 1, 'what follows has the focus');
    for (let up = 0; up < 8 && (await page.locator('.calendar-step:focus').count()) === 0; up += 1)
      await page.keyboard.press('ArrowUp');
    assert.equal(await page.locator('.calendar-step[value="next"]:focus').count(), 1);
    assert.equal(await shown(), month);
    await page.keyboard.press('Enter');
    assert.notEqual(await shown(), month);
  });
});

test('text that scrolls is shown to its end before the arrows go on, and to its beginning before they go back', async () => {
  await visit('yesNo', {}, async (page) => {
    const answers = page.locator('main .do');
    await answers.evaluate((one) => {
      const text = document.createElement('div');
      text.style.cssText = `flex:none;height:${one.clientHeight * 2.5}px`;
      one.replaceChildren(text);
    });
    const left = () => answers.evaluate((one) => one.scrollHeight - one.clientHeight - one.scrollTop);
    assert.ok((await left()) > 100, 'it scrolls');
    let presses = 0;
    for (; presses < 9 && (await focus(page)) === 'heading'; presses += 1)
      await page.keyboard.press('ArrowDown');
    assert.equal(presses, 3);
    assert.ok((await left()) <= 1, 'read to its end');
    await press(page, 'ArrowUp', 'ArrowUp');
    assert.equal(await answers.evaluate((one) => one.scrollTop), 0);
  });
});

test('the arrow goes through what is suggested, and on where there is nothing more', async () => {
  await visit('address', {}, async (page) => {
    const street = page.locator('#f-address-street');
    const shown = page.locator('[role=option]');
    await street.focus();
    await page.keyboard.press('Enter');
    await typeOnScreen(page, 'kaiser', async (key) => {
      await key.focus();
      await page.keyboard.press('Enter');
    });
    await shown.first().waitFor();
    const count = await shown.count();
    await page.keyboard.press('Escape');
    assert.deepEqual(await press(page, ...Array<string>(count).fill('ArrowDown')), [
      ...Array<string>(count).fill('address.street=kaiser'),
    ]);
    const [after] = await press(page, 'ArrowDown');
    assert.equal(after, 'address.houseNumber=');
    await street.focus();
    await press(page, 'ArrowDown');
    await shown.first().waitFor();
    await press(page, 'ArrowDown', 'Enter');
    assert.match(await street.inputValue(), /^Kaiser.+/);
    assert.deepEqual(await press(page, 'ArrowDown'), ['address.houseNumber='], 'nothing more is suggested');
  });
});

test('F1 is help, also from the keys on the screen', async () => {
  await visit('address', {}, async (page) => {
    await page.locator('#f-familyName').focus();
    await press(page, 'Enter', 'Enter');
    await page.evaluate(() => {
      document.addEventListener(
        'click',
        (event) => {
          event.preventDefault();
          event.stopImmediatePropagation();
          (event.target as Element).closest('.bar-help')?.setAttribute('data-pressed', '');
        },
        { capture: true },
      );
    });
    await page.keyboard.press('F1');
    await page.locator('.bar-help[data-pressed]').waitFor();
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
