import assert from 'node:assert/strict';
import http from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import {
  type App,
  bodyOf,
  createApp,
  type ErrorPage,
  errorPage,
  healthRoutes,
  type Listening,
  type ListenSettings,
  listen,
} from '#http';
import { createLog } from '#log';
import { createClock } from '#time';

const lines: string[] = [];
const log = createLog('info', createClock(), { write: (line: string) => void lines.push(line) });
let door: Listening | undefined;
afterEach(async () => {
  await door?.close();
  lines.length = 0;
});

/** Opens a door with these routes on a free port. */
async function open(routes: (app: App) => void, settings: Partial<ListenSettings> = {}): Promise<string> {
  const page: ErrorPage = (status) => errorPage(status, { phone: '115' });
  const app = createApp({
    ...{ log, errorPage: page },
    uploads: { bytes: 300_000, taken: (path) => path === '/files' },
  });
  routes(app);
  door = await listen({
    host: '127.0.0.1',
    port: 0,
    publicUrl: '',
    production: false,
    proxies: [],
    requestsPerSecond: 1_000,
    fromElsewhere: new Set(['/letter']),
    errorPage: page,
    first: app.fetch,
    ...settings,
  });
  return door.origin;
}

/** Asks with headers that fetch() would not let through. */
function ask(
  url: string,
  options: http.RequestOptions,
  body?: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent: false, ...options }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Sends bytes as they are. @returns the first line of the answer */
async function askRaw(origin: string, bytes: string): Promise<string> {
  return (await askAll(origin, bytes)).split('\r\n')[0] ?? '';
}

