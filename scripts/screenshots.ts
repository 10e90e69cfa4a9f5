/**
 * `npm run pictures`: opens a fresh office on a Monday morning, goes through it in Chromium as citizen and as clerk, and writes
 * what is on the screens to `docs/pictures/`. Everybody in the pictures is invented; they are the people of the example journeys.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadCity } from '#city';
import { playJourney } from '#play';
import { compileService, type ExampleJourney, readServices } from '#service';
import { formatProblems } from '#source';
import { openBrowser } from '#test/browser';
import { type Running, startServer } from '../bench/processes.ts';
import { atTerminal, begin, next, onDesk, onPhone, say, signIn, take, tell } from './camera.ts';

const ROOT = join(import.meta.dirname, '..');

const ITEMS = { sofa: 1, mattress: 2, carpet: 1 };
/** A household of its own: those of the example journeys have used their yearly allowance. */
const ADDRESS = { street: 'Gartenstraße', houseNumber: '28', postcode: '76133' };
/** Who has been here in the days before, by service. */
const EARLIER: Readonly<Record<string, readonly string[]>> = {
  sperrmuell: ['plain', 'another-place', 'white-goods'],
  wohnungsgeberbestaetigung: ['plain', 'family', 'sublet'],
  'abmeldung-ins-ausland': ['plain', 'family-by-paper'],
  urkunden: ['plain', 'marriage', 'multilingual'],
};

const scratch = mkdtempSync(join(tmpdir(), 'amtomat-pictures-'));

function startOffice(clock: string): Promise<Running> {
  const env = { PATH: process.env.PATH, HOME: scratch, AMTOMAT_CLOCK: clock, AMTOMAT_LOG: 'error' };
  return startServer(
    [join(ROOT, 'dist/amtomat.js'), 'start', '--port', '0', '--data', join(scratch, 'data')],
    env,
  );
}

async function count(page: Page, items: Readonly<Record<string, number>>): Promise<void> {
  for (const [item, number] of Object.entries(items)) {
    for (let i = 0; i < number; i += 1) {
      await page.locator(`am-count:has([name="items.${item}"]) button[value="1"]`).click();
    }
  }
}

async function fillAddress(page: Page): Promise<void> {
  await page.fill('[name="address.street"]', ADDRESS.street);
  await page.fill('[name="address.houseNumber"]', ADDRESS.houseNumber);
  await page.fill('[name="address.postcode"]', ADDRESS.postcode);
}

/** Somebody gets rid of a sofa, at the terminal in the town hall. */
async function bulkyWaste(page: Page): Promise<void> {
  await take(page, 'home');
  await begin(page, 'sperrmuell', 'what');
  await say(page, [['kind-bulky', 'bulkyItems']]);
  await count(page, ITEMS);
  await next(page, 'address');
  await fillAddress(page);
  await page.locator('[name=familyName]').click();
  for (const letter of 'Nguye') await page.locator(`am-keyboard button[value="${letter}"]`).click();
  await take(page, 'keyboard');
  await page.fill('[name=familyName]', 'Nguyễn');
  await next(page, 'place');
  await say(page, [['place-kerb', 'contact']]);
  await page.fill('[name=phone]', '0721 123456');
  await next(page, 'date');
  await take(page, 'date');
  await page.locator('.choices.dates label').nth(1).click();
  await page.waitForSelector('main[data-page=rules]');
  await say(page, [['rules', 'review']]);
  await next(page, 'done');
  await take(page, 'result');
}

/** Somebody needs a Führungszeugnis for a new job: signs in, looks everything over, pays by card. */
async function certificate(page: Page, origin: string): Promise<void> {
  await begin(page, 'fuehrungszeugnis', 'forWhom');
  await say(page, [
    ['forWhom-self', 'recipient'],
    ['recipient-me', 'extended'],
    ['extended-no', 'identity'],
  ]);
  await take(page, 'identify');
  await signIn(page, 'hans');
  await say(page, [
    ['', 'nationalities'],
    ['otherNationality-no', 'payment'],
    ['payment-pay', 'delivery'],
    ['deliverTo-home', 'declaration'],
    ['correct', 'review'],
  ]);
  await next(page, 'pay');
  // Nobody presents a card, so the terminal goes on waiting.
  await tell(origin, 'payment', 'timeOut');
  await page.locator('main button[name=way][value=card]').click();
  await page.waitForSelector('[data-status=insertCard]');
  await take(page, 'pay');
  await page.locator('main button[value=abort]').click();
  await page.waitForSelector('main button[name=way]');
  await tell(origin, 'payment', 'approve');
}

/** Somebody wants to know the points in Flensburg. */
async function points(page: Page): Promise<void> {
  await begin(page, 'punkteauskunft', 'way');
  await say(page, [['way-online', 'identity']]);
  await signIn(page, 'hans');
  await next(page, 'review');
  await next(page, 'answer');
  await take(page, 'points');
}

/** Somebody sets a PIN of their own, on the page that the terminal itself serves. */
async function pin(page: Page, origin: string): Promise<void> {
  await tell(origin, 'card', 'transport');
  await begin(page, 'online-ausweis', 'situation');
  await say(page, [['situation-transport', 'pin']]);
  await page.locator('main button[value=device]').click();
  await page.waitForSelector('input.device-digits-5');
  await page.fill('input.device-digits-5', '72518');
  await page.locator('main button[value=next]:visible').click();
  await page.waitForSelector('input[name=again]');
  await page.locator('input[name=value]').click();
  await take(page, 'pin');
  await page.locator('main button[value=cancel]:visible').click();
  await page.waitForSelector('main[data-page=stopped]');
}

