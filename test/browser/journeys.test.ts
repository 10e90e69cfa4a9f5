/**
 * Whole journeys in a browser: with a finger, a mouse, the keyboard alone, a keypad of eight keys, without script; and the bar pressed on the way.
 * Fingers press every kind of thing somewhere, and each service is gone through with a finger or a mouse, with the keyboard
 * alone and without script. Every page is gone through in pages.test.ts, and all journeys are played over HTTP.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CompiledService, ExampleJourney } from '#service';
import { comes, leads, openBrowser, type Setting } from '#test/browser';
import { finger, type Hand, keyboard, mouse } from '#test/browser-hands';
import {
  type BrowserReceipt,
  chooseLanguage,
  journeyOf,
  playInBrowser,
  services,
} from '#test/browser-journey';
import { coveringJourneys, kindsOf } from '#test/covering';
import { keypad } from '#test/keypad';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

let office: RunningOffice;
let browser: Browser;
before(async () => {
  [office, browser] = await Promise.all([startRunningOffice(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await office?.close();
});

/**
 * The office has the case that the receipt speaks of, let in. Another authority may have decided on it by now: how fast
 * that goes is nothing that a journey says.
 */
async function isKept(receipt: BrowserReceipt | undefined, service: string): Promise<void> {
  assert.ok(receipt, 'nothing was handed in');
  assert.match(receipt.code, /^[0-9A-Z]{15}$/);
  const [kept, ...more] = await office.db
    .selectFrom('cases')
    .select(['service', 'state'])
    .where('number', '=', receipt.number)
    .execute();
  assert.ok(kept && more.length === 0, 'there is one such case');
  assert.equal(kept.service, service);
  assert.notEqual(kept.state, 'unpaid', 'it is let in, whatever became of it since');
}

interface Way {
  hand: Hand;
  setting: Partial<Setting>;
}

/** Journeys in which fingers press every kind of thing. */
const FINGERS = (() => {
  const all = new Map(services().flatMap((one) => one.journeys.map((journey) => [journey, kindsOf(one)])));
  return new Set(coveringJourneys([...all.keys()], (journey) => all.get(journey)?.(journey) ?? []));
})();
const chosen = ({ journeys }: CompiledService): ExampleJourney[] =>
  journeys.filter((journey) => FINGERS.has(journey));

/** Where no finger comes. */
const BY_MOUSE: Way = { hand: mouse, setting: { on: 'wide' } };
const WAYS: Record<string, Way> = {
  'with the keyboard alone, at a terminal': { hand: keyboard, setting: { on: 'wide', terminal: '' } },
  'without script, on a phone': { hand: mouse, setting: { on: 'phone', javaScriptEnabled: false } },
};

/** Where much is typed, and where somebody signs in and pays. */
const BY_EIGHT_KEYS: Way = { hand: keypad, setting: { terminal: '' } };
const WITH_KEYPAD = new Set(['sperrmuell', 'fuehrungszeugnis', 'urkunden']);

/** Without script Tab comes to the same fields in the same order: once is enough. */
const WITHOUT_BOTH: Way = { hand: keyboard, setting: { on: 'wide', javaScriptEnabled: false } };
const waysOf = (service: CompiledService): Record<string, Way> => ({
  ...(chosen(service).length === 0 && { 'with a mouse, at home': BY_MOUSE }),
  ...WAYS,
  ...(WITH_KEYPAD.has(service.slug) && { 'with eight keys, at a terminal': BY_EIGHT_KEYS }),
  ...(service.slug === 'sperrmuell' && { 'without script and with the keyboard alone': WITHOUT_BOTH }),
});

async function playPlain(slug: string, { hand, setting }: Way, terminal: string): Promise<void> {
  const at = setting.terminal === undefined ? {} : { terminal };
  const person = await comes(browser, { origin: office.origin, ...setting, ...at });
  const { page } = person;
  const journey = journeyOf(slug, 'plain');
  const withoutScript = setting.javaScriptEnabled === false;
  const receipt = await playInBrowser(page, slug, journey, { hand, withoutScript });
  if (journey.expect.outcome === 'submitted') await isKept(receipt, slug);
  await leads(page, () => hand.press(page, page.locator('main form[action="/visit/end"] button:visible')));
  assert.equal(await page.getAttribute('main', 'data-page'), 'farewell');
  await person.leave();
}

