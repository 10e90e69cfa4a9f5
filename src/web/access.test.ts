/** Sample pages measured in a real browser: axe, nothing that overflows, targets that a finger hits, reach. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '#test/browser';
import { buildAssets } from '../../scripts/assets.ts';
import { useAssets } from './assets.ts';
import { GALLERY, type Sample } from './gallery.fixture.tsx';

const TERMINAL = { width: 1080, height: 1920 };
const folder = mkdtempSync(join(tmpdir(), 'assets-'));
let browser: Browser;

before(async () => {
  await buildAssets(folder);
  useAssets(folder);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Shows every sample page in turn, served from memory. */
async function everyPage(
  sample: Sample,
  options: BrowserContextOptions,
  act: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: TERMINAL, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  let html = '';
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    const asset = useAssets(folder).get(pathname);
    if (asset !== undefined) {
      return route.fulfill({ body: Buffer.from(asset.body.identity), contentType: asset.type });
    }
    return pathname === '/'
      ? route.fulfill({ body: html, contentType: 'text/html' })
      : route.fulfill({ status: 204 });
  });
  for (const [name, render] of Object.entries(GALLERY)) {
    html = render(sample);
    await page.goto('http://office.test/');
    await page.evaluate(() => document.fonts.ready);
    await act(page, name);
  }
  await context.close();
}

/** Contrast alone: what another look of the same page can change. */
const COLOURS = { runOnly: { type: 'rule', values: ['color-contrast'] } };
/** What the smallest screen and the largest text can change. */
const ROOM = { runOnly: { type: 'rule', values: ['color-contrast', 'target-size'] } };

/** What axe finds, as rule and element; `target-size` is off by default there. */
async function violations(page: Page, rules: object = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (looked) => {
    type Found = { violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] };
    const { axe } = window as unknown as { axe: { run(options: object): Promise<Found> } };
    const options = { preload: false, resultTypes: ['violations'], ...looked };
    const found = await axe.run({ rules: { 'target-size': { enabled: true } }, ...options });
    return found.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary}`),
    );
  }, rules);
}

/** By how much a page is too wide for its screen, in both modes and in the smallest and the largest text; the page stays as it was. */
function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { dataset } = document.documentElement;
    const { mode, size } = dataset;
    const found = ['terminal', 'phone'].flatMap((as) =>
      ['1', '3'].flatMap((large) => {
        Object.assign(dataset, { mode: as, size: large });
        const over = document.documentElement.scrollWidth - window.innerWidth;
        return over > 0 ? [`${as}, size ${large}: ${over} px too wide for ${window.innerWidth}`] : [];
      }),
    );
    Object.assign(dataset, { mode, size });
    return found;
  });
}

async function overflowsAt(page: Page, ...screens: readonly { width: number; height: number }[]) {
  const found: string[] = [];
  for (const screen of screens) {
    await page.setViewportSize(screen);
    found.push(...(await overflows(page)));
  }
  return found;
}

/** Runs in the page. @returns what is smaller than a finger: 64 px one way and 44 the other */
function smallTargets(): string[] {
  const touched =
    'button, summary, select, textarea, input:not([type=hidden]), .bar-item, .kern-btn, .tile, .choice, .back';
  return [...document.querySelectorAll(touched)]
    .filter(
      (one) =>
        one.getClientRects().length > 0 &&
        one.closest('.choice, .file, .search') === (one.matches('.choice') ? one : null),
    )
    .map((one) => ({ name: `${one.tagName}.${one.className}`, box: one.getBoundingClientRect() }))
    .filter(({ box }) => Math.max(box.width, box.height) < 64 || Math.min(box.width, box.height) < 44)
    .map(({ name, box }) => `${name} ${Math.round(box.width)} × ${Math.round(box.height)}`);
}

const WIDE = { width: 1920, height: 1080 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 480 };

/** Every sample is shown once in each way, and all that can be asked of it there is asked at once: loading is what takes time. */
const WAYS: readonly [
  string,
  Sample,
  BrowserContextOptions,
  (page: Page, name: string) => Promise<string[]>,
][] = [
  [
    'German at a terminal, also where the system forces its colours',
    {},
    {},
    async (page, name) => {
      const found = await violations(page);
      if (name !== 'desk')
        found.push(...(await page.evaluate(smallTargets)), ...(await overflowsAt(page, WIDE, TERMINAL)));
      await page.emulateMedia({ forcedColors: 'active' });
      found.push(...(await violations(page, COLOURS)));
      await page.emulateMedia({ forcedColors: null });
      return found;
    },
  ],
  [
    'English, high contrast',
    { language: 'en', settings: { contrast: true } },
    {},
    (page) => violations(page, COLOURS),
  ],
  [
    'Leichte Sprache, 320 px, largest text',
    { language: 'leicht', mode: 'phone', settings: { size: 3 } },
    { viewport: NARROW },
    async (page, name) => [
      ...(await violations(page, ROOM)),
      ...(name === 'desk' ? [] : await overflowsAt(page, PHONE, NARROW)),
    ],
  ],
];
for (const [way, sample, options, look] of WAYS) {
  test(`everybody can use every sample: ${way}`, async () => {
    const found: string[] = [];
    await everyPage(sample, options, async (page, name) => {
      found.push(...(await look(page, name)).map((one) => `${name}: ${one}`));
    });
    assert.deepEqual(found, []);
  });
}

test('without script nothing overflows at 320 px, and what needs script is not shown', async () => {
  const options = { viewport: NARROW, javaScriptEnabled: false };
  await everyPage({ mode: 'terminal' }, options, async (page, name) => {
    const width = await page.locator('body').evaluate((body) => body.scrollWidth);
    assert.ok(width <= 320, `${name}: ${width} px`);
    assert.equal(
      await page.locator('am-keyboard:visible, .count-step:visible, .date-open:visible').count(),
      0,
    );
  });
});

test('within reach, nothing to touch stands higher than 1.22 m on an upright terminal', async () => {
  await everyPage({ settings: { reach: true } }, {}, async (page, name) => {
    if (name === 'desk') return;
    const high = await page.evaluate(() => {
      const controls = document.querySelectorAll(
        'main a, main button, main input:not([type=hidden]), main select, main textarea, .bar-item',
      );
      return [...controls]
        .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().top < 412)
        .map((one) => one.outerHTML.slice(0, 80));
    });
    assert.deepEqual(high, [], name);
  });
});
