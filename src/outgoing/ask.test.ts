import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FAULTS, type Fault, type Line, lineTo } from '#test/bad-line';
import { type Answer, AnswerTooLongError, ask, type Bounds, boundedFetch } from './index.ts';

const PATIENT: Bounds = { withinMs: 30_000, limit: 1_000 };

const server: Server = createServer();
let answer: RequestListener = () => {};
let real: string;
let line: Line;
before(async () => {
  server.on('request', (request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  real = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  line = await lineTo(real);
});
after(async () => {
  await line.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const says =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

/** Both ways of asking, as one: what they give is the same. */
const WAYS: Readonly<
  Record<string, (url: string, bounds: Bounds) => Promise<Pick<Answer, 'status' | 'body'>>>
> = {
  ask: (url, bounds) => ask(url, {}, bounds),
  async boundedFetch(url, bounds) {
    const response = await boundedFetch(bounds)(url, { redirect: 'manual' });
    return { status: response.status, body: await response.text() };
  },
};

for (const [name, way] of Object.entries(WAYS)) {
  describe(`a request to somebody else's machine (${name})`, () => {
    it('gives what was answered, also when it is no success', async () => {
      answer = says('{"a":"ö"}');
      assert.partialDeepStrictEqual(await way(real, PATIENT), { status: 200, body: '{"a":"ö"}' });
      answer = says('{"error":1}', 422);
      assert.partialDeepStrictEqual(await way(real, PATIENT), { status: 422, body: '{"error":1}' });
    });

    it('reads no more than it may, also of what was packed', async () => {
      answer = says('x'.repeat(1_000));
      assert.equal((await way(real, PATIENT)).body.length, 1_000);
      answer = says('x'.repeat(1_001));
      await assert.rejects(way(real, PATIENT), AnswerTooLongError);
      const bomb = gzipSync(Buffer.alloc(10_000_000));
      answer = says(bomb, 200, { 'content-encoding': 'gzip' });
      await assert.rejects(way(real, PATIENT), AnswerTooLongError);
    });

    for (const fault of Object.keys(FAULTS) as Fault[]) {
      it(`ends on a line that fails ("${fault}")`, async () => {
        answer = says('{"value":"as it was"}');
        line.trouble(fault);
        const withinMs = ['black hole', 'no answer', 'drip'].includes(fault) ? 300 : 30_000;
        const asked = way(line.origin, { ...PATIENT, withinMs }).then(
          ({ status, body }) =>
            status === 200 && body.includes('as it was') ? 'as if nothing were' : 'told',
          () => 'told',
        );
        assert.equal(await asked, 'told');
        assert.ok(line.met());
      });
    }

    it('ends when nobody waits any more', async () => {
      const enough = new AbortController();
      answer = () => enough.abort();
      await assert.rejects(way(real, { ...PATIENT, enough: enough.signal }));
    });
  });
}

it('sends nobody on to somewhere else', async () => {
  let asked = 0;
  answer = (request, response) => {
    asked += 1;
    if (request.url === '/elsewhere') says('{}')(request, response);
    else says('', 307, { location: '/elsewhere' })(request, response);
  };
  await assert.rejects(ask(`${real}/first`, {}, PATIENT));
  assert.equal(asked, 1);
});

it('gives a refusal that is too long without its words', async () => {
  answer = says('x'.repeat(100_000), 502);
  assert.partialDeepStrictEqual(await ask(real, {}, PATIENT), { status: 502, ok: false, body: '' });
});
