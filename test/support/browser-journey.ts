/** Plays example journeys in a browser, with the mouse, a finger, or the keyboard alone. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { loadCatalogue } from '#catalogue';
import type { City } from '#city';
import type { Language } from '#language';
import { playJourney, playSteps as takeSteps } from '#play';
import type { CompiledService, ExampleJourney, JourneyStep } from '#service';
import { formatProblems } from '#source';
import { leads } from '#test/browser';
import { fillIn } from '#test/browser-fill';
import { type Hand, mouse } from '#test/browser-hands';
import { overlayErrors } from '#test/browser-overlay';
import { quietly } from '#test/browser-quiet';
import { type At, identify, pay, throughDevice, visitPortal } from '#test/browser-steps';
import { karlsruhe } from '#test/city';

const loaded = new Map<City, readonly CompiledService[]>();

/** @returns all services of an office, with their example journeys */
export function services(city: City = karlsruhe): readonly CompiledService[] {
  const known = loaded.get(city);
  if (known) return known;
  const { catalogue, problems } = loadCatalogue('services', city);
  if (!catalogue) throw new Error(formatProblems(problems));
  loaded.set(city, catalogue.services);
  return catalogue.services;
}

/** @returns a service's example journey by its id: the name of its file */
export function journeyOf(slug: string, id: string): ExampleJourney {
  const journey = serviceOf(slug).journeys.find((one) => one.id === id);
  assert.ok(journey, `no journey ${slug}/${id}`);
  return journey;
}

