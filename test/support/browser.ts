/** People at screens: Chromium, a fresh context each, and a watch over what a page must never do. */
import assert from 'node:assert/strict';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** Screens that the pages are made for. */
export const SCREENS = {
  upright: { width: 1080, height: 1920 },
  wide: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 480 },
} as const;

/** Long enough for a machine that does ten other things at once: only what never comes is a fault. */
const PATIENCE_MS = 60_000;

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** @returns Chromium of the system; `AMTOMAT_CHROMIUM` names another program */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.AMTOMAT_CHROMIUM || '/usr/bin/chromium',
    args: FLAGS,
  });
}

export interface Person {
  page: Page;
  context: BrowserContext;
  /** What pages did that they must not: break the policy, ask other origins, throw, fail. */
  misdeeds: string[];
  /** Closes the browser context; nothing may have gone wrong until then. */
  leave(): Promise<void>;
}

export interface Setting extends Omit<BrowserContextOptions, 'baseURL' | 'viewport'> {
  origin: string;
  on?: keyof typeof SCREENS;
  /** Begin at this terminal. */
  terminal?: string;
  /** Other origins that pages may lead to (the sign-in provider). */
  allowed?: (origin: string) => boolean;
}

/** An answer that the page itself says in words. */
const SAID_ON_THE_PAGE = /status of (403|404|410|422|429)/;

function watch(person: Pick<Person, 'page' | 'misdeeds'>, setting: Setting): void {
  const { page, misdeeds } = person;
  const where = (): string => new URL(page.url(), setting.origin).pathname;
  page.on('console', (message) => {
    if (message.type() !== 'error' || SAID_ON_THE_PAGE.test(message.text())) return;
    misdeeds.push(`${where()}: console: ${message.text()}`);
  });
  page.on('pageerror', (error) => misdeeds.push(`${where()}: threw: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol === 'data:' || url.origin === setting.origin || setting.allowed?.(url.origin)) return;
    misdeeds.push(`${where()}: asked ${url.origin}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) misdeeds.push(`${where()}: answered ${response.status()}`);
  });
}

/** A person comes to a screen, in a browser that knows nothing yet. */
export async function comes(browser: Browser, setting: Setting): Promise<Person> {
  const { origin, on = 'upright', terminal, allowed: _, ...options } = setting;
  const context = await browser.newContext({
    ...{ baseURL: origin, viewport: SCREENS[on], locale: 'de-DE', reducedMotion: 'reduce' },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const misdeeds: string[] = [];
  const person: Person = {
    ...{ page, context, misdeeds },
    async leave() {
      await context.close();
      assert.deepEqual(misdeeds, []);
    },
  };
  watch(person, setting);
  if (terminal) await page.goto(`/terminal/${terminal}`);
  return person;
}

/** Does something that leads to another page, or to the same one again, and waits until it is there. */
export async function leads(page: Page, act: () => Promise<unknown>): Promise<void> {
  const from = page.url();
  try {
    await Promise.all([page.waitForEvent('load'), act()]);
  } catch (error) {
    const asked = await page.locator('dialog[open]').count();
    throw new Error(`led nowhere from ${from}, now ${page.url()}, ${asked} dialogs open`, { cause: error });
  }
}
