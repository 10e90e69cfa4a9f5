/** Answers that go on by one touch, and things that are counted, in a real browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { asked, origin, visit } from './browser.fixture.ts';

const sent = (page: Page) =>
  page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/answers'));
const answersSent = (): string[] => asked.filter((one) => one.startsWith('POST /answers'));
const onward = (page: Page) => page.locator('main [name=_action][value=next]:not([hidden])');
/** Whether a finger finds it: what only a screen reader and the keys come to cannot be hit. */
const isShown = (page: Page): Promise<boolean> =>
  onward(page).evaluate((button) => {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  });

for (const [name, answer] of [
  ['choice', 'kind=white'],
  ['yesNo', 'owner=no'],
  ['slot', 'pickup=slot-3'],
] as const) {
  test(`one touch on the only answer of a page goes on: ${name}`, async () => {
    await visit(name, {}, async (page) => {
      assert.equal(await isShown(page), false, 'nothing else is needed');
      asked.length = 0;
      const [field, value] = answer.split('=');
      const [request] = await Promise.all([
        sent(page),
        page.locator(`.choice:has([name="${field}"][value="${value}"])`).tap(),
      ]);
      assert.ok(new URLSearchParams(request.postData() ?? '').toString().includes(answer));
      await page.waitForLoadState('networkidle');
      assert.equal(answersSent().length, 1);
    });
  });
}

test('a touch on the answer that was given before goes on as well', async () => {
  await visit('choice', {}, async (page) => {
    assert.ok(await page.locator('[value=bulky]').isChecked());
    await Promise.all([sent(page), page.locator('.choice:has([value=bulky])').tap()]);
  });
});

test('one touch on the only sentence to confirm goes on, and none on what is confirmed already', async () => {
  await visit('declaration', {}, async (page) => {
    assert.equal(await page.locator('[name=rules]').isChecked(), false, 'nobody has confirmed it before');
    assert.equal(await isShown(page), false);
    const [request] = await Promise.all([sent(page), page.locator('.choice').tap()]);
    assert.match(request.postData() ?? '', /rules=yes/);
  });
  await visit('declaration', { fields: { rules: ['yes'] } }, async (page) => {
    asked.length = 0;
    assert.ok(await isShown(page), 'the button goes on with what was confirmed');
    await page.locator('.choice').tap();
    assert.equal(await page.locator('[name=rules]').isChecked(), false, 'a touch takes it back');
    assert.equal(await isShown(page), false);
    assert.deepEqual(answersSent(), []);
    await Promise.all([sent(page), page.locator('.choice').tap()]);
  });
});

test('at a terminal arrows only move, Enter takes an answer, and once more goes on', async () => {
  await visit('choice', {}, async (page) => {
    asked.length = 0;
    await page.locator('[value=bulky]').focus();
    for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
    assert.ok(await page.locator('[value=white]').isChecked());
    assert.equal(answersSent().length, 0);
    const [request] = await Promise.all([sent(page), page.keyboard.press('Enter')]);
    assert.match(request.postData() ?? '', /kind=white/);
  });
});

test('elsewhere arrows choose, Enter goes on, and the button is there for the keys', async () => {
  await visit('choice', { mode: 'phone' }, async (page) => {
    asked.length = 0;
    await page.locator('[value=bulky]').focus();
    await page.keyboard.press('ArrowDown');
    assert.ok(await page.locator('[value=white]').isChecked());
    assert.equal(answersSent().length, 0);
    assert.ok(await isShown(page));
    const [request] = await Promise.all([sent(page), page.keyboard.press('Enter')]);
    assert.match(request.postData() ?? '', /kind=white/);
  });
});

test('what a program presses for somebody leads nowhere by itself', async () => {
  await visit('choice', {}, async (page) => {
    asked.length = 0;
    await page.locator('[value=white]').evaluate((radio) => (radio as HTMLInputElement).click());
    await page.waitForLoadState('networkidle');
    assert.equal(answersSent().length, 0);
    assert.equal(await onward(page).count(), 1);
  });
});

