import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { type RunningPayPage, startPayPage } from '#sandbox/pay-page';
import { createPayPage, type PayPage, PayPageError } from './client.ts';
import { centsOf, type PageRequest, requestOf, transactionOf } from './shapes.ts';

let stand: RunningPayPage;
let page: PayPage;
before(async () => {
  stand = await startPayPage({ port: 0 });
  page = createPayPage({ ...stand, url: stand.origin }, 500);
});
after(() => stand.stop());
beforeEach(() => stand.trouble(undefined));

const order = (changes: Partial<PageRequest> = {}): PageRequest => ({
  requestId: randomUUID(),
  at: new Date('2026-11-23T09:00:00Z'),
  amountCents: 1_300,
  purpose: 'Gebuehr 123456789',
  description: 'Führungszeugnis',
  returnUrl: 'http://amt.example/pay/back',
  ...changes,
});

const fails = (code: PayPageError['code'], what: Promise<unknown>) =>
  assert.rejects(what, (error) => error instanceof PayPageError && error.code === code);

/** The person on the page. */
function decide(address: string, outcome: string): Promise<Response> {
  return fetch(address, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });
}

describe('a payment on a pay page', () => {
  it('is opened, made on the page, and asked for', async () => {
    const request = order();
    const opened = await page.create(request);
    assert.deepEqual(
      [opened.state, opened.amountCents, opened.requestId],
      ['INITIAL', 1_300, request.requestId],
    );
    const html = await (await fetch(opened.address ?? '')).text();
    assert.match(html, /Hier fließt kein Geld/);
    assert.match(html, /13,00\s€/);
    const back = await decide(opened.address ?? '', 'pay');
    assert.deepEqual([back.status, back.headers.get('location')], [303, 'http://amt.example/pay/back']);
    const told = await page.get(opened.id);
    assert.deepEqual([told.state, told.address], ['PAYED', undefined]);
    assert.equal(await page.status(opened.id), 'PAYED');
  });

  it('may fail or be cancelled there', async () => {
    for (const [outcome, state] of [
      ['fail', 'FAILED'],
      ['cancel', 'CANCELED'],
    ] as const) {
      const opened = await page.create(order());
      await decide(opened.address ?? '', outcome);
      assert.equal((await page.get(opened.id)).state, state);
    }
  });

  it('is one, however often it is asked for or paid', async () => {
    const request = order();
    const before = stand.transactions().length;
    const opened = await Promise.all(Array.from({ length: 20 }, () => page.create(request)));
    assert.equal(new Set(opened.map(({ id }) => id)).size, 1);
    const address = opened[0]?.address ?? '';
    const answers = await Promise.all(Array.from({ length: 10 }, () => decide(address, 'pay')));
    assert.equal(answers.filter(({ status }) => status === 303).length, 1);
    assert.equal(answers.filter(({ status }) => status === 409).length, 9);
    assert.equal(stand.transactions().length, before + 1);
  });

  it('is refused when it is not the same, adds up to nothing, or belongs to somebody else', async () => {
    const request = order();
    await page.create(request);
    await fails('refused', page.create({ ...request, amountCents: 1_200 }));
    const stranger = createPayPage({ url: stand.origin, originatorId: 'x', endPointId: 'y' });
    await fails('refused', stranger.create(order()));
    await fails('refused', page.get(randomUUID()));
    await assert.rejects(page.create(order({ items: [] })), RangeError);
    await assert.rejects(page.create(order({ purpose: 'x'.repeat(28) })), RangeError);
    const wrong = [
      { grosAmount: 12 },
      { grosAmount: -13 },
      { currency: 'USD' },
      { purpose: undefined },
      { redirectUrl: 'javascript:alert(1)' },
      { items: [] },
      { paid: true },
    ];
    for (const changes of wrong) {
      const answer = await fetch(
        `${stand.origin}/paymenttransaction/${stand.originatorId}/${stand.endPointId}`,
        {
          method: 'POST',
          body: JSON.stringify({ ...requestOf(order()), ...changes }),
        },
      );
      assert.equal(answer.status, 400, JSON.stringify(changes));
    }
  });
});

