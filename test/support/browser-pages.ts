/** Leads a person over every page that citizens can meet. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { sampleFile } from '#play';
import { outcomeWord } from '#seal';
import type { CompiledService, ExampleJourney, JourneyStep } from '#service';
import { comes, leads, type Person } from '#test/browser';
import {
  type BrowserPlay,
  chooseLanguage,
  journeyOf,
  next,
  playInBrowser,
  services,
  whereabouts,
} from '#test/browser-journey';
import { overlay, type Shown, uncover } from '#test/browser-overlay';
import { type At, button, tellStandIn } from '#test/browser-steps';
import { coveringJourneys } from '#test/covering';
import { LOOKED_AT, type LookedAt, QUOTED } from '#test/languages';
import type { RunningOffice } from '#test/running-office';

/** Called once for every page in every language; `state` names it, for example `sperrmuell/address with errors`. */
export type Look = (page: Page, state: string, language: LookedAt) => Promise<void>;

/** What a journey meets: its pages, the ways to sign in, its ending, with or without a fee. */
function meets({ steps, expect }: ExampleJourney): string[] {
  const met = steps.flatMap(({ page, identify, errors }) => {
    if (identify === undefined) return [page];
    if (identify === 'letterCode') return [page, `${page} signed in`, `${page} code`];
    const refused = errors[page] === undefined ? '' : ' refused';
    return [page, `${page} ${identify === 'without' ? 'without' : `signed in${refused}`}`];
  });
  return [...met, expect.at ?? `${expect.outcome} ${expect.fee ? 'with a fee' : ''}`];
}

/** What a step shows, as far as it is told apart: its page, how somebody signs in there, whether it is answered, and wrongly. */
function partOf({ page, identify, fill, errors }: JourneyStep): string {
  const signs =
    identify === undefined || ['without', 'letterCode'].includes(identify) ? identify : 'signs in';
  return [page, signs, Object.keys(fill).length > 0, Object.keys(errors).length > 0].join(' ');
}

type Act = () => Promise<unknown>;

/**
 * Clicks the last visible one that fits, by script: a finger, a mouse and the keyboard press it in other tests. A locator
 * costs every page it is used on as much time as the page itself.
 */
function clickLast(page: Page, selector: string): Promise<void> {
  return page.evaluate((fits) => {
    const all = [...document.querySelectorAll<HTMLElement>(fits)];
    const shown = all.filter((one) => one.checkVisibility()).at(-1) ?? all.at(-1);
    if (!shown) throw new Error(`nothing fits ${fits}`);
    shown.click();
  }, selector);
}

const clickNext = (page: Page): Promise<void> =>
  clickLast(page, 'main button[type="submit"]:not([formaction])');

/** Without the way through the menu, which other tests take. */
const switchTo = (page: Page, language: LookedAt): Promise<void> =>
  leads(page, () => clickLast(page, `.bar button[name="language"][value="${language}"]`));

function shownLanguage(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() =>
    document.querySelector('.bar button[name="language"][aria-current="true"]')?.getAttribute('value'),
  );
}

/**
 * Shows what is on the screen in one language after the other, beginning with the one it has.
 * @param look called in each
 * @param languages which ones
 * @param again brings back what does not outlive another language: what was wrong, and what a register has answered
 */
async function inEveryLanguage(
  page: Page,
  look: (language: LookedAt) => Promise<void>,
  again: Act = () => clickNext(page),
  languages: readonly LookedAt[] = LOOKED_AT,
): Promise<void> {
  const shown = (await shownLanguage(page)) as LookedAt;
  const { page: id, errors } = await whereabouts(page);
  const was: Shown = { page: id, wrong: errors.length > 0 };
  await look(shown);
  const left = languages.filter((language) => language !== shown);
  while (left[0] && (await overlay(page, left[0], was))) {
    await look(left[0]);
    left.shift();
  }
  await uncover(page, shown, was);
  // As people do, where something does not outlive it and has to be brought back.
  for (const language of left.length > 0 ? [...left, shown] : []) {
    await switchTo(page, language);
    const now = await whereabouts(page);
    if (now.page !== was.page || (was.wrong && now.errors.length === 0)) await leads(page, again);
    const { page: same, errors: wrong } = await whereabouts(page);
    assert.deepEqual([same, wrong.length > 0], [was.page, was.wrong], `the same in ${language}`);
    if (language !== shown) await look(language);
  }
}

