import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { readConfig } from '#config';
import { arrive, household } from '#test/citizen';
import { freshDatabase, type TestDatabase } from '#test/database';
import { type FlakyDatabase, flakyWayTo } from '#test/flaky-database';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { createRequests } from './requests.ts';
import { counter, gauge, openMetrics } from './text.ts';

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total'],
  gauge: [''],
  histogram: ['_bucket', '_count', '_sum'],
  info: ['_info'],
};

interface Parsed {
  /** Value by name and labels, as they are written. */
  samples: Map<string, number>;
  labels: Map<string, Set<string>>;
}

/** Reads an answer by the grammar of OpenMetrics 1.0, and refuses whatever that does not allow. */
function parse(text: string): Parsed {
  assert.ok(text.endsWith('# EOF\n'), 'it says where it ends');
  const parsed: Parsed = { samples: new Map(), labels: new Map() };
  const families = new Set<string>();
  let family = '';
  let type = '';
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').filter(Boolean)) {
    const [, word, name = '', rest = ''] = /^# (TYPE|UNIT|HELP) (\S+) (.*)$/.exec(line) ?? [];
    if (word === 'TYPE') {
      assert.ok(NAME.test(name) && rest in SUFFIXES && !families.has(name), line);
      [family, type] = [name, rest];
      families.add(name);
      continue;
    }
    if (word) {
      assert.equal(name, family, line);
      if (word === 'UNIT') assert.ok(family.endsWith(`_${rest}`), line);
      continue;
    }
    const [, sample = '', labels = '', value = ''] = /^(\w+)(?:\{([^\n]*)\})? (\S+)$/.exec(line) ?? [];
    assert.ok(sample.startsWith(family) && SUFFIXES[type]?.includes(sample.slice(family.length)), line);
    assert.ok(Number.isFinite(Number(value)), line);
    for (let left = labels; left !== ''; ) {
      const [all = '', label = '', said = ''] = LABEL.exec(left) ?? [];
      assert.ok(all, line);
      parsed.labels.set(label, (parsed.labels.get(label) ?? new Set()).add(said));
      left = left.slice(all.length);
    }
    const key = labels ? `${sample}{${labels}}` : sample;
    assert.ok(!parsed.samples.has(key), `once: ${line}`);
    parsed.samples.set(key, Number(value));
  }
  return parsed;
}

describe('measures as text', () => {
  it('keep to the grammar whatever a label holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.nat())), (entries) => {
        const values = entries.map(
          ([text, value], index) => [{ text, index: String(index) }, value] as const,
        );
        const { samples } = parse(openMetrics([gauge('a', 'A.', values), counter('b', 'B\n\\', values)]));
        assert.equal(samples.size, 2 * entries.length);
      }),
    );
  });

  it('count each request once, in every bucket that is wide enough', () => {
    const requests = createRequests();
    for (const seconds of [0.001, 0.3, 70])
      requests.answered({ method: 'GET', route: '/', status: 200, seconds });
    const { samples } = parse(openMetrics(requests.families()));
    const name = 'amtomat_request_duration_seconds';
    assert.equal(samples.get('amtomat_requests_total{method="GET",route="/",status="2xx"}'), 3);
    for (const [le, count] of [
      ['0.005', 1],
      ['0.25', 1],
      ['0.5', 2],
      ['10.0', 2],
      ['+Inf', 3],
    ])
      assert.equal(samples.get(`${name}_bucket{route="/",le="${le}"}`), count);
    assert.equal(samples.get(`${name}_count{route="/"}`), 3);
  });
});

