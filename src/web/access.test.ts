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

/** What axe finds, as rule and element; `target-size` is off by default there. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] };
    const { axe } = window as unknown as { axe: { run(options: object): Promise<Found> } };
    const found = await axe.run({ preload: false, rules: { 'target-size': { enabled: true } } });
    return found.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary}`),
    );
  });
}

const STATES: readonly [string, Sample, BrowserContextOptions][] = [
  ['German', {}, {}],
  ['English, high contrast', { language: 'en', settings: { contrast: true } }, {}],
  [
    'Leichte Sprache, 320 px, largest text',
    { language: 'leicht', mode: 'phone', settings: { size: 3 } },
    { viewport: { width: 320, height: 480 } },
  ],
  ['forced colours', {}, { forcedColors: 'active' }],
];
for (const [state, sample, options] of STATES) {
  test(`axe finds nothing: ${state}`, async () => {
    const found: string[] = [];
    await everyPage(sample, options, async (page, name) => {
      found.push(...(await violations(page)).map((one) => `${name}: ${one}`));
    });
    assert.deepEqual(found, []);
  });
}

const SIZES = [
  TERMINAL,
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
  { width: 320, height: 480 },
];
for (const viewport of SIZES) {
  test(`nothing overflows at ${viewport.width} px, in any text size`, async () => {
    await everyPage(
      { mode: viewport.width < 640 ? 'phone' : 'terminal' },
      { viewport },
      async (page, name) => {
        for (const [mode, size] of [
          ['terminal', '1'],
          ['terminal', '3'],
          ['phone', '1'],
          ['phone', '3'],
        ] as const) {
          const over = await page.evaluate(
            ([as, large]) => {
              Object.assign(document.documentElement.dataset, { mode: as, size: large });
              return document.documentElement.scrollWidth - window.innerWidth;
            },
            [mode, size],
          );
          if (name !== 'desk') assert.ok(over <= 0, `${name}, ${mode}, size ${size}: ${over} px too wide`);
        }
      },
    );
  });
}

test('without script nothing overflows at 320 px, and what needs script is not shown', async () => {
  const options = { viewport: { width: 320, height: 480 }, javaScriptEnabled: false };
  await everyPage({ mode: 'terminal' }, options, async (page, name) => {
    const width = await page.locator('body').evaluate((body) => body.scrollWidth);
    assert.ok(width <= 320, `${name}: ${width} px`);
    assert.equal(
      await page.locator('am-keyboard:visible, .count-step:visible, .date-open:visible').count(),
      0,
    );
  });
});

test('on a terminal everything to touch is at least 64 px high or wide, and nothing smaller than 44', async () => {
  await everyPage({}, {}, async (page, name) => {
    if (name === 'desk') return;
    const small = await page.evaluate(() => {
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
    });
    assert.deepEqual(small, [], name);
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
