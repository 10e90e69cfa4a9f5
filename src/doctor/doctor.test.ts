import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { append } from '#audit';
import { loadCity } from '#city';
import { type Config, readConfig } from '#config';
import { makeCertificate } from '#sandbox/bundid';
import { makeKeys } from '#seal';
import { emptyDatabase, freshDatabase, type TestDatabase } from '#test/database';
import type { Check, Ground, State } from './check.ts';
import { createExaminer, examine, verdict } from './examine.ts';

const DAY_MS = 24 * 3_600_000;
const AT = new Date('2026-11-23T09:00:00Z');
const { city } = loadCity('city/karlsruhe');
assert.ok(city);
const SECRET = 'Geheimnis-of-the-office';

let database: TestDatabase;
let folder: string;
/** Another side that answers as it is told. */
let other: Server;
let origin: string;
let answer: { status: number; body: object } = { status: 200, body: {} };
before(async () => {
  other = createServer((_, outgoing) => {
    outgoing.writeHead(answer.status, { 'Content-Type': 'application/json' });
    outgoing.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});
after(() => other.close());
beforeEach(async () => {
  database = await freshDatabase(4);
  folder = mkdtempSync(join(tmpdir(), 'amtomat-doctor-'));
  makeKeys(join(folder, 'keys'), [...city.offices.keys()]);
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const { key, certificate } = makeCertificate('Stadt', { now: () => AT });
const base64 = certificate.replace(/-----[A-Z ]+-----|\s/g, '');
const METADATA = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example"><IDPSSODescriptor>
<KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/></IDPSSODescriptor></EntityDescriptor>`;

/** Everything that an office can be connected with, at the other side. */
function connections(): Config['connections'] {
  return {
    bundid: {
      metadata: METADATA,
      signing: { key, certificate },
      decryption: { key, certificate },
      organisation: 'Stadt',
    },
    cardTerminals: [
      {
        terminal: 'rathaus-1',
        host: '127.0.0.1',
        port: (other.address() as AddressInfo).port,
        password: SECRET,
      },
    ],
    payPage: { url: `${origin}/pay`, originator: '1', endpoint: 'e', token: SECRET },
    fitConnect: {
      ...{ tokenUrl: `${origin}/token`, api: origin, clientId: 'office', clientSecret: SECRET },
      ...{ trusted: certificate, authorities: {} },
    },
  };
}

function ground(changes: Partial<Config> = {}, more: Partial<Ground> = {}): Ground {
  const { config } = readConfig({}, ['--data', folder]);
  const oidc = { ...config.oidc, issuer: origin, clientId: 'desk', clientSecret: SECRET };
  return {
    config: { ...config, connections: connections(), oidc, ...changes },
    ...{ city, db: database.db, problems: [], at: AT, realAt: AT },
    ...more,
  };
}

/** @returns the states of one check's lines */
async function statesOf(id: string, given: Ground): Promise<State[]> {
  return (await examine(given)).filter((line) => line.id === id).map(({ state }) => state);
}

describe('looking at the office', () => {
  it('finds nothing wrong where nothing is, and says so in both languages without a secret', async () => {
    answer = { status: 200, body: { issuer: origin, access_token: SECRET } };
    const lines = await examine(ground());
    assert.deepEqual(
      lines.filter(
        ({ state, id }) => (state === 'bad' || state === 'soon') && id !== 'disk' && id !== 'clock',
      ),
      [],
    );
    for (const { name, says } of lines)
      for (const text of [name.de, name.en, says.de, says.en]) assert.ok(text);
    assert.equal(JSON.stringify(lines).includes(SECRET), false);
  });

  it('waits for nobody, and tells codes instead of messages', async () => {
    const check = (id: string, look: Check['look']): Check => ({ id, name: { de: id, en: id }, look });
    const lines = await examine(ground(), {
      checks: [
        check('hangs', () => new Promise(() => {})),
        check('fails', async () => {
          throw Object.assign(new Error(SECRET), { code: 'EHOSTUNREACH' });
        }),
        check('works', async () => [{ state: 'well', says: { de: 'gut', en: 'good' } }]),
      ],
      withinMs: 5,
    });
    assert.deepEqual(
      lines.map(({ id, state }) => [id, state]),
      [
        ['hangs', 'bad'],
        ['fails', 'bad'],
        ['works', 'well'],
      ],
    );
    assert.match(JSON.stringify(lines), /EHOSTUNREACH/);
    assert.equal(JSON.stringify(lines).includes(SECRET), false);
  });

  it('is as bad as its worst line', () => {
    assert.equal(verdict([{ state: 'well' }, { state: 'none' }]), 0);
    assert.equal(verdict([{ state: 'soon' }, { state: 'well' }]), 1);
    assert.equal(verdict([{ state: 'soon' }, { state: 'bad' }]), 2);
  });

  it('happens once for many who ask', async () => {
    let looks = 0;
    let now = AT.getTime();
    const examiner = createExaminer(
      async () => {
        looks += 1;
        return ground({ connections: {} });
      },
      () => now,
    );
    await Promise.all(Array.from({ length: 20 }, examiner));
    assert.equal(looks, 1);
    now += 60_000;
    await examiner();
    assert.equal(looks, 2);
  });
});

describe('what is wrong is found', () => {
  it('in settings, and without a database', async () => {
    assert.deepEqual(await statesOf('settings', ground({}, { problems: ['a\nb', 'c'] })), [
      'bad',
      'bad',
      'bad',
    ]);
    const named = { databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing' };
    assert.deepEqual(await statesOf('database', ground(named, { db: undefined })), ['bad']);
  });

  it('in what was an office and holds nothing any more; a new one is only not there yet', async () => {
    const states = async (given: Ground): Promise<string[]> =>
      (await examine(given))
        .filter(({ id }) => ['database', 'deliveries', 'payments', 'jobs', 'audit', 'backups'].includes(id))
        .map(({ id, state }) => `${id} ${state}`);
    const quiet = ['deliveries none', 'payments none', 'jobs none', 'audit none', 'backups none'];
    const empty = await emptyDatabase();
    try {
      const grounds = [ground({ production: true }, { db: empty.db }), ground({}, { db: undefined })];
      for (const one of grounds) assert.deepEqual(await states(one), ['database soon', ...quiet]);
      writeFileSync(join(folder, 'audit-anchors.log'), '2026-11-23T09:00:00.000Z 7 00 00\n');
      for (const one of grounds) {
        assert.deepEqual(await states(one), ['database bad', ...quiet]);
        const [line] = (await examine(one)).filter(({ id }) => id === 'database');
        assert.match(line?.todo?.en ?? '', /restore/);
        assert.doesNotMatch(line?.todo?.en ?? '', /start/);
      }
    } finally {
      await empty.drop();
    }
  });

  it('in keys that a trial has not made yet: nothing', async () => {
    rmSync(join(folder, 'keys'), { recursive: true });
    assert.deepEqual(await statesOf('keys', ground({}, { db: undefined })), ['none']);
    const production = await statesOf('keys', ground({ production: true }, { db: undefined }));
    assert.ok(production.length > 0 && production.every((state) => state === 'bad'));
  });

  it('in a database of another version', async () => {
    await sql`DELETE FROM kysely_migration WHERE name = '0001-first-visit'`.execute(database.db);
    assert.deepEqual(await statesOf('database', ground()), ['bad']);
  });

  it('in keys that are missing, open to others, cut, or of another office', async () => {
    const file = join(folder, 'keys/office-tsk.key');
    chmodSync(file, 0o640);
    const [open] = (await examine(ground())).filter(({ id }) => id === 'keys');
    assert.deepEqual([open?.state, open?.todo?.en], ['bad', `chmod 600 ${file}`]);
    chmodSync(file, 0o600);
    assert.deepEqual(await statesOf('keys', ground()), ['well']);
    await sql`INSERT INTO cases (id, number, service, service_version, office, site, language, state, access_hash,
      submission_key, created_at, updated_at, key_id, wrapped_key) VALUES (gen_random_uuid(), '1', 's', 1, 'tsk', 'x', 'de',
      'new', '\\x00', gen_random_uuid(), now(), now(), 'k', ${Buffer.alloc(60)})`.execute(database.db);
    assert.deepEqual(await statesOf('keys', ground()), ['bad']);
    truncateSync(file, 10);
    const [cut] = (await examine(ground())).filter(({ id }) => id === 'keys');
    assert.match(cut?.says.en ?? '', /office-tsk\.key: the key file is cut off or damaged/);
    rmSync(file);
    assert.deepEqual(await statesOf('keys', ground()), ['bad']);
  });

  it('in certificates that have ended or end soon', async () => {
    for (const [days, state] of [
      [3_600, 'well'],
      [3_625, 'soon'],
      [3_651, 'bad'],
    ] as const) {
      const realAt = new Date(AT.getTime() + days * DAY_MS);
      assert.deepEqual(
        await statesOf('bundid', ground({}, { realAt })),
        [state, state, state],
        `${days} days`,
      );
      assert.equal((await statesOf('fitConnect', ground({}, { realAt })))[1], state);
    }
  });

  it('in other sides that refuse, are something else, or are not there', async () => {
    answer = { status: 401, body: {} };
    assert.equal((await statesOf('fitConnect', ground()))[0], 'bad');
    assert.deepEqual(await statesOf('staff', ground()), ['bad']);
    assert.deepEqual(await statesOf('payPage', ground()), ['well'], 'it answers');
    answer = { status: 200, body: { issuer: 'https://other.example', token: 1 } };
    assert.deepEqual(await statesOf('staff', ground()), ['bad']);
    assert.equal((await statesOf('fitConnect', ground()))[0], 'bad');
    const nowhere = 'http://127.0.0.1:9';
    const gone = ground({
      oidc: { ...ground().config.oidc, issuer: nowhere },
      publicUrl: 'https://127.0.0.1:9',
      connections: {
        ...connections(),
        cardTerminals: [{ terminal: 'rathaus-1', host: '127.0.0.1', port: 9, password: SECRET }],
        payPage: { url: nowhere, originator: '1', endpoint: 'e', token: SECRET },
      },
    });
    for (const id of ['staff', 'cardTerminals', 'payPage', 'address'])
      assert.deepEqual(await statesOf(id, gone), ['bad'], id);
  });

  it('in a backup that is old or was never taken, in production', async () => {
    const production = ground({ production: true });
    assert.deepEqual(await statesOf('backups', production), ['soon']);
    await database.db
      .transaction()
      .execute((tx) => append(tx, { at: AT, actor: 'system', action: 'backup.taken', subject: 'office' }));
    assert.deepEqual(await statesOf('backups', production), ['well']);
    const later = ground({}, { at: new Date(AT.getTime() + 2 * DAY_MS) });
    assert.deepEqual(await statesOf('backups', later), ['soon']);
  });

  it('in deliveries that wait or stand still, in payments and in the audit record', async () => {
    await database.db
      .transaction()
      .execute((tx) => append(tx, { at: AT, actor: 'system', action: 'case.read', subject: 'x' }));
    const quiet = ['deliveries', 'payments', 'audit'];
    for (const id of quiet) assert.deepEqual(await statesOf(id, ground()), ['well'], id);
    await sql`INSERT INTO cases (id, number, service, service_version, office, site, language, state, access_hash,
      submission_key, created_at, updated_at) VALUES ('00000000-0000-4000-8000-000000000001', '1', 's', 1, 'oa', 'x', 'de',
      'new', '\\x00', gen_random_uuid(), now(), now())`.execute(database.db);
    for (const state of ['waiting', 'parked'])
      await sql`INSERT INTO outbox (id, case_id, channel, state, next_at, created_at) VALUES (gen_random_uuid(),
        '00000000-0000-4000-8000-000000000001', 'fit-connect', ${state}, ${AT}, ${new Date(AT.getTime() - DAY_MS)})`.execute(
        database.db,
      );
    await sql`INSERT INTO payment (id, case_id, reference, service, office, language, way, site, amount_cents, state, stray,
      created_at, updated_at) VALUES (gen_random_uuid(), gen_random_uuid(), '1', 's', 'oa', 'de', 'page', 'x', 100, 'unknown', false,
      ${new Date(AT.getTime() - DAY_MS)}, ${new Date(AT.getTime() - DAY_MS)})`.execute(database.db);
    await sql`INSERT INTO job (name, lane, holder, started_at, ended_at, result, failures) VALUES ('retention', '', gen_random_uuid(),
      ${AT}, ${AT}, 'failed', 3), ('payments', '', gen_random_uuid(), ${AT}, ${AT}, 'done', 0)`.execute(
      database.db,
    );
    await sql`UPDATE audit_entry SET actor = 'system', action = 'case.changed'`.execute(database.db);
    assert.deepEqual(await statesOf('deliveries', ground()), ['soon', 'soon']);
    assert.deepEqual(await statesOf('payments', ground()), ['soon']);
    assert.deepEqual(await statesOf('jobs', ground()), ['soon']);
    assert.deepEqual(await statesOf('audit', ground()), ['bad']);
  });
});
