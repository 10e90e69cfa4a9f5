import assert from 'node:assert/strict';
import { type AddressInfo, createServer } from 'node:net';
import test from 'node:test';
import fc from 'fast-check';
import { type CardOutcome, type CardTerminal, CardTerminalRefusedError } from '../card-terminal.ts';
import { createFrameReader, encodeFrame } from './frames.ts';
import type { ZvtTimes } from './options.ts';
import { clientOf, NEVER, payer } from './zvt.fixture.ts';

/** `*` stands for: whatever the register sends, wait for it; `!` hangs up; the rest is sent, or done. */
type Script = readonly (string | (() => void))[];

const REGISTERED = ['*', '80 00 00', '06 0f 0a 19 00 29 29 00 10 06 49 09 78', '*'];
const NO_RECEIPT = ['*', '80 00 00', '06 1e 01 83', '*'];

/** `04 0F` with these fields. */
function statusOf(fields: string): string {
  const length = fields.replaceAll(' ', '').length / 2;
  return `04 0f ${length.toString(16).padStart(2, '0')} ${fields}`;
}

/** 13.00 EUR, receipt 7, trace 7 */
const APPROVED = statusOf('27 00 04 00 00 00 00 13 00 0b 00 00 07 87 00 07 29 29 00 10 06 49 09 78');

/** A terminal that says just what it is told to, whatever the register answers; and a client for it. */
async function rogue<T>(
  script: Script,
  times: Partial<ZvtTimes>,
  work: (client: CardTerminal) => Promise<T>,
): Promise<{ result: T; heard: readonly string[] }> {
  const heard: string[] = [];
  const rest = [...script];
  const server = createServer((socket) => {
    const read = createFrameReader();
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      for (const message of read(piece)) {
        heard.push(Buffer.from(encodeFrame(message)).toString('hex'));
        if (rest[0] === '*') rest.shift();
        while (rest[0] !== undefined && rest[0] !== '*') {
          const next = rest.shift() ?? '';
          if (typeof next === 'function') next();
          else if (next === '!') socket.destroy();
          else socket.write(Buffer.from(next.replaceAll(' ', ''), 'hex'));
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = clientOf({ host: '127.0.0.1', port }, times);
  try {
    return { result: await work(client), heard };
  } finally {
    await client.close();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** For terminals that fall silent and stay so. */
const IMPATIENT: Partial<ZvtTimes> = { answerMs: 300, silenceMs: 300, resolveMs: 300 };
/** For terminals that come back. */
const PATIENT: Partial<ZvtTimes> = { answerMs: 3_000, silenceMs: 300, resolveMs: 5_000 };

/** Pays 13.00 EUR there. */
async function payAt(
  script: Script,
  times = PATIENT,
  signal = NEVER,
): Promise<{ outcome: CardOutcome; written: number; heard: readonly string[] }> {
  const by = payer();
  const { result, heard } = await rogue(script, times, (client) => client.pay(1_300, by, signal));
  return { outcome: result, written: by.written.length, heard };
}

test('the bytes of a payment are those of the specification', async () => {
  const { outcome, heard, written } = await payAt([
    ...REGISTERED,
    ...NO_RECEIPT,
    '*',
    '80 00 00',
    '04 ff 01 0a',
    '*',
    APPROVED,
    '*',
    '06 d1 07 00 53 75 6d 6d 65 21',
    '*',
    '06 0f 00',
    '*',
  ]);
  assert.deepEqual(heard, [
    '06000e123456be0978060626040a0206d3',
    '800000',
    '0620051234560303',
    '800000',
    '06010704000000001300',
    '800000',
    '800000',
    '800000',
    '800000',
  ]);
  assert.equal(written, 1);
  assert.ok(outcome.outcome === 'paid');
  assert.deepEqual(outcome.payment, {
    amountCents: 1_300,
    receiptNumber: 7,
    trace: 7,
    terminalId: '29001006',
    cardName: undefined,
    maskedPan: undefined,
    receipt: ['Summe!'],
  });
});

test('an abort before the request is acknowledged waits for that, and is sent then', async () => {
  const screen = new AbortController();
  const aborted = ['*', '80 00 00', statusOf('27 6c'), '*', '06 1e 01 6c', '*'];
  const { outcome, heard } = await payAt(
    [...REGISTERED, ...NO_RECEIPT, '*', () => screen.abort(), '80 00 00', ...aborted],
    { ...PATIENT, silenceMs: 3_000 },
    screen.signal,
  );
  assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'aborted' });
  assert.deepEqual(heard.slice(4), ['06010704000000001300', '06b000', '800000', '800000']);
});

for (const [what, code, reason] of [
  ['busy', '9c', 'busy'],
  ['without paper', 'cc', 'printer'],
  ['without a reason', '83', 'failed'],
] as const) {
  test(`a terminal that refuses the payment (${what}) is not asked again`, async () => {
    const { outcome, heard } = await payAt([...REGISTERED, ...NO_RECEIPT, '*', `84 ${code} 00`]);
    assert.deepEqual(outcome, { outcome: 'notPaid', reason });
    assert.equal(heard.length, 5);
  });
}

test('a wrong password is a failure, not an unreachable terminal', async () => {
  const { outcome } = await payAt(['*', '84 83 00']);
  assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'failed' });
});

test('silence at any moment: unknown, when nobody can be asked', { timeout: 20_000 }, async () => {
  // T3; T4 from the acknowledgement on; T4 anew from an intermediate status on.
  for (const answer of [[], ['80 00 00'], ['80 00 00', '04 ff 01 0a']]) {
    const { outcome, written } = await payAt([...REGISTERED, ...NO_RECEIPT, '*', ...answer], IMPATIENT);
    assert.deepEqual(outcome, { outcome: 'unknown' });
    assert.equal(written, 0);
  }
});

test('silence, and then a terminal that knows of no payment: nothing was charged', async () => {
  const afterwards = [...REGISTERED, '*', '80 00 00', '06 0f 01 00', '*', ...NO_RECEIPT];
  const { outcome } = await payAt([...REGISTERED, ...NO_RECEIPT, '*', '80 00 00', ...afterwards]);
  assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'timeout' });
});

