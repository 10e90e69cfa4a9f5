import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import { sql } from 'kysely';
import { makeKeys } from '#seal';
import { filesBelow, found } from '#test/canaries';
import { arrive, type Citizen, type Handed, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { freshDatabase, type TestDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { MONDAY, type RunningOffice, startRunningOffice } from '#test/running-office';
import { payByCard, signInAs } from '#test/sign-in';
import { run as runAudit } from './audit.ts';
import { run as runBackup } from './backup.ts';
import { run as runRestore } from './restore.ts';

const SERVICE = 'sperrmuell';
const scratch = mkdtempSync(join(tmpdir(), 'amtomat-backup-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
let places = 0;
const place = (name: string): string => {
  places += 1;
  return join(scratch, `${places}-${name}`);
};

let office: RunningOffice;
let handed: Handed;
/** Somebody in the middle of a visit. */
let visitor: Citizen;
/** A database without anything, not even tables. */
let empty: TestDatabase;

async function clear(database: Pick<TestDatabase, 'db'>): Promise<void> {
  await sql`DROP SCHEMA public CASCADE`.execute(database.db);
  await sql`CREATE SCHEMA public`.execute(database.db);
}

before(async () => {
  office = await startRunningOffice();
  const person = await arrive(office.origin);
  await person.walk(SERVICE, household(1));
  handed = await person.handIn(SERVICE);
  visitor = await arrive(office.origin);
  await visitor.walk(SERVICE, household(2));
  await signIn(office.origin, 'lead');
  await office.work();
});
after(() => office.close());
beforeEach(async () => {
  empty = await freshDatabase(2);
  await clear(empty);
});
afterEach(() => empty.drop());

const settings = { AMTOMAT_CLOCK: MONDAY };
const COMMANDS = { backup: runBackup, restore: runRestore, audit: runAudit };

interface Ran {
  code: number;
  out: string;
  errors: string;
}

/** Runs a command with these settings and no others. @returns what it said, and its exit code */
async function runCommand(
  [command, ...words]: readonly [keyof typeof COMMANDS, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const said = { out: '', errors: '' };
  const log = mock.method(console, 'log', (line: string) => {
    said.out += `${line}\n`;
  });
  const error = mock.method(console, 'error', (line: string) => {
    said.errors += `${line}\n`;
  });
  const kept = { ...process.env };
  for (const name of Object.keys(process.env))
    if (/^AMTOMAT_|^DATABASE_URL$/.test(name)) delete process.env[name];
  Object.assign(process.env, env);
  try {
    const code = await COMMANDS[command](words);
    return { code, ...said };
  } finally {
    process.env = kept;
    log.mock.restore();
    error.mock.restore();
  }
}

/** Backs the office up. */
function backup(words: readonly string[]): Promise<Ran> {
  const env = { ...settings, DATABASE_URL: office.databaseUrl };
  return runCommand(['backup', '--data', office.data, ...words], env);
}

async function taken(): Promise<{ to: string; keys: string; backup: string }> {
  const to = place('backups');
  const keys = place('keys');
  const ran = await backup(['--to', to, '--keys', keys]);
  assert.equal(ran.code, 0, ran.errors);
  const [name = '', ...more] = readdirSync(to);
  assert.equal(more.length, 0, 'nothing else is left there');
  return { to, keys, backup: join(to, name) };
}

/** Restores into the empty database and a data folder of its own, unless told otherwise. */
function restore(
  from: string,
  keys: string,
  { url = empty.url, data = place('data') }: { url?: string; data?: string } = {},
): Promise<Ran> {
  return runCommand(['restore', '--from', from, '--keys', keys, '--data', data], {
    ...settings,
    DATABASE_URL: url,
  });
}

/** Everything in the tables that a backup holds, in one order. */
async function contents({ db }: Pick<TestDatabase, 'db'>): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`.execute(db);
  const all = new Map<string, string[]>();
  for (const { name } of rows) {
    const table = await sql<{
      row: string;
    }>`SELECT t::text AS row FROM ${sql.table(name)} t ORDER BY 1`.execute(db);
    all.set(
      name,
      table.rows.map(({ row }) => row),
    );
  }
  return all;
}

describe('a backup', () => {
  it('holds everything of one moment but what dies with it, and is brought back as it was', async () => {
    const before = await contents(office);
    const { to, keys } = await taken();
    const ran = await restore(to, keys);
    assert.equal(ran.code, 0, ran.errors);
    assert.match(ran.out, /^restored: \d+ cases/m);
    assert.match(ran.out, /^audit record is whole/m);
    const restored = await contents(empty);
    assert.deepEqual([...restored.keys()], [...before.keys()]);
    for (const [name, rows] of before) {
      if (/^kysely_|^audit_/.test(name)) continue;
      const dies = ['visit', 'draft_file', 'handover', 'staff_session'].includes(name);
      assert.deepEqual(restored.get(name), dies ? [] : rows, name);
    }
    assert.ok(
      before.get('visit')?.length && before.get('staff_session')?.length,
      'there was something to leave',
    );
    const entries = before.get('audit_entry') ?? [];
    assert.deepEqual(
      restored.get('audit_entry')?.filter((row) => entries.includes(row)),
      entries,
    );
  });

  it('sees nothing of what is handed in while it is taken', async () => {
    const holding = office.db.transaction().execute(async (tx) => {
      // Cases have been copied by now; their history waits.
      await sql`LOCK TABLE case_event`.execute(tx);
      const under = taken();
      await eventually('the backup waits', async () => {
        const { rows } =
          await sql`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'case_event'::regclass
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`.execute(tx);
        return rows.length > 0;
      });
      const [id, number, key] = [randomUUID(), '2026-22222-22222', randomUUID()];
      const other = JSON.stringify({ id, number, submission_key: key, wrapped_key: null, key_id: null });
      await sql`INSERT INTO cases SELECT (jsonb_populate_record(c, ${other}::jsonb)).* FROM cases c
        WHERE number = ${handed.number}`.execute(tx);
      await sql`INSERT INTO case_event (case_id, at, kind, actor_kind) VALUES (${id}, now(), 'note', 'system')`.execute(
        tx,
      );
      return { under };
    });
    const { to, keys } = await (await holding).under;
    const ran = await restore(to, keys);
    assert.equal(ran.code, 0, ran.errors);
  });

  it('lets counters go on where they were', async () => {
    const { to, keys } = await taken();
    assert.equal((await restore(to, keys)).code, 0);
    const highest = sql<{ id: string }>`SELECT max(id) AS id FROM case_event`;
    const {
      rows: [last],
    } = await highest.execute(empty.db);
    await sql`INSERT INTO case_event (case_id, at, kind, actor_kind)
      SELECT id, now(), 'note', 'system' FROM cases LIMIT 1`.execute(empty.db);
    const {
      rows: [next],
    } = await highest.execute(empty.db);
    assert.ok(BigInt(next?.id ?? 0) > BigInt(last?.id ?? 0));
  });

  it('tells nothing without the keys, and belongs to its owner alone', async () => {
    const { to, backup: folder, keys } = await taken();
    const heap = filesBelow(to);
    const { rows } = await sql<{ name: string }>`SELECT name FROM staff`.execute(office.db);
    const words = [...rows.map(({ name }) => name), handed.number, handed.code, 'Kaiserstra'];
    assert.ok(words.length > 3);
    assert.deepEqual(found(heap, words), []);
    assert.ok(found(Buffer.from(`${handed.number} of somebody`), words).length > 0, 'the look would find it');
    for (const folderOfKeys of [keys, folder]) {
      assert.equal(statSync(folderOfKeys).mode & 0o777, 0o700);
      for (const name of readdirSync(folderOfKeys))
        assert.equal(statSync(join(folderOfKeys, name)).mode & 0o777, 0o600, name);
    }
    const none = await restore(to, place('nothing'));
    assert.equal(none.code, 1);
    assert.match(none.errors, /key is missing/);
    assert.equal(
      readdirSync(folder).some((name) => name.endsWith('.key')),
      false,
    );
  });

  it('is refused with a key that the database was not sealed with, or a damaged one, in words', async () => {
    const file = join(office.data, 'keys', 'house.key');
    const own = readFileSync(file, 'utf8');
    const foreign = readFileSync(join(office.data, 'keys', 'office-oa.key'), 'utf8');
    const to = place('foreign');
    try {
      for (const [content, said] of [
        [foreign, /house\.key: this is another key than the one the database was sealed with/],
        [own.slice(0, 20), /house\.key: the key file is cut off or damaged/],
      ] as const) {
        writeFileSync(file, content);
        const ran = await backup(['--to', to]);
        assert.equal(ran.code, 1);
        assert.match(ran.errors, said);
        assert.equal(existsSync(to), false);
      }
    } finally {
      writeFileSync(file, own);
    }
  });

  it('is refused where it and the keys would be copied together', async () => {
    const to = place('one');
    const live = join(office.data, 'keys');
    for (const words of [
      ['--to', to, '--keys', to],
      ['--to', to, '--keys', join(to, 'keys')],
      ['--to', join(to, 'x'), '--keys', to],
      ['--to', live],
      ['--to', join(live, 'backups')],
      ['--to', office.data],
    ]) {
      const ran = await backup(words);
      assert.equal(ran.code, 1, words.join(' '));
      assert.match(ran.errors, /nothing was backed up/);
    }
    assert.equal(existsSync(to), false);
    assert.deepEqual(
      readdirSync(live).filter((name) => !name.endsWith('.key')),
      [],
    );
  });

  it('is refused where it would be lost with the data', async () => {
    const link = place('link');
    symlinkSync(office.data, link);
    for (const words of [
      ['--to', join(office.data, 'backups')],
      ['--to', join(office.data, 'deep', 'down')],
      ['--to', join(link, 'backups')],
      ['--to', link],
      ['--to', join(office.data, '..', basename(office.data), 'backups')],
      ['--to', place('to'), '--keys', join(link, 'copies')],
    ]) {
      const ran = await backup(words);
      assert.equal(ran.code, 1, words.join(' '));
      assert.match(ran.errors, /nothing was backed up/);
    }
    assert.deepEqual(
      readdirSync(office.data).filter((name) => /backups|deep|copies|^amtomat/.test(name)),
      [],
    );
  });

  it('replaces no other key, and takes a wrong call for one', async () => {
    const keys = place('others');
    makeKeys(keys, []);
    const before = readFileSync(join(keys, 'house.key'));
    const ran = await backup(['--to', place('backups'), '--keys', keys]);
    assert.equal(ran.code, 1);
    assert.match(ran.errors, /another key/);
    assert.deepEqual(readFileSync(join(keys, 'house.key')), before);
    for (const words of [
      [],
      ['--to', 'x', '--keep', '0'],
      ['--to', 'x', '--kepp', '3'],
      ['--to', 'x', '--keep', '-1'],
    ])
      assert.equal((await backup(words)).code, 2, words.join(' '));
  });

  it('is not made of an office that is not there', async () => {
    const data = place('nowhere');
    const ran = await runCommand(['backup', '--to', place('backups'), '--data', data]);
    assert.equal(ran.code, 1);
    assert.match(ran.errors, /no office|key is missing/);
    assert.equal(existsSync(data), false);
    const made = await runCommand(['backup', '--to', place('backups'), '--data', office.data], {
      DATABASE_URL: empty.url,
    });
    assert.equal(made.code, 1);
    assert.match(made.errors, /holds no office/);
  });

  it('replaces old ones of this office only, and only when it is whole', async () => {
    const to = place('backups');
    mkdirSync(to);
    const foreign = join(to, 'amtomat-2020-01-01T00-00-00-000Z');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'manifest.json'), '{}');
    const dead = join(to, `.unfinished-${hostname()}-999999999`);
    mkdirSync(dead);
    for (let turn = 0; turn < 3; turn += 1) {
      const ran = await backup(['--to', to, '--keep', '2']);
      assert.equal(ran.code, 0, ran.errors);
    }
    const names = readdirSync(to).sort();
    assert.equal(names.length, 3, names.join(' '));
    assert.ok(existsSync(foreign));
    writeFileSync(join(place('x'), '..', 'full'), '');
    const failed = await backup(['--to', join(scratch, 'full', 'inside'), '--keep', '1']);
    assert.equal(failed.code, 1);
    assert.deepEqual(readdirSync(to).sort(), names);
  });

  it('is an entry of the audit record, with counts only', async () => {
    await taken();
    const entry = await office.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'backup.taken')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    assert.deepEqual(Object.keys(entry.detail).sort(), ['cases', 'entries']);
  });
});

describe('a restore is refused', () => {
  let given: { to: string; keys: string; backup: string };
  before(async () => {
    given = await taken();
  });

  async function refused(ran: Ran, why: RegExp): Promise<void> {
    assert.equal(ran.code, 1, ran.out);
    assert.match(ran.errors, why);
    assert.match(ran.errors, /nothing was restored/);
    assert.doesNotMatch(ran.errors, /^\s+at /m);
    const { rows } = await sql`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`.execute(empty.db);
    assert.equal(rows.length, 0, 'the database is as empty as before');
  }

  /** A copy of the backup that somebody has done something to. */
  function damaged(harm: (folder: string) => void): string {
    const folder = place('damaged');
    cpSync(given.backup, folder, { recursive: true });
    harm(folder);
    return folder;
  }

  it('where the database holds something', async () => {
    const before = await contents(office);
    const ran = await restore(given.to, given.keys, { url: office.databaseUrl });
    await refused(ran, /holds something already/);
    assert.deepEqual(await contents(office), before);
  });

  it('of a file that is cut, longer, changed, or missing', async () => {
    const file = 'cases.sealed';
    const cut = damaged((folder) => truncateSync(join(folder, file), statSync(join(folder, file)).size - 1));
    await refused(await restore(cut, given.keys), /cases\.sealed is cut/);
    const longer = damaged((folder) => appendFileSync(join(folder, file), 'x'));
    await refused(await restore(longer, given.keys), /cases\.sealed is cut/);
    const changed = damaged((folder) => {
      const bytes = readFileSync(join(folder, file));
      bytes[20] = (bytes[20] ?? 0) ^ 1;
      writeFileSync(join(folder, file), bytes);
    });
    await refused(await restore(changed, given.keys), /cases\.sealed was changed/);
    const missing = damaged((folder) => rmSync(join(folder, file)));
    await refused(await restore(missing, given.keys), /cases\.sealed is missing/);
  });

  it('with a manifest that does not fit or is not there', async () => {
    const other = damaged((folder) => {
      const path = join(folder, 'manifest.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/"cases": \d+/, '"cases": 77'));
    });
    await refused(
      await restore(other, given.keys),
      /do not belong to this backup, or its manifest was changed/,
    );
    const without = damaged((folder) => rmSync(join(folder, 'manifest.json')));
    await refused(await restore(without, given.keys), /holds no whole backup/);
  });

  it('with keys of another office, or without the key of an office that has cases', async () => {
    const others = place('others');
    makeKeys(others, ['tsk', 'oa']);
    const data = place('data');
    await refused(await restore(given.to, others, { data }), /do not belong to this backup/);
    const some = place('some');
    cpSync(given.keys, some, { recursive: true });
    rmSync(join(some, 'office-tsk.key'));
    await refused(await restore(given.to, some, { data }), /office-tsk\.key is missing/);
    makeKeys(some, ['tsk']);
    await refused(
      await restore(given.to, some, { data }),
      /office-tsk\.key is missing, or it is not the one/,
    );
    assert.equal(existsSync(data), false, 'nothing is made before that');
  });

  it('where other keys or other anchors are already', async () => {
    const data = place('data');
    makeKeys(join(data, 'keys'), ['tsk']);
    await refused(await restore(given.to, given.keys, { data }), /another key/);
    const later = place('later');
    mkdirSync(later);
    writeFileSync(join(later, 'audit-anchors.log'), 'of a later time\n');
    await refused(await restore(given.to, given.keys, { data: later }), /Keep it as evidence/);
  });

  it('for a wrong call', async () => {
    for (const words of [[], ['--from', given.to], ['--keys', given.keys], ['--frm', 'x']])
      assert.equal((await runCommand(['restore', ...words])).code, 2);
  });
});

/** The office goes on with what was backed up, as after the loss of its database. */
describe('an office after a restore', () => {
  it('knows its citizens, has forgotten its visitors, and sends nothing twice', async (t) => {
    const own = await startRunningOffice({}, { services: { fuehrungszeugnis: 'native' } });
    t.after(() => own.close());
    const fit = await own.standIns.fitConnect;
    const person = await arrive(own.origin);
    await person.walk(SERVICE, household(1));
    const pickup = await person.handIn(SERVICE);
    const drafting = await arrive(own.origin);
    await drafting.walk(SERVICE, household(2));
    const clerk = await signIn(own.origin, 'tsk');
    await fit.trouble({ down: true });
    const sender = await arrive(own.origin, 'rathaus-1');
    await sender.walk('fuehrungszeugnis', APPLICATION, 'identity');
    await signInAs(sender, own.origin, 'hans');
    while (sender.at !== 'review') await onwards(sender);
    await payByCard(sender, 'fuehrungszeugnis');
    await own.tryWork();

    const to = place('backups');
    const keys = place('keys');
    const env = { ...settings, DATABASE_URL: own.databaseUrl };
    assert.equal((await runCommand(['backup', '--to', to, '--keys', keys, '--data', own.data], env)).code, 0);
    // After the backup the authority is back, and gets it.
    await fit.trouble({});
    own.pass(3_600_000);
    await own.work();
    assert.equal(fit.submissions().length, 1);

    await own.restart(undefined, async () => {
      await clear(own);
      rmSync(join(own.data, 'audit-anchors.log'));
      const ran = await runCommand(['restore', '--from', to, '--keys', keys, '--data', own.data], env);
      assert.equal(ran.code, 0, ran.errors);
      assert.match(ran.out, /1 delivery waits/);
    });
    for (let turns = 0; turns < 3; turns += 1) await own.tryWork();
    assert.equal(fit.submissions().length, 1, 'nobody sent it again');

    const again = await arrive(own.origin);
    await again.openCase(pickup);
    assert.match(again.shown.text, new RegExp(pickup.number.replaceAll(/\W/g, '.')));
    await drafting.open(`/service/${SERVICE}/review`);
    assert.notEqual(drafting.at, 'review');
    assert.match((await clerk.get('/desk')).headers.get('location') ?? '', /sign-in/);
    const fresh = await signIn(own.origin, 'tsk');
    const path = await fresh.find(pickup.number);
    assert.ok(path);
    assert.match((await fresh.get(path)).text, /Kaiserstra/);
    const lead = await signIn(own.origin, 'lead');
    assert.match((await lead.get('/desk/alarms')).text, /Sicherung zurückgespielt/);
    const audit = await runCommand(['audit', 'verify', '--data', own.data], env);
    assert.equal(audit.code, 0, audit.out + audit.errors);
  });

  it('destroys again what was destroyed since, before anybody asks', async (t) => {
    const own = await startRunningOffice();
    t.after(() => own.close());
    const person = await arrive(own.origin);
    await person.walk(SERVICE, household(1));
    const pickup = await person.handIn(SERVICE);
    await own.work();
    const clerk = await signIn(own.origin, 'tsk');
    const path = await clerk.find(pickup.number);
    assert.ok(path);
    await clerk.act(path, 'take');
    await clerk.act(path, 'decide', { decision: 'rejected', text: 'Das holen wir nicht ab.' });
    const keyOf = () =>
      own.db
        .selectFrom('cases')
        .select(['state', 'wrapped_key'])
        .where('number', '=', pickup.number)
        .executeTakeFirstOrThrow();
    assert.equal((await keyOf()).state, 'rejected');
    const to = place('backups');
    const keys = place('keys');
    const env = { ...settings, DATABASE_URL: own.databaseUrl };
    assert.equal((await runCommand(['backup', '--to', to, '--keys', keys, '--data', own.data], env)).code, 0);
    own.pass(400 * 24 * 3_600_000);
    await own.tryWork();
    assert.equal((await keyOf()).wrapped_key, null);
    await own.restart(undefined, async () => {
      await clear(own);
      rmSync(join(own.data, 'audit-anchors.log'));
      const ran = await runCommand(['restore', '--from', to, '--keys', keys, '--data', own.data], env);
      assert.equal(ran.code, 0, ran.errors);
      assert.ok((await keyOf()).wrapped_key, 'the old database still holds the key');
    });
    await own.tryWork();
    assert.equal((await keyOf()).wrapped_key, null);
  });
});

const APPLICATION = {
  ...{
    forWhom: 'self',
    recipient: 'me',
    extended: 'no',
    otherNationality: 'no',
    payment: 'pay',
    deliverTo: 'home',
  },
  ...{ correct: 'yes' },
};

async function onwards(person: Citizen): Promise<void> {
  const was = person.at;
  const form = person.fill('fuehrungszeugnis', APPLICATION);
  const next = { name: '_action', value: 'next' };
  await person.press(form.press(form.offers(next.name, next.value) ? next : undefined));
  assert.notEqual(person.at, was, person.errors.join(', '));
}
