import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { sampleFile } from '#play';
import { arrive, type Citizen, CONFIRMATION, type Handed, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const CONFIRM = 'wohnungsgeberbestaetigung';

let office: RunningOffice;
beforeEach(async () => {
  office = await startRunningOffice();
});
afterEach(() => office.close());

async function sofa(houseNumber: number): Promise<Handed> {
  const person = await arrive(office.origin);
  await person.walk('sperrmuell', household(houseNumber));
  const receipt = await person.handIn('sperrmuell');
  await office.work();
  return receipt;
}

/** What number and code open. */
async function openStatus(handed: Handed): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.openCase(handed);
  return person;
}

/** Whether number and code still open a case. */
const opens = async (handed: Handed): Promise<boolean> =>
  new URL((await openStatus(handed)).shown.url).pathname === '/status/case';

const rowOf = (number: string) =>
  office.db.selectFrom('cases').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

async function taken(): Promise<number> {
  const { sum } = await office.db
    .selectFrom('slot')
    .select((eb) => eb.fn.sum<string>('taken').as('sum'))
    .executeTakeFirstOrThrow();
  return Number(sum);
}

describe('a visit that nobody comes back to', () => {
  it('leaves no file, no held place and no way to the phone', async () => {
    const before = await taken();
    const mandate = sampleFile('sample.pdf');
    assert.ok(mandate);
    const person = await arrive(office.origin, 'rathaus-1');
    await person.walk(CONFIRM, { ...CONFIRMATION, mandate }, 'landlord');
    await person.walk('sperrmuell', household(1), 'rules');
    const mover = await arrive(office.origin, 'rathaus-1');
    await mover.walk('sperrmuell', household(2), 'rules');
    await mover.press(mover.form('/visit/handover').press());
    assert.equal(await taken(), before + 2);
    await office.work();
    assert.equal(await taken(), before + 2, 'nothing is taken away too early');
    office.pass(HOUR_MS);
    await office.work();
    assert.equal(await taken(), before);
    for (const table of ['visit', 'draft_file', 'handover', 'booking'] as const)
      assert.deepEqual(await office.db.selectFrom(table).selectAll().execute(), [], table);
  });

  it('stays when the office is opened anew meanwhile', async () => {
    const person = await arrive(office.origin);
    await person.walk('sperrmuell', household(3));
    await office.restart();
    const cookie = person.client.cookies().join('; ');
    const page = await fetch(`${office.origin}/service/sperrmuell/review`, { headers: { cookie } });
    assert.match(await page.text(), /Đặng/);
  });
});

describe('a case', () => {
  it('is destroyed when its time is over, not before', async () => {
    const receipt = await sofa(10);
    const clerk = await signIn(office.origin, 'tsk');
    const path = (await clerk.find(receipt.number)) ?? '';
    await clerk.act(path, 'decide', { decision: 'done', text: '', early: 'yes' });
    office.setClock('2027-02-21T23:55:00+01:00');
    await office.work();
    const open = await openStatus(receipt);
    assert.match(open.shown.text, /data-state="done"/, 'still there on the last day');
    office.pass(HOUR_MS / 6);
    await office.work();
    assert.match((await openStatus(receipt)).shown.text, /Die Angaben sind gelöscht/);
    assert.match((await openStatus({ ...receipt, code: (await sofa(12)).code })).shown.text, /passen nicht/);
    // The page that was open all the while says so, too.
    const reloaded = await open.client.get('/status/case');
    assert.equal(reloaded.status, 410);
    assert.match(reloaded.text, /am Montag, 22\. Februar 2027 gelöscht/);
    const row = await rowOf(receipt.number);
    assert.deepEqual([row.wrapped_key, row.content], [null, null]);
    const later = await signIn(office.origin, 'tsk');
    const { status, text } = await later.get(path);
    assert.equal(status, 410);
    assert.doesNotMatch(text, /Đặng|Kaiserstraße/);
    const { rows } =
      await sql`SELECT 1 FROM case_event WHERE case_id = ${row.id} AND body IS NOT NULL`.execute(office.db);
    assert.deepEqual(rows, []);
  });

  it('that is not decided is kept', async () => {
    const receipt = await sofa(11);
    office.pass(400 * DAY_MS);
    await office.work();
    assert.equal(await opens(receipt), true);
  });

  it('gives no code for longer than the code is valid, and goes two weeks after it', async () => {
    const mandate = sampleFile('sample.png');
    assert.ok(mandate);
    const person = await arrive(office.origin);
    const [year = '', month = '', day = ''] = office.now().toISOString().slice(0, 10).split('-');
    const moveIn = { 'moveIn.day': day, 'moveIn.month': month, 'moveIn.year': year };
    await person.walk(CONFIRM, { ...CONFIRMATION, ...moveIn, mandate });
    const { number, lookupCode = '' } = await person.handIn(CONFIRM);
    await office.work();
    const look = async (): Promise<number> => {
      const clerk = await signIn(office.origin, 'oa');
      const page = await clerk.get('/desk/lookup');
      const [csrf = ''] = /(?<=name="_csrf" value=")[^"]*/.exec(page.text) ?? [];
      return (await clerk.post('/desk/lookup', { _csrf: csrf, code: lookupCode })).status;
    };
    assert.equal(await look(), 200);
    office.pass(179 * DAY_MS);
    await office.work();
    assert.equal(await look(), 200);
    // The 180th day is a Saturday, so that the Monday after it is the last one.
    office.pass(4 * DAY_MS);
    await office.work();
    assert.equal(await look(), 404);
    assert.notEqual((await rowOf(number)).wrapped_key, null);
    office.pass(14 * DAY_MS);
    await office.work();
    assert.equal((await rowOf(number)).wrapped_key, null);
  });
});

