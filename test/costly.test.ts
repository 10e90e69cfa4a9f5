import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { arrive, type Citizen, CONFIRMATION } from '#test/citizen';
import { atPay } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'wohnungsgeberbestaetigung';
const PAGE = `/service/${SERVICE}/mandate`;
const LARGE = 11_500_000;

let office: RunningOffice;
let person: Citizen;
before(async () => {
  office = await startRunningOffice();
  person = await arrive(office.origin);
  await person.walk(SERVICE, CONFIRMATION, 'mandate');
});
after(() => office.close());

/** Sends the head of a request and nothing of its body. @returns the first line of the answer */
function announce(path: string, headers: readonly string[]): Promise<string> {
  const { hostname, port, host } = new URL(office.origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString('latin1').split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.write([`POST ${path} HTTP/1.1`, `Host: ${host}`, ...headers, '', ''].join('\r\n'));
  });
}

const large = (type: string): string[] => [`Content-Type: ${type}`, `Content-Length: ${LARGE}`];
const FILES = 'multipart/form-data; boundary=x';

describe('a large body', () => {
  it('is refused before any of it has come, on every page, by whoever has no visit', async () => {
    const paths = office.routes.filter(({ method }) => method === 'POST').map(({ path }) => path);
    assert.ok(paths.length > 20);
    const named = paths.map((path) => path.replace(':slug', SERVICE).replaceAll(/:(\w+)/g, 'x'));
    for (const path of new Set([...named, PAGE]))
      for (const type of [FILES, 'application/x-www-form-urlencoded', 'text/plain'])
        assert.match(await announce(path, large(type)), /^HTTP\/1\.1 [34]\d\d /, `${path} ${type}`);
    for (const path of ['/visit/settings', '/status/case/answer'])
      assert.match(await announce(path, large(FILES)), /^HTTP\/1\.1 413 /, path);
  });
});

/** A form of the page with files, as the person's browser would send it. */
function formOf(parts: readonly Buffer[]): { headers: Record<string, string>; body: Buffer } {
  const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(person.shown.text) ?? [];
  const token = Buffer.from(`--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${csrf}\r\n`);
  const cookie = person.client.cookies().join('; ');
  const body = Buffer.concat([token, ...parts, Buffer.from('--x--\r\n')]);
  return { headers: { cookie, 'content-type': FILES }, body };
}

/** Sends a form; the same bytes may be under way many times. */
function send({ headers, body }: ReturnType<typeof formOf>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(body.length) };
    const options = { method: 'POST', agent: false, headers: { ...headers, ...length } };
    const call = request(`${office.origin}${PAGE}`, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

const file = (content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from('--x\r\nContent-Disposition: form-data; name="mandate"; filename="a.pdf"\r\n\r\n'),
    content,
    Buffer.from('\r\n'),
  ]);

describe('within a visit', () => {
  it('a form with more in it than one has is refused in words', async () => {
    const floods = {
      files: Array<Buffer>(100_000).fill(file(Buffer.alloc(0))),
      lines: [Buffer.from(`--x\r\n${'A: b\r\n'.repeat(1_000_000)}\r\n\r\n`)],
    };
    for (const [what, parts] of Object.entries(floods)) {
      const { status, text } = await send(formOf(parts));
      assert.equal(status, 413, what);
      assert.match(text, /<h1>Das ist zu groß\. .*Ihre Angaben von den Seiten davor sind noch da/s, what);
    }
  });

  it('many large bodies at once are not all held at once, and other pages are served meanwhile', async () => {
    const form = formOf([file(Buffer.alloc(LARGE - 1_000))]);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const look = (): void => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    };
    const looking = setInterval(look, 2);
    const sent = Array.from({ length: 30 }, () => send(form));
    for (let each = 0; each < 5; each += 1)
      assert.equal((await fetch(`${office.origin}/help`)).status, 200, 'while they wait');
    const answers = await Promise.all(sent);
    clearInterval(looking);
    const statuses = answers.map(({ status }) => status);
    for (const status of statuses) assert.ok(status === 422 || status === 429, `${status}`);
    assert.ok(statuses.filter((status) => status === 422).length >= 20, statuses.join());
    // All at once would be 1 or more. A few at a time are a third or a half: what was read and let go of is still counted
    // until it is collected, which a busy machine does late.
    const share = most / (30 * LARGE);
    assert.ok(share < 0.75, `${share} of all that was sent`);
  });
});

it('one request of a visit waits for news; a newer one takes its place, and pages come back later', async () => {
  const payer = await atPay(office.origin, 'rathaus-1');
  await payer.choose('page');
  await payer.look();
  const [, address = ''] = /data-href="([^"]+\/news\?seen=[^"]+)"/.exec(payer.person.shown.text) ?? [];
  const cookie = payer.person.client.cookies().join('; ');
  const leaving = new AbortController();
  const ask = () => fetch(`${office.origin}${address}`, { headers: { cookie }, signal: leaving.signal });
  const waiting = Array.from({ length: 50 }, ask);
  let answered = 0;
  const enough = Promise.withResolvers<void>();
  for (const one of waiting)
    void one.then(
      ({ status, headers }) => {
        assert.deepEqual([status, headers.get('retry-after')], [204, '10']);
        answered += 1;
        if (answered === waiting.length - 1) enough.resolve();
      },
      () => {},
    );
  await enough.promise;
  await payer.look();
  assert.equal(answered, waiting.length - 1, 'the last one waits');
  leaving.abort();
});
