import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { buildAssets } from '../../scripts/assets.ts';
import { assetRoutes } from './asset-routes.ts';
import { type Assets, useAssets } from './assets.ts';
import { GALLERY } from './gallery.fixture.tsx';
import { contrast, themeCss } from './theme.ts';

const folder = mkdtempSync(join(tmpdir(), 'assets-'));
let assets: Assets;

before(async () => {
  await buildAssets(folder);
  assets = useAssets(folder);
  // Only so many colours are kept packed: a city asks for its own before anybody else asks for theirs.
  assets.get(assets.css('#a3122a'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('the first view is at most 60 KB in 6 requests', () => {
  const html = GALLERY.home?.({}) ?? '';
  const paths = new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]*)"/g)].map(([, path = '']) => path));
  const sizes = [...paths].map((path) => assets.get(path)?.body.br.length ?? assert.fail(`no ${path}`));
  const bytes = sizes.reduce((sum, size) => sum + size, brotliCompressSync(html).length);
  assert.ok(paths.size + 1 <= 6, `${paths.size + 1} requests`);
  assert.ok(bytes <= 60 * 1024, `${bytes} bytes`);
});

test('assets are served compressed, for ever, and only under their own names', async () => {
  const routes = assetRoutes(assets);
  const css = await routes.request(assets.css('#a3122a'), { headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(css.status, 200);
  assert.equal(css.headers.get('content-encoding'), 'br');
  assert.equal(css.headers.get('content-type'), 'text/css; charset=utf-8');
  assert.match(css.headers.get('cache-control') ?? '', /immutable/);
  const text = brotliDecompressSync(Buffer.from(await css.arrayBuffer())).toString();
  assert.ok(text.endsWith(themeCss('#a3122a')), 'the city’s colour comes last');
  assert.ok(text.includes('@layer kern'));

  for (const [accepted, encoding] of [
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000, gzip;q=0', null],
    ['BR ; Q=0.5', 'br'],
    ['*', 'br'],
    ['*;q=0', null],
    ['br;q=0, *', 'gzip'],
    ['xbr, brx, gzipped', null],
    ['br;q=nonsense, gzip', 'gzip'],
    ['', null],
  ] as const) {
    const answer = await routes.request(assets.js, { headers: { 'accept-encoding': accepted } });
    assert.equal(answer.headers.get('content-encoding'), encoding, accepted);
  }
  const plain = await routes.request(assets.js);
  assert.equal(plain.headers.get('content-encoding'), null);
  assert.equal(plain.headers.get('vary'), 'Accept-Encoding');
  for (const path of ['/assets/manifest.json', '/assets/../package.json', '/assets/site.css', '/assets/']) {
    assert.equal((await routes.request(path)).status, 404, path);
  }
});

test('whoever asks for many colours takes none from the others', async () => {
  const routes = assetRoutes(assets);
  for (let colour = 0; colour < 40; colour += 1) {
    const accent = `#${(0x100000 + colour * 99991).toString(16)}`;
    const answer = await routes.request(assets.css(accent));
    assert.equal(answer.status, 200);
    assert.ok((await answer.text()).includes(`--accent-pure:${accent}`));
  }
});

test('any colour of a city becomes one that can be read, on paper and below white', () => {
  const channel = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(channel, channel, channel, (red, green, blue) => {
      const hex = `#${[red, green, blue].map((one) => one.toString(16).padStart(2, '0')).join('')}`;
      const css = themeCss(hex);
      const colour = (name: string) => new RegExp(`${name}:(#[0-9a-f]{6})`).exec(css)?.[1] ?? '';
      assert.ok(contrast(colour('--accent'), '#faf7f2') >= 4.5);
      assert.ok(contrast(colour('--accent'), '#ffffff') >= 4.5);
      assert.ok(contrast(colour('--accent'), colour('--accent-tint')) >= 4.5);
      assert.ok(contrast(colour('--accent-strong'), '#ffffff') >= 7);
    }),
    // Strong reds have the darkest tints of all colours that need no darkening on paper.
    { numRuns: 1_000, examples: [[0xdb, 0x01, 0x1b]] },
  );
  assert.throws(() => themeCss('red'), /#rrggbb/);
});