/** Somebody has forgotten the PIN: no terminal can help, so the way ends with the office that can. */
async function ending(page: Page): Promise<void> {
  await begin(page, 'online-ausweis', 'situation');
  await say(page, [['situation-forgotten', 'forgotten']]);
  await take(page, 'finish');
}

/** Somebody who wants easy language and high contrast. */
async function inEasyLanguage(page: Page): Promise<void> {
  await begin(page, 'wohnungsgeberbestaetigung', 'role');
  await page.locator('.bar-menu summary').click();
  await page.locator('.bar-popup button[value=leicht]').click();
  await page.locator('button[name=contrast]').click();
  await page.waitForSelector('main[data-page=role]');
  await take(page, 'easy-language');
}

/** Somebody who reads Arabic, on the way through a service. */
async function inArabic(page: Page): Promise<void> {
  await begin(page, 'sperrmuell', 'what');
  await page.locator('.bar-menu summary').click();
  await page.locator('.bar-popup button[value=ar]').click();
  await page.waitForSelector('html[dir=rtl] main[data-page=what]');
  await take(page, 'arabic');
}

async function onThePhone(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/`);
  await begin(page, 'sperrmuell', 'what');
  await say(page, [['kind-bulky', 'bulkyItems']]);
  await count(page, ITEMS);
  await page.evaluate(() => scrollTo(0, 0));
  await take(page, 'phone');
}

async function atTheDesk(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/desk`);
  await page.getByRole('link', { name: 'Mit Dienstkonto anmelden' }).click();
  await page.getByRole('button', { name: 'Lena Adler' }).click();
  await page.waitForURL(`${origin}/desk`);
  await take(page, 'desk-inbox');
  await page.locator('tr', { hasText: 'Urkunden' }).last().locator('a').click();
  await page.getByRole('button', { name: 'Übernehmen' }).click();
  await page.getByRole('button', { name: 'Zurückgeben' }).waitFor();
  await take(page, 'desk-case');
}

async function inTheSandbox(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/sandbox`);
  await take(page, 'sandbox');
}

function journeysOf(slug: string, names: readonly string[]): readonly ExampleJourney[] {
  const { city, problems: mistakes } = loadCity(join(ROOT, 'city/karlsruhe'));
  const [folder] = city ? readServices(join(ROOT, 'services', slug), city) : [];
  const { service, problems = mistakes } = folder ? compileService(folder) : {};
  if (!service) throw new Error(formatProblems(problems));
  return names.map((name) => {
    const journey = service.journeys.find(({ id }) => id === name);
    if (!journey) throw new Error(`${slug} has no journey ${name}`);
    return journey;
  });
}

/** Days before the pictures: some people have been here already. */
async function earlierVisits(): Promise<void> {
  const people = Object.entries(EARLIER).flatMap(([slug, names]) =>
    journeysOf(slug, names).map((journey) => ({ slug, journey })),
  );
  const mornings = ['2026-11-18T09:12:00+01:00', '2026-11-20T14:41:00+01:00', '2026-11-23T08:26:00+01:00'];
  for (const [index, clock] of mornings.entries()) {
    const office = await startOffice(clock);
    for (const { slug, journey } of people.filter((_one, at) => at % mornings.length === index)) {
      const atHome = index === 1 && journey.expect.pay !== 'card';
      const outcome = await playJourney(office.origin, slug, journey, {
        today: clock.slice(0, 10),
        ...(atHome ? {} : { terminal: 'rathaus-1' }),
      });
      if (!outcome.ok) throw new Error(`${slug}/${journey.id}: ${outcome.problem}`);
    }
    await office.stop();
  }
}

async function withPage(opening: Promise<Page>, walk: (page: Page) => Promise<void>): Promise<void> {
  const page = await opening;
  await walk(page);
  await page.context().close();
}

async function takeAll(browser: Browser, origin: string): Promise<void> {
  const walks: readonly ((page: Page) => Promise<void>)[] = [
    bulkyWaste,
    (page) => certificate(page, origin),
    points,
    (page) => pin(page, origin),
    ending,
    inEasyLanguage,
    inArabic,
  ];
  for (const walk of walks) await withPage(atTerminal(browser, origin), walk);
  await withPage(onPhone(browser), (page) => onThePhone(page, origin));
  await withPage(onDesk(browser), (page) => atTheDesk(page, origin));
  await withPage(onDesk(browser), (page) => inTheSandbox(page, origin));
}

async function main(): Promise<void> {
  await using closing = new AsyncDisposableStack();
  closing.defer(() => rmSync(scratch, { recursive: true, force: true }));
  const built = spawnSync(process.execPath, [join(ROOT, 'scripts/build.ts')], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the build failed');
  await earlierVisits();
  const office = await startOffice('2026-11-23T10:24:00+01:00');
  closing.defer(() => office.stop());
  const browser = await openBrowser();
  closing.defer(() => browser.close());
  await takeAll(browser, office.origin);
}

await main();