describe('the port for measures', () => {
  let office: RunningOffice;
  let database: TestDatabase;
  let way: FlakyDatabase;
  before(async () => {
    database = await freshDatabase();
    way = await flakyWayTo(database.url);
    office = await startRunningOffice({ DATABASE_URL: way.url, AMTOMAT_METRICS: '127.0.0.1:0' });
  });
  after(async () => {
    way.mend();
    await office.close();
    await way.close();
    await database.drop();
  });

  const ask = (path = '/metrics', init: RequestInit = {}) => fetch(`${office.metrics}${path}`, init);
  const measured = async (): Promise<Parsed> => parse(await (await ask()).text());

  /** A request with whatever method. */
  function knock(method: string, path: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(office.origin);
      const sent = request({ hostname, port, method, path }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode));
      });
      sent.once('error', reject);
      sent.end();
    });
  }

  it('tells how the office is', async () => {
    const answer = await ask();
    assert.equal(answer.status, 200);
    assert.equal(
      answer.headers.get('content-type'),
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
    await fetch(`${office.origin}/health`);
    const { samples } = await measured();
    for (const name of [
      'amtomat_database_up',
      'amtomat_payments_unknown',
      'amtomat_visits_open',
      'amtomat_event_loop_delay_seconds{quantile="0.99"}',
      'amtomat_memory_bytes{kind="rss"}',
      'amtomat_database_waiting{pool="page"}',
      'amtomat_requests_total{method="GET",route="/health",status="2xx"}',
    ])
      assert.ok(samples.has(name), name);
    assert.ok([...samples.keys()].some((key) => /^amtomat_build_info\{version="\d/.test(key)));
  });

  it('counts what waits, stands still and is not known', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const before = new Date(office.now().getTime() - 3_600_000);
    await sql`INSERT INTO cases (id, number, service, service_version, office, site, language, state, access_hash,
      submission_key, created_at, updated_at) VALUES (${id}, '1', 's', 1, 'oa', 'x', 'de', 'new', '\\x00',
      gen_random_uuid(), now(), now())`.execute(database.db);
    for (const state of ['waiting', 'parked', 'parked'])
      await sql`INSERT INTO outbox (id, case_id, channel, state, next_at, created_at) VALUES (gen_random_uuid(), ${id},
        'by-pigeon', ${state}, ${before}, ${before})`.execute(database.db);
    await sql`INSERT INTO payment (id, case_id, reference, service, office, language, way, site, amount_cents, state, created_at,
      updated_at) VALUES (gen_random_uuid(), ${id}, '1', 's', 'oa', 'de', 'page', 'x', 100, 'unknown', ${before}, ${before})`.execute(
      database.db,
    );
    await office.tryWork();
    const { samples } = await measured();
    const done = samples.get('amtomat_job_done_timestamp_seconds{job="retention"}') ?? 0;
    assert.ok(Math.abs(done - office.now().getTime() / 1000) < 3_600, 'of this hour');
    assert.equal(samples.get('amtomat_job_failures{job="retention"}'), 0);
    assert.equal(samples.get('amtomat_deliveries_waiting{channel="by-pigeon"}'), 1);
    assert.equal(samples.get('amtomat_deliveries_parked{channel="by-pigeon"}'), 2);
    assert.ok((samples.get('amtomat_deliveries_age_seconds{channel="by-pigeon"}') ?? 0) >= 3_600);
    assert.equal(samples.get('amtomat_payments_unknown'), 1);
  });

  it('has an end, however odd the paths and methods of strangers are', async () => {
    const odd = async (round: number): Promise<void> => {
      for (let turn = 0; turn < 40; turn += 1) {
        const mark = `${round}-${turn}`;
        await knock('GET', `/odd-${mark}/"\\?x=${mark}`);
        await knock('POST', `/odd-${mark}`);
        await knock('GET', `/service/odd-${mark}`);
        await knock(['PURGE', 'PROPFIND', 'MKCOL', 'DELETE'][turn % 4] ?? 'PUT', `/odd-${mark}`);
        await knock('GET', `/desk/odd-${mark}`);
      }
    };
    await odd(1);
    const { samples } = await measured();
    await odd(2);
    const again = await measured();
    assert.deepEqual([...again.samples.keys()].sort(), [...samples.keys()].sort());
    assert.doesNotMatch([...again.samples.keys()].join('\n'), /odd|PURGE|MKCOL/);
    const refused = (parsed: Parsed): number =>
      parsed.samples.get('amtomat_refused_requests_total{status="405"}') ?? 0;
    assert.equal(refused(again) - refused({ ...again, samples }), 40);
  });

  it('tells nothing of a person, and no id', async () => {
    const person = await arrive(office.origin);
    await person.walk('sperrmuell', household(7));
    const { number, code } = await person.handIn('sperrmuell');
    await person.openCase({ number, code });
    const text = await (await ask()).text();
    parse(text);
    for (const word of [number, code, 'Kaiserstra']) assert.equal(text.includes(word), false, word);
    assert.doesNotMatch(text, /[0-9a-f]{8}-[0-9a-f]{4}-|[A-Za-z0-9_-]{40,}"/);
  });

  it('knows one address, and the public port does not know that', async () => {
    assert.equal((await fetch(`${office.origin}/metrics`)).status, 404);
    assert.notEqual(new URL(office.metrics ?? '').port, new URL(office.origin).port);
    for (const [path = '', method = ''] of [
      ['/', 'GET'],
      ['/metrics', 'POST'],
      ['/metrics/x', 'GET'],
      ['/desk', 'GET'],
    ])
      assert.equal((await ask(path, { method })).status, 404, `${method} ${path}`);
    assert.equal((await ask('/metrics', { method: 'HEAD' })).status, 200);
    const { problems } = readConfig({ AMTOMAT_METRICS: '127.0.0.1:8080' }, []);
    assert.match(problems.join('\n'), /AMTOMAT_METRICS.*port/);
    for (const text of ['9464', 'somewhere:9464', '127.0.0.1:99999', '127.0.0.1'])
      assert.match(readConfig({ AMTOMAT_METRICS: text }, []).problems.join('\n'), /AMTOMAT_METRICS/, text);
    assert.equal(readConfig({}, []).config.metrics, undefined);
    assert.deepEqual(readConfig({ AMTOMAT_METRICS: '[::1]:9464' }, []).config.metrics, {
      host: '::1',
      port: 9464,
    });
  });

  it('says that the database is away, and the rest all the same', async () => {
    way.cut();
    try {
      const { samples } = await measured();
      assert.equal(samples.get('amtomat_database_up'), 0);
      assert.ok(samples.has('amtomat_memory_bytes{kind="rss"}'));
      assert.equal(samples.has('amtomat_visits_open'), false);
    } finally {
      way.mend();
    }
  });
});