/** The terminal's answer, without the way there: its own pages have a test of their own. */
async function withoutDevice(key: Uint8Array, { page }: At, { outcome }: { outcome: string }): Promise<void> {
  const form = { _csrf: await page.locator('[name="_csrf"]').first().inputValue(), _action: 'device' };
  const begun = await page.request.post(page.url(), {
    ...{ form, maxRedirects: 0, headers: { 'Sec-Fetch-Site': 'same-origin' } },
  });
  const state = new URL(begun.headers().location ?? '').searchParams.get('state') ?? '';
  const word = outcomeWord(key, state, outcome);
  await page.goto(`${page.url()}/return?${new URLSearchParams({ state, outcome, word })}`);
}

/** @returns what was looked at: every page of the service, with errors, and every ending */
export async function visitService(
  browser: Browser,
  office: RunningOffice,
  service: CompiledService,
  look: Look,
): Promise<ReadonlySet<string>> {
  const person = await comes(browser, { origin: office.origin, terminal: 'rathaus-1' });
  const { page } = person;
  const seen = new Set<string>();
  // Where a service has no Arabic, its pages are German in a frame that others have shown.
  const spoken = service.unapproved?.includes('ar') ? LOOKED_AT : QUOTED;
  const once = async (state: string): Promise<void> => {
    if (seen.has(state)) return;
    seen.add(state);
    await inEveryLanguage(page, (language) => look(page, state, language), undefined, spoken);
  };
  // Until something is missing: whoever has signed in may have nothing left to answer.
  const provoke = (state: string): boolean => !seen.has(state);
  const parts = new Set<string>();
  const device: BrowserPlay['device'] = (at, step) => withoutDevice(office.standIns.deviceKey, at, step);
  for (const journey of coveringJourneys(service.journeys, meets)) {
    const { steps, expect } = journey;
    const name = (part: JourneyStep | 'begin' | 'end'): string => {
      if (part === 'end') return `end ${expect.at ?? expect.outcome} ${Boolean(expect.fee)}`;
      return part === 'begin' ? part : partOf(part);
    };
    const known = (part: JourneyStep | 'begin' | 'end'): boolean => parts.has(name(part));
    await playInBrowser(page, service.slug, journey, { provoke, look: once, device, pay: 'page', known });
    for (const part of ['begin', 'end', ...steps] as const) parts.add(name(part));
  }
  await person.leave();
  return seen;
}

/** Looks at what is on the screen, in every language. */
type LookAll = (state: string, again?: Act) => Promise<void>;

async function beforeAnyService(page: Page, look: LookAll): Promise<void> {
  const at = async (path: string, state: string): Promise<void> => {
    await page.goto(path);
    await look(state);
  };
  await at('/', 'home');
  await at(`/search?q=${encodeURIComponent('Kühlschrank')}`, 'search');
  await at('/search?q=xyzzy', 'search without a result');
  await at('/services', 'all services');
  await at('/help', 'help');
  await at('/impressum', 'imprint');
  await at('/datenschutz', 'privacy');
  await at('/barrierefreiheit', 'accessibility');
  await at('/no-such-page', 'not found');
  for (const { slug, pages } of services()) if (pages.length === 0) await at(`/service/${slug}`, slug);
  await at('/status', 'status');
  await page.fill('[name="number"]', '123');
  await leads(page, () => page.click('main button:visible'));
  await look('status with errors');
}

