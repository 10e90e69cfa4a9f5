/** Who may begin, where people are sent, and what never leaves the terminal. */

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { createLog } from '#log';
import { virtualCard } from '#sandbox/ausweisapp';
import { eventually } from '#test/eventually';
import { QUOTED } from '#test/languages';
import { startDeviceServer } from '../server.ts';
import {
  arrive,
  entry,
  NONCE,
  OFFICE,
  openOddApp,
  openTerminal,
  type Terminal,
} from '../terminal.fixture.ts';

let at: Terminal;
before(async () => {
  at = await openTerminal();
});
after(() => at.close());

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(new URL(path, at.device.origin), { redirect: 'manual', ...init });

describe('beginning', () => {
  const WRONG: Record<string, Record<string, string | undefined>> = {
    'another mode': { mode: 'both' },
    'no mode': { mode: undefined },
    'another language': { language: 'xx' },
    'a return to another origin': { return: 'https://evil.example/' },
    'a return without a scheme': { return: '//evil.example/' },
    'a return with a backslash': { return: '/\\evil.example/' },
    'a return with a query of its own': { return: '/service/x?outcome=done' },
    'no state': { state: undefined },
    'a state that is no nonce': { state: 'a&outcome=done&b=ccccccccccccc' },
  };
  for (const [what, fields] of Object.entries(WRONG)) {
    it(`with ${what} is refused`, async () => {
      const answer = await ask(entry(fields));
      assert.equal(answer.status, 400);
      const html = await answer.text();
      assert.ok(!html.includes('evil') && html.includes(`href="${OFFICE}/"`));
    });
  }

  it('happens only when a person’s browser goes there, not for a picture or a frame', async () => {
    for (const destination of ['image', 'iframe', 'empty', 'script']) {
      const answer = await ask(entry(), { headers: { 'sec-fetch-dest': destination } });
      assert.equal(answer.status, 400, destination);
    }
    const answer = await ask(entry(), { headers: { 'sec-fetch-dest': 'document' } });
    assert.equal(answer.status, 303);
  });

  it('is refused under another name for this machine', async () => {
    const { port } = new URL(at.device.origin);
    const status = await new Promise((resolve, reject) => {
      request(
        { host: '127.0.0.1', port, path: entry(), headers: { host: `evil.example:${port}` } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
    assert.equal(status, 421);
  });

  it('is not offered for an office that is no origin', async () => {
    const settings = {
      port: 0,
      host: '127.0.0.1',
      ausweisapp: at.app.url,
      accent: '#a3122a',
      city: 'x',
      phone: '115',
      key: Buffer.alloc(32),
    } as const;
    const clock = { now: () => new Date(0) };
    const log = createLog('silent', clock);
    await assert.rejects(
      startDeviceServer({ ...settings, clock, log, officeOrigin: `${OFFICE}/path` }),
      /origin/,
    );
  });
});

describe('a session', () => {
  it('is found only by its own address, and takes forms only from its own pages', async () => {
    at.app.insert(virtualCard('own'));
    const person = await arrive(at.device);
    await person.until('pin');
    assert.equal((await ask('/eid/x')).status, 404);
    assert.equal((await ask(`${person.path}x`)).status, 404);
    assert.equal((await ask(person.path.slice(0, -1))).status, 404);
    for (const site of ['cross-site', 'same-site']) {
      const answer = await person.post('', { _action: 'cancel' }, { 'sec-fetch-site': site });
      assert.equal(answer.status, 403);
    }
    await person.look();
    assert.equal(person.shown.screen, 'pin');
  });

  it('keeps no page: none may be stored, framed, or loaded from elsewhere', async () => {
    const person = await arrive(at.device);
    const { headers } = await ask(person.path);
    assert.equal(headers.get('cache-control'), 'no-store');
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.ok(policy.includes(`form-action 'self' ${OFFICE}`));
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  });

  it('speaks the languages of the office, and takes text size and contrast from the bar', async () => {
    at.app.insert(virtualCard('own'));
    const titles = { de: 'bisherige PIN', en: 'current PIN', leicht: 'alte PIN' };
    for (const language of QUOTED) {
      const person = await arrive(at.device, { language });
      await person.until('pin');
      assert.ok(person.shown.html.includes(titles[language]), language);
      assert.ok(person.shown.html.includes(`action="${person.path}/visit/settings"`));
      await person.post('/visit/settings', { language: 'en', size: '2' });
      assert.ok(person.shown.html.includes(titles.en));
      await person.post('/visit/settings', { contrast: 'on' });
      assert.match(person.shown.html, /<html lang="en"[^>]*data-size="2" data-contrast="high"/);
      await person.get('/help');
      assert.match(person.shown.html, /Telephone 115/);
    }
  });
});

describe('PIN, CAN and PUK', () => {
  const CANARY = {
    pin: '731904',
    wrong: '860251',
    other: '482069',
    can: '917358',
    puk: '5038261947',
    next: '264917',
  };

  it('stand in no line of the log, no address, no header, no page and no message but their own', async () => {
    const own = await openTerminal();
    const card = virtualCard('own', { pin: CANARY.pin, can: CANARY.can, puk: CANARY.puk });
    own.app.insert(card);
    const person = await arrive(own.device);
    await person.until('pin');
    await person.enter(CANARY.wrong);
    await person.enter(CANARY.other);
    await person.enter(CANARY.wrong, CANARY.wrong);
    assert.equal(person.shown.screen, 'can');
    await person.enter(CANARY.can);
    await person.enter(CANARY.wrong);
    await person.enter(CANARY.wrong);
    await person.enter(CANARY.puk);
    await person.enter(CANARY.can);
    await person.enter(CANARY.pin);
    await person.enter(CANARY.next, CANARY.wrong);
    await person.enter(CANARY.next);
    assert.equal(person.shown.screen, 'done');
    assert.equal(card.pin, CANARY.next);
    await eventually('logged', async () => own.logged().includes('/eid/:id'));
    await own.close();
    const heap = [own.logged(), ...own.app.log, ...person.wire].join('\n');
    assert.ok(heap.includes('Ihre neue PIN gilt jetzt') && heap.length > 50_000);
    assert.ok(!own.logged().includes(person.path) && !own.logged().includes(NONCE));
    for (const [what, digits] of Object.entries(CANARY)) {
      for (const form of [
        digits,
        Buffer.from(digits).toString('base64').slice(0, -2),
        Buffer.from(digits).toString('hex'),
      ])
        assert.ok(!heap.includes(form), `${what} was seen`);
    }
  });

  it('travel to the app in one message each, and in nothing else', async (t) => {
    const received: string[] = [];
    const reader = { name: 'r', attached: true, keypad: false, card: { retryCounter: 3 } };
    const answers: Record<string, object> = {
      GET_READER_LIST: { msg: 'READER_LIST', readers: [reader] },
      RUN_CHANGE_PIN: { msg: 'ENTER_PIN', reader },
      SET_PIN: { msg: 'ENTER_NEW_PIN', reader },
      SET_NEW_PIN: { msg: 'CHANGE_PIN', success: true },
    };
    const app = await openOddApp((socket) =>
      socket.on('message', (data) => {
        received.push(String(data));
        const answer = answers[JSON.parse(String(data)).cmd];
        if (answer) socket.send(JSON.stringify(answer));
      }),
    );
    t.after(() => app.close());
    const own = await openTerminal({ ausweisapp: app.url });
    t.after(() => own.close());
    const person = await arrive(own.device);
    await person.until('pin');
    await person.enter(CANARY.pin);
    await person.enter(CANARY.next);
    assert.equal(person.shown.screen, 'done');
    const holding = (digits: string): string[] => received.filter((text) => text.includes(digits));
    assert.deepEqual(holding(CANARY.pin), [JSON.stringify({ cmd: 'SET_PIN', value: CANARY.pin })]);
    assert.deepEqual(holding(CANARY.next), [JSON.stringify({ cmd: 'SET_NEW_PIN', value: CANARY.next })]);
  });
});

it('the next person is let to the app when it has said that the last one is cancelled', async (t) => {
  const happened: string[] = [];
  const reader = { name: 'r', attached: true, keypad: false, card: { retryCounter: 3 } };
  const cancelled = Promise.withResolvers<void>();
  let answer: (() => void) | undefined;
  const app = await openOddApp((socket) => {
    happened.push('called');
    socket.on('close', () => happened.push('hung up'));
    socket.on('message', (data) => {
      const { cmd } = JSON.parse(String(data));
      if (cmd === 'GET_READER_LIST') socket.send(JSON.stringify({ msg: 'READER_LIST', readers: [reader] }));
      if (cmd === 'RUN_CHANGE_PIN') socket.send(JSON.stringify({ msg: 'ENTER_PIN', reader }));
      if (cmd !== 'CANCEL') return;
      answer = () => {
        happened.push('cancelled');
        socket.send(JSON.stringify({ msg: 'CHANGE_PIN', success: false }));
      };
      cancelled.resolve();
    });
  });
  t.after(() => app.close());
  const own = await openTerminal({ ausweisapp: app.url });
  t.after(() => own.close());
  await (await arrive(own.device)).until('pin');
  const next = await arrive(own.device);
  await cancelled.promise;
  await next.look();
  assert.equal(next.shown.screen, 'starting');
  answer?.();
  await next.until('pin');
  assert.deepEqual(happened, ['called', 'cancelled', 'hung up', 'called']);
});
