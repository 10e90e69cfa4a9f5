/**
 * `npm run pictures`: opens a fresh office on a Monday morning, goes through it in Chromium as citizen and as clerk, and writes
 * what is on the screens to `docs/pictures/`. Everybody in the pictures is invented; they are the people of the example journeys.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { playJourney } from '#play';
import { compileService, type ExampleJourney, readServiceFolder } from '#service';
import { formatProblems } from '#source';
import { type Running, startServer } from '../bench/processes.ts';

const ROOT = join(import.meta.dirname, '..');
const PICTURES = join(ROOT, 'docs/pictures');
const MOST_BYTES = 120_000;
const TERMINAL = { width: 1080, height: 1920 };
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1360, height: 900 };

const ITEMS = { sofa: 1, mattress: 2, carpet: 1 };
/** A household of its own: those of the example journeys have used their yearly allowance. */
const ADDRESS = { street: 'Gartenstraße', houseNumber: '28', postcode: '76133' };

const scratch = mkdtempSync(join(tmpdir(), 'amtomat-pictures-'));

function startOffice(clock: string): Promise<Running> {
  const env = { PATH: process.env.PATH, HOME: scratch, AMTOMAT_CLOCK: clock, AMTOMAT_LOG: 'error' };
  return startServer(
    [join(ROOT, 'dist/amtomat.js'), 'start', '--port', '0', '--data', join(scratch, 'data')],
    env,
  );
}

/** Reduces the colours until the picture is small enough for a page of documentation. */
async function shrink(picture: Buffer): Promise<Buffer> {
  for (const colours of [128, 64, 32]) {
    const small = await sharp(picture).png({ palette: true, colours, effort: 10, dither: 0.2 }).toBuffer();
    if (small.length <= MOST_BYTES) return small;
  }
  throw new Error(`a picture stays larger than ${MOST_BYTES} bytes`);
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => true));
  const small = await shrink(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  writeFileSync(join(PICTURES, `${name}.png`), small);
  console.log(`${name}.png ${Math.round(small.length / 1000)} KB`);
}

/** Presses the one obvious next step and waits for the page behind it. */
async function next(page: Page, to: string): Promise<void> {
  await page.locator('main button[type=submit]:visible').last().click();
  await page.waitForSelector(`main[data-page="${to}"]`);
}

async function choose(page: Page, ...ids: string[]): Promise<void> {
  for (const id of ids) await page.locator(`label[for="f-${id}"]`).click();
}

async function open(browser: Browser, viewport: typeof DESK, scale = 1): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: scale,
    locale: 'de-DE',
    hasTouch: viewport !== DESK,
    reducedMotion: 'reduce',
  });
  return context.newPage();
}

async function beginService(page: Page, slug: string, first: string): Promise<void> {
  await page.goto(new URL(`/service/${slug}`, page.url()).href);
  await next(page, first);
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
  await page.keyboard.press('Escape');
  await page.fill('[name="address.houseNumber"]', ADDRESS.houseNumber);
  await page.fill('[name="address.postcode"]', ADDRESS.postcode);
}

/** A citizen at the terminal in the town hall. */
async function atTheTerminal(browser: Browser, origin: string): Promise<void> {
  const page = await open(browser, TERMINAL);
  await page.goto(`${origin}/terminal/rathaus-1`);
  await take(page, 'home');
  await beginService(page, 'sperrmuell', 'what');
  await choose(page, 'kind-bulky');
  await next(page, 'notAccepted');
  await take(page, 'what-goes');
  await next(page, 'bulkyItems');
  await count(page, ITEMS);
  await next(page, 'address');
  await fillAddress(page);
  await page.locator('[name=familyName]').click();
  for (const letter of 'Nguye') await page.locator(`am-keyboard button[value="${letter}"]`).click();
  await take(page, 'keyboard');
  await page.fill('[name=familyName]', 'Nguyễn');
  await next(page, 'place');
  await choose(page, 'place-kerb');
  await next(page, 'contact');
  await page.fill('[name=phone]', '0721 123456');
  await next(page, 'date');
  await page.locator('.choices-dates label').nth(1).click();
  await take(page, 'date');
  await next(page, 'rules');
  await choose(page, 'household', 'putOut', 'takeBack');
  await next(page, 'review');
  await take(page, 'review');
  await next(page, 'done');
  await page.locator('main form').scrollIntoViewIfNeeded();
  await take(page, 'result');
  await page.context().close();
}

