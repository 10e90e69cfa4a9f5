import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';
import { freshDatabase, type TestDatabase } from '#test/database';
import { createShares, type Shares, type Taker } from './index.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-11-23T09:10:00Z');

let database: TestDatabase;
let now = START;
let shares: Shares;
const keys = { index: (_: string, value: string): Buffer => Buffer.from(value.padEnd(32)) };
const started = (unlimited = false): Shares =>
  createShares({ db: database.db, clock: { now: () => new Date(now) }, keys, unlimited });
const own = (client: string): Taker => ({ client, screen: 'own' });
const terminal: Taker = { client: 'rathaus-1', screen: 'terminal' };

before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());
beforeEach(async () => {
  await database.db.deleteFrom('share').execute();
  now = START;
  shares = started();
});

/** @returns how many of so many passed, all at once and on two nodes */
async function passed(times: number, who: (turn: number) => Taker): Promise<number> {
  const nodes = [shares, started()];
  const all = await Promise.all(
    Array.from({ length: times }, (_, turn) => nodes[turn % 2]?.take('case', who(turn))),
  );
  return all.filter((until) => until === undefined).length;
}

it('gives a client its share of an hour, however many come at once, and says when there is more', async () => {
  assert.equal(await passed(40, () => own('a')), 12);
  assert.deepEqual(await shares.take('case', own('a')), new Date('2026-11-23T10:00:00Z'));
  assert.equal(await shares.take('file', own('a')), undefined, 'of something else');
  assert.equal(await shares.take('case', own('b')), undefined, 'somebody else');
  now += HOUR_MS;
  assert.equal(await shares.take('case', own('a')), undefined);
});

it('ends for all together, but not at a terminal', async () => {
  const everybody = { what: 'case', hour: new Date('2026-11-23T09:00:00Z'), subject: Buffer.alloc(0) };
  await database.db
    .insertInto('share')
    .values({ ...everybody, count: 1_195 })
    .execute();
  assert.equal(await passed(30, (turn) => own(`c${turn}`)), 5);
  assert.equal(await passed(70, () => terminal), 60);
});

it('takes nothing from the others by what is refused, and writes down nobody new when all is taken', async () => {
  assert.equal(await passed(100, () => own('a')), 12);
  const rows = await database.db.selectFrom('share').selectAll().execute();
  assert.deepEqual(
    rows.map(({ count }) => count),
    [12, 12],
  );
  await database.db
    .updateTable('share')
    .set({ count: 1_200 })
    .where('subject', '=', Buffer.alloc(0))
    .execute();
  assert.equal(await passed(50, (turn) => own(`d${turn}`)), 0);
  assert.equal((await database.db.selectFrom('share').selectAll().execute()).length, 2);
});

it('gives all networks of one house a few shares together, and takes nothing from anybody by what it refuses', async () => {
  const house = (turn: number): Taker => own(`2001:db8:1:${turn.toString(16)}::/64`);
  assert.equal(await passed(200, house), 12 * 8);
  assert.notEqual(await shares.take('case', house(999)), undefined);
  assert.equal(await shares.take('case', own('2001:db8:2:1::/64')), undefined);
  const everybody = database.db.selectFrom('share').select('count').where('subject', '=', Buffer.alloc(0));
  assert.equal((await everybody.executeTakeFirstOrThrow()).count, 12 * 8 + 1);
});

it('forgets who it was after the hour, and counts nothing without limits', async () => {
  await shares.take('visit', own('a'));
  now += HOUR_MS;
  await shares.sweep();
  const free = started(true);
  for (let times = 0; times < 20; times += 1) assert.equal(await free.take('case', own('a')), undefined);
  assert.deepEqual(await database.db.selectFrom('share').selectAll().execute(), []);
});
