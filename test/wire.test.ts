import assert from 'node:assert/strict';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { sampleFile } from '#play';
import { arrive, type Citizen, CONFIRMATION, ending, household } from '#test/citizen';
import { type Clerk, signIn } from '#test/clerk';
import { createClient } from '#test/client';
import { isOutOfProportion } from '#test/proportion';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const MANDATE = 'wohnungsgeberbestaetigung';

let office: RunningOffice;
let person: Citizen;
let clerk: Clerk;
let number: string;
let casePath: string;

before(async () => {
  office = await startRunningOffice();
  const mandate = sampleFile('sample.pdf');
  assert.ok(mandate);
  person = await arrive(office.origin);
  await person.walk(MANDATE, { ...CONFIRMATION, mandate });
  ({ number } = await person.handIn(MANDATE));
  await office.work();
  clerk = await signIn(office.origin, 'oa');
  casePath = (await clerk.find(number)) ?? '';
});
after(() => office.close());

interface Raw {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Asks with headers that fetch() would not let through. */
function ask(
  path: string,
  headers: Record<string, string | string[]> = {},
  method = 'GET',
  body = '',
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const call = request(office.origin, { path, method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Sends bytes as they are. @returns the first line of the answer, empty when the connection was closed without one */
function askRaw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(office.origin).port), '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
      if (text.includes('\r\n')) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''));
  });
}

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
const ALWAYS = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()',
  'cache-control': 'no-store',
};
/** Of the transfer itself, or of this one answer. */
const OTHER = new Set([
  ...['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-type', 'vary'],
  ...['content-encoding', 'location', 'set-cookie', 'allow', 'retry-after', 'content-disposition', 'refresh'],
]);

function assertHeaders(name: string, headers: IncomingHttpHeaders | Headers, changes = {}): void {
  const got = headers instanceof Headers ? Object.fromEntries(headers) : headers;
  const expected: Record<string, string> = { ...ALWAYS, ...changes };
  for (const [header, value] of Object.entries(expected))
    assert.equal(got[header], value, `${name}: ${header}`);
  const more = Object.keys(got).filter((header) => !(header in expected) && !OTHER.has(header));
  assert.deepEqual(more, [], `${name}: nothing else is told`);
}