describe('the allowance of a household', () => {
  it('begins anew with the year, and what was used before is forgotten', async () => {
    await sofa(20);
    const used = () => office.db.selectFrom('entitlement_use').selectAll().execute();
    assert.ok((await used()).length > 0);
    office.pass(366 * DAY_MS);
    await office.work();
    assert.deepEqual(await used(), []);
    assert.ok((await sofa(20)).number);
  });
});

describe('the audit record', () => {
  /** Runs the command as an operator does. */
  function verify(): { code: number | null; said: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...['--import', './scripts/tsx-loader.ts', 'src/cli/main.ts', 'audit', 'verify'],
        ...['--data', office.data],
      ],
      { env: { PATH: process.env.PATH ?? '', DATABASE_URL: office.databaseUrl }, encoding: 'utf8' },
    );
    return { code: status, said: `${stdout}${stderr}` };
  }

  const FAULTS: Record<string, () => Promise<unknown>> = {
    'a changed entry': () =>
      sql`UPDATE audit_entry SET actor = 'staff:somebody' WHERE seq = 3`.execute(office.db),
    'a missing entry': () => sql`DELETE FROM audit_entry WHERE seq = 3`.execute(office.db),
    'two swapped entries': () =>
      sql`UPDATE audit_entry SET seq = CASE seq WHEN 3 THEN -4 ELSE -3 END WHERE seq IN (3, 4)`
        .execute(office.db)
        .then(() => sql`UPDATE audit_entry SET seq = -seq WHERE seq < 0`.execute(office.db)),
    'an end that was cut off': () =>
      sql`WITH cut AS (DELETE FROM audit_entry WHERE seq > 4)
          UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit_entry WHERE seq = 4)`.execute(
        office.db,
      ),
  };

  it('is found whole, and broken where somebody changed it', async () => {
    for (const house of [30, 31, 32]) await sofa(house);
    await office.work();
    const whole = verify();
    assert.equal(whole.code, 0, whole.said);
    await sql`CREATE TABLE kept AS TABLE audit_entry`.execute(office.db);
    await sql`CREATE TABLE kept_head AS TABLE audit_head`.execute(office.db);
    for (const [name, spoil] of Object.entries(FAULTS)) {
      await spoil();
      const { code, said } = verify();
      assert.equal(code, 1, `${name}: ${said}`);
      assert.match(said, name.startsWith('an end') ? /\d/ : /\b[34]\b/, said);
      await sql`TRUNCATE audit_entry`.execute(office.db);
      await sql`INSERT INTO audit_entry SELECT * FROM kept`.execute(office.db);
      await sql`UPDATE audit_head SET seq = kept_head.seq, hash = kept_head.hash FROM kept_head`.execute(
        office.db,
      );
    }
    assert.equal(verify().code, 0, 'whole again');
  });
});
