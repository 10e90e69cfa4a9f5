import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { verify } from '#audit';
import { ConfigError } from '#config';
import { createFileKeys } from '#seal';
import { arrive, household } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
  await handIn(1);
  await office.work();
});
after(() => office.close());

async function handIn(number: number): Promise<void> {
  const person = await arrive(office.origin);
  await person.walk(SERVICE, household(number));
  await person.handIn(SERVICE);
}

const keyFile = (name: string): string => join(office.data, 'keys', `${name}.key`);
const anchors = (): string => join(office.data, 'audit-anchors.log');
const lastAnchor = (): string => readFileSync(anchors(), 'utf8').trimEnd().split('\n').at(-1) ?? '';

/** Starts the office with a file that is changed, and puts it back. The office stays closed. @returns what it refused to start with */
async function refusalWith(file: string, change: () => void): Promise<string> {
  const kept = readFileSync(file);
  change();
  try {
    await office.restart();
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  } finally {
    writeFileSync(file, kept);
  }
  throw new assert.AssertionError({ message: 'the office has opened' });
}

describe('an office whose keys are not those of its database', () => {
  for (const name of ['house', 'office-tsk']) {
    it(`${name}: does not open without it, and makes no other`, async () => {
      const file = keyFile(name);
      const whole = readFileSync(file);
      rmSync(file);
      try {
        await assert.rejects(office.restart(), (error: Error) => {
          assert.ok(error instanceof ConfigError && error.message.includes(`${file}: the key is missing`));
          assert.match(error.message, /backup of the keys/);
          return true;
        });
        assert.equal(existsSync(file), false);
      } finally {
        writeFileSync(file, whole);
      }
    });

    it(`${name}: does not open with an empty, a cut or a foreign file, and says which`, async () => {
      const file = keyFile(name);
      const whole = readFileSync(file, 'utf8');
      const foreign = readFileSync(keyFile('office-oa'), 'utf8');
      const ways: [string, RegExp][] = [
        ['', /the key file is empty/],
        ['\n', /the key file is empty/],
        [whole.slice(0, 20), /cut off or damaged/],
        [whole.slice(0, -5), /cut off or damaged/],
        [foreign, /another key than the one the database was sealed with/],
        [`${whole.split(' ')[0]} ${foreign.split(' ')[1]}`, /another key/],
      ];
      for (const [text, why] of ways) {
        const said = await refusalWith(file, () => writeFileSync(file, text));
        assert.ok(said.includes(file), said);
        assert.match(said, why);
        assert.doesNotMatch(said, /^\s+at /m);
        assert.ok(text.trim() === '' || !said.includes(text.trim()), 'the key is not told');
      }
    });
  }

  it('knows a key that sealed cases before keys were written down', async () => {
    const written = await office.db.deleteFrom('known_key').returningAll().execute();
    try {
      const file = keyFile('office-tsk');
      const foreign = readFileSync(keyFile('office-oa'));
      assert.match(await refusalWith(file, () => writeFileSync(file, foreign)), /another key/);
      assert.match(await refusalWith(keyFile('house'), () => rmSync(keyFile('house'))), /the key is missing/);
    } finally {
      await office.db.deleteFrom('known_key').execute();
      await office.db.insertInto('known_key').values(written).execute();
    }
  });
});

describe('an office whose audit record was written down elsewhere', () => {
  it('does not open on a database that was emptied or is an older one', async () => {
    const [, last = ''] = lastAnchor().split(' ');
    await sql`CREATE TABLE kept AS SELECT * FROM audit_entry`.execute(office.db);
    await sql`DELETE FROM audit_entry WHERE seq >= ${last}`.execute(office.db);
    try {
      await assert.rejects(office.restart(), (error: Error) => {
        assert.ok(error instanceof ConfigError && error.message.includes(anchors()));
        assert.match(error.message, new RegExp(`audit entry ${last} .*the database does not have it`));
        assert.match(error.message, /move it away/);
        return true;
      });
    } finally {
      await sql`INSERT INTO audit_entry SELECT * FROM kept WHERE seq >= ${last}`.execute(office.db);
      await sql`DROP TABLE kept`.execute(office.db);
    }
  });

  it('does not open with an anchor that this office has not written', async () => {
    const said = await refusalWith(anchors(), () => appendFileSync(anchors(), 'a b c d\n'));
    assert.match(said, /line \d+: the signature does not fit/);
  });

  it('goes on after a line that a power cut left half-written', async () => {
    appendFileSync(anchors(), lastAnchor().slice(0, 30));
    await office.restart();
    await handIn(2);
    await office.work();
    const secret = createFileKeys(join(office.data, 'keys')).secret('audit anchors');
    assert.equal((await verify(office.db, { file: anchors(), secret })).ok, true);
    assert.match(readFileSync(anchors(), 'utf8'), /\n$/);
  });
});

it('makes stand-ins anew whose files a kill left half-written', async () => {
  const folder = join(office.data, 'stand-ins');
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), text.slice(0, text.length / 2));
  }
  await office.restart();
  assert.equal((await fetch(`${office.origin}/ready`)).status, 200);
  for (const name of readdirSync(folder).filter((one) => one !== 'fit-connect.json'))
    JSON.parse(readFileSync(join(folder, name), 'utf8'));
});