describe('every answer', () => {
  it('has exactly the headers it should have', async () => {
    const { client } = person;
    const asset = /\/assets\/[\w.-]+\.css/.exec(person.shown.text)?.[0] ?? '';
    assert.ok(asset);
    const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };
    const fresh = createClient(office.origin);
    const answers = {
      page: await client.get('/'),
      journey: await client.get(`/service/${MANDATE}`),
      redirect: await client.get('/status/case'),
      'not found': await client.get('/nothing/here'),
      'not found in a service': await client.get(`/service/${MANDATE}/nothing`),
      health: await client.get('/health'),
      ready: await client.get('/ready'),
      services: await client.get('/api/services'),
      'no such interface': await client.get('/api/nothing'),
      'wrong code': await fresh.post('/status', { number: 'x', code: 'y' }),
      'not our form': await client.post('/visit/alive', {}),
      'not a form': await client.send('/status', { method: 'POST', body: 'x' }),
      'other method': await client.send('/', { method: 'DELETE' }),
      'cross-site': await client.send('/status', {
        method: 'POST',
        headers: { 'sec-fetch-site': 'cross-site' },
      }),
      'too large': await client.post('/status', { number: 'x'.repeat(200_000) }),
      desk: await clerk.get('/desk'),
      'desk, signed out': await fresh.get('/desk'),
      'desk, not found': await clerk.get('/desk/nothing'),
      case: await clerk.get(casePath),
    };
    for (const [name, { status, headers }] of Object.entries(answers)) {
      assert.ok(status < 500, name);
      assertHeaders(name, headers);
    }
    for (const name of ['receipt.pdf', 'document.pdf'])
      assertHeaders(name, (await client.get(`/papers/${number}/${name}`)).headers, {
        'content-security-policy': "sandbox; default-src 'none'",
      });
    assertHeaders('asset', (await client.get(asset)).headers, forEver);
    assertHeaders('streets', (await client.get('/city/streets.json')).headers, {
      'cache-control': 'public, max-age=3600',
    });
    assertHeaders('unreadable request', (await ask('http://evil.example/')).headers);
  });

  it('tells the browser to forget everything when the visit ends', async () => {
    // A terminal must stay one, and the goodbye is still to be told: each cookie goes by its name.
    const forget = { 'clear-site-data': '"cache", "storage"' };
    for (const where of [undefined, 'rathaus-1']) {
      const someone = await arrive(office.origin, where);
      await someone.walk('sperrmuell', household(1), 'bulkyItems');
      await someone.open('/');
      const { headers } = await someone.send(ending(someone));
      assertHeaders('end', headers, forget);
      const [cookie = ''] = headers.getSetCookie().filter((line) => line.startsWith('__Host-visit='));
      assert.match(cookie, /^__Host-visit=;.*Max-Age=0/i);
    }
    const moving = await arrive(office.origin, 'rathaus-1');
    await moving.walk('sperrmuell', household(2), 'bulkyItems');
    await moving.press(moving.form('/visit/handover').press());
    assertHeaders('the code', moving.shown.headers);
    const phone = await arrive(office.origin);
    const code = /data-handover="[^"]*(\/handover\/[^"]+)"/.exec(moving.shown.text)?.[1] ?? '';
    await phone.open(code);
    await phone.press(phone.form(code).press());
    await moving.open('/visit/handover');
    assertHeaders('handover', moving.shown.headers, forget);
  });

  it('keeps cookies to this host, to https, and from scripts', async () => {
    const client = createClient(office.origin);
    const lines: string[] = [];
    const take = ({ headers }: { headers: Headers }): void => void lines.push(...headers.getSetCookie());
    take(await client.get('/terminal/rathaus-1'));
    take(await client.post('/service/sperrmuell', {}));
    const start = await client.get('/desk/sign-in/start');
    take(start);
    const login = await client.follow(start);
    const back = await client.post(login.url, { person: 'oa' });
    let answer = back;
    for (let hops = 0; hops < 8 && answer.headers.get('location'); hops += 1) {
      answer = await client.get(new URL(answer.headers.get('location') ?? '', answer.url).href);
      if (answer.url.startsWith(office.origin)) take(answer);
    }
    const names = new Set(lines.map((line) => line.slice(0, line.indexOf('='))));
    assert.deepEqual(
      names,
      new Set(['__Host-terminal', '__Host-visit', '__Host-desk', '__Host-desk-sign-in', '__Host-desk-proof']),
    );
    for (const line of lines) {
      const attributes = line
        .split('; ')
        .slice(1)
        .map((one) => one.toLowerCase());
      for (const wanted of ['path=/', 'secure', 'httponly', 'samesite=lax'])
        assert.ok(attributes.includes(wanted), `${line}: ${wanted}`);
      assert.ok(!attributes.some((one) => one.startsWith('domain')), line);
    }
  });

  it('insists on https where people come by https', async () => {
    const other = await startRunningOffice({ AMTOMAT_PUBLIC_URL: 'https://amt.example.de' });
    try {
      const { headers } = await fetch(`${other.origin}/`);
      assertHeaders('https', headers, { 'strict-transport-security': 'max-age=63072000; includeSubDomains' });
    } finally {
      await other.close();
    }
  });
});

describe('the name a request is sent to', () => {
  it('stands on no page and leads nowhere', async () => {
    const cookie = person.client.cookies().join('; ');
    const names = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    };
    for (const path of [
      '/',
      `/service/${MANDATE}/done`,
      '/status',
      '/desk',
      '/desk/sign-in/start',
      '/nothing',
    ]) {
      const { text, headers } = await ask(path, { ...names, cookie });
      assert.doesNotMatch(`${text}${JSON.stringify(headers)}`, /evil\.example/, path);
    }
  });

  it('is given once, and not as part of the path', async () => {
    assert.equal((await ask('http://evil.example/')).status, 400);
    assert.match(await askRaw('GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'), / 400 /);
    assert.match(await askRaw('GET / HTTP/1.1\r\n\r\n'), / 400 /);
  });
});

