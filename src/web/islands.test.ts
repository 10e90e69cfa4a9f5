/** The islands in a real browser, under the policy that pages are served with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Language } from '#language';
import { asked, origin, valuesOf, visit } from './browser.fixture.ts';

test('a form is sent once, however often it is pressed', async () => {
  await visit('address', {}, async (page) => {
    asked.length = 0;
    await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.locator('.go-on button').evaluate((button) => {
        for (let press = 0; press < 3; press += 1) (button as HTMLButtonElement).click();
      }),
    ]);
    await page.waitForLoadState('networkidle');
    assert.equal(asked.filter((one) => one.startsWith('POST /answers')).length, 1);
  });
});

test('streets are suggested while typing, chosen with the keys, and nothing typed is sent', async () => {
  await visit('address', {}, async (page) => {
    asked.length = 0;
    const street = page.locator('#f-address-street');
    await street.focus();
    await page.keyboard.type('kaiserstr');
    await page.locator('[role=option]').first().waitFor();
    assert.deepEqual(await page.locator('[role=option]').allTextContents(), ['Kaiserstraße']);
    assert.equal(await street.getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('ArrowDown');
    const active = await street.getAttribute('aria-activedescendant');
    assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.suggestions').first().isHidden(), true);
    await page.keyboard.press('ArrowDown');
    await page.locator('[role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await street.inputValue(), 'Kaiserstraße');
    assert.equal(await page.locator('.suggestions').first().isHidden(), true);
    await street.fill('');
    await page.keyboard.type('baecker');
    await page.locator('[role=option]').first().tap();
    assert.equal(await street.inputValue(), 'Bäckerweg');
    const focus = () => page.evaluate(() => document.activeElement?.id);
    assert.equal(await focus(), 'f-address-houseNumber', 'whoever has touched a street is at its number');
    await street.focus();
    // With the number on: the street is suggested all the same, and the number goes into its own field.
    await street.fill('');
    await page.keyboard.type('kaiserst 10a');
    await page.locator('[role=option]').first().tap();
    assert.equal(await street.inputValue(), 'Kaiserstraße');
    assert.equal(await page.locator('#f-address-houseNumber').inputValue(), '10a');
    // Where another number stands already, nothing that was typed is lost.
    await street.fill('');
    await page.keyboard.type('kaiserst nr. 12');
    await page.locator('[role=option]').first().tap();
    assert.equal(await street.inputValue(), 'Kaiserstraße 12');
    assert.deepEqual(
      asked.filter((one) => !one.includes('/assets/')),
      ['GET /streets.json'],
    );
  });
});

test('a country is found by typing, and its code is what the form sends', async () => {
  await visit('other', {}, async (page) => {
    await page.locator('#f-country').focus();
    await page.keyboard.type('österr');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await valuesOf(page, 'select[name=country]'), ['AUT']);
    for (const [typed, code] of [
      ['mallorca', 'ESP'],
      ['Swasil', 'SWZ'],
      ['Rußland', 'RUS'],
      ['Östereich', 'AUT'],
    ] as const) {
      await page.locator('#f-country').fill('');
      await page.keyboard.type(typed);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      assert.deepEqual(await valuesOf(page, 'select[name=country]'), [code]);
    }
    // What nobody knows is said for everybody to see, and sent as it was typed.
    await page.locator('#f-country').fill('');
    await page.keyboard.type('Nirgendwo');
    assert.ok(await page.locator('.none-found').isVisible());
    assert.deepEqual(await valuesOf(page, 'select[name=country]'), ['Nirgendwo']);
  });
});

test('a list is suggested, in place of the browser’s own, and anything else may be written', async () => {
  await visit('other', {}, async (page) => {
    const court = page.locator('#f-court');
    assert.equal(await court.getAttribute('list'), null);
    await court.focus();
    await page.keyboard.type('durl');
    await page.locator('[role=option]').first().tap();
    assert.deepEqual(await valuesOf(page, 'input[name=court]'), ['Amtsgericht Karlsruhe-Durlach, Karlsruhe']);
    await court.fill('Amtsgericht Mitte, Berlin');
    assert.deepEqual(await valuesOf(page, 'input[name=court]'), ['Amtsgericht Mitte, Berlin']);
  });
});

test('a calendar behind a button fills the three parts of a date, also with the keys alone', async () => {
  await visit('dateAmong', {}, async (page) => {
    await page.locator('.date-open').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.calendar h2').textContent(), 'November 2026');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await valuesOf(page, '.date input'), ['30', '12', '2026']);
    assert.equal(await page.evaluate(() => document.activeElement?.className.includes('date-open')), true);
  });
});

test('days of a calendar lie along the line of writing, and so do the arrow keys', async () => {
  await visit('dateAmong', { language: 'ar' }, async (page) => {
    await page.locator('.date-open').focus();
    await page.keyboard.press('Enter');
    const days = page.locator('.calendar td button');
    const [first, second] = [await days.nth(0).boundingBox(), await days.nth(1).boundingBox()];
    assert.ok(first && second && (first.y < second.y || first.x > second.x));
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    assert.deepEqual(await valuesOf(page, '.date input'), ['24', '11', '2026']);
  });
});

test('a calendar fits where the screen is small and the text large', async () => {
  await visit('dateAmong', {}, async (page) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate(() => document.documentElement.setAttribute('data-size', '3'));
    await page.locator('.date-open').click();
    const broken = await page.locator('.calendar td button').evaluateAll((days) =>
      days.flatMap((day) => {
        const words = document.createRange();
        words.selectNodeContents(day);
        return words.getClientRects().length > 1 ? [day.textContent] : [];
      }),
    );
    assert.deepEqual(broken, []);
    const close = await page.locator('.calendar [value=close]').boundingBox();
    assert.ok(close && close.y + close.height <= 640, JSON.stringify(close));
  });
});

const gone = (page: Page) =>
  page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/answers'));

test('where a day is all that is asked, the month stands open, and one touch on a day goes on', async () => {
  await visit('date', {}, async (page) => {
    assert.equal(await page.locator('.date-open').count(), 0);
    assert.equal(await page.locator('.calendar-open h2').textContent(), 'November 2026');
    assert.equal(await page.locator('.calendar-open [aria-pressed=true]').count(), 0, 'nothing is chosen');
    asked.length = 0;
    await page.locator('.calendar-open [value=next]').tap();
    assert.equal(await page.locator('.calendar-open h2').textContent(), 'Dezember 2026');
    assert.deepEqual(asked, [], 'turning the month leads nowhere');
    const [request] = await Promise.all([
      gone(page),
      page.locator('.calendar-open td button', { hasText: /^24$/ }).tap(),
    ]);
    const sent = new URLSearchParams(request.postData() ?? '');
    assert.deepEqual(
      ['day', 'month', 'year'].map((part) => sent.get(`moveIn.${part}`)),
      ['24', '12', '2026'],
    );
  });
});

test('with keys a day of the open month is chosen, marked and kept in view, and the button goes on', async () => {
  await visit('date', {}, async (page) => {
    asked.length = 0;
    await page.locator('.calendar-open td [tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await valuesOf(page, '.date input'), ['30', '11', '2026']);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-pressed')), 'true');
    assert.ok(await page.locator('.go-on button:visible').isVisible());
    // What is typed is shown as well.
    await page.locator('#f-moveIn-month').fill('10');
    assert.equal(await page.locator('.calendar-open h2').textContent(), 'Oktober 2026');
    assert.deepEqual(asked, []);
  });
});

test('the summary of errors has the focus and leads to the very field', async () => {
  await visit('errors', {}, async (page) => {
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'errors');
    await page.locator('a[href="#f-moveIn"]').click();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'f-moveIn-year');
  });
});

test('whoever stays away is asked, counted down and then the visit ends', async () => {
  const act = async (page: Page) => {
    asked.length = 0;
    await page.clock.fastForward(59_000);
    assert.equal(await page.locator('dialog.idle').isVisible(), false);
    for (const wait of [2_000, 61_000, 61_000]) {
      await page.clock.fastForward(wait);
      await page.locator('dialog.idle').waitFor({ state: 'visible' });
      assert.match(
        (await page.locator('[data-count]').textContent()) ?? '',
        /^Sonst löschen wir in 29 Sekunden, /,
      );
      const told = page.waitForResponse((answer) => answer.url().endsWith('/visit/alive'));
      await page.locator('dialog [data-more]').click();
      await told;
      assert.equal(await page.locator('dialog.idle').isVisible(), false);
    }
    assert.equal(asked.filter((one) => one === 'POST /visit/alive _csrf=token').length, 3);
    await page.clock.fastForward(61_000);
    await page.locator('dialog.idle').waitFor({ state: 'visible' });
    await page.mouse.click(5, 5);
    assert.equal(await page.locator('dialog.idle').isVisible(), true, 'a touch beside it is no answer');
    const ended = page.waitForRequest((request) => request.url().endsWith('/visit/end'));
    await page.clock.fastForward(30_000);
    assert.equal((await ended).postData(), '_csrf=token&_idle=yes');
  };
  await visit('address', {}, act, { clock: true });
});

test('whoever waits for the answer to a form is not asked, and not for ever', async () => {
  const act = async (page: Page) => {
    const sent = page.waitForResponse((answer) => answer.url().endsWith('/answers'));
    await page.locator('.go-on button').click();
    await sent;
    for (let wait = 0; wait < 3; wait += 1) {
      await page.clock.fastForward(39_000);
      assert.equal(await page.locator('dialog.idle').isVisible(), false);
    }
    await page.clock.fastForward(4_000);
    await page.clock.fastForward(59_000);
    await page.locator('dialog.idle').waitFor({ state: 'visible' });
  };
  await visit('address', {}, act, { clock: true });
});

test('a touch now and then keeps the visit, and tells the office at most once a minute', async () => {
  const act = async (page: Page) => {
    asked.length = 0;
    for (let touch = 0; touch < 6; touch += 1) {
      await page.clock.fastForward(40_000);
      await page.locator('h1').tap();
      assert.equal(await page.locator('dialog.idle').isVisible(), false);
    }
    await page.waitForLoadState('networkidle');
    const pings = asked.filter((one) => one.startsWith('POST /visit/alive')).length;
    assert.ok(pings >= 2 && pings <= 4, `${pings} pings in four minutes`);
  };
  await visit('address', {}, act, { clock: true });
});

test('the language menu closes by Escape, by a touch beside it, and when the keyboard goes on', async () => {
  await visit('home', {}, async (page) => {
    const menu = page.locator('.bar-menu');
    await menu.locator('summary').click();
    assert.equal(await menu.getAttribute('open'), '');
    await page.keyboard.press('Escape');
    assert.equal(await menu.getAttribute('open'), null);
    await menu.locator('summary').click();
    await page.locator('h1').click();
    assert.equal(await menu.getAttribute('open'), null);
    await menu.locator('summary').click();
    await menu.locator('button').last().focus();
    assert.equal(await menu.getAttribute('open'), '');
    await page.keyboard.press('Tab');
    assert.equal(await menu.getAttribute('open'), null);
  });
});

test('a setting that was pressed has the focus on the page that comes, once', async () => {
  await visit('home', {}, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name'));
    await page.locator('am-bar [name=size]').click();
    await page.reload();
    assert.equal(await focused(), 'size');
    await page.reload();
    assert.equal(await focused(), null);
  });
});

test('a language that was chosen in the list on the page has the focus there, not in the bar', async () => {
  await visit('home', {}, async (page) => {
    await page.locator('.languages [value=de]').click();
    await page.reload();
    const focused = await page.evaluate(() => {
      const { activeElement: at } = document;
      return [at?.getAttribute('value'), at?.closest('am-bar') === null];
    });
    assert.deepEqual(focused, ['de', true]);
  });
});

test('seconds run down as the language counts them', async () => {
  const last = 3;
  const said = { de: /in 1 Sekunde,/, tr: /1 saniye/, ar: /بعد ثانية واحدة/ };
  for (const [language, one] of Object.entries(said)) {
    await visit(
      'closed',
      { language: language as Language },
      async (page) => {
        const line = page.locator('.countdown');
        await page.clock.runFor((15 - last) * 1000);
        assert.match((await line.textContent()) ?? '', language === 'ar' ? /3 ثوانٍ/ : /3/);
        await page.clock.runFor((last - 1) * 1000);
        assert.match((await line.textContent()) ?? '', one);
      },
      { clock: true },
    );
  }
});

test('a QR code fills in number and code, and the address bar keeps neither', async () => {
  await visit('home', {}, async (page) => {
    await page.goto(`${origin()}/status#729263941.ZUUVG-8YKW9-AEVJV`);
    assert.deepEqual(await valuesOf(page, 'am-status input'), ['729263941', 'ZUUVG-8YKW9-AEVJV']);
    assert.equal(page.url(), `${origin()}/status`);
    assert.equal(
      asked.some((one) => one.includes('ZUUVG')),
      false,
    );
  });
});

test('a file that is too large is said at its field, and nothing is sent', async () => {
  await visit('upload', {}, async (page) => {
    const input = page.locator('am-file input');
    const choose = (name: string, bytes: number) =>
      input.setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.alloc(bytes, 1) });
    asked.length = 0;
    const empty = await page.locator('.file-words').textContent();
    await choose('Gross.pdf', 10_485_761);
    assert.match((await page.locator('[role=alert][data-error]').textContent()) ?? '', /zu groß.*10,4 MB/);
    // As the office says of the file before.
    await input.evaluate((field) => {
      const said = document.createElement('p');
      said.id = `${field.id}-error`;
      field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby')} ${said.id}`);
      field.setAttribute('aria-invalid', 'true');
      field.closest('.field')?.prepend(said);
    });
    assert.equal(await page.locator('.file-words').textContent(), empty);
    assert.equal(await input.evaluate((field) => (field as HTMLInputElement).files?.length), 0);
    await choose('Klein.pdf', 10_485_760);
    assert.equal(await page.locator('[role=alert][data-error], [id$="-error"], [aria-invalid]').count(), 0);
    assert.equal(await page.locator('.file-words').textContent(), 'Klein.pdf');
    assert.deepEqual(asked, []);
  });
});
