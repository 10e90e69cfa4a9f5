import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { run } from './check.ts';

const definitions = join(import.meta.dirname, '../../test/broken');
const scratch = mkdtempSync(join(tmpdir(), 'amtomat-check-'));
after(() => rmSync(scratch, { recursive: true }));

test('the command prints each problem and ends with 1', async (t) => {
  const said: string[] = [];
  t.mock.method(console, 'error', (text: string) => said.push(text));
  const folder = join(scratch, 'teahouse');
  cpSync(join(definitions, 'healthy'), folder, { recursive: true });
  cpSync(join(definitions, 'unknown-name'), folder, { recursive: true });
  assert.equal(await run([folder]), 1);
  assert.match(said.join('\n'), /teahouse\/service\.yaml:21: when: `kidn` is not .*\n+1 problem found/s);
  said.length = 0;
  assert.equal(await run([join(scratch, 'nowhere')]), 1);
  assert.match(said.join('\n'), /cannot be read/);
});

test('the command names what neither the city nor the house has, and what may have been meant', async (t) => {
  const said: string[] = [];
  t.mock.method(console, 'error', (text: string) => said.push(text));
  const folder = join(scratch, 'lost', 'teahouse');
  cpSync(join(definitions, 'healthy'), folder, { recursive: true });
  const file = join(folder, 'service.yaml');
  const text = readFileSync(file, 'utf8');
  for (const [from, to, line, message] of [
    ['office: oa', 'office: nowhere', 4, /office "nowhere" is unknown in Karlsruhe/],
    ['office: oa', 'office: standesmat', 4, /office "standesmat" .* Did you mean `standesamt`/],
    ['pictogram: info\nful', 'pictogram: infoo\nful', 9, /pictogram "infoo" is unknown here.* mean `info`/],
    ['pictogram: info, tone', 'pictogram: mlik, tone', 23, /pictogram "mlik" is unknown here/],
    ['{ id: green }', '{ id: green, pictogram: tee }', 17, /pictogram "tee"/],
    ['calendar: sperrmuell,', 'calendar: sperrmüll,', 43, /calendar "sperrmüll".*mean `sperrmuell`/],
    ['decisions: [', 'decisions: [rejcted, ', 63, /`rejcted` is no decision.*Did you mean `rejected`/],
    ['decisions: [', 'decisions: [done, ', 63, /decision `done` is there twice/],
    [
      'decisions:',
      'delivery: { channel: fit-connect, authority: bjf, name: Amt }\ndecisions:',
      63,
      /authority "bjf" is unknown.*Did you mean `bfj`/,
    ],
    ['decisions:', 'places: [{ kind: office, ref: oaa }]\ndecisions:', 63, /office "oaa"/],
  ] as const) {
    assert.ok(text.includes(from), from);
    writeFileSync(file, text.replace(from, to));
    said.length = 0;
    assert.equal(await run([folder]), 1, to);
    const found = said.join('\n').split('\n');
    assert.ok(
      found.some((one) => one.startsWith(`${file}:${line}: `) && message.test(one)),
      `${to}: ${said.join('\n')}`,
    );
  }
});

test('the command takes what a city lays over a service for the service, and names tasks that no service has', async (t) => {
  const [said, wrong]: string[][] = [[], []];
  t.mock.method(console, 'log', (text: string) => said?.push(text));
  t.mock.method(console, 'error', (text: string) => wrong?.push(text));
  assert.equal(await run(['city/karlsruhe/services/urkunden']), 0);
  assert.match(said?.join() ?? '', /^1 service with \d+ journeys/);
  const city = join(scratch, 'tasks');
  cpSync('city/musterstadt', city, { recursive: true });
  const offices = join(city, 'offices.yaml');
  writeFileSync(offices, readFileSync(offices, 'utf8').replace('steuern]', 'steuern, steurn]'));
  const before = process.env.AMTOMAT_CITY;
  process.env.AMTOMAT_CITY = city;
  try {
    assert.equal(await run([]), 1);
  } finally {
    if (before === undefined) delete process.env.AMTOMAT_CITY;
    else process.env.AMTOMAT_CITY = before;
  }
  assert.match(
    wrong?.join() ?? '',
    /offices.yaml:5: no service names the task "steurn". Did you mean `steuern`/,
  );
});