async function ownCase(page: Page, look: LookAll): Promise<void> {
  const receipt = await playInBrowser(page, 'sperrmuell', journeyOf('sperrmuell', 'plain'));
  assert.ok(receipt, 'a pick-up is booked');
  await page.goto('/status');
  await page.fill('[name="number"]', receipt.number);
  await page.fill('[name="code"]', receipt.code);
  await leads(page, () => page.click('main button:visible'));
  await look('own case');
  const fold = async (path: string): Promise<void> => {
    const form = page.locator(`details:has(form[action="${path}"])`);
    if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
    await form.locator('button[type="submit"]').last().click();
  };
  const answer = () => fold('/status/case/answer');
  await leads(page, answer);
  await look('own case with an empty answer', answer);
  const withdraw = () => fold('/status/case/withdraw');
  await leads(page, withdraw);
  await look('own case not withdrawn', withdraw);
  await page.goto('/status/case/date');
  await look('other dates');
}

/** What comes when the visit leaves this screen, in one language: there is no other one afterwards. */
async function leaving(
  person: Person,
  browser: Browser,
  language: LookedAt,
  look: (page: Page, state: string) => Promise<void>,
): Promise<void> {
  const { page } = person;
  const origin = new URL(page.url()).origin;
  await page.goto('/service/sperrmuell');
  await chooseLanguage(page, language);
  await leads(page, () => page.click('form[action="/service/sperrmuell"] button:visible'));
  await page.goto('/service/sperrmuell');
  await look(page, 'sperrmuell begun');
  await page.goto('/service/sperrmuell/what');
  await page.click('form[action="/visit/handover"] button');
  await page.locator('dialog.layer-ask[open] h1').waitFor();
  await look(page, 'handover, over the page');
  await page.goto('/visit/handover');
  await look(page, 'handover');
  const link = (await page.getAttribute('[data-handover]', 'data-handover')) ?? '';
  const phone = await comes(browser, { origin, on: 'phone' });
  await phone.page.goto(link);
  await look(phone.page, 'handover on the phone');
  await leads(phone.page, () => phone.page.click('main button:visible'));
  await phone.page.goto(link);
  await look(phone.page, 'handover used up');
  await phone.leave();
  // The screen hears of it by itself.
  await page.locator('main[data-page="notice"]').waitFor();
  await look(page, 'handover taken');
  await page.goto('/terminal/rathaus-1');
  await chooseLanguage(page, language);
  // On the first page nothing has begun that could be ended.
  await page.goto('/service/sperrmuell');
  await leads(page, () => page.click('.bar form[action="/visit/end"] button'));
  await look(page, 'farewell');
  await page.goto('/welcome');
  await look(page, 'a terminal that waits');
  await page.goto('/terminal/rathaus-1');
}

/** A phone sends the picture of a document to a terminal; its pages come in the language of the terminal. */
async function byPhone({ page }: Person, browser: Browser, look: Look): Promise<void> {
  const slug = 'wohnungsgeberbestaetigung';
  await playInBrowser(page, slug, journeyOf(slug, 'agent-of-owner'), { until: 'mandate' });
  const code = new URL((await page.getAttribute('[data-photo]', 'data-photo')) ?? '').pathname;
  const phone = await comes(browser, { origin: new URL(page.url()).origin, on: 'phone', said: [410] });
  const everywhere = async (state: string, query = ''): Promise<void> => {
    for (const language of LOOKED_AT) {
      await phone.page.goto(`${code.replace('/de/', `/${language}/`)}${query}`);
      await look(phone.page, state, language);
    }
  };
  const press = () => leads(phone.page, () => clickLast(phone.page, 'main .go-on button'));
  await everywhere('a phone behind the code');
  await press();
  await everywhere('a phone that takes the picture');
  const sheet = sampleFile('sample.png');
  assert.ok(sheet);
  const chosen = { name: sheet.name, mimeType: sheet.mediaType, buffer: sheet.content };
  await phone.page.locator('input[type="file"]').last().setInputFiles(chosen);
  await press();
  await everywhere('a phone that has sent it', '?sent');
  await page.locator('.file-picture').waitFor();
  await look(page, 'a picture from a phone', 'de');
  await phone.leave();
}