describe('a pay page in trouble', () => {
  it('that loses its answer has one transaction, which the same request finds', async () => {
    const request = order();
    stand.trouble('answerLost');
    await fails('unreachable', page.create(request));
    await fails('unreachable', page.create(request));
    stand.trouble(undefined);
    const opened = await page.create(request);
    const mine = stand.transactions().filter(({ requestId }) => requestId === request.requestId);
    assert.deepEqual(
      mine.map(({ transactionId }) => transactionId),
      [opened.id],
    );
  });

  it('is unreachable while it is down or silent, and not understood while it talks of something else', async () => {
    const opened = await page.create(order());
    for (const [trouble, code] of [
      ['down', 'unreachable'],
      ['slow', 'unreachable'],
      ['garbage', 'garbage'],
    ] as const) {
      stand.trouble(trouble);
      await fails(code, page.get(opened.id));
      await fails(code, page.create(order()));
    }
    stand.trouble('strange');
    assert.equal((await page.get(opened.id)).amountCents, 1);
  });

  it('believes late what was paid', async () => {
    stand.trouble('late');
    const opened = await page.create(order());
    assert.equal((await decide(opened.address ?? '', 'pay')).status, 303);
    assert.equal((await page.get(opened.id)).state, 'INITIAL');
    stand.trouble(undefined);
    assert.equal((await page.get(opened.id)).state, 'PAYED');
  });
});

describe('an answer from outside', () => {
  let answer = { type: 'application/json', body: '', status: 200 };
  const server = createServer((_, response) => {
    response
      .writeHead(answer.status, { 'content-type': answer.type, location: '/elsewhere' })
      .end(answer.body);
  });
  let rogue: PayPage;
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    rogue = createPayPage({ url, originatorId: 'a', endPointId: 'b' }, 500);
  });
  after(() => server.close());

  const whole = (changes: object = {}, request: object = {}): string =>
    JSON.stringify({
      paymentInformation: { transactionId: 't', status: 'PAYED', ...changes },
      paymentRequest: { requestId: 'r', currency: 'EUR', grosAmount: 13, ...request },
    });

  it('is not believed unless it is whole, in euros, of the right one, and leads to the page itself', async () => {
    answer = { type: 'application/json', body: whole(), status: 200 };
    assert.equal((await rogue.get('t')).state, 'PAYED');
    const bad = [
      whole({ status: 'PAID' }),
      whole({ transactionId: 'another' }),
      whole({ transactionId: '../x' }),
      whole({}, { currency: 'USD' }),
      whole({}, { grosAmount: 13.001 }),
      whole({}, { grosAmount: '13' }),
      whole({ status: 'INITIAL', transactionRedirectUrl: 'https://evil.example/pay' }),
      whole({ status: 'INITIAL', transactionRedirectUrl: 'javascript:alert(1)' }),
      '{"paymentInformation":',
      'null',
      `{"x":"${'x'.repeat(70_000)}"}`,
    ];
    for (const body of bad) {
      answer = { type: 'application/json', body, status: 200 };
      await fails('garbage', rogue.get('t'));
    }
    answer = { type: 'text/html', body: whole(), status: 200 };
    await fails('garbage', rogue.get('t'));
    answer = { type: 'application/json', body: whole(), status: 302 };
    await fails('unreachable', rogue.get('t'));
    answer = { type: 'application/json', body: whole({}, { grosAmount: 12 }), status: 200 };
    await fails('garbage', rogue.create(order({ requestId: 'r' })));
  });

  it('never makes the reader fall over', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(transactionOf(value), undefined);
      }),
    );
  });
});

describe('euros on the wire', () => {
  it('are the same cents on the way back, and nothing smaller is read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (cents) => {
        const sent = JSON.parse(JSON.stringify(requestOf(order({ amountCents: cents })))) as {
          grosAmount: number;
        };
        assert.equal(centsOf(sent.grosAmount), cents);
        assert.equal(centsOf((cents * 10 + 5) / 1_000), undefined);
      }),
    );
  });
});