test('a terminal that forgets what was acknowledged leaves the payment unknown', async () => {
  const afterwards = [...REGISTERED, '*', '80 00 00', '06 0f 01 00', '*', ...NO_RECEIPT];
  const paid = ['*', '80 00 00', APPROVED, '*', '!'];
  const { outcome, written } = await payAt([...REGISTERED, ...NO_RECEIPT, ...paid, ...afterwards]);
  assert.equal(written, 1);
  assert.deepEqual(outcome, { outcome: 'unknown' });
});

test('a payment that the terminal calls final though nobody wrote it down is taken back', async () => {
  const repeated = ['*', '80 00 00', APPROVED, '*', '06 0f 00', '*'];
  const reversed = ['*', '80 00 00', APPROVED, '*', '06 0f 00', '*'];
  const { outcome, written, heard } = await payAt([
    ...REGISTERED,
    ...NO_RECEIPT,
    '*',
    '80 00 00',
    '!',
    ...REGISTERED,
    '*',
    '80 00 00',
    '06 0f 01 00',
    '*',
    ...repeated,
    ...reversed,
  ]);
  assert.equal(written, 0);
  assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'unreachable' });
  assert.ok(heard.includes('063006123456870007'), 'the reversal names the receipt');
});

test('a success that nobody asked for is not accepted', async () => {
  const script = [...REGISTERED.slice(0, -1), APPROVED, '*', '*'];
  const { heard } = await rogue(script, IMPATIENT, (client) => client.ready());
  assert.ok(heard.includes('846600'));
});

for (const [what, status] of [
  ['cut off', statusOf('27 00 04 00')],
  ['without an amount', statusOf('27 00 0b 00 00 07 87 00 07')],
  ['without a receipt number', statusOf('27 00 04 00 00 00 00 13 00 0b 00 00 07')],
  ['with the amount twice', statusOf('27 00 04 00 00 00 00 13 00 04 00 00 00 00 13 00 0b 00 00 07 87 00 07')],
] as const) {
  test(`a success ${what} is refused`, async () => {
    const { outcome, written, heard } = await payAt([
      ...REGISTERED,
      ...NO_RECEIPT,
      '*',
      '80 00 00',
      status,
      '*',
      '06 1e 01 66',
      '*',
      '*',
      '80 00 00',
      '06 0f 01 00',
      '*',
      ...NO_RECEIPT,
    ]);
    assert.ok(heard.includes('846600'));
    assert.equal(written, 0);
    assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'failed' });
  });
}

test('a terminal whose last receipt makes no sense is not believed', async () => {
  const script = [...REGISTERED, '*', '80 00 00', statusOf('27 00'), '*', '06 0f 00', '*'];
  await rogue(script, PATIENT, (client) => assert.rejects(client.last(), CardTerminalRefusedError));
});

test('garbage at any point of a payment: an outcome, nothing written down, never "paid"', async () => {
  const noise = fc
    .uint8Array({ minLength: 1, maxLength: 30 })
    .map((bytes) => Buffer.from(bytes).toString('hex'));
  const point = fc.integer({ min: 0, max: 4 });
  await fc.assert(
    fc.asyncProperty(noise, point, async (garbage, at) => {
      const script = [...REGISTERED, ...NO_RECEIPT, '*', '80 00 00', '04 ff 01 0a', '*', '06 1e 01 6c', '*'];
      const places = [1, 5, 9, 10, 12];
      script.splice(places[at] ?? 0, 0, garbage);
      const { outcome, written } = await payAt(script, {
        ...IMPATIENT,
        answerMs: 20,
        silenceMs: 20,
        resolveMs: 30,
      });
      assert.notEqual(outcome.outcome, 'paid');
      assert.equal(written, 0);
    }),
    { numRuns: 25 },
  );
});
