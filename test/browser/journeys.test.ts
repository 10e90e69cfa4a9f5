/** Whole journeys in a browser: with a finger, a mouse, the keyboard alone, without script; and the bar pressed on the way. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { comes, leads, openBrowser, type Setting } from '#test/browser';
import {
  type BrowserReceipt,
  chooseLanguage,
  finger,
  type Hand,
  journeyOf,
  keyboard,
  mouse,
  nativeServices,
  playInBrowser,
} from '#test/browser-journey';
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

/** The office has the case that the receipt speaks of. */
async function isKept(receipt: BrowserReceipt | undefined, service: string): Promise<void> {
  assert.ok(receipt, 'nothing was handed in');
  assert.match(receipt.code, /^[0-9A-Z]{15}$/);
  const kept = await office.db
    .selectFrom('cases')
    .select(['service', 'state'])
    .where('number', '=', receipt.number)
    .execute();
  assert.deepEqual(kept, [{ service, state: 'new' }]);
}

describe('every example journey ends as it says, with a finger at a terminal', () => {
  for (const { slug, journeys } of nativeServices()) {
    for (const journey of journeys) {
      it(`${slug}: ${journey.title}`, async () => {
        const person = await comes(browser, { origin: office.origin, terminal: 'rathaus-1', hasTouch: true });
        const receipt = await playInBrowser(person.page, slug, journey, { hand: finger });
        if (journey.expect.outcome === 'submitted') await isKept(receipt, slug);
        else assert.equal(receipt, undefined);
        await person.leave();
      });
    }
  }
});

const WAYS: Record<string, { hand: Hand; setting: Partial<Setting> }> = {
  'with a mouse, at home': { hand: mouse, setting: { on: 'wide' } },
  'with the keyboard alone, at a terminal': {
    hand: keyboard,
    setting: { on: 'wide', terminal: 'rathaus-1' },
  },
  'without script, on a phone': { hand: mouse, setting: { on: 'phone', javaScriptEnabled: false } },
  'without script and with the keyboard alone': {
    hand: keyboard,
    setting: { on: 'wide', javaScriptEnabled: false },
  },
};

describe('the plain journeys can be finished in every way', { concurrency: true }, () => {
  for (const [way, { hand, setting }] of Object.entries(WAYS)) {
    for (const { slug } of nativeServices()) {
      it(`${slug} ${way}`, async () => {
        const person = await comes(browser, { origin: office.origin, ...setting });
        const { page } = person;
        await isKept(await playInBrowser(page, slug, journeyOf(slug, 'plain'), { hand }), slug);
        await leads(page, () =>
          hand.press(page, page.locator('main form[action="/visit/end"] button:visible')),
        );
        assert.equal(await page.getAttribute('main', 'data-page'), 'farewell');
        await person.leave();
      });
    }
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

describe('the bar can be pressed on any page without losing what was typed', { concurrency: true }, () => {
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
