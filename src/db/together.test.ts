import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { freshDatabase, type TestDatabase } from '#test/database';
import { reading, together, type Write, writing } from './together.ts';

let database: TestDatabase;
before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());
beforeEach(() => database.db.deleteFrom('share').execute());

const hour = new Date('2026-11-23T10:00:00Z');
const share = (what: string, count = 1): Write => [
  { does: writing.insertInto('share').values({ what, hour, subject: Buffer.from(what), count }) },
];
const shares = () => database.db.selectFrom('share').select(['what', 'count']).orderBy('what').execute();

describe('several writes in one statement', () => {
  it('are all done', async () => {
    await together(database.db, share('a'), [], share('b', 2));
    assert.deepEqual(await shares(), [
      { what: 'a', count: 1 },
      { what: 'b', count: 2 },
    ]);
  });

  it('are nothing when one fails, also outside of a transaction', async () => {
    await together(database.db, share('b'));
    await assert.rejects(together(database.db, share('a'), share('b')), /share_pkey/);
    assert.deepEqual(await shares(), [{ what: 'b', count: 1 }]);
  });

  it('can be nothing at all', async () => {
    await together(database.db, [], []);
    assert.deepEqual(await shares(), []);
  });

  it('read what was there before, and what a part gives back', async () => {
    await together(database.db, share('a'));
    const added = writing
      .updateTable('share')
      .set({ count: 7 })
      .where('what', '=', 'a')
      .returning('count as after');
    const both = sql<{ before: number; after: number }>`
      SELECT count AS before, after FROM share, raised`;
    assert.deepEqual(await reading(database.db, both, [{ name: 'raised', does: added }], share('b')), [
      { before: 1, after: 7 },
    ]);
    assert.equal((await shares()).length, 2);
  });
});