/** Somebody who wants easy language and high contrast. */
async function inEasyLanguage(browser: Browser, origin: string): Promise<void> {
  const page = await open(browser, TERMINAL);
  await page.goto(`${origin}/terminal/rathaus-1`);
  await beginService(page, 'wohnungsgeberbestaetigung', 'role');
  await page.locator('.bar-menu summary').click();
  await page.locator('.bar-popup button[value=leicht]').click();
  await page.locator('button[name=contrast]').click();
  await page.waitForSelector('main[data-page=role]');
  await take(page, 'easy-language');
  await page.context().close();
}

async function onThePhone(browser: Browser, origin: string): Promise<void> {
  const page = await open(browser, PHONE, 2);
  await page.goto(`${origin}/`);
  await beginService(page, 'sperrmuell', 'what');
  await choose(page, 'kind-bulky');
  await next(page, 'notAccepted');
  await next(page, 'bulkyItems');
  await count(page, ITEMS);
  await page.evaluate(() => scrollTo(0, 0));
  await take(page, 'phone');
  await page.context().close();
}

async function signIn(page: Page, origin: string, name: string): Promise<void> {
  await page.goto(`${origin}/desk`);
  await page.getByRole('link', { name: 'Mit Dienstkonto anmelden' }).click();
  await page.getByRole('button', { name }).click();
  await page.waitForURL(`${origin}/desk`);
}

async function atTheDesk(browser: Browser, origin: string): Promise<void> {
  const page = await open(browser, DESK);
  await signIn(page, origin, 'Lena Adler');
  await take(page, 'desk-inbox');
  await page.locator('tr', { hasText: 'Wohnungsgeber' }).first().locator('a').click();
  await page.getByRole('button', { name: 'Übernehmen' }).click();
  await page.getByRole('button', { name: 'Zurückgeben' }).waitFor();
  await take(page, 'desk-case');
  await page.context().close();
}

function journeysOf(slug: string): readonly ExampleJourney[] {
  const { service, problems } = compileService(readServiceFolder(join(ROOT, 'services', slug)));
  if (!service) throw new Error(formatProblems(problems));
  return service.journeys.filter((journey) => journey.expect.outcome === 'submitted');
}

/** Days before the pictures: some people have been here already. */
async function earlierVisits(): Promise<void> {
  const people = ['sperrmuell', 'wohnungsgeberbestaetigung'].flatMap((slug) =>
    journeysOf(slug).map((journey) => ({ slug, journey })),
  );
  const mornings = ['2026-11-18T09:12:00+01:00', '2026-11-20T14:41:00+01:00', '2026-11-23T08:26:00+01:00'];
  for (const [index, clock] of mornings.entries()) {
    const office = await startOffice(clock);
    for (const { slug, journey } of people.filter((_one, at) => at % mornings.length === index)) {
      const outcome = await playJourney(office.origin, slug, journey, {
        today: clock.slice(0, 10),
        ...(index === 1 ? {} : { terminal: 'rathaus-1' }),
      });
      if (!outcome.ok) throw new Error(`${slug}/${journey.id}: ${outcome.problem}`);
    }
    await office.stop();
  }
}

async function main(): Promise<void> {
  await using closing = new AsyncDisposableStack();
  closing.defer(() => rmSync(scratch, { recursive: true, force: true }));
  const built = spawnSync(process.execPath, [join(ROOT, 'scripts/build.ts')], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the build failed');
  mkdirSync(PICTURES, { recursive: true });
  await earlierVisits();
  const office = await startOffice('2026-11-23T10:24:00+01:00');
  closing.defer(() => office.stop());
  const browser = await chromium.launch({
    executablePath: process.env.AMTOMAT_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  closing.defer(() => browser.close());
  await atTheTerminal(browser, office.origin);
  await inEasyLanguage(browser, office.origin);
  await onThePhone(browser, office.origin);
  await atTheDesk(browser, office.origin);
}

await main();
