import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import test, { afterEach } from 'node:test';
import { type Behaviour, type RunningPaymentTerminal, startPaymentTerminal } from '#sandbox/payment-terminal';
import { eventually } from '#test/eventually';
import { createFrameReader, encodeFrame } from './frames.ts';

/** What the stand-in refuses is what a card terminal refuses: spoken to byte by byte, without the client. */
const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Register {
  /** Sends bytes and gives the next message. */
  ask(hex: string): Promise<string>;
  next(): Promise<string>;
  say(hex: string): void;
  isClosed(): boolean;
}

async function switchOn(
  behaviour: Behaviour = { course: 'approve' },
  answerMs = 5_000,
): Promise<RunningPaymentTerminal> {
  const times = { paceMs: 0, customerMs: 5_000, answerMs, repeatMs: 5, settleMs: 5 };
  const stand = await startPaymentTerminal({ port: 0, times });
  stops.push(stand.stop);
  stand.behave(behaviour);
  return stand;
}

async function dial({ host, port }: RunningPaymentTerminal): Promise<Register> {
  const socket = connect({ host, port });
  await once(socket, 'connect');
  stops.push(() => {
    socket.destroy();
  });
  const read = createFrameReader();
  const inbox: string[] = [];
  let closed = false;
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  socket.on('data', (piece) => {
    inbox.push(...read(piece).map((message) => Buffer.from(encodeFrame(message)).toString('hex')));
  });
  const say = (hex: string): void => {
    socket.write(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  };
  const next = async (): Promise<string> => {
    await eventually('an answer', async () => inbox.length > 0);
    return inbox.shift() ?? '';
  };
  const ask = (hex: string): Promise<string> => {
    say(hex);
    return next();
  };
  return { ask, next, say, isClosed: () => closed };
}

const OK = '800000';
const PAY = '06 01 07 04 00 00 00 00 13 00';

async function register(stand: RunningPaymentTerminal): Promise<Register> {
  const till = await dial(stand);
  assert.equal(await till.ask('06 00 0e 12 34 56 be 09 78 06 06 26 04 0a 02 06 d3'), OK);
  assert.match(await till.next(), /^060f/);
  till.say(OK);
  return till;
}

/** Goes along until a message that begins so; answers everything before it. @returns the message, not yet answered */
async function until(till: Register, start: string): Promise<string> {
  for (;;) {
    const message = await till.next();
    if (message.startsWith(start)) return message;
    if (!/^8[04]/.test(message)) till.say(OK);
  }
}

async function payWhole(till: Register): Promise<void> {
  assert.equal(await till.ask(PAY), OK);
  await until(till, '060f');
  till.say(OK);
}

const states = (stand: RunningPaymentTerminal): string[] => stand.ledger().map(({ state }) => state);

async function becomes(stand: RunningPaymentTerminal, ...expected: string[]): Promise<void> {
  await eventually('the books are in order', async () => states(stand).join() === expected.join());
}

test('nothing goes before registration', async () => {
  const till = await dial(await switchOn());
  assert.equal(await till.ask(PAY), '846b00');
  assert.equal(await till.ask('06 20 05 12 34 56 03 03'), '846b00');
});

test('nothing goes with a wrong password or in another currency', async () => {
  const stand = await switchOn();
  const till = await dial(stand);
  assert.equal(await till.ask('06 00 06 00 00 00 be 09 78'), '848300');
  assert.equal(await till.ask(PAY), '846b00');
  assert.equal(await till.ask('06 00 06 12 34 56 be 07 56'), OK);
  assert.equal(await till.next(), '061e016f');
  till.say(OK);
  const registered = await register(stand);
  for (const command of ['06 30 06 00 00 00 87 00 01', '06 50 03 00 00 00', '06 20 05 00 00 00 03 03']) {
    assert.equal(await registered.ask(command), '848300');
  }
});

test('no payment of nothing, none in another currency, and no command it does not know', async () => {
  const stand = await switchOn();
  const till = await register(stand);
  assert.equal(await till.ask('06 01 07 04 00 00 00 00 00 00'), '84c800');
  assert.equal(await till.ask('06 01 0a 04 00 00 00 00 13 00 49 07 56'), '846f00');
  assert.equal(await till.ask('06 31 00'), '848300');
  assert.deepEqual(stand.ledger(), []);
});

test('a second command while a payment is going on has to wait', async () => {
  const stand = await switchOn();
  const till = await register(stand);
  assert.equal(await till.ask(PAY), OK);
  assert.equal(await till.next(), '04ff010a');
  assert.equal(await till.ask(PAY), '849c00');
  till.say(OK);
  await until(till, '060f');
  till.say(OK);
  assert.deepEqual(states(stand), ['paid']);
});

test('a payment that nobody acknowledges is reversed: silence, refusal, and a register that went away', async () => {
  const answers: ((till: Register) => void)[] = [
    () => {},
    (till) => till.say('84 66 00'),
    (till) => till.say('84 cc 00'),
    () => void stops.pop()?.(),
  ];
  for (const answer of answers) {
    const stand = await switchOn({ course: 'approve' }, 300);
    const till = await register(stand);
    till.say(PAY);
    await until(till, '040f');
    assert.deepEqual(states(stand), ['authorised']);
    answer(till);
    await becomes(stand, 'reversed');
  }
});

test('a payment whose receipt is not acknowledged is reversed, too', async () => {
  const stand = await switchOn();
  const till = await register(stand);
  till.say(PAY);
  await until(till, '06d3');
  assert.deepEqual(states(stand), ['authorised']);
  till.say('84 cc 00');
  await until(till, '061e');
  assert.deepEqual(states(stand), ['reversed']);
});

test('"please wait" is waited for: the status information comes again', async () => {
  const stand = await switchOn();
  const till = await register(stand);
  till.say(PAY);
  const first = await until(till, '040f');
  till.say('84 9c 00');
  assert.equal(await until(till, '040f'), first);
  till.say(OK);
  await until(till, '060f');
  assert.deepEqual(states(stand), ['paid']);
});

test('the register may stop a payment before the bank is asked, and not after', async () => {
  const stand = await switchOn({ course: 'timeOut' });
  const early = await register(stand);
  early.say(PAY);
  assert.match(await until(early, '04ff'), /0a$/);
  early.say('06 b0 00');
  assert.equal(await until(early, '80'), OK);
  early.say(OK);
  assert.match(await until(early, '040f'), /276c/);
  early.say(OK);
  assert.equal(await until(early, '061e'), '061e016c');
  early.say(OK);
  stand.behave('approve');
  const late = await register(stand);
  late.say(PAY);
  await until(late, '04ff010b');
  assert.equal(await late.ask('06 b0 00'), '848300');
  late.say(OK);
  await until(late, '060f');
  assert.deepEqual(states(stand), ['paid']);
});

test('a reversal: of an unknown receipt, twice, or after the end of day is none', async () => {
  const stand = await switchOn();
  const till = await register(stand);
  await payWhole(till);
  await payWhole(till);
  const reverse = async (receipt: string): Promise<string> => {
    assert.equal(await till.ask(`06 30 06 12 34 56 87 ${receipt}`), OK);
    const end = await until(till, '06');
    till.say(OK);
    return end.startsWith('06d3') ? until(till, '060f').finally(() => till.say(OK)) : end;
  };
  assert.equal(await reverse('00 99'), '061e01b5');
  assert.equal(await reverse('00 01'), '060f00');
  assert.equal(await reverse('00 01'), '061e01b4');
  assert.equal(await till.ask('06 50 03 12 34 56'), OK);
  await until(till, '060f');
  till.say(OK);
  assert.equal(await reverse('00 02'), '061e01b5');
  assert.deepEqual(states(stand), ['reversed', 'paid']);
});

test('the books outlive a power cut; what was not acknowledged is reversed when power is back', async () => {
  const stand = await switchOn();
  const till = await register(stand);
  await payWhole(till);
  till.say(PAY);
  await until(till, '040f');
  stand.powerOff();
  await eventually('the line is dead', async () => till.isClosed());
  assert.deepEqual(states(stand), ['paid', 'authorised']);
  const dead = await dial(stand);
  await eventually('nobody answers', async () => dead.isClosed());
  stand.powerOn();
  await becomes(stand, 'paid', 'reversed');
  assert.equal(await (await dial(stand)).ask(PAY), '846b00', 'it has to be registered again');
});

test('it has one register: a new connection ends the old one, and its payment', async () => {
  const stand = await switchOn();
  const old = await register(stand);
  old.say(PAY);
  await until(old, '040f');
  const fresh = await register(stand);
  await eventually('the old one is closed', async () => old.isClosed());
  await becomes(stand, 'reversed');
  await payWhole(fresh);
  assert.deepEqual(states(stand), ['reversed', 'paid']);
});

test('a register that sends nonsense is hung up on', async () => {
  const stand = await switchOn();
  const till = await register(stand);
  till.say(Buffer.from('GET / HTTP/1.1').toString('hex'));
  await eventually('it is hung up', async () => till.isClosed());
  const other = await register(stand);
  other.say('06 01 03 99 99 99');
  await eventually('it is hung up', async () => other.isClosed());
});
