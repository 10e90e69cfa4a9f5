import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { loadCity } from '#city';
import { loadConfig } from '#config';
import { createLog } from '#log';
import { freshDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { flakyWayTo } from '#test/flaky-database';
import { freePort } from '#test/free-port';
import { createClock } from '#time';
import { openOffice } from '../src/server.ts';

/** Begins to open an office on a database that is away. */
async function begin() {
  const database = await freshDatabase(1);
  const way = await flakyWayTo(database.url);
  way.cut();
  const data = mkdtempSync(join(tmpdir(), 'amtomat-late-'));
  const port = await freePort();
  const lines: string[] = [];
  const clock = createClock();
  const log = createLog('error', clock, { write: (line: string) => void lines.push(line) });
  const config = loadConfig({ DATABASE_URL: way.url }, ['--port', String(port), '--data', data]);
  const { city } = loadCity('city/karlsruhe');
  assert.ok(city);
  const stop = new AbortController();
  const opening = openOffice(config, city, clock, log, {}, stop.signal);
  opening.catch(() => {});
  await eventually('it waits', async () => lines.length > 0);
  return {
    ...{ opening, way, stop, said: () => lines.join(''), origin: `http://127.0.0.1:${port}` },
    async tidy() {
      await way.close();
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

it('an office waits for a database that is away, says so, and opens when it comes', async () => {
  const { opening, way, said, origin, tidy } = await begin();
  assert.match(said(), /the database of DATABASE_URL cannot be reached: waiting for it/);
  assert.doesNotMatch(said(), /postgres(?:ql)?:\/\//);
  assert.equal((await fetch(`${origin}/health`)).status, 200);
  assert.equal((await fetch(`${origin}/ready`)).status, 503);
  const page = await fetch(`${origin}/service/sperrmuell`);
  assert.equal(page.status, 503);
  assert.match(await page.text(), /<h1>Einen Moment.*/);
  way.mend();
  const office = await opening;
  await eventually('it is ready', async () => (await fetch(`${origin}/ready`)).status === 200);
  assert.match(said(), /the database of DATABASE_URL is there/);
  await office.close();
  await tidy();
});

it('an office that waits for its database can be ended', async () => {
  const { opening, stop, origin, tidy } = await begin();
  stop.abort();
  await assert.rejects(opening);
  await assert.rejects(fetch(`${origin}/health`), 'its port is free again');
  await tidy();
});
