import {
  ACCEPTED,
  type Apdu,
  COMMAND,
  decodeFields,
  encodeFields,
  fromBcd,
  RESULT,
  refused,
  toBcd,
} from '#payment/zvt';
import type { Transaction } from './bank.ts';
import type { Activity } from './behaviour.ts';
import { createConversation } from './conversation.ts';
import type { Device } from './device.ts';
import {
  abort,
  closingReceipt,
  closingStatus,
  completion,
  receipt,
  success,
  TERMINAL_ID,
} from './messages.ts';
import { runPayment } from './payment.ts';
import type { Wire } from './wire.ts';

const PASSWORD_BYTES = 3;
const WRONG_CURRENCY = 0x6f;
const EURO = 978;

/** What a command does. It answers with the acknowledgement itself. */
type Handler = (wire: Wire, device: Device, data: Uint8Array) => Promise<void>;

/** Runs a command that begins with the password. @returns whether it was the right one */
async function isAllowed(wire: Wire, device: Device, data: Uint8Array): Promise<boolean> {
  const given = Buffer.from(data.subarray(0, PASSWORD_BYTES)).toString('hex');
  const right = given === device.password;
  await wire.send(right ? ACCEPTED : refused(RESULT.notPossible));
  return right;
}

async function end(wire: Wire, device: Device, code: number): Promise<void> {
  await createConversation(wire, device.times).say(abort(code));
}

/** Sends messages, each to be acknowledged. @returns whether all were */
async function tell(wire: Wire, device: Device, messages: readonly Apdu[]): Promise<boolean> {
  const talk = createConversation(wire, device.times);
  talk.commit();
  for (const message of messages) if ((await talk.say(message)) !== RESULT.ok) return false;
  return true;
}

const pay: Handler = async (wire, device, data) => {
  const fields = decodeFields(data);
  const amount = fromBcd(fields.get(0x04) ?? toBcd(0, 6));
  const currency = fields.get(0x49);
  if (amount === 0) return wire.send(refused(RESULT.amountTooSmall));
  if (currency !== undefined && fromBcd(currency) !== EURO) return wire.send(refused(WRONG_CURRENCY));
  return runPayment(wire, device, amount);
};

const repeat: Handler = async (wire, device, data) => {
  if (!(await isAllowed(wire, device, data))) return;
  const last = device.bank.last();
  if (last === undefined) return end(wire, device, RESULT.notPossible);
  await tell(wire, device, [success(last, device.now()), receipt(last, device.now()), completion()]);
};

/** @returns the payment to take back, or why it cannot be */
function reversible(device: Device, data: Uint8Array): Transaction | number {
  const wanted = decodeFields(data.subarray(PASSWORD_BYTES)).get(0x87);
  const entry = wanted === undefined ? undefined : device.bank.find(fromBcd(wanted));
  if (entry?.state === 'reversed') return RESULT.alreadyReversed;
  if (entry?.state !== 'paid' || entry.closed) return RESULT.reversalNotPossible;
  return device.bank.draftReversal(entry.trace);
}

const reverse: Handler = async (wire, device, data) => {
  if (!(await isAllowed(wire, device, data))) return;
  const reversal = reversible(device, data);
  if (typeof reversal === 'number') return end(wire, device, reversal);
  if (!(await tell(wire, device, [success(reversal, device.now())])))
    return end(wire, device, RESULT.processing);
  device.bank.book(reversal);
  await tell(wire, device, [receipt(reversal, device.now()), completion()]);
};

const closeDay: Handler = async (wire, device, data) => {
  if (!(await isAllowed(wire, device, data))) return;
  const closing = device.bank.closing();
  const heard = await tell(wire, device, [closingStatus(closing, device.now())]);
  if (!heard) return end(wire, device, RESULT.processing);
  device.bank.close();
  await tell(wire, device, [closingReceipt(closing), completion()]);
};

const HANDLERS = new Map<number, { activity: Activity; run: Handler }>([
  [COMMAND.authorisation, { activity: 'pay', run: pay }],
  [COMMAND.repeatReceipt, { activity: 'last', run: repeat }],
  [COMMAND.reversal, { activity: 'reverse', run: reverse }],
  [COMMAND.endOfDay, { activity: 'endOfDay', run: closeDay }],
]);

async function registerAt(wire: Wire, device: Device, data: Uint8Array): Promise<boolean> {
  if (!(await isAllowed(wire, device, data))) return false;
  const currency = data.subarray(PASSWORD_BYTES + 1, PASSWORD_BYTES + 3);
  if (currency.length === 2 && fromBcd(currency) !== EURO) {
    await end(wire, device, WRONG_CURRENCY);
    return false;
  }
  const facts = encodeFields([
    [0x19, Uint8Array.of(0)],
    [0x29, toBcd(TERMINAL_ID, 4)],
    [0x49, toBcd(EURO, 2)],
  ]);
  return tell(wire, device, [completion(facts)]);
}

/** Which activity a command begins, for a cut during it. */
export function activityOf(command: number): Activity | undefined {
  return command === COMMAND.registration ? 'register' : HANDLERS.get(command)?.activity;
}

/**
 * Answers the commands of one register until the connection ends.
 * @throws GoneError when it ends, ZvtFormatError when the register sends nonsense
 */
export async function serve(wire: Wire, device: Device): Promise<never> {
  let registered = false;
  for (;;) {
    const message = await wire.receive();
    if (message === undefined) continue;
    const { command, data } = message;
    const handler = HANDLERS.get(command);
    if (command === COMMAND.registration) registered = await registerAt(wire, device, data);
    else if (command === COMMAND.statusEnquiry) {
      await wire.send(ACCEPTED);
      const status = device.isSettling() ? RESULT.pleaseWait : RESULT.ok;
      await tell(wire, device, [completion(Uint8Array.of(status))]);
    } else if (command >> 8 >= 0x80) continue;
    else if (!registered) await wire.send(refused(RESULT.notRegistered));
    else if (handler === undefined) await wire.send(refused(RESULT.notPossible));
    else if (device.isSettling()) await wire.send(refused(RESULT.pleaseWait));
    else await handler.run(wire, device, data);
    device.done();
  }
}