describe('a request that is not what it seems', () => {
  it('is not read in two ways', async () => {
    const post = 'POST /status HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n';
    const hidden = 'GET /desk HTTP/1.1\r\nHost: a\r\n\r\n';
    for (const bytes of [
      `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
      `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`,
      `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
      `${post}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
      `${post}Content-Length: +3\r\n\r\nabc`,
      'GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n\tfolded\r\nBad Header: x\r\n\r\n',
      'GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ])
      assert.match(await askRaw(bytes), / 4\d\d |^$/, bytes.slice(0, 120));
    const chunked = await askRaw(`${post}Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n`);
    assert.match(chunked, / 411 /);
  });

  it('has headers of a sensible size', async () => {
    for (const headers of [{ 'x-long': 'x'.repeat(30_000) }, { cookie: `a=${'x'.repeat(30_000)}` }])
      assert.equal((await ask('/', headers)).status, 431);
    const paths = [`/${'a'.repeat(10_000)}`, `/search?q=${'a'.repeat(10_000)}`];
    for (const path of paths) assert.ok([200, 404, 414].includes((await ask(path)).status));
  });

  it('does not keep others waiting when it comes drop by drop', async () => {
    const { port } = new URL(office.origin);
    const slow: Socket[] = [];
    for (let count = 0; count < 200; count += 1) {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-'),
      );
      socket.on('error', () => {});
      slow.push(socket);
    }
    await Promise.all(slow.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    assert.equal((await ask('/')).status, 200);
    // Not one of them was given up or answered first.
    assert.ok(slow.every((socket) => !socket.readableEnded && socket.bytesRead === 0));
    for (const socket of slow) socket.destroy();
  });

  it('does not get at files by its path', async () => {
    const ways = [
      '../package.json',
      '..%2fpackage.json',
      '%2e%2e/%2e%2e/etc/passwd',
      '..\\..\\etc\\passwd',
      '%00',
    ];
    ways.push('%5c..%5c..%5cpackage.json', '//etc/passwd', '%c0%ae%c0%ae/', 'con', '%ff%fe', '%', '%E0%A4%A');
    const places = ['/', '/assets/', '/service/', `/service/${MANDATE}/`, `/papers/${number}/`, '/papers/'];
    places.push('/terminal/', '/farewell/', '/handover/', '/desk/', '/desk/cases/', `${casePath}/files/`);
    places.push('/desk/tours/sperrmuell/', '/desk/tours/');
    const headers = { cookie: [...person.client.cookies(), ...clerk.cookies()].join('; ') };
    for (const place of places) {
      for (const way of ways) {
        const { status, text } = await ask(`${place}${way}`, headers);
        // A slash at the end of what is nowhere is taken off.
        const leads = (status === 303 || (status === 308 && way.endsWith('/'))) && text === '';
        assert.ok(
          [400, 404, 410].includes(status) || place === '/farewell/' || leads,
          `${place}${way}: ${status}`,
        );
        assert.doesNotMatch(text, /"name": "amtomat"|root:/);
      }
    }
  });

  it('cannot write its own lines into the log', async () => {
    const before = office.logged().split('\n').length;
    const line = '%0d%0a{"level":60,"msg":"forged"}%1b[31m';
    await ask(`/service/${line}`, {
      'user-agent': '{"level":60,"msg":"forged"}',
      'x-forwarded-for': '%s%n$(forged) {jndi:ldap://forged}',
    });
    await ask(`/papers/${line}/${line}?${line}`);
    // Control signs in a path do not get beyond the door; the rest of it does, and a query has them.
    const rest = line.replace(/%0d%0a|%1b/g, '');
    await ask(`/service/${rest}?${line}`);
    await ask(`/papers/${rest}/${rest}`);
    await person.client.post('/status', { number: 'a\r\n{"level":60}', code: '\u001b[31mforged' });
    const lines = office
      .logged()
      .split('\n')
      .slice(before - 1, -1);
    assert.equal(lines.length, 3);
    for (const one of lines) assert.equal(JSON.parse(one).msg, 'request');
    const odd = [...office.logged()].filter((sign) => sign < ' ' && sign !== '\n');
    assert.deepEqual(odd, []);
    assert.doesNotMatch(office.logged(), /forged/);
  });
});

describe('a body that is too much', () => {
  /** So many times as long as an ordinary answer; what runs away takes thousands of times as long. */
  const MOST = 200;
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

  const ordinary = () => person.client.post('/status', { number: '1', code: '2' });

  async function quickly(what: string, send: () => Promise<{ status: number }>): Promise<number> {
    let status = 0;
    const odd = async (): Promise<void> => {
      ({ status } = await send());
    };
    assert.equal(await isOutOfProportion(ordinary, odd, MOST), false, what);
    return status;
  }

  it('is refused without being worked through', async () => {
    const send = (body: string) => () =>
      person.client.send('/status', { method: 'POST', headers: form, body });
    assert.equal(await quickly('10 MB', send(`number=${'9'.repeat(10_000_000)}`)), 413);
    const many = Array.from({ length: 10_000 }, (_, index) => `f${index}=1`).join('&');
    assert.equal(await quickly('10,000 fields', send(many)), 413);
    assert.equal(await quickly('a deep name', send(`${'a['.repeat(40_000)}=1`)), 403);
    const parts = Array.from(
      { length: 10_000 },
      (_, index) => `--x\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\n1\r\n`,
    );
    const multipart = { ...form, 'content-type': 'multipart/form-data; boundary=x' };
    const sent = () =>
      person.client.send('/status', {
        method: 'POST',
        headers: multipart,
        body: `${parts.join('')}--x--\r\n`,
      });
    assert.equal(await quickly('10,000 parts', sent), 413);
  });

  const NASTY = [
    `${'a'.repeat(20_000)}!`,
    ' '.repeat(20_000),
    '9'.repeat(20_000),
    `+${'4'.repeat(20_000)}`,
    `${'a@'.repeat(10_000)}`,
    `a@${'a-'.repeat(10_000)}.de`,
    `${'-'.repeat(20_000)}1`,
    `${'\u0301'.repeat(10_000)}`,
    `${'Straße '.repeat(2_000)}`,
    '\u202e\u0000\ufeff',
    '-1e999',
    'NaN',
  ];

  it('is answered in proportion whatever stands in a field, on every page', async () => {
    for (const [service, answers] of [
      ['sperrmuell', { ...household(5), place: 'other', placeDetails: 'Neben der Linde' }],
      [MANDATE, { ...CONFIRMATION, mandate: sampleFile('sample.png') as never }],
    ] as const) {
      const someone = await arrive(office.origin);
      await someone.open(`/service/${service}`);
      await someone.press(someone.form(`/service/${service}`).press());
      while (someone.at !== 'review') {
        if (await someone.signsIn(answers)) continue;
        const form = someone.fill(service, answers);
        const next = { name: '_action', value: 'next' };
        const sent = form.press(form.offers(next.name, next.value) ? next : undefined);
        const typed = sent.entries.filter(([name, value]) => form.has(name) && typeof value === 'string');
        // Cut so that all fields together are not refused for their size alone.
        for (const nasty of typed.length > 0 ? NASTY : []) {
          const bytesOfOne = new URLSearchParams({ '': nasty }).toString().length / nasty.length;
          const part = nasty.slice(0, Math.floor(100_000 / bytesOfOne / typed.length));
          const entries = sent.entries.map(([name, value]) => [name, form.has(name) ? part : value] as const);
          const what = `${service}/${someone.at} with "${nasty.slice(0, 8)}"`;
          const status = await quickly(what, () => someone.send({ ...sent, multipart: false, entries }));
          assert.ok(status === 422 || status === 303, `${what}: ${status}`);
        }
        const was = someone.at;
        await someone.press(sent);
        assert.notEqual(someone.at, was, `${was}: ${someone.errors.join()}`);
      }
    }
  });
});
