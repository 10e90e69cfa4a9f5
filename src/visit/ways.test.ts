import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { together } from '#db';
import { freshDatabase, type TestDatabase } from '#test/database';
import { DEFAULT_SETTINGS } from '#web';
import { createHandedOver, type HandedOver } from './handed.ts';
import { createVisitStore } from './store.ts';
import { visitToken } from './tokens.ts';
import type { Visit } from './visit.ts';
import { createWays, type Held, type Way, type Ways } from './ways.ts';

const MINUTE = 60_000;
let database: TestDatabase;
let ways: Ways;
let handedOver: HandedOver;
let visit: Visit;
let now: Date;
before(async () => {
  database = await freshDatabase();
  const clock = { now: () => now };
  ways = createWays(database.db, clock);
  handedOver = createHandedOver(database.db, clock);
});
after(() => database.drop());
beforeEach(async () => {
  now = new Date('2026-11-23T10:00:00+01:00');
  visit = await createVisitStore(database.db, { now: () => now }).create({
    ...{ site: 'rathaus', terminal: undefined, language: 'leicht' },
    settings: { ...DEFAULT_SETTINGS, contrast: true },
  });
});

const later = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * MINUTE);
};
const open = (from: Held, way: Way, openMs?: number): Promise<void> =>
  together(database.db, ways.open(from, visit, way, openMs));

describe('a way on for whoever never got the answer with the new key', () => {
  let from: Held;
  beforeEach(() => {
    from = { held: visitToken(visit), bond: 'what this browser got' };
  });

  it('is found with what was held before and what this browser alone got, and with nothing less', async () => {
    await open(from, { visit: 'token' });
    assert.deepEqual(await ways.find(from.held, ['other', from.bond]), { visit: 'token' });
    for (const [held, bonds] of [
      [from.held, []],
      [from.held, ['other']],
      [undefined, [from.bond]],
      [randomUUID(), [from.bond]],
    ] as const)
      assert.equal(await ways.find(held, bonds), undefined);
    const rows = JSON.stringify(await database.db.selectFrom('visit_way').selectAll().execute());
    assert.ok(!rows.includes('token') && !rows.includes(from.held));
  });

  it('is the only one to a visit, and gone when the new key was seen', async () => {
    await open(from, { visit: 'first' });
    const another = randomUUID();
    await open({ ...from, held: another }, { visit: 'elsewhere' });
    assert.equal(await ways.find(from.held, [from.bond]), undefined);
    assert.deepEqual(await ways.find(another, [from.bond]), { visit: 'elsewhere' });
    await together(database.db, ways.close(visit.id));
    assert.equal(await ways.find(another, [from.bond]), undefined);
  });

  it('is open for as long as it was opened for', async () => {
    await open(from, { visit: 'token' });
    later(3);
    assert.equal(await ways.find(from.held, [from.bond]), undefined);
    await open(from, { visit: 'token' }, 15 * MINUTE);
    later(14);
    await ways.sweep();
    assert.ok(await ways.find(from.held, [from.bond]));
    later(2);
    assert.equal(await ways.find(from.held, [from.bond]), undefined);
  });
});

describe('a visit that waits for a phone', () => {
  const leave = (token: string) =>
    together(database.db, handedOver.leave(token, visit, new Date(now.getTime() + MINUTE)));
  const take = (token: string) => database.db.transaction().execute((tx) => handedOver.take(tx, token));

  it('is looked at without being taken, and taken once', async () => {
    const token = randomUUID();
    await leave(token);
    for (const _ of [1, 2]) assert.equal((await handedOver.find(token))?.visit, visitToken(visit));
    const taken = await Promise.all([take(token), take(token)]);
    assert.equal(taken.filter(Boolean).length, 1);
    assert.deepEqual(
      [taken.find(Boolean)?.language, taken.find(Boolean)?.settings.contrast],
      ['leicht', true],
    );
    assert.equal(await handedOver.find(token), undefined);
  });

  it('is opened by its own code only, and only in time', async () => {
    const token = randomUUID();
    await leave(token);
    assert.equal(await take(randomUUID()), undefined);
    later(2);
    assert.equal(await handedOver.find(token), undefined);
    assert.equal(await take(token), undefined);
  });
});
