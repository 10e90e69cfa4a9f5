/** Sample pages in a real browser, served under the policy that all pages have. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '#test/browser';
import { buildAssets } from '../../scripts/assets.ts';
import { useAssets } from './assets.ts';
import { GALLERY, type Sample } from './gallery.fixture.tsx';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
const STREETS = [
  'Kaiserallee',
  'Kaiserstraße',
  'Karlstraße',
  'Karl-Friedrich-Straße',
  'Bäckerweg',
  'Amalienstraße',
];
const NOON = Date.parse('2026-11-23T12:00:00+01:00');
export const TERMINAL = { width: 1080, height: 1920 };

let browser: Browser;
let server: Server;
let address: string;
const folder = mkdtempSync(join(tmpdir(), 'assets-'));
/** What the pages sent, by method and path; with the body of forms. */
export const asked: string[] = [];

before(async () => {
  await buildAssets(folder);
  const assets = useAssets(folder);
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    let body = '';
    for await (const part of request) body += part;
    asked.push(`${request.method} ${url.pathname}${url.search} ${body}`.trim());
    const asset = assets.get(url.pathname);
    const sample = GALLERY[url.pathname.slice(1)];
    if (asset !== undefined) {
      response.writeHead(200, { 'content-type': asset.type }).end(asset.body.identity);
    } else if (url.pathname === '/streets.json') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(STREETS));
    } else if (sample !== undefined && request.method === 'GET') {
      const wanted = JSON.parse(url.searchParams.get('sample') ?? '{}') as Sample;
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
        .end(sample(wanted));
    } else {
      response.writeHead(request.method === 'POST' ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a sample page, does something with it, and demands that the policy was never broken. */
export async function visit(
  name: string,
  sample: Sample,
  act: (page: Page) => Promise<void>,
  options: BrowserContextOptions & { clock?: boolean } = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: TERMINAL, hasTouch: true, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  if (options.clock) {
    // Time stands still but for what a test lets pass, however slow the machine is.
    await page.clock.install({ time: NOON });
    await page.clock.pauseAt(NOON + 1000);
  }
  await page.goto(`${address}/${name}?sample=${encodeURIComponent(JSON.stringify(sample))}`);
  await act(page);
  assert.deepEqual(problems, []);
  await context.close();
}

/** @returns where the sample pages are served */
export function origin(): string {
  return address;
}

/** @returns what stands in the fields */
export function valuesOf(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
}
