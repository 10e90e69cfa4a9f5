/** People at screens: Chromium, a fresh context each, and a watch over what a page must never do. */
import assert from 'node:assert/strict';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Frame,
  type Page,
  type Request,
  type Response,
} from 'playwright-core';
import { browserProgram } from '../../scripts/debian.ts';

/** Screens that the pages are made for. */
export const SCREENS = {
  upright: { width: 1080, height: 1920 },
  wide: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 480 },
  /** The upright screen, enlarged fourfold. */
  enlarged: { width: 270, height: 480 },
} as const;

/** Long enough for a machine that does ten other things at once: only what never comes is a fault. */
const PATIENCE_MS = 60_000;

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** @returns Chromium of the system, its headless shell if that is there; `AMTOMAT_CHROMIUM` names another program */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserProgram() ?? 'chromium',
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
  /** Origins that pages may ask, beside those where the office's own pages say that they lead there. */
  allowed?: (origin: string) => boolean;
  /** Further statuses that are no fault here, because the page says in words what is the matter. */
  said?: readonly number[];
}

/** Answers that the page itself says in words. */
const SAID_ON_THE_PAGE: readonly number[] = [403, 404, 409, 410, 422, 429];

/** Where the forms of a page may lead beside its own origin: browsers enforce it, also for redirects. */
function targetsOf(policy: string | undefined): string[] {
  const [, targets = ''] = /form-action ([^;]*)/.exec(policy ?? '') ?? [];
  return targets.split(' ').filter((one) => one !== "'self'");
}

function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch {
    // A window that is just opening has none yet.
    return undefined;
  }
}

/** The office's own address that opens another authority's portal. */
const LEAVES = /^\/service\/[\w-]+\/[\w-]+\/leave$/;

/** Knows where pages lead: out of the office only where its pages say so, and then only to that origin. */
class Leash {
  readonly #setting: Setting;
  /** Where the forms of the office's page in a frame may lead. */
  readonly #targets = new WeakMap<Frame, readonly string[]>();
  readonly #portals = new Set<string>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** A page has come: if it is the office's, its policy holds from now on. */
  shows(response: Response): void {
    const request = response.request();
    const frame = frameOf(request);
    const redirects = response.status() >= 300 && response.status() < 400;
    if (!frame || !request.isNavigationRequest() || redirects || !this.#isHome(response.url())) return;
    this.#targets.set(frame, targetsOf(response.headers()['content-security-policy']));
  }

  allows(request: Request): boolean {
    const { origin, protocol } = new URL(request.url());
    if (protocol === 'data:' || this.#isHome(request.url()) || this.#setting.allowed?.(origin)) return true;
    const from = request.redirectedFrom()?.url() ?? '';
    if (this.#isHome(from) && LEAVES.test(new URL(from).pathname)) this.#portals.add(origin);
    const frame = frameOf(request);
    // What a page out there is made of, and its own way on.
    const there = frame ? frame.url() : undefined;
    if (there ? URL.canParse(there) && new URL(there).origin === origin : this.#portals.has(origin))
      return true;
    if (!request.isNavigationRequest()) return false;
    // Somebody may go back to where a page has led once.
    if (frame && this.#targets.get(frame)?.includes(origin)) this.#portals.add(origin);
    return this.#portals.has(origin);
  }

  #isHome(url: string): boolean {
    return URL.canParse(url) && new URL(url).origin === this.#setting.origin;
  }
}

function watch({ context, misdeeds }: Pick<Person, 'context' | 'misdeeds'>, setting: Setting): void {
  const leash = new Leash(setting);
  const said = new Set([...SAID_ON_THE_PAGE, ...(setting.said ?? [])]);
  const where = (page: Page | null): string => new URL(page?.url() ?? '/', setting.origin).pathname;
  context.on('console', (message) => {
    const [, status] = /with a status of (\d+)/.exec(message.text()) ?? [];
    if (message.type() !== 'error' || said.has(Number(status))) return;
    misdeeds.push(`${where(message.page())}: console: ${message.text()}`);
  });
  context.on('weberror', (error) => misdeeds.push(`${where(error.page())}: threw: ${error.error().message}`));
  context.on('request', (request) => {
    if (!leash.allows(request)) misdeeds.push(`asked ${new URL(request.url()).origin}`);
  });
  context.on('response', (response) => {
    leash.shows(response);
    if (response.status() >= 500 && !said.has(response.status()))
      misdeeds.push(`answered ${response.status()}`);
  });
}

/** A person comes to a screen, in a browser that knows nothing yet. */
export async function comes(browser: Browser, setting: Setting): Promise<Person> {
  const { origin, on = 'upright', terminal, allowed: _, said: __, ...options } = setting;
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
