import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Tx } from '#db';
import { freshDatabase, type TestDatabase } from '#test/database';
import { DEFAULT_SETTINGS } from '#web';
import { createDraftFiles, type DraftFiles } from './files.ts';
import { createVisitStore, type VisitStore } from './store.ts';
import { visitToken } from './tokens.ts';
import { type Draft, type Visit, VisitGoneError } from './visit.ts';

const MINUTE = 60_000;
const start = { site: 'rathaus', terminal: undefined, language: 'de', settings: DEFAULT_SETTINGS } as const;
const draft: Draft = { key: 'key', version: 1, answers: { familyName: 'Kanarienđ' }, seen: [] };

let database: TestDatabase;
let store: VisitStore;
let files: DraftFiles;
let now: Date;
before(async () => {
  database = await freshDatabase();
  const clock = { now: () => now };
  store = createVisitStore(database.db, clock);
  files = createDraftFiles(database.db, clock);
});
after(() => database.drop());
beforeEach(() => {
  now = new Date('2026-11-23T10:00:00+01:00');
});

const pass = (milliseconds: number): void => {
  now = new Date(now.getTime() + milliseconds);
};
const again = async (visit: Visit): Promise<Visit> => {
  const found = await store.load(visitToken(visit));
  assert.ok(found);
  return found;
};

/** @returns whether another transaction in this database waits for a lock */
async function somebodyWaits(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(tx);
  return rows.length > 0;
}

describe('a visit', () => {
  it('is read with its cookie, and by nothing else; the table says nothing of it', async () => {
    const visit = await store.create(start, { service: draft });
    assert.deepEqual((await again(visit)).secret.drafts, { service: draft });
    assert.equal(await store.load(visitToken({ ...visit, key: Buffer.alloc(32) })), undefined);
    for (const token of [undefined, '', '.', `${visit.id}.`, 'x.y', `${visit.id}.not a key`])
      assert.equal(await store.load(token), undefined);
    const row = await database.db.selectFrom('visit').selectAll().where('id', '=', visit.id).execute();
    assert.doesNotMatch(JSON.stringify(row), /Kanarien|familyName/);
  });

  it('is over after a rest, earlier at a terminal; every sign of its person begins the rest anew', async () => {
    const [own, terminal] = [await store.create(start), await store.create({ ...start, terminal: 'rh-1' })];
    pass(9 * MINUTE);
    await store.touch(terminal);
    pass(9 * MINUTE);
    await again(terminal);
    pass(2 * MINUTE);
    assert.equal(await store.load(visitToken(terminal)), undefined);
    await again(own);
    pass(120 * MINUTE);
    const ended = await store.sweep();
    assert.ok(ended.includes(own.id) && ended.includes(terminal.id));
  });

  it('keeps what two tabs write at once', async () => {
    const visit = await store.create(start);
    const tabs = await Promise.all(Array.from({ length: 8 }, () => again(visit)));
    await Promise.all(
      tabs.map((tab, index) =>
        store.update(tab, ({ secret }) => {
          secret.drafts[`service${index}`] = draft;
        }),
      ),
    );
    assert.equal(Object.keys((await again(visit)).secret.drafts).length, 8);
  });

  it('is not written by a tab that has not seen what the other wrote', async () => {
    const visit = await store.create(start);
    const [one, other] = [await again(visit), await again(visit)];
    assert.equal(await store.save(one), true);
    assert.equal(await store.save(other), false);
  });

  it('goes on under another key, with its files, and the one before opens nothing', async () => {
    const visit = await store.create(start, { service: draft });
    const file = await files.keep(visit, Buffer.from('letter'));
    const move = { site: 'rathaus', terminal: 'rh-1', moved: () => [] };
    const next = await store.move(visit, async () => move);
    assert.equal(await store.load(visitToken(visit)), undefined);
    const now = await again(next);
    assert.deepEqual([now.terminal, now.secret.drafts], ['rh-1', { service: draft }]);
    assert.equal((await files.read(next, file))?.toString(), 'letter');
    await assert.rejects(
      store.move(visit, async () => move),
      VisitGoneError,
    );
  });

  it('ends with nothing but what its person has not seen, and not while something is handed in from it', async () => {
    const visit = await store.create(start, { service: draft });
    const receipts = { service: { key: 'k', caseId: 'c', number: 'n', accessCode: 'a', code: undefined } };
    const left = await store.end(visit, async () => ({ receipts }));
    assert.ok(left);
    assert.deepEqual([left.secret.drafts, left.secret.receipts], [{}, receipts]);
    const order: string[] = [];
    let end: Promise<unknown> = Promise.resolve();
    await database.db.transaction().execute(async (tx) => {
      await store.hold(tx, visit);
      end = store.end(left, async () => void order.push('ended'));
      while (order.length === 0 && !(await somebodyWaits(tx)));
      order.push('handed in');
    });
    await end;
    assert.deepEqual(order, ['handed in', 'ended']);
    await assert.rejects(
      database.db.transaction().execute((tx) => store.hold(tx, visit)),
      VisitGoneError,
    );
    await assert.rejects(
      store.update(left, () => undefined),
      VisitGoneError,
    );
  });
});
