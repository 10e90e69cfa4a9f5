/** A PIN at a terminal in Chromium: by finger on the keyboard of the screen, with a card that comes and goes. */

import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { createLog } from '#log';
import { type RunningAusweisApp, startAusweisApp, virtualCard } from '#sandbox/ausweisapp';
import { type DeviceServer, startDeviceServer } from '#terminal';
import { comes, leads, openBrowser } from '#test/browser';
import { axe } from '#test/browser-inspect';
import { createInspector, take } from '#test/browser-inspector';
import { LOOKED_AT } from '#test/languages';
import { createClock } from '#time';

let browser: Browser;
let app: RunningAusweisApp;
let device: DeviceServer;
let office: Server;
let officeOrigin: string;
/** What the office was asked for. */
const asked: string[] = [];

before(async () => {
  office = createServer((request, response) => {
    asked.push(request.url ?? '');
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        '<!doctype html><html lang="de"><link rel="icon" href="data:,"><title>Amt</title><p>Amt</p></html>',
      );
  });
  await new Promise<void>((resolve) => office.listen(0, '127.0.0.1', resolve));
  officeOrigin = `http://127.0.0.1:${(office.address() as AddressInfo).port}`;
  [app, browser] = await Promise.all([startAusweisApp({ port: 0 }), openBrowser()]);
  const clock = createClock();
  device = await startDeviceServer({
    ...{
      port: 0,
      host: '127.0.0.1',
      officeOrigin,
      ausweisapp: app.url,
      clock,
      key: Buffer.alloc(32, 7),
      log: createLog('silent', clock),
    },
    ...{ accent: '#a3122a', city: 'Karlsruhe', phone: '115', place: 'Rathaus am Marktplatz' },
  });
});
after(async () => {
  await browser?.close();
  await device?.stop();
  await app?.stop();
  office?.close();
});

const begin = (language: string): string =>
  `/eid?mode=own&language=${language}&return=/service/online-ausweis/pin-return&state=nonce-of-the-office-1`;
const shows = (page: Page, screen: string): Promise<unknown> =>
  page.waitForSelector(`main[data-page="${screen}"]`);

async function tap(page: Page, digits: string): Promise<void> {
  for (const digit of digits) await page.tap(`am-keyboard .key[value="${digit}"]`);
}

it('is set by finger, the page follows the card by itself, and the browser goes back to the office', async () => {
  const card = virtualCard('own');
  app.remove();
  const person = await comes(browser, {
    origin: device.origin,
    hasTouch: true,
    allowed: (origin) => origin === officeOrigin,
  });
  const { page } = person;
  // Like somebody who comes from the office, not from the address bar.
  await page.goto(`${officeOrigin}/`);
  await page.goto(begin('de'), { referer: `${officeOrigin}/` });
  await shows(page, 'insertCard');
  app.insert(card);
  await shows(page, 'pin');
  await tap(page, '38');
  app.remove();
  await shows(page, 'cardGone');
  app.insert(card);
  await shows(page, 'pin');
  assert.equal(await page.inputValue('#f-value'), '', 'digits typed before are gone');
  await tap(page, '384716');
  await leads(page, () => page.tap('button[value=next]:visible'));
  await shows(page, 'newPin');
  await page.keyboard.type('9');
  assert.ok(await page.locator('.twice-hint').isHidden(), 'with keys of one’s own nothing goes on by itself');
  await page.keyboard.press('Backspace');
  // The second field comes by itself, and so does the next page when both are alike.
  await tap(page, '920485');
  assert.ok(await page.locator('.twice-hint').isVisible());
  await tap(page, '920484');
  assert.equal(await page.inputValue('#f-again'), '920484', 'what differs stays');
  await page.tap('am-keyboard .key[value="<delete>"]');
  await leads(page, () => tap(page, '5'));
  await shows(page, 'done');
  await leads(page, () => page.tap('main a.kern-btn'));
  const back = '/service/online-ausweis/pin-return?state=nonce-of-the-office-1&outcome=done&word=';
  assert.ok(asked.at(-1)?.startsWith(back), asked.at(-1));
  assert.equal(card.pin, '920485');
  await person.leave();
});

it('can be cancelled by a form that ends at the office', async () => {
  app.insert(virtualCard('own'));
  const person = await comes(browser, {
    origin: device.origin,
    allowed: (origin) => origin === officeOrigin,
  });
  const { page } = person;
  await page.goto(begin('de'));
  await shows(page, 'pin');
  // News from the card while the form is under way must not cut it off.
  await page.route(new URL(page.url()).pathname, async (route) => {
    if (route.request().method() === 'POST') {
      const news = page.waitForResponse((response) => response.url().includes('/news?'));
      app.remove();
      await news;
    }
    await route.continue();
  });
  await leads(page, () => page.click('button[value=cancel]'));
  assert.match(asked.at(-1) ?? '', /outcome=cancelled&word=/);
  await person.leave();
});

for (const language of LOOKED_AT) {
  it(`can be read and reached by everybody (${language})`, async () => {
    app.remove();
    const person = await comes(browser, { origin: device.origin });
    const { page } = person;
    // Its first page leads to the office.
    const by = createInspector(browser, device.origin, '/eid/nobody');
    const found: string[] = [];
    const inspect = async (screen: string): Promise<void> => {
      await shows(page, screen);
      const { violations } = await axe(page);
      found.push(...violations.map((one) => `${screen}: ${one}`));
      const taken = await take(page);
      for (const on of ['upright', 'wide'] as const)
        found.push(...(await by.misfits(taken, on, 1, 3)).map((one) => `${screen} on ${one}`));
    };
    const enter = async (value: string, again?: string): Promise<void> => {
      await page.fill('#f-value', value);
      if (again !== undefined) await page.fill('#f-again', again);
      await leads(page, () => page.click('button[value=next]:visible'));
    };
    const card = virtualCard('own', { retryCounter: 2 });
    await page.goto(begin(language));
    await inspect('insertCard');
    app.insert(virtualCard('faulty'));
    await inspect('foreignCard');
    app.insert(card);
    await inspect('pin');
    await enter('111222');
    await inspect('can');
    await enter(card.can);
    await shows(page, 'pin');
    await enter('111222');
    await inspect('puk');
    await enter(card.puk);
    await shows(page, 'pin');
    await enter('384716');
    await inspect('newPin');
    await enter('123456', '123456');
    await page.waitForSelector('[data-error=simple]');
    await inspect('newPin');
    card.lifted = { during: 'NEW_PIN', taken: true };
    await enter('920485', '920485');
    await inspect('cardGone');
    app.insert(card);
    await inspect('pin');
    await enter('920485');
    await inspect('done');
    await page.goto(begin(language));
    await shows(page, 'pin');
    await page.goto(`${page.url()}/help`);
    await inspect('help');
    assert.deepEqual(found, []);
    await by.close();
    await person.leave();
  });
}
