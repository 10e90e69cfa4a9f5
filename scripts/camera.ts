/** What takes the documentation's pictures: a browser, small pictures, and the steps that people take on pages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';

const PICTURES = join(import.meta.dirname, '../docs/pictures');
const MOST_BYTES = 120_000;
const TERMINAL = { width: 1080, height: 1920 };
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1360, height: 900 };

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

/** @returns the start page of a terminal in the town hall, as a new person finds it */
export async function atTerminal(browser: Browser, origin: string): Promise<Page> {
  const page = await open(browser, TERMINAL);
  await page.goto(`${origin}/terminal/rathaus-1`);
  return page;
}

/** @returns a new person's own phone */
export const onPhone = (browser: Browser): Promise<Page> => open(browser, PHONE, 2);

/** @returns a screen at an office */
export const onDesk = (browser: Browser): Promise<Page> => open(browser, DESK);

/** Reduces colours, and then the size, until the picture is small enough for a page of documentation. */
async function shrink(picture: Buffer): Promise<Buffer> {
  const { width } = await sharp(picture).metadata();
  for (const part of [1, 0.8, 0.6])
    for (const colours of [128, 64, 32]) {
      const scaled = sharp(picture).resize({ width: Math.round(width * part) });
      const small = await scaled.png({ palette: true, colours, effort: 10, dither: 0.2 }).toBuffer();
      if (small.length <= MOST_BYTES) return small;
    }
  throw new Error(`a picture stays larger than ${MOST_BYTES} bytes`);
}

/** Writes what is on the screen to `docs/pictures/<name>.png`. */
export async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => true));
  const small = await shrink(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `${name}.png`), small);
  console.log(`${name}.png ${Math.round(small.length / 1000)} KB`);
}

/** Presses the one obvious next step and waits for the page behind it. */
export async function next(page: Page, to: string): Promise<void> {
  await page.locator('main button[type=submit]:visible').last().click();
  await page.waitForSelector(`main[data-page="${to}"]`);
}

/** Chooses options by `<question>-<option>`, or confirms declarations by name. */
async function choose(page: Page, ...ids: string[]): Promise<void> {
  for (const id of ids) await page.locator(`label[for="f-${id}"]`).click();
}

/** Says one thing a page: `[option, the page behind it]`; an empty option goes on without an answer. */
export async function say(page: Page, answers: readonly (readonly [string, string])[]): Promise<void> {
  for (const [option, to] of answers) {
    // An answer that is all a page asks leads on by itself.
    const leads = option !== '' && (await page.locator('main am-choice').count()) > 0;
    if (option !== '') await choose(page, option);
    if (leads) await page.waitForSelector(`main[data-page="${to}"]`);
    else await next(page, to);
  }
}

/** Begins a service and waits for its first page. */
export async function begin(page: Page, slug: string, first: string): Promise<void> {
  await page.goto(new URL(`/service/${slug}`, page.url()).href);
  await next(page, first);
}

/** Signs a test person in at the practice BundID, and is back on the page that asked. */
export async function signIn(page: Page, person: string): Promise<void> {
  const asked = await page.locator('main').getAttribute('data-page');
  await page.locator('main button[value^="identify:"]').click();
  await page.locator(`button[name=person][value=${person}]`).click();
  await page.waitForSelector(`main[data-page="${asked}"] button[value=again]`);
}

/** Tells a stand-in how to behave, as the page `/sandbox` does. */
export async function tell(origin: string, name: string, value: string): Promise<void> {
  const body = new URLSearchParams({ [name]: value });
  const answer = await fetch(`${origin}/sandbox/${name}`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { origin },
  });
  if (answer.status !== 303) throw new Error(`/sandbox/${name} does not know "${value}"`);
}