const stepsOf = (service: CompiledService): number =>
  chosen(service).reduce((sum, { steps }) => sum + steps.length, 0);

/** Two machines, each with a card terminal of its own; one of them has the card reader. A person at a time at each. */
function shares(): { terminal: string; services: CompiledService[] }[] {
  const machines = ['rathaus-1', 'rathaus-2'].map((terminal) => ({
    terminal,
    services: [] as CompiledService[],
    steps: 0,
  }));
  for (const service of services().toSorted((one, other) => stepsOf(other) - stepsOf(one))) {
    const [free] = machines.toSorted((one, other) => one.steps - other.steps);
    free?.services.push(service);
    if (free) free.steps += stepsOf(service);
  }
  return machines;
}

describe('example journeys end as they say', { concurrency: 2 }, () => {
  for (const { terminal, services: all } of shares()) {
    describe(`at ${terminal}`, { concurrency: 1 }, () => {
      for (const service of all) {
        const { slug } = service;
        for (const journey of chosen(service)) {
          it(`${slug}: ${journey.title}`, async () => {
            const person = await comes(browser, { origin: office.origin, terminal, hasTouch: true });
            const receipt = await playInBrowser(person.page, slug, journey, { hand: finger });
            if (journey.expect.outcome === 'submitted') await isKept(receipt, slug);
            else assert.equal(receipt, undefined);
            await person.leave();
          });
        }
        for (const [name, way] of Object.entries(waysOf(service)))
          it(`${slug}, the plain one ${name}`, () => playPlain(slug, way, terminal));
      }
    });
  }
});

/** What stands in the fields of the page's own form, also what has not been sent. */
function typed(page: Page): Promise<[string, string][]> {
  return page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('form.journey');
    return [...new FormData(form ?? undefined)]
      .filter(([name]) => !name.startsWith('_') && name !== 'return')
      .map(([name, value]): [string, string] => [name, String(value)]);
  });
}

async function pressSetting(page: Page, name: string): Promise<void> {
  await leads(page, () => page.click(`.bar button[name="${name}"]`));
}

/** Presses everything in the bar that changes how the page looks, and demands that nothing typed is lost. */
async function pressAll(page: Page, state: string): Promise<void> {
  const before = await typed(page);
  const same = async (after: string): Promise<void> =>
    assert.deepEqual(await typed(page), before, `${state}: lost after ${after}`);
  const english = (await page.getAttribute('html', 'lang')) === 'en';
  await chooseLanguage(page, english ? 'leicht' : 'en');
  assert.equal((await page.getAttribute('html', 'lang')) === 'en', !english);
  await same('another language');
  await pressSetting(page, 'size');
  await same('another text size');
  await pressSetting(page, 'contrast');
  await same('another contrast');
}

describe('the bar can be pressed on any page without losing what was typed', { concurrency: 2 }, () => {
  for (const [way, javaScriptEnabled] of [
    ['with script', true],
    ['without script', false],
  ] as const) {
    for (const [slug, id] of [
      ['sperrmuell', 'another-place'],
      ['wohnungsgeberbestaetigung', 'family'],
    ] as const) {
      it(`${slug} ${way}`, async () => {
        const person = await comes(browser, { origin: office.origin, on: 'phone', javaScriptEnabled });
        const { page } = person;
        let filledPages = 0;
        const receipt = await playInBrowser(page, slug, journeyOf(slug, id), {
          withoutScript: !javaScriptEnabled,
          async filled(state) {
            filledPages += (await typed(page)).length > 0 ? 1 : 0;
            await pressAll(page, state);
          },
        });
        assert.ok(filledPages > 5, `only ${filledPages} pages had something typed in`);
        await isKept(receipt, slug);
        await person.leave();
      });
    }
  }
});