/** Sends bytes as they are. @returns all of the answer */
function askAll(origin: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(origin);
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
      if (text.includes('</html>')) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

const hello = (app: App): void => {
  app.get('/hello/:name', (c) => c.text('hello'));
  for (const path of ['/hello', '/files'])
    app.post(path, async (c) => c.text(String((await c.req.text()).length)));
};

describe('headers', () => {
  it('allow a page only what it needs', async () => {
    const origin = await open(hello);
    const { headers } = await fetch(`${origin}/hello/x`);
    const csp = headers.get('content-security-policy') ?? '';
    assert.match(csp, /^default-src 'none';/);
    assert.doesNotMatch(csp, /unsafe|\*/);
    for (const part of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "script-src 'self'",
    ]) {
      assert.ok(csp.split('; ').includes(part), part);
    }
    const expected = {
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(headers.get(name), value);
    assert.match(headers.get('permissions-policy') ?? '', /camera=\(\)/);
    assert.equal(headers.get('strict-transport-security'), null);
    assert.equal(headers.get('x-powered-by'), null);
  });

  it('stand on errors and refusals too', async () => {
    const origin = await open(hello);
    for (const answer of [
      await fetch(`${origin}/nothing`),
      await fetch(`${origin}/hello`, { method: 'POST', headers: { 'Sec-Fetch-Site': 'cross-site' } }),
    ]) {
      assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    }
  });

  it('give way to what a page sets itself', async () => {
    const origin = await open((app) =>
      app.get('/a.css', (c) => c.text('', 200, { 'Cache-Control': 'max-age=9' })),
    );
    assert.equal((await fetch(`${origin}/a.css`)).headers.get('cache-control'), 'max-age=9');
  });

  it('insist on https where people use it', async () => {
    const origin = await open(hello, { publicUrl: 'https://amt.example.de' });
    const { headers } = await fetch(`${origin}/hello/x`);
    assert.match(headers.get('strict-transport-security') ?? '', /max-age=63072000/);
  });
});

describe('the gate', () => {
  const production = { production: true, publicUrl: 'https://amt.example.de' };
  const post = (headers: Record<string, string>): http.RequestOptions => ({ method: 'POST', headers });

  it('turns away forms of other sites', async () => {
    const origin = await open(hello);
    const { host } = new URL(origin);
    const own = `http://${host}`;
    const cases: [Record<string, string>, number][] = [
      [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }, 200],
      [{ 'Sec-Fetch-Site': 'same-site', Origin: own }, 403],
      [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
      [{ Origin: own }, 200],
      [{ Origin: 'https://evil.example' }, 403],
      [{ Origin: 'not an origin' }, 403],
      [{ Origin: `https://${host}` }, 403],
      [{ Origin: own.replace(/\d+$/, '1') }, 403],
      [{ Origin: `${own}/` }, 403],
      [{}, 200],
    ];
    for (const [headers, status] of cases) {
      const answer = await ask(`${origin}/hello`, post(headers), 'a=b');
      assert.equal(answer.status, status, JSON.stringify(headers));
    }
  });

  it('compares whole origins in production, not hosts', async () => {
    const origin = await open(hello, production);
    const from = (Origin: string) =>
      ask(`${origin}/hello`, post({ Host: 'amt.example.de', Origin })).then(({ status }) => status);
    assert.equal(await from('https://amt.example.de'), 200);
    for (const other of [
      'http://amt.example.de',
      'https://amt.example.de:8443',
      'https://www.amt.example.de',
    ])
      assert.equal(await from(other), 403, other);
  });

  it('lets other sites link to it', async () => {
    const origin = await open(hello);
    const answer = await fetch(`${origin}/hello/x`, { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    assert.equal(answer.status, 200);
  });

  it('answers in production under its own name only, health excepted', async () => {
    const origin = await open((app) => {
      hello(app);
      healthRoutes(app, async () => ({
        database: true,
        storage: true,
        migrations: true,
        services: 1,
        today: '2026-12-01',
      }));
    }, production);
    const as = (path: string, Host: string) => ask(`${origin}${path}`, { headers: { Host } });
    assert.equal((await as('/hello/x', 'amt.example.de')).status, 200);
    assert.equal((await as('/hello/x', 'AMT.example.de')).status, 200);
    assert.equal((await as('/hello/x', 'evil.example')).status, 421);
    assert.equal((await as('/health', '10.0.0.7')).status, 200);
    assert.equal((await as('/ready', '10.0.0.7')).status, 200);
  });

  it('trusts an origin "null" in production only with the browser\'s own word', async () => {
    const origin = await open(hello, production);
    const base = { Host: 'amt.example.de', Origin: 'null' };
    assert.equal((await ask(`${origin}/hello`, post(base))).status, 403);
    assert.equal(
      (await ask(`${origin}/hello`, post({ ...base, 'Sec-Fetch-Site': 'same-origin' }))).status,
      200,
    );
  });

  it('refuses two hosts, an absolute address and a request that can be read in two ways', async () => {
    const origin = await open(hello);
    const bad = [
      'GET /hello/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
      'GET http://evil.example/hello/x HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET /hello/x HTTP/1.1\r\n\r\n',
      'POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'GET /hello/x HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n',
    ];
    for (const request of bad) assert.match(await askRaw(origin, request), /^HTTP\/1\.1 400 /, request);
    const long = `GET /hello/x HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    assert.match(await askRaw(origin, long), /^HTTP\/1\.1 431 /);
  });

  it('says in words, with all its headers, what the server underneath would refuse with nothing', async () => {
    const origin = await open(hello);
    for (const [request, status] of [
      ['GET /hello/x HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
      ['GET /hello/x HTTP/1.0\r\n\r\n', 400],
      ['GET /\\evil.example/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
      ['GET /hello/\\x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
      ['GET /hello/x HTTP/1.1\r\nHost: a\r\nExpect: x\r\nConnection: close\r\n\r\n', 200],
    ] as const) {
      const all = await askAll(origin, request);
      assert.match(all, new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*content-security-policy: `, 'i'), request);
      if (status !== 200) assert.match(all, /<h1/, request);
    }
  });

  it('slows down a client that asks too much, told apart behind a known proxy', async () => {
    const origin = await open(hello, { requestsPerSecond: 1, proxies: ['127.0.0.1'] });
    const from = async (address: string): Promise<number> =>
      (await ask(`${origin}/hello/x`, { headers: { 'X-Forwarded-For': address } })).status;
    const statuses: number[] = [];
    for (let count = 0; count < 13; count += 1) statuses.push(await from('198.51.100.1'));
    assert.equal(statuses.at(0), 200);
    assert.equal(statuses.at(-1), 429);
    assert.equal(await from('198.51.100.2'), 200);
    // What a client writes before the proxy's word does not give it a new name.
    assert.equal(await from('203.0.113.9, 198.51.100.1'), 429);
  });

  it('slows down who has very many networks at once, and not the next house', async () => {
    const origin = await open(hello, { requestsPerSecond: 1, proxies: ['127.0.0.1'] });
    const from = async (address: string): Promise<number> =>
      (await ask(`${origin}/hello/x`, { headers: { 'X-Forwarded-For': address } })).status;
    const one = (index: number): Promise<number> => from(`2001:db8:7:${(index % 120).toString(16)}::1`);
    const statuses = await Promise.all(Array.from({ length: 600 }, (_, index) => one(index)));
    // No network has asked for more than its own ten pages; all of them together have.
    assert.ok(statuses.filter((status) => status === 200).length < 300);
    assert.equal(await from('2001:db8:8::1'), 200);
  });

  it('counts what requests cost', async () => {
    const origin = await open(hello, { requestsPerSecond: 1 });
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1)
      statuses.push((await fetch(`${origin}/hello`, { method: 'POST', body: 'a' })).status);
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429], 'ten pages, or five forms');
  });

  it('believes nobody else about where a request comes from', async () => {
    const origin = await open(hello, { requestsPerSecond: 1 });
    const statuses: number[] = [];
    for (let count = 0; count < 13; count += 1) {
      const headers = { 'X-Forwarded-For': `198.51.100.${count}` };
      statuses.push((await ask(`${origin}/hello/x`, { headers })).status);
    }
    assert.equal(statuses.at(-1), 429);
  });
});