test('the command names tiles and decisions of the city about services that there are not', async (t) => {
  const said: string[] = [];
  t.mock.method(console, 'error', (text: string) => said.push(text));
  const city = join(scratch, 'city');
  cpSync(join(import.meta.dirname, '../../city/karlsruhe'), city, { recursive: true });
  const file = join(city, 'city.yaml');
  const text = readFileSync(file, 'utf8').replace('  - sperrmuell', '  - spermuell');
  writeFileSync(file, `${text}services: { urkundne: native }\n`);
  const before = process.env.AMTOMAT_CITY;
  process.env.AMTOMAT_CITY = city;
  t.after(() => {
    if (before === undefined) delete process.env.AMTOMAT_CITY;
    else process.env.AMTOMAT_CITY = before;
  });
  assert.equal(await run([]), 1);
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.indexOf('  - spermuell') + 1;
  assert.match(
    said.join('\n'),
    new RegExp(`city.yaml:${line}: there is no service "spermuell". Did you mean .sperrmuell`),
  );
  assert.match(said.join('\n'), /there is no service "urkundne"\. Did you mean .urkunden/);
});

/** Runs the command on a copy of the city whose file was changed. @returns what it said */
async function saidOf(t: TestContext, name: string, change: (text: string) => string | undefined) {
  const said: string[] = [];
  t.mock.method(console, 'error', (text: string) => said.push(text));
  const city = mkdtempSync(join(scratch, 'city-'));
  cpSync(join(import.meta.dirname, '../../city/karlsruhe'), city, { recursive: true });
  const file = join(city, name);
  const text = change(readFileSync(file, 'utf8'));
  if (text === undefined) rmSync(file);
  else writeFileSync(file, text);
  const before = process.env.AMTOMAT_CITY;
  process.env.AMTOMAT_CITY = city;
  try {
    assert.equal(await run([]), 1);
  } finally {
    if (before === undefined) delete process.env.AMTOMAT_CITY;
    else process.env.AMTOMAT_CITY = before;
  }
  return said.join('\n');
}

test('the command names a tile that is there twice', async (t) => {
  const said = await saidOf(t, 'city.yaml', (text) =>
    text.replace('  - sperrmuell', '  - sperrmuell\n  - sperrmuell'),
  );
  assert.match(said, /city\.yaml:\d+: tile "sperrmuell" is there twice\n+1 problem found/);
});

test('the command says of a city that does not load what is wrong there, in words, and nothing of journeys', async (t) => {
  assert.match(
    await saidOf(t, 'tours.yaml', () => undefined),
    /^\S+tours\.yaml:1: is missing\n+1 problem found$/,
  );
  for (const [from, to, message] of [
    [/weekdays: \[.*?\]/, 'weekdays: [0]', /days are 1 \(Monday\) to 7 \(Sunday\)/],
    [/horizonDays: \d+/, 'horizonDays: many', /horizonDays: a (whole )?number belongs here, not `many`/],
    [/horizonDays: \d+/, 'horizonDays: 1.5', /horizonDays: a whole number belongs here, not `1.5`/],
    [/horizonDays: \d+/, 'horizonDays: 4000', /`4000` is too large: at most 366/],
  ] as const) {
    const said = await saidOf(t, 'tours.yaml', (text) => text.replace(from, to));
    assert.match(said, message);
    assert.doesNotMatch(said, /journeys/);
  }
});

test('the command names media types that no office takes', async (t) => {
  const said: string[] = [];
  t.mock.method(console, 'error', (text: string) => said.push(text));
  const folder = join(scratch, 'accepts', 'wohnungsgeberbestaetigung');
  cpSync(join(import.meta.dirname, '../../services/wohnungsgeberbestaetigung'), folder, { recursive: true });
  const file = join(folder, 'service.yaml');
  const text = readFileSync(file, 'utf8');
  for (const [kind, message] of [
    ['aplication/pdf', /`aplication\/pdf` is none of .*Did you mean `application\/pdf`/],
    ['image/tiff', /`image\/tiff` is none of `application\/pdf`, `image\/jpeg`, `image\/png`/],
  ] as const) {
    said.length = 0;
    writeFileSync(file, text.replace(/accept: \[.*?\]/, `accept: [${kind}]`));
    assert.equal(await run([folder]), 1);
    assert.match(said.join('\n'), message);
  }
});

test('the services of this office are well', async (t) => {
  const said: string[] = [];
  t.mock.method(console, 'log', (text: string) => said.push(text));
  t.mock.method(console, 'error', (text: string) => said.push(text));
  assert.equal(await run([]), 0, said.join('\n'));
  assert.match(said.join('\n'), /\d+ services with \d+ journeys: all well/);
});

test('the command takes a city’s folder and names what is wrong there', async (t) => {
  const said: string[] = [];
  t.mock.method(console, 'error', (text: string) => said.push(text));
  const before = process.env.AMTOMAT_CITY;
  t.after(() => {
    if (before === undefined) delete process.env.AMTOMAT_CITY;
    else process.env.AMTOMAT_CITY = before;
  });
  const folder = join(scratch, 'town');
  cpSync('city/musterstadt', folder, { recursive: true });
  const file = join(folder, 'city.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('state: NI', 'state: BY'));
  assert.equal(await run([folder]), 1);
  assert.match(said.join('\n'), /city\.yaml:\d+: BY is not the Land of "03999999": that is NI/);
});
