import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'connections-'));
after(() => rmSync(folder, { recursive: true }));

writeFileSync(join(folder, 'zvt.password'), '123456\n', { mode: 0o600 });

function read(yaml: string, env: Record<string, string> = {}) {
  const file = join(folder, 'connections.yaml');
  writeFileSync(file, yaml);
  return readConfig({ ...env, AMTOMAT_CONNECTIONS: file }, []);
}

test('connections are read, and named files stand in their place', () => {
  const { config, problems } = read(`
cardTerminals:
  - { terminal: rathaus-1, host: 10.0.0.5, port: 20007, password: zvt.password }
devices: { eid: "http://127.0.0.1:24728", key: zvt.password }
`);
  assert.deepEqual(problems, []);
  assert.deepEqual(config.connections.cardTerminals, [
    { terminal: 'rathaus-1', host: '10.0.0.5', port: 20007, password: '123456\n' },
  ]);
  assert.equal(config.connections.devices?.eid, 'http://127.0.0.1:24728');
  assert.deepEqual(readConfig({}, []).config.connections, {});
});

test('a trial may reach what runs on this very machine without https, a real office may not', () => {
  const paying = (url: string): string =>
    `payPage: { url: "${url}", originator: a, endpoint: b, token: zvt.password }\n`;
  const about = ({ problems }: ReturnType<typeof read>): string[] =>
    problems.filter((problem) => problem.includes('connections.yaml'));
  assert.deepEqual(about(read(paying('http://127.0.0.1:4711'))), []);
  assert.deepEqual(about(read(paying('https://pay.example'))), []);
  assert.equal(about(read(paying('http://127.0.0.1.pay.example'))).length, 1);
  assert.equal(about(read(paying('http://127.0.0.1:4711'), { AMTOMAT_ENV: 'production' })).length, 1);
});

test('a secret that others may read keeps production closed, and says how to mend it; certificates are for everybody', () => {
  const open = (name: string, mode: number): string => {
    writeFileSync(join(folder, name), 'x');
    chmodSync(join(folder, name), mode);
    return name;
  };
  const [token, key, cert] = [open('token', 0o640), open('sign.key', 0o604), open('sign.crt', 0o644)];
  const pair = `{ key: ${key}, certificate: ${cert} }`;
  const yaml = `payPage: { url: "https://pay.example", originator: a, endpoint: b, token: ${token} }
bundid: { metadata: ${cert}, signing: ${pair}, decryption: ${pair}, organisation: Stadt }
`;
  const about = (env: Record<string, string>): string[] =>
    read(yaml, env)
      .problems.flatMap((problem) => problem.split('\n'))
      .filter((line) => line.includes('.yaml:'));
  const production = { AMTOMAT_ENV: 'production' };
  assert.deepEqual(about({}), [], 'a trial has no secrets');
  const said = about(production);
  assert.equal(said.length, 3, said.join('\n'));
  for (const [index, name] of [token, key, key].entries()) {
    assert.ok(said[index]?.startsWith(`${join(folder, 'connections.yaml')}:${index === 0 ? 1 : 2}: `));
    assert.ok(said[index]?.endsWith(`chmod 600 ${join(folder, name)}`), said[index]);
  }
  assert.deepEqual(
    about({ ...production, CREDENTIALS_DIRECTORY: folder }),
    [],
    'systemd keeps others out itself',
  );
  assert.equal(about({ ...production, CREDENTIALS_DIRECTORY: join(folder, 'none') }).length, 3);
  for (const name of [token, key]) chmodSync(join(folder, name), 0o400);
  assert.deepEqual(about(production), []);
});

for (const [what, yaml, line, message] of [
  [
    'a file that is not there',
    'faer:\n  url: https://kba.example\n  key: none.key\n',
    3,
    'none.key cannot be read',
  ],
  ['an address without https', 'faer:\n  url: http://kba.example\n  key: x\n', 2, 'https://'],
  ['a word that means nothing', 'bundit:\n  metadata: x\n', 1, 'bundit'],
  [
    'a device that is not on the terminal',
    'devices:\n  eid: "http://eid.example"\n  key: zvt.password\n',
    2,
    '',
  ],
] as const) {
  test(`${what} is named with file and line, and without what stands in other files`, () => {
    const { problems } = read(yaml);
    assert.equal(problems.length, 1);
    assert.ok(problems[0]?.startsWith(`${join(folder, 'connections.yaml')}:${line}: `), problems[0]);
    assert.ok(problems[0]?.includes(message), problems[0]);
  });
}
