/**
 * Looks at pages where nobody uses them: what a browser shows is laid over pages of the right size that are loaded once. There
 * axe is loaded once for all, measuring paints nothing, and whoever goes through a service keeps the screen as it is.
 */
import type { Browser, Page } from 'playwright-core';
import { comes, type SCREENS } from '#test/browser';
import { MEASURES } from '#test/browser-inspect';
import { type Lies, RULES } from '#test/browser-rules';

/** A page as it stood: what it is made of, with all that its scripts have made. */
export type Taken = string;

/** @returns what a browser shows */
export const take = (page: Page): Promise<Taken> => page.evaluate(() => document.documentElement.outerHTML);

/** Runs in the page. Makes of a page at a terminal what a phone is sent: the step back stands in the head, and some things do not stand there. */
function asOnPhone(came: Document): void {
  if (came.documentElement.dataset.mode !== 'terminal') return;
  came.documentElement.dataset.mode = 'phone';
  for (const none of came.querySelectorAll('.bar-handover, am-keyboard')) none.remove();
  const back = came.querySelector('.go > .back');
  if (back) came.querySelector('.head')?.prepend(back);
  for (const go of came.querySelectorAll('.go:not(:has(*))')) go.remove();
}

/** Runs in the page. Lays another one over it; what was measured on another screen stays there. */
function show(html: string): void {
  const came = new DOMParser().parseFromString(html, 'text/html');
  // A terminal whose page somebody has enlarged stays one, however narrow it is.
  if (window.innerWidth < 700 && window.innerWidth >= 320) asOnPhone(came);
  // Their scripts have done what they do; what is drawn where those run is drawn here as well.
  for (const { localName: name } of came.querySelectorAll('*'))
    if (name.includes('-') && !customElements.get(name))
      customElements.define(name, class extends HTMLElement {});
  const root = document.documentElement;
  for (const { name } of [...root.attributes]) root.removeAttribute(name);
  for (const { name, value } of came.documentElement.attributes)
    if (name !== 'style') root.setAttribute(name, value);
  document.title = came.title;
  document.body.replaceWith(document.adoptNode(came.body));
}

/** What is measured: text sizes, and whether it is looked how the page lies in the first, also with letters set apart. */
interface Measured {
  sizes: readonly (1 | 2 | 3)[];
  lies?: 'as it is' | 'set apart';
}

/** Runs in the page, after `show`. @returns what does not fit, and how it lies; nothing of it is ever painted */
function measure({ sizes, lies: wanted }: Measured): { misfits: string[]; lies: Lies | undefined } {
  const { measures, rules } = window as unknown as {
    measures: (() => string[])[];
    rules(apart: boolean): Lies;
  };
  document.documentElement.dataset.size = '1';
  const lies = wanted && rules(wanted === 'set apart');
  for (const menu of document.querySelectorAll('details')) menu.open = true;
  const misfits = sizes.flatMap((size) => {
    document.documentElement.dataset.size = String(size);
    return measures.flatMap((each) => each()).map((one) => `size ${size}: ${one}`);
  });
  document.body.replaceChildren();
  return { misfits, lies };
}

export interface Inspector {
  /** @returns what does not fit on this screen, in some of the three text sizes */
  misfits(taken: Taken, screen: keyof typeof SCREENS, ...sizes: readonly (1 | 2 | 3)[]): Promise<string[]>;
  /** @returns how it lies on this screen in normal size, with what does not fit in all that is to be measured */
  lies(taken: Taken, screen: keyof typeof SCREENS, measured: Required<Measured>): Promise<Lies>;
  /** Lays it over a page of this size while something looks at that. */
  during<T>(taken: Taken, screen: keyof typeof SCREENS, look: (page: Page) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * @param origin where the office is whose pages come
 * @param path one of its own pages, over which others are laid: it has the styles that all of them have
 */
export function createInspector(browser: Browser, origin: string, path = '/'): Inspector {
  const pages = new Map<keyof typeof SCREENS, Promise<{ page: Page; leave(): Promise<void> }>>();
  const open = async (on: keyof typeof SCREENS) => {
    const person = await comes(browser, { origin, on, bypassCSP: true });
    const { page } = person;
    // What comes has been through its scripts, and stays as it is.
    await page.route(/\.js(\?|$)/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
    await page.goto(path);
    await page.evaluate(() => Promise.all([...document.fonts].map((font) => font.load())));
    await page.evaluate(`Object.assign(globalThis, {
      asOnPhone: ${asOnPhone}, show: ${show}, measure: ${measure}, measures: ${MEASURES}, rules: ${RULES} })`);
    return person;
  };
  const at = async (screen: keyof typeof SCREENS): Promise<Page> => {
    const known = pages.get(screen) ?? open(screen);
    pages.set(screen, known);
    return (await known).page;
  };
  const measuredAt = async (taken: Taken, screen: keyof typeof SCREENS, wanted: Measured) => {
    const page = await at(screen);
    const { misfits, lies } = await page.evaluate(
      ([html, measured]) => {
        const here = window as unknown as { show: typeof show; measure: typeof measure };
        here.show(html);
        return here.measure(measured);
      },
      [taken, wanted] as const,
    );
    const found = [...misfits, ...(lies?.found ?? [])].map((one) => `${screen}, ${one}`);
    return { found, below: lies?.below ?? 0, answers: lies?.answers ?? 0 };
  };
  return {
    misfits: async (taken, screen, ...sizes) => (await measuredAt(taken, screen, { sizes })).found,
    lies: measuredAt,
    async during(taken, screen, look) {
      const page = await at(screen);
      await page.evaluate((html) => (window as unknown as { show: typeof show }).show(html), taken);
      const found = await look(page);
      await page.evaluate(() => document.body.replaceChildren());
      return found;
    },
    async close() {
      for (const person of pages.values()) await (await person).leave();
    },
  };
}
