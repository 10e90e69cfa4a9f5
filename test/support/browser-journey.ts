/** Plays example journeys in a browser, with the mouse or with the keyboard alone. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { loadCatalogue } from '#catalogue';
import { loadCity } from '#city';
import { sampleFile } from '#play';
import type { CompiledService, ExampleJourney, JourneyStep, Language } from '#service';
import { leads } from '#test/browser';

/** How somebody uses a page. */
export interface Hand {
  type(page: Page, field: Locator, text: string): Promise<void>;
  choose(page: Page, choice: Locator): Promise<void>;
  /** Presses a button or follows a link. */
  press(page: Page, target: Locator): Promise<void>;
}

export const mouse: Hand = {
  type: (_, field, text) => field.fill(text),
  choose: (_, choice) => choice.check(),
  press: (_, target) => target.click(),
};

/** A finger; the browser context needs `hasTouch`. */
export const finger: Hand = {
  async type(_, field, text) {
    await field.tap();
    await field.fill(text);
  },
  async choose(_, choice) {
    if (!(await choice.isChecked())) await choice.tap();
  },
  press: (_, target) => target.tap(),
};

const MOST_TABS = 150;
const hasFocus = (element: Locator): Promise<boolean> =>
  element.evaluate((one) => one === document.activeElement);

async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let count = 0; count < MOST_TABS; count += 1) {
    if (await hasFocus(element)) return;
    await page.keyboard.press('Tab');
  }
  throw new assert.AssertionError({ message: `Tab never comes to ${element}` });
}

/** The other radio buttons of a group are reached with the arrows once one of them has the focus. */
async function arrowTo(page: Page, choice: Locator): Promise<void> {
  const name = await choice.getAttribute('name');
  const inGroup = (): Promise<boolean> =>
    page.evaluate((group) => (document.activeElement as HTMLInputElement | null)?.name === group, name);
  for (let count = 0; count < MOST_TABS && !(await inGroup()); count += 1) await page.keyboard.press('Tab');
  const size = await page.locator(`input[name="${name}"]`).count();
  for (let count = 0; count < size && !(await hasFocus(choice)); count += 1)
    await page.keyboard.press('ArrowDown');
  assert.ok(await hasFocus(choice), `the arrows never come to ${choice}`);
}

/** Tab, arrows, Space and Enter; no pointer at all. */
export const keyboard: Hand = {
  async type(page, field, text) {
    await tabTo(page, field);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  },
  async choose(page, choice) {
    if ((await choice.getAttribute('type')) === 'radio') await arrowTo(page, choice);
    else await tabTo(page, choice);
    if (!(await choice.isChecked())) await page.keyboard.press('Space');
  },
  async press(page, target) {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  },
};

let loaded: readonly CompiledService[] | undefined;

/** @returns all services of the office, with their example journeys */
export function services(): readonly CompiledService[] {
  if (loaded) return loaded;
  const { city } = loadCity('city/karlsruhe');
  const { catalogue } = city ? loadCatalogue('services', city) : {};
  if (!catalogue) throw new Error('city or services have problems: run ./amtomat check');
  loaded = catalogue.services;
  return loaded;
}

/** @returns the services that can be finished here */
export function nativeServices(): readonly CompiledService[] {
  return services().filter((service) => service.fulfilment === 'case');
}

/** @returns a service's example journey by its id: the name of its file */
export function journeyOf(slug: string, id: string): ExampleJourney {
  const journeys = nativeServices().find((service) => service.slug === slug)?.journeys ?? [];
  const journey = journeys.find((one) => one.id === id);
  assert.ok(journey, `no journey ${slug}/${id}`);
  return journey;
}

/** Where a page says it is. */
export interface Whereabouts {
  service: string | null;
  page: string | null;
  outcome: string | null;
  errors: { field: string | null; code: string | null }[];
}

export function whereabouts(page: Page): Promise<Whereabouts> {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    return {
      service: main?.getAttribute('data-service') ?? null,
      page: main?.getAttribute('data-page') ?? null,
      outcome: main?.getAttribute('data-outcome') ?? null,
      errors: [...document.querySelectorAll('[data-error]')].map((one) => ({
        field: one.getAttribute('data-field'),
        code: one.getAttribute('data-error'),
      })),
    };
  });
}

export interface BrowserPlay {
  hand?: Hand;
  /** Instead of the journey's own. */
  language?: Language;
  /** Also sends each page empty once, to see its errors. */
  provoke?: boolean;
  /** Called on every page that comes, before anything is filled in. */
  look?: (state: string) => Promise<void>;
  /** Called when a page is filled in, before it is sent. */
  filled?: (state: string) => Promise<void>;
  /** Stops before this page is filled in. */
  until?: string;
}

/** What the result page gives. */
export interface BrowserReceipt {
  number: string;
  code: string;
  lookupCode: string | null;
}

// Allowances belong to a household: every play has a house number of its own.
let households = 100;

const main = (page: Page): Locator => page.locator('main');
const field = (page: Page, name: string): Locator =>
  main(page).locator(`[name="${name}"]:not([type="hidden"])`);
const next = (page: Page): Locator =>
  main(page).locator('button[type="submit"]:visible:not([formaction])').last();

