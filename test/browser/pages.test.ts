/** Every page a citizen can meet, in every language: axe, nothing that does not fit, nothing that breaks the policy. */
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CompiledService } from '#service';
import { comes, leads, openBrowser } from '#test/browser';
import { ibm } from '#test/browser-ibm';
import { type AxeFindings, axe, misfits } from '#test/browser-inspect';
import { createInspector, type Inspector, type Taken, take } from '#test/browser-inspector';
import { journeyOf, playInBrowser, services } from '#test/browser-journey';
import { type Look, visitAround, visitService, visitTroubles } from '#test/browser-pages';
import type { LookedAt } from '#test/languages';
import { Overview } from '#test/page-overview';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SUNDAY = '2026-11-22T12:00:00+01:00';

let office: RunningOffice;
let browser: Browser;
before(async () => {
  [office, browser] = await Promise.all([startRunningOffice(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await office?.close();
});

/** What was found, by what it is: the same on many pages is one line. */
class Findings {
  readonly #pages = new Map<string, string[]>();
  /** How often axe could not tell, by rule. */
  readonly unsure = new Map<string, number>();

  add(where: string, found: readonly string[]): void {
    for (const one of found) this.#pages.set(one, [...(this.#pages.get(one) ?? []), where]);
  }

  get lines(): string[] {
    return [...this.#pages].map(
      ([what, pages]) => `${what} [${pages.length}×: ${pages.slice(0, 4).join(', ')}]`,
    );
  }

  /** Nothing may have been found; what axe could not tell is only said. */
  close(t: TestContext): void {
    t.diagnostic(`axe could not tell: ${JSON.stringify(Object.fromEntries(this.unsure))}`);
    assert.deepEqual(this.lines, []);
  }
}

function heard({ violations, incomplete }: AxeFindings, where: string, found: Findings): void {
  found.add(where, violations);
  for (const [rule, count] of Object.entries(incomplete))
    found.unsure.set(rule, (found.unsure.get(rule) ?? 0) + count);
}

const SHOWN_WHOLE = ['upright', 'wide'] as const;
/** At most so many of the pages scroll on a terminal in normal size. */
const MOST_LONG = 0.1;
/** A choice of so many answers is seen whole. */
const FEW = 8;

const overview = new Overview();

const isWrong = (state: string): boolean => state.includes('error');

/** A page as it stood, where it is looked at, and what is found. */
interface Seen {
  taken: Taken;
  state: string;
  by: Inspector;
  found: Findings;
}

/**
 * Every screen with the smallest and the largest text; a phone with the smallest, because the narrowest screen has less room
 * for the largest, and the narrowest with the largest, because what is smaller fits where that does.
 */
async function fitsEverywhere({ taken, state, by, found }: Seen): Promise<void> {
  for (const screen of SHOWN_WHOLE) found.add(state, await by.misfits(taken, screen, 1, 3));
  found.add(state, await by.misfits(taken, 'narrow', 3));
  found.add(state, await by.misfits(taken, 'phone', 1));
}

/** In addition to that: how it lies on a terminal, and what is lost where somebody sets letters apart or enlarges it fourfold. */
async function liesEverywhere({ taken, state, by, found }: Seen): Promise<void> {
  for (const screen of SHOWN_WHOLE) {
    const lies = screen === 'upright' ? 'set apart' : 'as it is';
    const seen = await by.lies(taken, screen, { sizes: [1, 3], lies });
    found.add(state, seen.found);
    overview.lies(state, screen, seen);
  }
  found.add(state, await by.misfits(taken, 'narrow', 3));
  found.add(state, (await by.lies(taken, 'phone', { sizes: [1], lies: 'set apart' })).found);
  const enlarged = await by.misfits(taken, 'enlarged', 1);
  // In letters four times as large, words may be broken.
  found.add(
    state,
    enlarged.filter((one) => !one.endsWith('is broken')),
  );
}

/** Where it is tightest: the largest text on the narrowest screen, and at a terminal. */
async function fitsWhereTight({ taken, state, by, found }: Seen): Promise<void> {
  const screens = isWrong(state) ? (['narrow'] as const) : (['upright', 'narrow'] as const);
  for (const screen of screens) found.add(state, await by.misfits(taken, screen, 3));
}

/** What does not depend on words, by both engines; colours also in high contrast. */
function inGerman({ taken, state, by, found }: Seen): Promise<void> {
  return by.during(taken, 'upright', async (page) => {
    heard(await axe(page), state, found);
    found.add(state, await ibm(page));
    await page.evaluate(() => document.documentElement.setAttribute('data-contrast', 'high'));
    heard(await axe(page, 'colours'), `${state} in high contrast`, found);
  });
}

/**
 * Every page in every language. German stands for what does not depend on words: colours, names of what can be pressed, and
 * screens that are wider than the tightest; Leichte Sprache has the longest words, and is looked at where there is the least
 * room for them; Arabic runs from right to left, and is looked at on every screen. What was wrong stands on pages that were looked at without it: what it adds is looked at once, and its words
 * in every language where there is the least room.
 */
const INSPECT: Record<LookedAt, (seen: Seen) => Promise<void>> = {
  async de(seen) {
    const { state } = seen;
    if (!state.includes('own errors')) await inGerman(seen);
    await (isWrong(state) ? fitsWhereTight : liesEverywhere)(seen);
  },
  en: fitsWhereTight,
  async leicht(seen) {
    const { taken, state, by, found } = seen;
    await fitsWhereTight(seen);
    if (isWrong(state)) return;
    const words = await by.during(taken, 'narrow', (page) => axe(page, 'words'));
    heard(words, `${state} at 320 px`, found);
  },
  async ar(seen) {
    const { taken, state, by, found } = seen;
    await (isWrong(state) ? fitsWhereTight : fitsEverywhere)(seen);
    if (isWrong(state)) return;
    const words = await by.during(taken, 'upright', (page) => axe(page, 'words'));
    heard(words, `${state} from right to left`, found);
  },
};

/** Leads somebody over pages and looks at each. @returns what was looked at */
async function inspected(
  found: Findings,
  visit: (look: Look) => Promise<ReadonlySet<string>>,
): Promise<ReadonlySet<string>> {
  const by = createInspector(browser, office.origin);
  const seen = await visit(async (page, state, language) => {
    const taken = await take(page);
    overview.title(language, state, taken);
    await INSPECT[language]({ taken, state: `${state} (${language})`, by, found });
  });
  await by.close();
  return seen;
}

/** Pages, endings and states that must have been looked at. */
function duties({ slug, pages, fulfilment, journeys }: CompiledService): string[] {
  const results = { case: ['done'], register: ['answer'] }[fulfilment as string] ?? [];
  const paid = journeys.some(({ expect }) => expect.fee) ? ['pay', 'review with a fee', 'review'] : [];
  const signedIn = pages.filter(({ kind }) => kind === 'identify').map(({ id }) => `${id} signed in`);
  return [...pages.map(({ id }) => id), ...results, ...paid, ...signedIn].map((one) => `${slug}/${one}`);
}

const longestFirst = services()
  .filter(({ pages }) => pages.length > 0)
  .toSorted((one, other) => other.pages.length - one.pages.length);

describe('everybody can use, in every language and on every screen,', { concurrency: 2 }, () => {
  for (const service of longestFirst) {
    it(`every page of ${service.slug}`, async (t) => {
      const found = new Findings();
      const seen = await inspected(found, (look) => visitService(browser, office, service, look));
      assert.deepEqual(
        duties(service).filter((state) => !seen.has(state)),
        [],
        'pages nobody looked at',
      );
      t.diagnostic(`${seen.size} pages`);
      found.close(t);
    });
  }

  it('every page around the services', async (t) => {
    const found = new Findings();
    const seen = await inspected(found, (look) => visitAround(browser, office, look));
    assert.equal(seen.size, 27);
    found.close(t);
  });
});

it('everybody can use what comes when paying or a register fails', async (t) => {
  const found = new Findings();
  const seen = await inspected(found, (look) => visitTroubles(browser, office, look));
  assert.equal(seen.size, 7);
  found.close(t);
});

it('the closed page can be used in every language, size and contrast', async (t) => {
  const found = new Findings();
  await office.at(SUNDAY, async () => {
    const person = await comes(browser, { origin: office.origin, terminal: 'rathaus-1' });
    const { page } = person;
    const by = createInspector(browser, office.origin);
    for (const [name, value, shown] of [
      ['language', 'en', 'html[lang="en"]'],
      ['language', 'leicht', 'html[lang="de"].leicht'],
      ['language', 'ar', 'html[lang="ar"][dir="rtl"]'],
      ['language', 'de', 'html[lang="de"]:not(.leicht)'],
      ['size', '2', 'html[data-size="2"]'],
      ['contrast', 'on', 'html[data-contrast="high"]'],
    ] as const) {
      if (name === 'language') await page.click('.bar summary');
      await leads(page, () => page.click(`.bar button[name="${name}"][value="${value}"]`));
      assert.equal(
        await page.locator(`${shown}:has(main[data-page="closed"])`).count(),
        1,
        `${name} ${value}`,
      );
      const state = `closed, ${name} ${value}`;
      const taken = await take(page);
      heard(await by.during(taken, 'upright', (shown) => axe(shown)), state, found);
      await fitsEverywhere({ taken, state, by, found });
    }
    await by.close();
    await person.leave();
  });
  found.close(t);
});

it('each page has a title of its own', () => {
  assert.deepEqual(overview.shared, []);
});

it('hardly a page goes on below the edge of a terminal, and never a choice that fits', (t) => {
  for (const [where, { below }] of overview.long) t.diagnostic(`${where}: ${below} px below the edge`);
  const choices = overview.long.filter(([, { answers }]) => answers > 0 && answers <= FEW);
  assert.deepEqual(
    choices.map(([where]) => where),
    [],
  );
  for (const screen of SHOWN_WHOLE) {
    const long = overview.long.filter(([where]) => where.endsWith(screen));
    const most = Math.ceil(overview.count(screen) * MOST_LONG);
    assert.ok(long.length <= most, `${long.length} pages scroll on ${screen}, not ${most}`);
  }
});

/** What can be pressed or chosen must have a border of its own: forced colours take away surfaces and shadows. */
function withoutOutline(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main .kern-btn, .choice, .tile, .count-step, main input[type="text"]')]
      .filter((one) => one.checkVisibility())
      .filter((one) => {
        const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(one);
        return borderTopStyle === 'none' || borderTopWidth === '0px' || borderTopColor === backgroundColor;
      })
      .map((one) => `${one.tagName}.${one.className} has no outline`),
  );
}

it('pages keep their outlines where the system forces its colours', async (t) => {
  const found = new Findings();
  const forced = { forcedColors: 'active', terminal: 'rathaus-1' } as const;
  const person = await comes(browser, { origin: office.origin, ...forced });
  const { page } = person;
  const look = async (state: string): Promise<void> => {
    heard(await axe(page), state, found);
    found.add(state, [...(await misfits(page)), ...(await withoutOutline(page))]);
  };
  await look('home');
  await playInBrowser(page, 'sperrmuell', journeyOf('sperrmuell', 'plain'), { look });
  await person.leave();
  found.close(t);
});