it('answers the methods of pages and forms only', async () => {
  const origin = await open(hello);
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
    const { status, headers } = await fetch(`${origin}/hello/x`, { method });
    assert.deepEqual([status, headers.get('allow')], [405, 'GET, HEAD, POST'], method);
  }
  assert.equal((await fetch(`${origin}/hello/x`, { method: 'HEAD' })).status, 200);
});

describe('limits', () => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const chunked = { ...form, 'Transfer-Encoding': 'chunked' };

  it('refuse a form that is too large, announced or not', async () => {
    const origin = await open(hello);
    const send = async (headers: Record<string, string>, bytes: number, path = '/hello'): Promise<number> =>
      (await ask(`${origin}${path}`, { method: 'POST', headers }, 'x'.repeat(bytes))).status;
    assert.equal(await send(form, 100_000), 200);
    assert.equal(await send(form, 140_000), 413);
    assert.equal(await send(chunked, 1_000), 411, 'a body of unknown length is not taken');
    const upload = { 'Content-Type': 'multipart/form-data; boundary=x' };
    assert.equal(await send(upload, 250_000, '/files'), 200);
    assert.equal(await send(upload, 310_000, '/files'), 413);
    assert.equal(await send(form, 250_000, '/files'), 413, 'without files it is a small form there too');
    assert.equal(await send(upload, 250_000), 413, 'where no files are taken');
  });
});

