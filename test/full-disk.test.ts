import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { parseHtml, readForms } from '#play';
import { arrive, household } from '#test/citizen';
import { freshDatabase, type TestDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
let database: TestDatabase;
let office: RunningOffice;
before(async () => {
  database = await freshDatabase();
  office = await startRunningOffice({ DATABASE_URL: database.url });
});
after(async () => {
  await office.close();
  await database.drop();
});

async function readiness(): Promise<[number, Record<string, unknown>]> {
  const answer = await fetch(`${office.origin}/ready`);
  return [answer.status, (await answer.json()) as Record<string, unknown>];
}

const GONE_MS = 30_000;

/**
 * Breaks the office's connections, so that the next ones are made under what holds now. Nobody goes on with one that is just
 * ending: what the office says then is of the line, and not of the disk.
 */
async function anew(): Promise<void> {
  await sql`SELECT pg_terminate_backend(pid, ${GONE_MS}) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'amtomat %'`.execute(database.db);
  await readiness();
}

const countCases = async () => (await database.db.selectFrom('cases').select('id').execute()).length;

interface Fault {
  name: string;
  begin(): Promise<unknown>;
  end(): Promise<unknown>;
  /** Nothing at all can be written: `/ready` says so until it is over. */
  lasts: boolean;
}

/** The same code and words as PostgreSQL gives, where a case is written. */
const refusing = (name: string, code: string): Fault => ({
  name,
  async begin() {
    await sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS ${sql.lit(
      `BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '${code}'; END`,
    )}`.execute(database.db);
    await sql`CREATE TRIGGER refuse BEFORE INSERT ON cases EXECUTE FUNCTION refuse()`.execute(database.db);
  },
  end: () => sql`DROP FUNCTION refuse CASCADE`.execute(database.db),
  lasts: false,
});

const FAULTS: readonly Fault[] = [
  refusing('full', '53100'),
  refusing('broken', '58030'),
  {
    name: 'only to be read',
    async begin() {
      await sql`DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END$$`.execute(
        database.db,
      );
      await anew();
    },
    async end() {
      // Our own connection may have been made meanwhile, too.
      await database.db.connection().execute(async (own) => {
        await sql`SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE`.execute(own);
        await sql`DO $$BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END$$`.execute(
          own,
        );
      });
      await anew();
    },
    lasts: true,
  },
];

describe('a database whose disk is', () => {
  for (const [index, { name, begin, end, lasts }] of FAULTS.entries()) {
    it(`${name}: says so, loses nothing, and takes the same form when it is over`, async () => {
      const person = await arrive(office.origin);
      await person.walk(SERVICE, household(40 + index));
      const cases = await countCases();
      assert.equal((await readiness())[0], 200);
      await begin();
      const refused = await person.send(person.review(SERVICE)).finally(async () => {
        if (!lasts) await end();
      });
      assert.equal(refused.status, 503);
      assert.match(refused.text, /<h1>Einen Moment/);
      if (lasts) {
        const [status, facts] = await readiness();
        assert.deepEqual([status, facts.storage, facts.database], [503, false, true]);
        await end();
      }
      await eventually('it is ready again by itself', async () => (await readiness())[0] === 200);
      assert.equal(await countCases(), cases);
      const [again] = readForms(parseHtml(refused.text), refused.url);
      assert.ok(again);
      await person.press(again.press());
      assert.ok(person.receipt().number);
      assert.equal(await countCases(), cases + 1);
    });
  }
});