/** Chooses a language in the bar, unless the page speaks it already. */
export async function chooseLanguage(page: Page, language: Language, hand = mouse): Promise<void> {
  const button = page.locator(`.bar button[name="language"][value="${language}"]`);
  if ((await button.getAttribute('aria-current')) === 'true') return;
  if (!(await button.isVisible())) await hand.press(page, page.locator('.bar summary'));
  await leads(page, () => hand.press(page, button));
}

/** An entry of a group that the page does not show yet: open it, or add one. */
async function openEntry(page: Page, name: string, hand: Hand): Promise<void> {
  const [, group = '', index = ''] = /^(\w+)\[(\d+)\]\./.exec(name) ?? [];
  const button = (action: string): Locator => page.locator(`button[name="_action"][value="${action}"]`);
  const edit = button(`edit:${group}:${index}`);
  const target = (await edit.count()) > 0 ? edit : button(`add:${group}`);
  await leads(page, () => hand.press(page, target));
}

async function fillField(page: Page, name: string, value: string, hand: Hand): Promise<void> {
  if ((await field(page, name).count()) === 0) await openEntry(page, name, hand);
  const one = field(page, name).first();
  const type = await one.evaluate((element) => (element as HTMLInputElement).type);
  const sample = sampleFile(value);
  if (type === 'file' && sample)
    await one.setInputFiles({ name: sample.name, mimeType: sample.mediaType, buffer: sample.content });
  else if (type === 'radio' || type === 'checkbox') {
    const wanted = value === 'first-free' ? one : main(page).locator(`[name="${name}"][value="${value}"]`);
    await hand.choose(page, wanted);
  } else await hand.type(page, one, value);
}

async function fillIn(page: Page, step: JourneyStep, hand: Hand, household: string): Promise<void> {
  for (const [name, value] of Object.entries(step.fill)) {
    const own = name === 'address.houseNumber' && typeof value === 'string' ? household : value;
    for (const single of typeof own === 'string' ? [own] : own) await fillField(page, name, single, hand);
  }
}

async function goTo(page: Page, service: string, wanted: string): Promise<void> {
  if ((await whereabouts(page)).page === wanted) return;
  const path = `/service/${service}/${wanted}`;
  const link = page.locator(`main a[href="${path}"]`).first();
  await leads(page, () => (async () => ((await link.count()) > 0 ? link.click() : page.goto(path)))());
  assert.equal((await whereabouts(page)).page, wanted);
}

async function provoke(page: Page, service: string, wanted: string, play: BrowserPlay): Promise<void> {
  await leads(page, () => next(page).click());
  const now = await whereabouts(page);
  if (now.page === wanted && now.errors.length > 0) await play.look?.(`${service}/${wanted} with errors`);
  await goTo(page, service, wanted);
}

/**
 * Plays a journey from the home page to its outcome.
 * @returns the receipt, or undefined when the journey (or `until`) stops before handing in
 */
export async function playInBrowser(
  page: Page,
  slug: string,
  journey: ExampleJourney,
  play: BrowserPlay = {},
): Promise<BrowserReceipt | undefined> {
  const { hand = mouse } = play;
  households += 1;
  const household = String(households);
  await page.goto('/');
  await chooseLanguage(page, play.language ?? journey.language, hand);
  await leads(page, () => hand.press(page, main(page).locator(`a[href="/service/${slug}"]`)));
  await play.look?.(`${slug}`);
  await leads(page, () =>
    hand.press(page, main(page).locator(`form[action="/service/${slug}"] button:visible`).first()),
  );
  for (const step of journey.steps) {
    await goTo(page, slug, step.page);
    await play.look?.(`${slug}/${step.page}`);
    if (play.until === step.page) return undefined;
    if (play.provoke) await provoke(page, slug, step.page, play);
    await fillIn(page, step, hand, household);
    await play.filled?.(`${slug}/${step.page}`);
    await leads(page, () => hand.press(page, next(page)));
    const { page: now, errors } = await whereabouts(page);
    const codes = Object.fromEntries(errors.map((error) => [error.field, error.code]));
    for (const [name, code] of Object.entries(step.errors)) assert.equal(codes[name], code);
    if (Object.keys(step.errors).length > 0) await play.look?.(`${slug}/${step.page} with own errors`);
    else assert.deepEqual(errors, [], `${slug}/${now} shows errors after ${step.page}`);
  }
  if (journey.expect.outcome === 'stopped') return undefined;
  return handIn(page, slug, hand, play);
}

async function handIn(
  page: Page,
  slug: string,
  hand: Hand,
  play: BrowserPlay,
): Promise<BrowserReceipt | undefined> {
  const review = (await whereabouts(page)).page;
  await play.look?.(`${slug}/${review}`);
  if (play.until === review) return undefined;
  await leads(page, () => hand.press(page, next(page)));
  assert.equal((await whereabouts(page)).outcome, 'submitted');
  await play.look?.(`${slug}/done`);
  const codes = page.locator('[data-number]').first();
  return {
    number: (await codes.getAttribute('data-number')) ?? '',
    code: (await codes.getAttribute('data-code')) ?? '',
    lookupCode: await codes.getAttribute('data-lookup-code'),
  };
}