function serviceOf(slug: string): CompiledService {
  const service = services().find((one) => one.slug === slug);
  assert.ok(service, `no service ${slug}`);
  return service;
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
  /** The browser runs no script. */
  withoutScript?: boolean;
  /** Instead of the journey's own. */
  language?: Language;
  /** Whether to send this page empty, to see its errors. */
  provoke?: (state: string) => boolean;
  /** Called on every page that comes, before anything is filled in. */
  look?: (state: string) => Promise<void>;
  /** Called when a page is filled in, before it is sent. */
  filled?: (state: string) => Promise<void>;
  /** Stops before this page is filled in. */
  until?: string;
  /** Whether all that a step shows, or the beginning or the end, has been looked at: it is taken without a screen, or not at all. */
  known?: (part: JourneyStep | 'begin' | 'end') => boolean;
  /** Instead of what the journey does at the device. */
  device?: (at: At, step: NonNullable<JourneyStep['device']>) => Promise<void>;
  /** Instead of the way to pay that the journey names. */
  pay?: 'card' | 'page';
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
const NEXT = 'main button[type="submit"]:not([formaction])';
/** The button that leads on. */
export const next = (page: Page): Locator => page.locator(NEXT).filter({ visible: true }).last();

/** Chooses a language in the bar, unless the page speaks it already. */
export async function chooseLanguage(page: Page, language: Language, hand = mouse): Promise<void> {
  const button = page.locator(`.bar button[name="language"][value="${language}"]`);
  if ((await button.getAttribute('aria-current')) === 'true') return;
  if (!(await button.isVisible())) await hand.press(page, page.locator('.bar summary'));
  await leads(page, () => hand.press(page, button));
}

async function goTo(page: Page, service: string, wanted: string): Promise<void> {
  if ((await whereabouts(page)).page === wanted) return;
  const path = `/service/${service}/${wanted}`;
  const link = page.locator(`main a[href="${path}"]`).first();
  await leads(page, () => (async () => ((await link.count()) > 0 ? link.click() : page.goto(path)))());
  assert.equal((await whereabouts(page)).page, wanted);
}

/** Somebody on the way through a service. */
interface Play extends At {
  slug: string;
  options: BrowserPlay;
  household: string;
}

/** What does not apply to a page is not asked of it: only questions can be answered wrongly. */
async function provoke({ page, slug, options }: Play, wanted: string): Promise<void> {
  const state = `${slug}/${wanted} with errors`;
  const asks = (await main(page).locator('[name]:not([type="hidden"], button)').count()) > 0;
  if (!asks || !options.provoke?.(state)) return;
  if (await overlayErrors(page, wanted, NEXT)) await options.look?.(state);
  else await page.goto(`/service/${slug}/${wanted}`);
}

async function expectErrors({ page, slug, options }: Play, step: JourneyStep): Promise<void> {
  const { page: now, errors } = await whereabouts(page);
  const codes = Object.fromEntries(errors.map((error) => [error.field, error.code]));
  for (const [name, code] of Object.entries(step.errors)) assert.equal(codes[name], code);
  if (Object.keys(step.errors).length > 0) await options.look?.(`${slug}/${step.page} with own errors`);
  else assert.deepEqual(errors, [], `${slug}/${now} shows errors after ${step.page}`);
}

/** @returns whether the page can be filled in then: who was refused stays before the door, or has been sent to an ending */
async function signIn(play: Play, step: JourneyStep, person: string): Promise<boolean> {
  await identify(play, person, async (what) => play.options.look?.(`${play.slug}/${step.page} ${what}`));
  const asks = serviceOf(play.slug).pages.find(({ id }) => id === step.page)?.identify;
  if (person === 'without' && asks?.otherwise === 'ending') return false;
  assert.equal((await whereabouts(play.page)).page, step.page, 'signing in leads back to the same page');
  if (step.errors[step.page] !== undefined) return false;
  const how = person === 'without' ? 'without signing in' : 'signed in';
  await play.options.look?.(`${play.slug}/${step.page} ${how}`);
  return true;
}

/** Presses what leads on; where answers do, it is there for keys alone, and no finger can send such a page without one. */
async function goOn(page: Page, hand: Hand): Promise<void> {
  const isForKeys = hand.touches && (await page.locator('main am-choice:defined').count()) > 0;
  await (isForKeys ? next(page).press('Enter') : hand.press(page, next(page)));
}

/** At a terminal, a page that asks for a document leads on once a phone has sent it: nobody sends it without. */
async function waitsForPhone(page: Page): Promise<boolean> {
  const isAsked = (await page.locator('[data-photo]').count()) > 0;
  return isAsked && (await page.locator('main .go-on button').count()) === 0;
}

/** @returns false when the play ends here */
async function playStep(play: Play, step: JourneyStep): Promise<boolean> {
  const { page, hand, slug, options, household } = play;
  await goTo(page, slug, step.page);
  await options.look?.(`${slug}/${step.page}`);
  if (options.until === step.page) return false;
  if (step.device) {
    await (options.device ?? throughDevice)(play, step.device);
    return true;
  }
  if (step.identify === undefined || (await signIn(play, step, step.identify))) {
    const kind = serviceOf(slug).pages.find(({ id }) => id === step.page)?.kind;
    if (kind === 'portal') await visitPortal(play);
    await provoke(play, step.page);
    const leading = await fillIn(page, step, hand, household);
    await options.filled?.(`${slug}/${step.page}`);
    if (await waitsForPhone(page)) {
      assert.ok(Object.values(step.errors).includes('fileMissing'), `${step.page} can be sent`);
      return true;
    }
    await leads(page, () => (leading ? hand.press(page, leading) : goOn(page, hand)));
  }
  await expectErrors(play, step);
  return true;
}

/** Steps that belong together: after an error the same page goes on with what was typed. */
function stretchesOf(steps: readonly JourneyStep[]): JourneyStep[][] {
  const stretches: JourneyStep[][] = [];
  for (const step of steps) {
    const last = stretches.at(-1);
    if (last && Object.keys(last.at(-1)?.errors ?? {}).length > 0) last.push(step);
    else stretches.push([step]);
  }
  return stretches;
}

/** Plays the steps, those that are known without a screen. @returns false when the play ends before the end */
async function playSteps(play: Play, journey: ExampleJourney): Promise<boolean> {
  const { page, slug, household, options } = play;
  const known = options.known ?? (() => false);
  const stretches = stretchesOf(journey.steps).map((steps) => ({
    steps,
    quiet: steps.every((step) => step.device === undefined && known(step)),
  }));
  const rest = known('end') ? stretches.findLastIndex(({ quiet }) => !quiet) + 1 : stretches.length;
  if (rest === 0 && known('end') && known('begin')) return false;
  const pending: JourneyStep[] = [];
  let begins = known('begin');
  const catchUp = async (): Promise<void> => {
    if (!begins && pending.length === 0) return;
    const steps = pending.splice(0);
    await page.goto(await takeSteps(quietly(page), slug, steps, { begins, household: Number(household) }));
    begins = false;
  };
  await comeTo(play, journey, begins);
  for (const { steps, quiet } of stretches.slice(0, rest)) {
    if (quiet) pending.push(...steps);
    else {
      await catchUp();
      for (const step of steps) if (!(await playStep(play, step))) return false;
    }
  }
  await catchUp();
  return !known('end');
}

/**
 * Plays a journey from the home page to its outcome.
 * @returns the receipt, or undefined when nothing is handed in (or `until` comes before)
 */
export async function playInBrowser(
  page: Page,
  slug: string,
  journey: ExampleJourney,
  options: BrowserPlay = {},
): Promise<BrowserReceipt | undefined> {
  const { hand = mouse, withoutScript = false } = options;
  households += 1;
  const play: Play = {
    ...{ page, hand, slug, options },
    ...{ script: !withoutScript, household: String(households) },
  };
  return (await playSteps(play, journey)) ? end(play, journey) : undefined;
}

/** What the same household did before needs no screen. */
async function comeTo(play: Play, journey: ExampleJourney, quiet: boolean): Promise<void> {
  const { page, slug, household } = play;
  if (!quiet) await page.goto('/');
  for (const earlier of journey.after)
    await playJourney(new URL(page.url()).origin, slug, earlier, { household: Number(household) });
  if (!quiet) await begin(play, journey);
}

async function begin({ page, hand, slug, options }: Play, journey: ExampleJourney): Promise<void> {
  await chooseLanguage(page, options.language ?? journey.language, hand);
  await leads(page, () => hand.press(page, main(page).locator(`a[href="/service/${slug}"]`)));
  await options.look?.(slug);
  // Who has begun already begins anew.
  const start = main(page).locator(`form[action="/service/${slug}"] button:visible`).last();
  await leads(page, () => hand.press(page, start));
}

async function end(play: Play, { expect }: ExampleJourney): Promise<BrowserReceipt | undefined> {
  const { page, hand, slug, options } = play;
  if (expect.outcome === 'stopped') return undefined;
  const last = await whereabouts(page);
  await options.look?.(`${slug}/${last.page}${expect.fee ? ' with a fee' : ''}`);
  if (expect.outcome === 'finished') {
    assert.deepEqual([last.outcome, last.page], ['finished', expect.at ?? last.page]);
    return undefined;
  }
  if (options.until === last.page) return undefined;
  if (expect.fee !== undefined) {
    const due = main(page).locator('[data-fee]');
    const cents = (await due.count()) > 0 ? await due.getAttribute('data-fee') : '0';
    assert.equal(cents, String(expect.fee), 'what is to be paid');
  }
  await leads(page, () => hand.press(page, next(page)));
  if (expect.outcome === 'answered') {
    assert.equal((await whereabouts(page)).outcome, 'answered');
    await options.look?.(`${slug}/answer`);
    return undefined;
  }
  if (expect.fee) {
    await options.look?.(`${slug}/pay`);
    if (options.until === 'pay') return undefined;
    await pay(play, options.pay ?? expect.pay ?? 'page');
  }
  return receiptOn(play);
}

async function receiptOn({ page, slug, options }: Play): Promise<BrowserReceipt> {
  assert.equal((await whereabouts(page)).outcome, 'submitted');
  await options.look?.(`${slug}/done`);
  const codes = page.locator('[data-number]').first();
  return {
    number: (await codes.getAttribute('data-number')) ?? '',
    code: (await codes.getAttribute('data-code')) ?? '',
    lookupCode: await codes.getAttribute('data-lookup-code'),
  };
}
