import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type Db, NewerDatabaseError } from '#db';
import { emptyDatabase, freshDatabase } from '#test/database';
import { MIGRATIONS, migrate, migrateUpTo, speaking } from './migrate.ts';
import { narrowed, type Shape, shapeOf } from './narrowed.fixture.ts';
import { stepsBeyond } from './newer.ts';

const KNOWN = ['1', '2', '3'];
const step = (name: string, oldest: string | null = null) => ({ name, oldest });
const ALL = KNOWN.map((name) => step(name));

async function took(db: Db, name: string, oldest: string | null): Promise<void> {
  const timestamp = '9999-01-01T00:00:00.000Z';
  await sql`INSERT INTO kysely_migration (name, timestamp, oldest) VALUES (${name}, ${timestamp}, ${oldest})`.execute(
    db,
  );
}

describe('a program and a database', () => {
  it('fit when the database is new, older or of the same time', () => {
    for (const taken of [[], ALL.slice(0, 1), ALL]) assert.deepEqual(stepsBeyond(KNOWN, taken), []);
  });

  it('fit when every further step leaves this program in working order', () => {
    assert.deepEqual(stepsBeyond(KNOWN, [...ALL, step('4', '3')]), ['4']);
    assert.deepEqual(stepsBeyond(KNOWN, [...ALL, step('4', '3'), step('5', '2')]), ['4', '5']);
  });

  it('do not fit when one of them does not, or says nothing', () => {
    for (const beyond of [
      [step('4')],
      [step('4', '4')],
      [step('4', '3'), step('5', '4')],
      [step('4', '4'), step('5', '3')],
    ])
      assert.throws(() => stepsBeyond(KNOWN, [...ALL, ...beyond]), NewerDatabaseError);
  });

  it('do not fit when the database has gone another way', () => {
    const taken = [step('1'), step('2'), step('2b', '1'), step('4', '1')];
    assert.throws(() => stepsBeyond(KNOWN, taken), /another line/);
  });
});

describe('a database of a newer program', () => {
  it('is left as it is by an older one that can work with it', async () => {
    const { db, drop } = await freshDatabase(2);
    await took(db, '9999-later', MIGRATIONS.at(-1) ?? '');
    assert.deepEqual(await migrate(db), ['9999-later']);
    await drop();
  });

  it('is refused in words by one that cannot', async () => {
    const { db, drop } = await freshDatabase(2);
    await took(db, '9999-later', '9999-later');
    await assert.rejects(migrate(db), (error) => {
      assert.ok(error instanceof NewerDatabaseError);
      assert.match(error.message, /9999-later/);
      assert.ok(error.message.includes(MIGRATIONS.at(-1) ?? '-'), 'says what the program knows');
      return true;
    });
    await drop();
  });

  it('holds which older programs each step leaves in working order', async () => {
    const { db, drop } = await freshDatabase(2);
    const { rows } = await sql<{ name: string; oldest: string | null }>`
      SELECT name, oldest FROM kysely_migration ORDER BY name`.execute(db);
    assert.deepEqual(
      rows.map(({ name }) => name),
      MIGRATIONS,
    );
    for (const { name, oldest } of rows) assert.equal(oldest, speaking[name]?.oldest ?? null, name);
    await drop();
  });
});

describe('a step that names an older program', () => {
  it('names one that was there before it', () => {
    for (const [name, { oldest }] of Object.entries(speaking)) {
      assert.ok(MIGRATIONS.includes(oldest), `${name}: there is no step ${oldest}`);
      assert.ok(oldest <= name, `${name}: ${oldest} comes after it`);
    }
  });

  it('only adds to what that program knows', async () => {
    const { db, drop } = await emptyDatabase();
    // A step is held against the shape that the oldest program it names was made for.
    const shapes = new Map<string, Shape>();
    for (const name of MIGRATIONS) {
      await migrateUpTo(db, name);
      const shape = await shapeOf(db);
      shapes.set(name, shape);
      const known = shapes.get(speaking[name]?.oldest ?? name);
      assert.deepEqual(narrowed(known ?? {}, shape), [], `${name} does not only add`);
    }
    await drop();
  });
});

describe('a change of the shape', () => {
  class Undo extends Error {}
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  before(async () => {
    database = await emptyDatabase();
  });
  after(() => database.drop());

  /** What an older program could stumble over after some statements. */
  async function found(...statements: string[]): Promise<string[]> {
    let problems: string[] = [];
    const trying = database.db.transaction().execute(async (tx) => {
      await sql`CREATE TABLE a (id int PRIMARY KEY, word text, size int NOT NULL DEFAULT 1, UNIQUE (word, size))`.execute(
        tx,
      );
      await sql`CREATE TABLE b (id int PRIMARY KEY)`.execute(tx);
      const shape = await shapeOf(tx);
      for (const statement of statements) await sql.raw(statement).execute(tx);
      problems = narrowed(shape, await shapeOf(tx));
      throw new Undo();
    });
    await assert.rejects(trying, Undo);
    return problems;
  }

  it('that adds is none to an older program', async () => {
    const problems = await found(
      'ALTER TABLE a ADD COLUMN later text',
      'ALTER TABLE a ADD COLUMN count int NOT NULL DEFAULT 0',
      'ALTER TABLE a ADD COLUMN of int REFERENCES b',
      'ALTER TABLE a ADD CHECK (count >= 0)',
      'CREATE UNIQUE INDEX ON a (word, later)',
      'CREATE INDEX ON a (size)',
      'CREATE TABLE c (id int PRIMARY KEY, of int NOT NULL REFERENCES a ON DELETE CASCADE)',
      'ALTER TABLE a ALTER COLUMN size DROP NOT NULL',
    );
    assert.deepEqual(problems, []);
  });

  for (const statement of [
    'DROP TABLE b',
    'ALTER TABLE a RENAME TO z',
    'ALTER TABLE a DROP COLUMN word',
    'ALTER TABLE a RENAME COLUMN word TO words',
    'ALTER TABLE a ALTER COLUMN size TYPE bigint',
    'ALTER TABLE a ALTER COLUMN word SET NOT NULL',
    'ALTER TABLE a ALTER COLUMN size DROP DEFAULT',
    'ALTER TABLE a ADD COLUMN later text NOT NULL',
    'ALTER TABLE a ADD CHECK (size > 0)',
    'ALTER TABLE a ADD FOREIGN KEY (size) REFERENCES b',
    'CREATE UNIQUE INDEX ON a (size)',
    'ALTER TABLE a ADD COLUMN later int NOT NULL DEFAULT 1, ADD UNIQUE (later)',
    'ALTER TABLE a DROP CONSTRAINT a_word_size_key',
    'CREATE TABLE c (id int PRIMARY KEY REFERENCES a)',
    `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
     CREATE TRIGGER no BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION no()`,
  ])
    it(`is noticed: ${statement.slice(0, 70)}`, async () => assert.notDeepEqual(await found(statement), []));
});