test('the second touch of a double tap answers nothing on the page that comes', async () => {
  const act = async (page: Page) => {
    await Promise.all([sent(page), page.locator('.choice:has([value=white])').tap()]);
    await page.goto(`${origin()}/yesNo`);
    const box = await page.locator('.choice').first().boundingBox();
    assert.ok(box);
    asked.length = 0;
    const at = [box.x + 60, box.y + 40] as const;
    await page.touchscreen.tap(...at);
    assert.equal(await page.locator('[name=owner]:checked').count(), 0);
    await page.clock.runFor(500);
    await Promise.all([sent(page), page.touchscreen.tap(...at)]);
  };
  await visit('choice', {}, act, { clock: true });
});

test('beside another question, and among several answers, a touch only chooses', async () => {
  await visit('other', {}, async (page) => {
    asked.length = 0;
    await page.locator('.choice:has([value=copy])').tap();
    assert.ok(await page.locator('[value=copy]').isChecked());
    assert.ok(await isShown(page));
    assert.deepEqual(answersSent(), []);
  });
});

test('without script an answer is chosen, and the button goes on', async () => {
  const act = async (page: Page) => {
    await page.locator('.choice:has([value=white])').tap();
    assert.ok(await page.locator('[value=white]').isChecked());
    assert.ok(await isShown(page));
  };
  await visit('choice', {}, act, { javaScriptEnabled: false });
});

test('plus and minus count within their limits, and nothing is shown where nothing is counted', async () => {
  await visit('counted', { fields: { 'items.sofa': ['19'], 'items.table': ['1'] } }, async (page) => {
    const line = page.locator('.counted-line').first();
    const plus = line.locator('button[value="1"]');
    for (let press = 0; press < 3; press += 1) await plus.tap({ force: true });
    assert.equal(await line.locator('input').inputValue(), '20');
    assert.equal(await plus.getAttribute('aria-disabled'), 'true');
    await line.locator('button[value="-1"]').tap();
    assert.equal(await line.locator('input').inputValue(), '19');
    const table = page.locator('.counted-line').nth(3);
    const place = await table.locator('button[value="1"]').boundingBox();
    await table.locator('button[value="-1"]').focus();
    await page.keyboard.press('Enter');
    assert.equal(await table.locator('input').inputValue(), '0');
    assert.ok(await table.locator('button[value="-1"]').isHidden());
    assert.ok(await table.locator('input').isHidden());
    assert.deepEqual(await table.locator('button[value="1"]').boundingBox(), place, 'plus never moves');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('value')), '1');
  });
});

test('what is counted adds up beside the question', async () => {
  await visit('counted', {}, async (page) => {
    assert.equal((await page.locator('.sum-words').textContent())?.trim(), 'etwa 2,3 von 4 m³');
    const plus = page.locator('.counted-line').first().locator('button[value="1"]');
    await plus.tap();
    assert.equal((await page.locator('.sum-words').textContent())?.trim(), 'etwa 3,8 von 4 m³');
    assert.equal(await page.locator('am-sum').getAttribute('data-over'), null);
    await plus.tap();
    assert.equal(await page.locator('am-sum').getAttribute('data-over'), '');
    const said = (await page.locator('.sum-words[role=status]').textContent())?.trim();
    assert.equal(said, 'etwa 5,3 von 4 m³. Das ist zu viel.');
    const help = (await plus.getAttribute('aria-describedby')) ?? '';
    assert.equal(
      await page.locator(`[id="${help}"]`).textContent(),
      'etwa 1,5 m³',
      'the help describes the button',
    );
  });
});

test('a space in a number takes nothing away', async () => {
  await visit('other', { fields: { rooms: ['3'] } }, async (page) => {
    await page.locator('#f-rooms').focus();
    await page.keyboard.press('Space');
    assert.equal(await page.locator('#f-rooms').inputValue(), '3');
  });
});
