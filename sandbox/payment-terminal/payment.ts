import { ACCEPTED, type Apdu, RESULT } from '#payment/zvt';
import type { BankEntry } from './bank.ts';
import type { Behaviour } from './behaviour.ts';
import { type Conversation, createConversation, StoppedError } from './conversation.ts';
import type { Device } from './device.ts';
import { abort, completion, failure, intermediate, receipt, success } from './messages.ts';
import type { Wire } from './wire.ts';

const SHOW = {
  insertCard: 0x0a,
  pinPad: 0x01,
  wait: 0x0e,
  removeCard: 0x0b,
  wrongPin: 0x15,
  stopped: 0x0d,
  reversing: 0x05,
};
const DECLINED = 0x05;
const WRONG_PIN = 0x37;

async function show(talk: Conversation, device: Device, code: number): Promise<void> {
  await talk.say(intermediate(code));
  await talk.wait(device.times.paceMs);
}

async function fail(talk: Conversation, code: number): Promise<void> {
  talk.commit();
  await talk.say(failure(code));
  await talk.say(abort(code));
}

/** The card, the PIN. @returns why not, or 0 when the bank may be asked */
async function identify(talk: Conversation, device: Device, course: Behaviour['course']): Promise<number> {
  if (course === 'printerNotReady') return RESULT.printerNotReady;
  await show(talk, device, SHOW.insertCard);
  if (course === 'timeOut') {
    await talk.wait(device.times.customerMs);
    return RESULT.aborted;
  }
  await show(talk, device, SHOW.pinPad);
  if (course === 'abortedByCustomer') {
    await show(talk, device, SHOW.stopped);
    return RESULT.aborted;
  }
  if (course === 'wrongPin') {
    await show(talk, device, SHOW.wrongPin);
    return WRONG_PIN;
  }
  await show(talk, device, SHOW.wait);
  return course === 'decline' ? DECLINED : RESULT.ok;
}

/** Reverses by itself, and says so. */
async function takeBack(talk: Conversation, device: Device, entry: Readonly<BankEntry>): Promise<void> {
  device.bank.book(device.bank.draftReversal(entry.trace));
  await talk.say(intermediate(SHOW.reversing));
  await talk.say(abort(RESULT.processing));
}

/** From the bank's yes on: final once the status information and the receipt are acknowledged. */
async function settle(talk: Conversation, device: Device, entry: Readonly<BankEntry>): Promise<void> {
  const transaction = { ...entry, reverses: undefined };
  await show(talk, device, SHOW.removeCard);
  const { lie } = device.behaviour();
  for (const message of [success(transaction, device.now(), lie), receipt(transaction, device.now())]) {
    if ((await talk.say(message)) !== RESULT.ok) return takeBack(talk, device, entry);
  }
  device.bank.finish(entry.trace);
  await talk.say(completion());
}

async function course(talk: Conversation, device: Device, amountCents: number): Promise<void> {
  const refusal = await identify(talk, device, device.behaviour().course);
  if (refusal !== RESULT.ok) return fail(talk, refusal);
  device.reach('beforeApproval');
  talk.commit();
  const entry = device.bank.authorise(amountCents);
  device.reach('afterApproval');
  return settle(talk, device, entry);
}

/** A payment from its acknowledgement to its end. @throws GoneError when it is interrupted */
export async function runPayment(wire: Wire, device: Device, amountCents: number): Promise<void> {
  const talk = createConversation(wire, device.times);
  await wire.send(ACCEPTED);
  try {
    await course(talk, device, amountCents);
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    await fail(talk, RESULT.aborted);
  }
  const straggler: Apdu = intermediate(SHOW.wait);
  if (device.behaviour().delivery === 'late') await wire.send(straggler);
}
