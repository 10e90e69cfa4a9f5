import assert from 'node:assert/strict';
import { after, afterEach, before, it } from 'node:test';
import { together } from '#db';
import { freshDatabase, type TestDatabase } from '#test/database';
import { count, type Measure } from './index.ts';

let database: TestDatabase;
const good: Measure<'case.submitted'> = {
  day: '2026-11-23',
  name: 'case.submitted',
  service: 'sperrmuell',
  site: 'rathaus',
  language: 'de',
  value: 'case',
};
const inTransaction = async (measure: Measure) => together(database.db, count(measure));

const counted = async () =>
  (await database.db.selectFrom('measure').selectAll().execute()).map(({ id, ...row }) => row);

before(async () => {
  database = await freshDatabase(2);
});
afterEach(() => database.db.deleteFrom('measure').execute());
after(() => database.drop());

it('counts what is on the list', async () => {
  await inTransaction(good);
  assert.deepEqual(await counted(), [good]);
});

it('refuses names, values and ids that are not on the list, without repeating them', async () => {
  const wrong: Record<string, string>[] = [
    { name: 'case.name' },
    { name: 'toString' },
    { value: 'Đặng' },
    { service: 'Frau Beispiel' },
    { site: '' },
    { language: 'fr' },
  ];
  for (const change of wrong) {
    await assert.rejects(inTransaction({ ...good, ...change } as Measure), (error: Error) => {
      const [given = ''] = Object.values(change);
      return error.message.startsWith('lab: ') && (given === '' || !error.message.includes(given));
    });
  }
  assert.deepEqual(await counted(), []);
});
