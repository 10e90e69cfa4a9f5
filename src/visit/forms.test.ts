import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { Hono } from 'hono';
import { createApp, errorPage, listen } from '#http';
import { createLog } from '#log';
import { createClock } from '#time';
import { readForm } from './forms.ts';

const app = new Hono().post('/', async (c) => c.json((await readForm(c)).fields));

test('forms are read without what cannot be seen, whatever they are sent as', async () => {
  const hidden = 'A\u200bd\u2066a\ufeff ١٢';
  for (const body of [new URLSearchParams({ name: hidden }), new FormData()]) {
    if (body instanceof FormData) body.append('name', hidden);
    const answer = await app.request('/', { method: 'POST', body });
    assert.deepEqual(await answer.json(), { name: ['Ada 12'] });
  }
});

const HEAD = '--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n';
const END = '\r\n--x--\r\n';
/** More than one client, and more than two, may have in the office at once. */
const CROWD = 20;
/** Small forms that are kept at once. */
const PLACES = 32;
/** What a poor line brings in a second. */
const SHARE = 10_000;

/** An office with one form, in which time passes when it is told to. Files are kept for whoever has a visit. */
async function formOffice() {
  const log = createLog('silent', createClock(), { write: () => {} });
  const ticks = new Set<() => void>();
  let [begun, reached] = [0, (): void => {}];
  const page = (status: number): string => errorPage(status, { phone: '115' });
  const app = createApp({
    ...{ log, errorPage: page, proxies: ['127.0.0.1'] },
    uploads: { bytes: 300_000, taken: () => true },
    every: (_, call) => {
      ticks.add(call);
      begun += 1;
      reached();
      return () => void ticks.delete(call);
    },
  });
  let line: Socket | undefined;
  app.use(async (c, next) => {
    line = c.env.incoming.socket;
    await next();
  });
  app.post('/form', async (c) => {
    const { uploads } = await readForm(c, c.req.header('cookie') === 'visit' ? 'kept' : 'none');
    return c.text(`${uploads.get('a')?.[0]?.content.length}`);
  });
  const door = await listen({
    ...{ host: '127.0.0.1', port: 0, publicUrl: '', production: false, proxies: ['127.0.0.1'] },
    ...{ requestsPerSecond: 1_000, fromElsewhere: new Set<string>(), errorPage: page, first: app.fetch },
  });
  return {
    door,
    /** Sends the head of a form and the beginning of its body. */
    begin(client: string, cookie: string, bytes: number): Socket {
      const socket = connect(Number(new URL(door.origin).port), '127.0.0.1');
      const head = [
        ...['POST /form HTTP/1.1', 'Host: a', 'Content-Type: multipart/form-data; boundary=x'],
        ...[`X-Forwarded-For: ${client}`, `Cookie: ${cookie}`],
        `Content-Length: ${HEAD.length + bytes + END.length}`,
      ];
      socket.on('error', () => {}).write([...head, '', HEAD].join('\r\n'));
      return socket;
    },
    /** Waits until so many bodies have been read, or are. */
    async reading(count: number): Promise<void> {
      while (begun < count)
        await new Promise<void>((resolve) => {
          reached = resolve;
        });
    },
    /** Waits until the last one who came has sent so many bytes, and they are read. */
    async arrived(bytes: number): Promise<void> {
      const turn = () => new Promise((resolve) => setImmediate(resolve));
      while ((line?.bytesRead ?? 0) < bytes) await turn();
      await turn();
    },
    pass(): void {
      for (const call of [...ticks]) call();
    },
  };
}

const closed = async (socket: Socket): Promise<void> => {
  socket.resume();
  if (!socket.destroyed) await once(socket, 'close');
};
const answerOf = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

test('a form that is kept for nobody takes no place from others, however slowly it comes', {
  timeout: 60_000,
}, async () => {
  const office = await formOffice();
  const slow = ['a', 'b'].flatMap((client) =>
    Array.from({ length: CROWD }, () => office.begin(client, '', 1_000)),
  );
  await office.reading(slow.length);
  const mine = office.begin('a', 'visit', 5);
  mine.write(`12345${END}`);
  assert.match(await answerOf(mine), /^HTTP\/1\.1 200 /);
  for (const socket of [...slow, mine]) socket.destroy();
  await office.door.close();
});

test('a body that hardly comes loses its place and its line to those who wait', {
  timeout: 60_000,
}, async () => {
  const office = await formOffice();
  const slow = ['a', 'b'].flatMap((client) =>
    Array.from({ length: CROWD }, () => office.begin(client, 'visit', 1_000)),
  );
  await office.reading(PLACES);
  const mine = office.begin('c', 'visit', 5);
  mine.write(`12345${END}`);
  office.pass();
  assert.match(await answerOf(mine), /^HTTP\/1\.1 200 /);
  mine.destroy();
  await office.reading(slow.length + 1);
  office.pass();
  await Promise.all(slow.map(closed));
  await office.door.close();
});

test('a body that comes as slowly as over a poor line is waited for', { timeout: 60_000 }, async () => {
  const office = await formOffice();
  const phone = office.begin('a', 'visit', 5 * SHARE);
  await office.reading(1);
  for (let span = 1; span <= 5; span += 1) {
    phone.write('x'.repeat(SHARE));
    await office.arrived(span * SHARE);
    office.pass();
  }
  phone.write(END);
  assert.match(await answerOf(phone), /^HTTP\/1\.1 200 [\s\S]*50000$/);
  phone.destroy();
  await office.door.close();
});