/** @returns what was looked at: every page around the services, from home to farewell */
export async function visitAround(
  browser: Browser,
  office: RunningOffice,
  look: Look,
): Promise<ReadonlySet<string>> {
  const person = await comes(browser, { origin: office.origin, terminal: 'rathaus-1' });
  const { page } = person;
  const seen = new Set<string>();
  const all: LookAll = async (state, again) => {
    seen.add(state);
    await inEveryLanguage(page, (language) => look(page, state, language), again);
  };
  await beforeAnyService(page, all);
  await ownCase(page, all);
  for (const language of LOOKED_AT)
    await leaving(person, browser, language, (where, state) => {
      seen.add(state);
      return look(where, state, language);
    });
  await byPhone(person, browser, (where, state, language) => {
    seen.add(state);
    return look(where, state, language);
  });
  await person.leave();
  return seen;
}

/** Keeps a page that waits for a payment as it is, whatever happens meanwhile. */
const NEWS = '**/pay/news*';

async function payments(page: Page, look: LookAll): Promise<void> {
  const slug = 'fuehrungszeugnis';
  await playInBrowser(page, slug, journeyOf(slug, 'plain'), { until: 'pay' });
  const press = (name: string, value: string) => leads(page, () => button(page, name, value).click());
  const news = async (shows: string): Promise<void> => {
    await page.waitForSelector(`main ${shows}`);
    await page.waitForLoadState();
  };
  await page.route(NEWS, () => undefined);
  await tellStandIn(page, 'payment', 'timeOut');
  await press('way', 'card');
  await look('pay: at the card terminal');
  await page.unroute(NEWS);
  await press('_action', 'abort');
  await news('[data-reason]');
  await look('pay: stopped');
  await tellStandIn(page, 'payment', 'decline');
  await press('way', 'card');
  await news('[data-reason="declined"]');
  await look('pay: declined');
  await tellStandIn(page, 'payment', 'approve');
  await press('way', 'page');
  await press('outcome', 'fail');
  await news('[data-reason]');
  await look('pay: not on the page');
  await page.route(NEWS, () => undefined);
  await press('way', 'page');
  await page.goto(`/service/${slug}/pay`);
  await look('pay: the page is open');
  await tellStandIn(page, 'page', 'garbage');
  await page.goto(`/service/${slug}/pay`);
  await look('pay: unknown');
  await tellStandIn(page, 'page', 'well');
}

async function register(page: Page, look: LookAll): Promise<void> {
  const slug = 'punkteauskunft';
  await playInBrowser(page, slug, journeyOf(slug, 'plain'), { until: 'review' });
  await tellStandIn(page, 'register', 'down');
  await leads(page, () => next(page).click());
  await look('no answer');
  await tellStandIn(page, 'register', 'well');
  await leads(page, () => next(page).click());
  assert.equal((await whereabouts(page)).outcome, 'answered', 'asking again helps');
}

/** @returns what was looked at: what people see when the world outside does not do as they wish */
export async function visitTroubles(
  browser: Browser,
  office: RunningOffice,
  look: Look,
): Promise<ReadonlySet<string>> {
  // No answer of a register is the one page that says so by its status.
  const person = await comes(browser, { origin: office.origin, terminal: 'rathaus-2', said: [503] });
  const { page } = person;
  const seen = new Set<string>();
  const all: LookAll = async (state, again) => {
    seen.add(state);
    await inEveryLanguage(page, (language) => look(page, state, language), again);
  };
  await payments(page, all);
  await register(page, all);
  await person.leave();
  return seen;
}