describe('errors', () => {
  it('tell citizens nothing of our insides, and the log no personal data', async () => {
    const origin = await open((app) =>
      app.get('/cases/:id', () => {
        throw new Error('row (Łukasz Đặng) in /srv/office/src/x.ts');
      }),
    );
    const answer = await fetch(`${origin}/cases/4711?name=Canary`);
    const page = await answer.text();
    assert.equal(answer.status, 500);
    assert.match(page, /liegt an uns/);
    assert.doesNotMatch(page, /Łukasz|\.ts|Error/);
    const logged = lines.join('');
    assert.match(logged, /"error":"Error"/);
    assert.match(logged, /"route":"\/cases\/:id"/);
    assert.doesNotMatch(logged, /Łukasz|4711|Canary|127\.0\.0\.1/);
  });

  it('name the number under which the city helps', () => {
    for (const status of [500, 503]) {
      const page = errorPage(status, { phone: '0999 100' });
      assert.match(page, /0999 100/);
      assert.doesNotMatch(page, /115/);
    }
  });

  it('have words in all languages and for every status, or in the one of the person only', () => {
    const statuses = [400, 403, 404, 405, 408, 411, 413, 414, 415, 421, 422, 429, 431, 500, 502, 503, 504];
    for (const status of statuses) {
      const all = errorPage(status, { phone: '115' });
      const [de = '', leicht = '', en = ''] = [...all.matchAll(/<(?:h1|p)(?: lang="..")?>([^<]+)</g)].map(
        ([, text]) => text ?? '',
      );
      assert.match(all, /<p lang="ar" dir="rtl">/, `${status}`);
      assert.match(de, /Bitte|Gehen Sie/, `${status}`);
      assert.match(leicht, /Bitte|Dann/, `${status}`);
      assert.match(en, /[Pp]lease|go back/, `${status}`);
      assert.ok(
        leicht.split(/[.?:!] /).every((sentence) => sentence.split(' ').length <= 10),
        leicht,
      );
      const one = errorPage(status, {
        phone: '115',
        look: { language: 'leicht', settings: { size: 3, contrast: true } },
      });
      assert.match(one, /<html lang="de" class="leicht" data-size="3" data-contrast="high">/);
      assert.ok(one.includes(leicht) && !one.includes(en), `${status}`);
    }
  });

  it('speak to staff at the desk as to staff, whatever language is chosen in the browser', () => {
    const look = { language: 'en', settings: { size: 1, contrast: false } } as const;
    for (const status of [400, 403, 404, 405, 408, 413, 415, 421, 429, 431, 500, 502, 503]) {
      const page = errorPage(status, { phone: '115', desk: true, look });
      assert.match(page, /<html lang="de"[\s\S]*<a [^>]*href="\/desk">/, `${status}`);
      assert.doesNotMatch(page, /115|Anfang|an uns|[Pp]lease|Datei|Seiten davor/, `${status}`);
    }
  });

  it('are pages, too, where the server gives up before there is a request', async () => {
    const origin = await open(hello);
    const head = 'GET /hello/x HTTP/1.1\r\nHost: a\r\n';
    const unreadable = await askAll(origin, `${head} folded: x\r\n\r\n`);
    assert.match(unreadable, /^HTTP\/1\.1 400 .*content-security-policy: .*können wir nicht lesen/is);
    const overfull = await askAll(origin, `${head}Cookie: ${'x'.repeat(20_000)}\r\n\r\n`);
    assert.match(overfull, /^HTTP\/1\.1 431 .*Cookies/s);
  });

  it('speak JSON where programs ask', async () => {
    const origin = await open(hello);
    const answer = await fetch(`${origin}/api/nothing`);
    assert.equal(answer.status, 404);
    assert.deepEqual(await answer.json(), { error: 404 });
  });
});

describe('the log', () => {
  it('knows the pattern of the route, not the path', async () => {
    const origin = await open(hello);
    await fetch(`${origin}/hello/Canary?q=Canary`);
    await fetch(`${origin}/nowhere/Canary`);
    const [found, missed] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(found?.route, '/hello/:name');
    assert.equal(found?.method, 'GET');
    assert.equal(found?.status, 200);
    assert.equal(typeof found?.ms, 'number');
    assert.equal(missed?.route, 'none');
    assert.doesNotMatch(lines.join(''), /Canary|127\.0\.0\.1/);
  });
});

describe('closing', () => {
  it('lets a running request end and takes no new one', { timeout: 5_000 }, async () => {
    let go = (): void => {};
    const arrived = Promise.withResolvers<void>();
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const origin = await open((app) =>
      app.get('/slow', async (c) => {
        arrived.resolve();
        await gate;
        return c.text('done');
      }),
    );
    const running = fetch(`${origin}/slow`);
    await arrived.promise;
    const closed = door?.close();
    await assert.rejects(fetch(`${origin}/slow`));
    go();
    assert.equal(await (await running).text(), 'done');
    await closed;
  });

  it('is not kept open by a browser that only holds the line', { timeout: 5_000 }, async () => {
    const origin = await open(hello);
    const agent = new http.Agent({ keepAlive: true });
    await ask(`${origin}/hello/x`, { agent });
    await door?.close();
    agent.destroy();
  });
});

