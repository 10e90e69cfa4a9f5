import assert from 'node:assert/strict';
import { it } from 'node:test';
import { freshDatabase } from '#test/database';
import { DEFAULT_SETTINGS } from '#web';
import { createDraftFiles } from './files.ts';
import { createVisitStore } from './store.ts';
import { VisitGoneError } from './visit.ts';

const MOST = 20;
const clock = { now: () => new Date('2026-11-23T10:00:00+01:00') };

it('keeps so many files in a visit and no more, also when many come at once', async () => {
  const { db, drop } = await freshDatabase();
  const store = createVisitStore(db, clock);
  const files = createDraftFiles(db, clock);
  const start = { site: 'rathaus', terminal: undefined, language: 'de', settings: DEFAULT_SETTINGS } as const;
  const [visit, other] = [await store.create(start), await store.create(start)];
  const content = Buffer.from('x');
  const ends = await Promise.allSettled(Array.from({ length: MOST + 8 }, () => files.keep(visit, content)));
  assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, MOST);
  const { length } = await db
    .selectFrom('draft_file')
    .select('id')
    .where('visit_id', '=', visit.id)
    .execute();
  assert.equal(length, MOST);
  await files.keep(other, content);
  await assert.rejects(files.keep({ ...visit, id: crypto.randomUUID() }, content), VisitGoneError);
  await drop();
});
