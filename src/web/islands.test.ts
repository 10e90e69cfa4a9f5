/** The islands in a real browser, under the policy that pages are served with. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildAssets } from '../../scripts/assets.ts';
import { useAssets } from './assets.ts';
import { GALLERY, type Sample } from './gallery.fixture.tsx';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
const STREETS = [
  'Kaiserallee',
  'Kaiserstraße',
  'Karlstraße',
  'Karl-Friedrich-Straße',
  'Bäckerweg',
  'Amalienstraße',
];
const TERMINAL = { width: 1080, height: 1920 };

let browser: Browser;
let server: Server;
let origin: string;
const folder = mkdtempSync(join(tmpdir(), 'assets-'));
/** What the pages sent, by method and path; with the body of forms. */
const asked: string[] = [];

before(async () => {
  await buildAssets(folder);
  const assets = useAssets(folder);
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    let body = '';
    for await (const part of request) body += part;
    asked.push(`${request.method} ${url.pathname}${url.search} ${body}`.trim());
    const asset = assets.get(url.pathname);
    const sample = GALLERY[url.pathname.slice(1)];
    if (asset !== undefined) {
      response.writeHead(200, { 'content-type': asset.type }).end(asset.body.identity);
    } else if (url.pathname === '/streets.json') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(STREETS));
    } else if (sample !== undefined && request.method === 'GET') {
      const wanted = JSON.parse(url.searchParams.get('sample') ?? '{}') as Sample;
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
        .end(sample(wanted));
    } else {
      response.writeHead(request.method === 'POST' ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: process.env.AMTOMAT_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a sample page, does something with it, and demands that the policy was never broken. */
async function visit(
  name: string,
  sample: Sample,
  act: (page: Page) => Promise<void>,
  options: BrowserContextOptions & { clock?: boolean } = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: TERMINAL, hasTouch: true, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  if (options.clock) await page.clock.install();
  await page.goto(`${origin}/${name}?sample=${encodeURIComponent(JSON.stringify(sample))}`);
  await act(page);
  assert.deepEqual(problems, []);
  await context.close();
}

function valuesOf(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
}

/** Goes through all fields that can be typed into: each must be visible while it has the focus. */
async function everyFieldIsSeen(page: Page, name: string): Promise<void> {
  const fields = page.locator('main input[type=text], main input[type=tel], main textarea');
  const ids = await fields.evaluateAll((all) => all.map((one) => one.id));
  assert.ok(ids.length > 1);
  for (const id of ids) {
    await page.locator(`#${id}`).focus();
    await page.locator('am-keyboard').waitFor({ state: 'visible' });
    const seen = await page.locator(`#${id}`).evaluate(async (field) => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const { left, right, top, bottom } = field.getBoundingClientRect();
      const points = [top + 3, (top + bottom) / 2, bottom - 3];
      return points.every((y) => document.elementFromPoint((left + right) / 2, y) === field);
    });
    assert.ok(seen, `${name}: ${id} is covered`);
  }
}

/** Taps the keys that make a text; letters with marks are picked from the row after the plain letter. */
async function typeByTapping(page: Page, text: string): Promise<void> {
  const tap = async (value: string) => {
    const key = page.locator(`am-keyboard button[value="${value}"]`);
    if ((await key.count()) === 0) await page.locator('am-keyboard button[value="<shift>"]').tap();
    await key.first().tap();
  };
  for (const letter of text) {
    if (letter === ' ') await tap('<space>');
    else if (/[a-zäöüß0-9'@._-]/i.test(letter)) await tap(letter);
    else {
      const steps = stepsTo(letter);
      await tap(steps[0] ?? '');
      for (const step of steps.slice(1)) await tap(`<put>${step}`);
    }
  }
}

/** The way from a plain letter to one with marks: ễ is e, ê, ễ; Đ is D, Đ. */
function stepsTo(letter: string): string[] {
  const plain: Record<string, string> = { Đ: 'D', đ: 'd', Ł: 'L', ł: 'l', ø: 'o', Þ: 'T' };
  const own = plain[letter];
  if (own !== undefined) return [own, letter];
  const marks = [...letter.normalize('NFD')];
  // A mark below stands before one above in the normal form, but is put on last.
  const [base = '', ...rest] = marks;
  const order = rest.sort((one, other) => Number(one === '\u0323') - Number(other === '\u0323'));
  const steps = [base];
  for (const mark of order) steps.push(((steps.at(-1) ?? '') + mark).normalize('NFC'));
  return steps;
}

const NAMES = [
  'Đặng',
  'Łukasz',
  "Nguyễn-O'Brien",
  'von und zu Ünlü',
  'Škvorecký',
  'Gonçalves',
  'Þórsdóttir',
  'Ağaoğlu',
];

test('every name can be typed on the screen', async () => {
  await visit('address', {}, async (page) => {
    const field = page.locator('#f-familyName');
    for (const name of NAMES) {
      await field.fill('');
      await page.locator('h1').tap();
      await field.tap();
      await typeByTapping(page, name);
      assert.equal((await field.inputValue()).normalize('NFC'), name.normalize('NFC'));
    }
  });
});

test('an e-mail address, a date and several lines can be typed on the screen', async () => {
  await visit('contact', {}, async (page) => {
    await page.locator('#f-email').tap();
    await typeByTapping(page, 'li.na@beispiel');
    await page.locator('am-keyboard button[value=".de"]').tap();
    assert.equal(await page.locator('#f-email').inputValue(), 'li.na@beispiel.de');
    await page.locator('#f-note').tap();
    await typeByTapping(page, 'Vor 3a');
    assert.equal(await page.locator('#f-note').inputValue(), 'Vor 3a');
  });
  await visit('date', {}, async (page) => {
    await page.locator('#f-moveIn-day').tap();
    for (const part of ['24', '12', '2026']) {
      for (const digit of part) await page.locator(`am-keyboard button[value="${digit}"]`).tap();
      await page.locator('am-keyboard button[value="<next>"]').tap();
    }
    assert.deepEqual(await valuesOf(page, '.date input'), ['24', '12', '2026']);
    assert.ok(await page.locator('am-keyboard').isHidden(), 'after the last field the keyboard goes away');
  });
});

test('text is written and deleted at the cursor, and never beyond the limit', async () => {
  await visit('address', { fields: { familyName: ['Mller'] } }, async (page) => {
    const field = page.locator('#f-familyName');
    await field.tap();
    await field.evaluate((input) => (input as HTMLInputElement).setSelectionRange(1, 1));
    await page.locator('am-keyboard button[value="ü"]').tap();
    assert.equal(await field.inputValue(), 'Müller');
    await page.locator('am-keyboard button[value="<delete>"]').tap();
    assert.equal(await field.inputValue(), 'Mller');
    const number = page.locator('#f-address-postcode');
    await number.tap();
    for (const digit of '761337') await page.locator(`am-keyboard button[value="${digit}"]`).tap();
    assert.equal(await number.inputValue(), '76133');
  });
});

for (const viewport of [TERMINAL, { width: 1920, height: 1080 }]) {
  test(`the keyboard covers no field on ${viewport.width} × ${viewport.height}`, async () => {
    for (const [name, size] of [
      ['errors', 1],
      ['contact', 3],
      ['groupOpen', 2],
    ] as const) {
      await visit(name, { settings: { size } }, (page) => everyFieldIsSeen(page, name), { viewport });
    }
  });
}

test('a tap on the next step hits, although the keyboard goes away', async () => {
  await visit('address', {}, async (page) => {
    await page.locator('#f-familyName').tap();
    await page.locator('am-keyboard').waitFor({ state: 'visible' });
    const sent = page.waitForRequest((request) => request.url().endsWith('/answers'));
    await page.locator('.journey > .actions button').tap();
    await sent;
    await page.locator('am-keyboard').waitFor({ state: 'hidden' });
  });
});

test('a form is sent once, however often it is pressed', async () => {
  await visit('address', {}, async (page) => {
    asked.length = 0;
    await page.locator('.journey > .actions button').evaluate((button) => {
      for (let press = 0; press < 3; press += 1) (button as HTMLButtonElement).click();
    });
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
    await page.keyboard.press('Enter');
    assert.equal(await street.inputValue(), 'Kaiserstraße');
    assert.equal(await page.locator('.suggestions').first().isHidden(), true);
    await street.fill('');
    await page.keyboard.type('baecker');
    await page.locator('[role=option]').first().tap();
    assert.equal(await street.inputValue(), 'Bäckerweg');
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
    await page.locator('#f-country').fill('Nirgendwo');
    assert.deepEqual(await valuesOf(page, 'select[name=country]'), ['']);
  });
});

test('a calendar fills the three parts of a date, also with the keys alone', async () => {
  await visit('date', {}, async (page) => {
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

test('plus and minus count within their limits', async () => {
  await visit('counted', { fields: { 'items.sofa': ['19'] } }, async (page) => {
    const line = page.locator('.counted-line').first();
    const plus = line.locator('button').last();
    for (let press = 0; press < 3; press += 1) await plus.tap({ force: true });
    assert.equal(await line.locator('input').inputValue(), '20');
    assert.equal(await plus.getAttribute('aria-disabled'), 'true');
    await line.locator('button').first().tap();
    assert.equal(await line.locator('input').inputValue(), '19');
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
      assert.match((await page.locator('[data-count]').textContent()) ?? '', /^Noch \d+ Sekunden$/);
      await page.locator('dialog [data-more]').click();
      assert.equal(await page.locator('dialog.idle').isVisible(), false);
    }
    assert.equal(asked.filter((one) => one === 'POST /visit/alive _csrf=token').length, 3);
    await page.clock.fastForward(61_000);
    await page.locator('dialog.idle').waitFor({ state: 'visible' });
    await page.mouse.click(5, 5);
    assert.equal(await page.locator('dialog.idle').isVisible(), true, 'a touch beside it is no answer');
    const ended = page.waitForRequest((request) => request.url().endsWith('/visit/end'));
    await page.clock.fastForward(30_000);
    assert.equal((await ended).postData(), '_csrf=token');
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

test('the language menu closes by Escape and by a touch beside it', async () => {
  await visit('home', {}, async (page) => {
    const menu = page.locator('.bar-menu');
    await menu.locator('summary').click();
    assert.equal(await menu.getAttribute('open'), '');
    await page.keyboard.press('Escape');
    assert.equal(await menu.getAttribute('open'), null);
    await menu.locator('summary').click();
    await page.locator('h1').click();
    assert.equal(await menu.getAttribute('open'), null);
  });
});

test('a QR code fills in number and code, and the address bar keeps neither', async () => {
  await visit('home', {}, async (page) => {
    await page.goto(`${origin}/status#729263941.ZUUVG-8YKW9-AEVJV`);
    assert.deepEqual(await valuesOf(page, 'am-status input'), ['729263941', 'ZUUVG-8YKW9-AEVJV']);
    assert.equal(page.url(), `${origin}/status`);
    assert.equal(
      asked.some((one) => one.includes('ZUUVG')),
      false,
    );
  });
});