describe('readiness', () => {
  it('is told by status', async () => {
    const facts = { database: true, storage: true, migrations: true, services: 8, today: '2026-12-01' };
    const origin = await open((app) => healthRoutes(app, async () => facts));
    assert.equal((await fetch(`${origin}/ready`)).status, 200);
    for (const lack of [{ database: false }, { storage: false }, { migrations: false }, { services: 0 }]) {
      Object.assign(facts, { database: true, storage: true, migrations: true, services: 8 }, lack);
      const answer = await fetch(`${origin}/ready`);
      assert.equal(answer.status, 503, JSON.stringify(lack));
      assert.deepEqual(await answer.json(), { status: 'notReady', ...facts });
    }
    assert.equal((await fetch(`${origin}/health`)).status, 200);
  });
});

describe('a slash too many', () => {
  it('leads to the address without it, and nowhere else', async () => {
    const origin = await open(hello);
    const asked = async (path: string, method = 'GET'): Promise<[number, string | null]> => {
      const { status, headers } = await fetch(`${origin}${path}`, { method, redirect: 'manual' });
      return [status, headers.get('location')];
    };
    assert.deepEqual(await asked('/hello/x/'), [308, '/hello/x']);
    assert.deepEqual(await asked('/hello/x///?a=b/'), [308, '/hello/x?a=b/']);
    assert.deepEqual(await asked('/hello/', 'POST'), [404, null]);
    for (const path of ['//evil.example/', '/\\evil.example/', '/'])
      assert.deepEqual(await asked(path), [404, null], path);
  });
});

describe('a client that hangs up', () => {
  it('in the middle of what it sends is no fault of the office', async () => {
    let ended: () => void = () => {};
    const over = new Promise<void>((resolve) => {
      ended = resolve;
    });
    let begun: () => void = () => {};
    const reading = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const origin = await open((app) => {
      app.use(async (_, next) => {
        await next();
        ended();
      });
      app.post('/hello', async (c) => {
        begun();
        return c.text(await c.req.text());
      });
    });
    const { port } = new URL(origin);
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write('POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc'),
    );
    await reading;
    socket.destroy();
    await over;
    assert.doesNotMatch(lines.join(''), /"level":50/);
  });

  for (const [reader, bytes] of [
    ['c.req.text', 3],
    ['c.req.text', 100_000],
    ['bodyOf', 3],
    ['bodyOf', 100_000],
  ] as const)
    it(`while it waits to be read is no fault of the office (${reader}, ${bytes} bytes)`, async () => {
      const waits = Promise.withResolvers<void>();
      const over = Promise.withResolvers<void>();
      const origin = await open((app) => {
        app.use(async (_, next) => {
          await next();
          over.resolve();
        });
        app.post('/hello', async (c) => {
          const { incoming } = c.env;
          const gone = new Promise((resolve) => incoming.socket.once('close', resolve));
          waits.resolve();
          await gone;
          // One turn later the request knows it, too.
          await new Promise((resolve) => setImmediate(resolve));
          if (reader === 'c.req.text') return c.text(await c.req.text());
          const pieces: Uint8Array[] = [];
          for await (const piece of bodyOf(c) ?? []) pieces.push(piece);
          return c.text(String(pieces.length));
        });
      });
      const { port } = new URL(origin);
      // All of it has been sent: only nobody has read it yet.
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(
          `POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: ${bytes}\r\n\r\n${'a'.repeat(bytes)}`,
        ),
      );
      await waits.promise;
      socket.destroy();
      await over.promise;
      assert.doesNotMatch(lines.join(''), /"level":50/);
    });

  it('while something fails that is a fault does not hide it', async () => {
    const origin = await open((app) => {
      app.post('/broken', async (c) => {
        await c.req.text();
        throw new Error('broken');
      });
    });
    assert.equal((await fetch(`${origin}/broken`, { method: 'POST', body: 'abc' })).status, 500);
    assert.match(lines.join(''), /"level":50/);
  });
});
