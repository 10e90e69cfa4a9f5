import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ConfigError, keyProblems, loadConfig } from '#config';

const NOON = Date.parse('2026-12-01T12:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'amtomat-config-'));
after(() => rmSync(folder, { recursive: true }));

function problemsOf(env: Record<string, string>, argv: string[] = []): readonly string[] {
  try {
    loadConfig(env, argv, NOON);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
}

/** Settings a real office could run with. */
function production(): Record<string, string> {
  mkdirSync(join(folder, 'keys'), { recursive: true });
  writeFileSync(join(folder, 'keys', 'house.key'), '', { mode: 0o600 });
  return {
    AMTOMAT_ENV: 'production',
    AMTOMAT_KEYS: join(folder, 'keys'),
    AMTOMAT_PUBLIC_URL: 'https://amt.example.de',
    AMTOMAT_OIDC_ISSUER: 'https://anmeldung.example.de/realms/stadt',
    AMTOMAT_OIDC_CLIENT_ID: 'buergerbuero',
    AMTOMAT_OIDC_CLIENT_SECRET: 'fZ3kq9vLw0Tn5yXb',
    DATABASE_URL: 'postgresql://office@db.example.de/office?sslmode=verify-full',
  };
}

describe('settings', () => {
  it('need nothing for trying the office', () => {
    const config = loadConfig({}, [], NOON);
    assert.equal(config.host, '127.0.0.1');
    assert.equal(config.port, 8080);
    assert.equal(config.sandbox, true);
    assert.equal(config.production, false);
    assert.equal(config.databaseUrl, undefined);
    assert.equal(config.clockOffsetMs, 0);
    assert.match(config.cityFolder, /\/city\/karlsruhe$/);
  });

  it('come from flags and environment', () => {
    const env = {
      AMTOMAT_CLOCK: '+2d',
      AMTOMAT_CITY: '/srv/cities/bad-aibling',
      AMTOMAT_PROXY: '10.0.0.1, ::1',
    };
    const config = loadConfig(env, ['--port', '0', '--host', '0.0.0.0', '--data', '/srv/office'], NOON);
    assert.equal(config.port, 0);
    assert.equal(config.host, '0.0.0.0');
    assert.equal(config.dataFolder, '/srv/office');
    assert.equal(config.keyFolder, '/srv/office/keys');
    assert.equal(config.cityFolder, '/srv/cities/bad-aibling');
    assert.equal(config.clockOffsetMs, 172_800_000);
    assert.deepEqual(config.proxies, ['10.0.0.1', '::1']);
  });

  it('set the clock to an instant', () => {
    const config = loadConfig({ AMTOMAT_CLOCK: '2026-12-01T13:30:00+01:00' }, [], NOON);
    assert.equal(config.clockOffsetMs, 1_800_000);
  });

  it('name everything that is wrong at once', () => {
    const env = { AMTOMAT_CLOCK: 'tomorrow', AMTOMAT_ENV: 'prod', AMTOMAT_PUBLIC_URL: 'amt.example.de/x' };
    const problems = problemsOf(env, ['--port', '99999']);
    assert.equal(problems.length, 4);
    for (const [index, word] of ['AMTOMAT_ENV', '--port', 'AMTOMAT_PUBLIC_URL', 'AMTOMAT_CLOCK'].entries()) {
      assert.match(problems[index] ?? '', new RegExp(word));
    }
  });

  it('refuse flags that do not exist', () => {
    assert.match(problemsOf({}, ['--prot', '1'])[0] ?? '', /--prot/);
  });

  for (const [name, near] of [
    ['AMTOMAT_PUBLIC_URI', 'AMTOMAT_PUBLIC_URL'],
    ['AMTOMAT_OIDC_CLIENTID', 'AMTOMAT_OIDC_CLIENT_ID'],
    ['AMTOMAT_CONECTIONS', 'AMTOMAT_CONNECTIONS'],
    ['amtomat_env', 'AMTOMAT_ENV'],
    ['AMTOMAT_ENVIRONMENT', ''],
    ['AMTOMAT_PORT', ''],
    ['AMTOMAT_', ''],
  ] as const)
    it(`name ${name}, which is none`, () => {
      const problems = problemsOf({ [name]: 'Hunter2' });
      assert.equal(problems.length, 1);
      assert.ok(problems[0]?.startsWith(`${name} is no setting; `), problems[0]);
      assert.ok(problems[0]?.includes(near), problems[0]);
      assert.doesNotMatch(problems[0] ?? '', /Hunter2/);
      assert.match(problemsOf({ ...production(), [name]: 'x' }).join(), /is no setting/);
    });

  it('are not mistaken for what tests, pictures and a cluster have of their own', () => {
    const others = {
      ...{ AMTOMAT_TEST_PG: 'x', AMTOMAT_SEED: '7', AMTOMAT_CHROMIUM: '/usr/bin/chromium', AMTOMATIC: 'x' },
      ...{
        AMTOMAT_SERVICE_HOST: '10.0.0.1',
        AMTOMAT_SERVICE_PORT_HTTP: '80',
        AMTOMAT_PORT: 'tcp://10.0.0.1:80',
      },
      ...{ AMTOMAT_PORT_80_TCP: 'tcp://10.0.0.1:80', AMTOMAT_PORT_80_TCP_ADDR: '10.0.0.1' },
    };
    assert.deepEqual(problemsOf({ ...production(), ...others }), []);
  });

  it('never repeat a password', () => {
    assert.doesNotMatch(problemsOf({ DATABASE_URL: 'mysql://me:hunter2@db' }).join(), /hunter2/);
  });

  it('sign staff in elsewhere only when all three settings are there', () => {
    const issuer = 'https://anmeldung.example.de';
    assert.match(problemsOf({ AMTOMAT_OIDC_ISSUER: issuer })[0] ?? '', /CLIENT_ID/);
  });
});

describe('production', () => {
  it('starts with everything in place', () => {
    const config = loadConfig(production(), [], NOON);
    assert.equal(config.sandbox, false);
    assert.equal(config.logLevel, 'info');
  });

  it('names everything that is missing', () => {
    const all = problemsOf({ AMTOMAT_ENV: 'production', AMTOMAT_KEYS: join(folder, 'none') }).join('\n');
    for (const name of [
      'DATABASE_URL',
      'AMTOMAT_PUBLIC_URL',
      'AMTOMAT_OIDC_ISSUER',
      'AMTOMAT_OIDC_CLIENT_ID',
      'AMTOMAT_OIDC_CLIENT_SECRET',
      'house.key',
    ]) {
      assert.match(all, new RegExp(name));
    }
  });

  const unfit: Record<string, [string, string]> = {
    'a shifted clock': ['AMTOMAT_CLOCK', '+1d'],
    'an address without encryption': ['AMTOMAT_PUBLIC_URL', 'http://amt.example.de'],
    'a provider without encryption': ['AMTOMAT_OIDC_ISSUER', 'http://anmeldung.example.de'],
    'a stand-in on this machine': ['AMTOMAT_OIDC_ISSUER', 'https://localhost:8081'],
    'a placeholder for a secret': ['AMTOMAT_OIDC_CLIENT_SECRET', 'change-me-please-now'],
    'a secret of one repeated letter': ['AMTOMAT_OIDC_CLIENT_SECRET', 'xxxxxxxxxxxxxxxxxxxx'],
    'a secret of two letters': ['AMTOMAT_OIDC_CLIENT_SECRET', 'abababababababababab'],
    'a row of digits for a secret': ['AMTOMAT_OIDC_CLIENT_SECRET', '1234567890123456'],
    'a row of the keyboard for a secret': ['AMTOMAT_OIDC_CLIENT_SECRET', 'Buergeramt-Qwertzuiop'],
    'an address of this machine alone': ['AMTOMAT_PUBLIC_URL', 'https://localhost'],
    'TLS that believes everybody': ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    'a password out of digits': ['DATABASE_URL', 'postgresql://office:123456@db/office?sslmode=verify-full'],
    'a short secret': ['AMTOMAT_OIDC_CLIENT_SECRET', 'fZ3kq9vL'],
    'a default password': ['DATABASE_URL', 'postgresql://office:postgres@db/office?sslmode=verify-full'],
    'the name as password': ['DATABASE_URL', 'postgresql://office:office@db/office?sslmode=verify-full'],
    'no limit for strangers': ['AMTOMAT_RATE', '0'],
    'everybody as a proxy': ['AMTOMAT_PROXY', '*'],
    'a way of signing that does not exist': ['AMTOMAT_SIGNER', 'trusted'],
    'an empty key folder': ['AMTOMAT_KEYS', '/nonexistent'],
  };
  for (const [what, [name, value]] of Object.entries(unfit)) {
    it(`refuses ${what}`, () => {
      const problems = problemsOf({ ...production(), [name]: value });
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', name === 'AMTOMAT_KEYS' ? /key is missing/ : new RegExp(name));
    });
  }

  const PROBLEM = /^DATABASE_URL leads to another machine without TLS/;
  for (const way of [
    'db.example.de/office',
    'db.example.de/office?sslmode=disable',
    'db.example.de/office?sslmode=prefer',
    'db.example.de/office?sslmode=require',
    'db.example.de/office?sslmode=no-verify',
    'db.example.de/office?ssl=true',
    'db.example.de/office?sslmode=disable&sslmode=verify-full',
    'db.example.de/office?sslmode=verify-full&sslmode=no-verify',
    'db.example.de/office?uselibpqcompat=true&sslmode=verify-full',
    'localhost/office?host=db.example.de',
    '127.0.0.1.example.de/office',
    '10.0.0.5/office',
    '[fd00::5]/office',
  ])
    it(`refuses the database ${way}, which is not sure to be the right one`, () => {
      const problems = problemsOf({ ...production(), DATABASE_URL: `postgresql://office@${way}` });
      assert.equal(problems.length, 1, problems.join());
      assert.match(problems[0] ?? '', PROBLEM);
    });

  it('refuses a database on another machine that only the environment names', () => {
    for (const url of ['postgresql://office@/office', 'postgresql:///office']) {
      const there = { ...production(), DATABASE_URL: url, PGHOST: 'db.example.de' };
      assert.match(problemsOf(there).join(), PROBLEM);
      assert.deepEqual(problemsOf({ ...there, PGHOST: '/run/postgresql' }), []);
    }
  });

  for (const way of [
    'office@db.example.de/office?sslmode=verify-full&sslrootcert=/etc/amtomat/db.pem',
    '/office?host=/run/postgresql',
    'office@%2Frun%2Fpostgresql/office',
    'office@localhost/office',
    'office@127.0.0.1:5433/office',
    'office@[::1]/office',
  ])
    it(`takes the database ${way}`, () => {
      assert.deepEqual(problemsOf({ ...production(), DATABASE_URL: `postgresql://${way}` }), []);
    });

  for (const proxy of [
    '*',
    '10.0.0.0/8',
    '0.0.0.0',
    '::',
    '0:0:0:0:0:0:0:0',
    '::ffff:0.0.0.0',
    'proxy',
    '10.0.0.1, *',
    '10.0.0.1;10.0.0.2',
  ])
    it(`refuses the proxy ${proxy}`, () => {
      const problems = problemsOf({ ...production(), AMTOMAT_PROXY: proxy });
      assert.equal(problems.length, 1, problems.join());
      assert.match(problems[0] ?? '', /^AMTOMAT_PROXY=/);
    });

  for (const mode of [0o640, 0o604, 0o660, 0o610, 0o444])
    it(`refuses a key with mode 0${mode.toString(8)}`, () => {
      const env = production();
      const file = join(folder, 'keys', 'house.key');
      chmodSync(file, mode);
      const [problem, ...more] = problemsOf(env);
      chmodSync(file, 0o400);
      assert.deepEqual(more, []);
      assert.ok(problem?.startsWith(`${file}: others than its owner may read`), problem);
      assert.ok(problem?.endsWith(`chmod 600 ${file}`), problem);
      assert.deepEqual(problemsOf(env), [], '0400 is fine');
      chmodSync(file, 0o600);
    });

  it('says which offices have no key', () => {
    production();
    assert.match(keyProblems(join(folder, 'keys'), ['house', 'office-oa']).join(), /^[^,]*office-oa\.key/);
  });
});

describe('the provider that signs staff in', () => {
  const read = (more: Record<string, string>) => loadConfig(more, []).oidc;

  it('is used as the standard has it, unless the settings say otherwise', () => {
    const { secretBy, scope, claims, offices, roles } = read({});
    assert.deepEqual(
      { secretBy, scope, claims, offices, roles },
      {
        ...{ secretBy: 'basic', scope: undefined, claims: { offices: 'offices', roles: 'roles' } },
        ...{ offices: undefined, roles: undefined },
      },
    );
  });

  it('is asked again each quarter of an hour, or as the settings say', () => {
    assert.equal(read({}).recheckMinutes, 15);
    assert.equal(read({ AMTOMAT_OIDC_RECHECK: '5' }).recheckMinutes, 5);
  });

  it('may have names of a directory for offices and roles', () => {
    const { offices, roles } = read({
      AMTOMAT_OIDC_OFFICES: 'cn=Amt 33,ou=Stadt=oa; G-TSK = tsk ;',
      AMTOMAT_OIDC_ROLES: 'G-Leitung=lead',
    });
    assert.deepEqual(offices, { 'cn=Amt 33,ou=Stadt': 'oa', 'G-TSK': 'tsk' });
    assert.deepEqual(roles, { 'G-Leitung': 'lead' });
  });

  it('is refused with what cannot be', () => {
    for (const [name, value] of [
      ['AMTOMAT_OIDC_SECRET_BY', 'head'],
      ['AMTOMAT_OIDC_SCOPE', 'profile'],
      ['AMTOMAT_OIDC_OFFICES', 'oa'],
      ['AMTOMAT_OIDC_OFFICES', '=oa'],
      ['AMTOMAT_OIDC_ROLES', 'G-Leitung=boss'],
      ['AMTOMAT_OIDC_RECHECK', '0'],
      ['AMTOMAT_OIDC_RECHECK', '61'],
      ['AMTOMAT_OIDC_RECHECK', '1e1'],
      ['AMTOMAT_OIDC_RECHECK', 'never'],
    ] as const) {
      assert.match(problemsOf({ [name]: value }).join(), new RegExp(name), value);
    }
  });
});
