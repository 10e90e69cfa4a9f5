import { setTimeout as pause } from 'node:timers/promises';
import type { CardListener, CardPayment } from '../card-terminal.ts';
import type { Charset } from './charset.ts';
import { COMMAND, RESULT } from './commands.ts';
import { isPrint, paymentOf } from './enquiries.ts';
import type { Apdu } from './frames.ts';
import type { ZvtTimes } from './options.ts';
import { addLines } from './receipt.ts';
import { EURO, readStatusInformation, type StatusInformation } from './status.ts';
import { statusWord } from './words.ts';

/** One payment while the terminal talks about it. */
export interface Attempt {
  /** What to answer to a message; rejects to say no. */
  answer(message: Apdu): Promise<number>;
  /** What was handed to `commit`, with the receipt as far as it has come; undefined before. */
  approved(): CardPayment | undefined;
  /** Whether the terminal may have got the acknowledgement that makes the payment final. */
  acknowledged(): boolean;
  /** Waits until `commit` is over, T4 at most. @returns whether it succeeded; false when it was never called */
  committed(): Promise<boolean>;
  /** Whether a success was announced, or something unreadable: the terminal has to be asked unless it completes well. */
  doubtful(): boolean;
  /** The result code of a payment that did not succeed. */
  refusal(): number | undefined;
}

class NotAcceptableError extends Error {
  override name = 'NotAcceptableError';
}

export function isSame(one: CardPayment, other: CardPayment): boolean {
  return one.trace === other.trace && one.receiptNumber === other.receiptNumber;
}

/** @throws NotAcceptableError unless it is what was asked for, to the cent, in euros */
function acceptable(info: StatusInformation, amountCents: number): CardPayment {
  const payment = paymentOf(info);
  const foreign = info.currency !== undefined && info.currency !== EURO;
  if (payment?.amountCents !== amountCents || foreign) throw new NotAcceptableError();
  return payment;
}

/** @returns what it comes to, or undefined when that takes longer */
async function within<T>(result: Promise<T>, ms: number): Promise<T | undefined> {
  const stop = new AbortController();
  const waiting = pause(ms, undefined, { signal: stop.signal }).catch(() => undefined);
  const first = await Promise.race([result, waiting]);
  stop.abort();
  return first;
}

export function createAttempt(deps: {
  amountCents: number;
  on: CardListener;
  signal: AbortSignal;
  charset: Charset;
  times: ZvtTimes;
}): Attempt {
  const { amountCents, on, signal, charset, times } = deps;
  let payment: CardPayment | undefined;
  let commit: Promise<boolean> | undefined;
  let waitedMs = 0;
  let acknowledged = false;
  let doubtful = false;
  let refusal: number | undefined;
  let receipt: string[] = [];

  async function startCommit(approved: CardPayment): Promise<boolean> {
    try {
      await on.commit(approved);
      return true;
    } catch {
      return false;
    }
  }

  /** `04 0F` may come again, because we asked for it: `commit` is called once all the same. */
  async function answerApproval(info: StatusInformation): Promise<number> {
    const approved = acceptable(info, amountCents);
    if (payment !== undefined && !isSame(payment, approved)) throw new NotAcceptableError();
    if (commit === undefined) {
      if (signal.aborted) throw new NotAcceptableError();
      payment = approved;
      commit = startCommit(approved);
    }
    const written = await within(commit, times.patienceMs);
    if (written === false) throw new NotAcceptableError();
    if (written === undefined) {
      waitedMs += times.patienceMs;
      if (waitedMs >= times.silenceMs) throw new NotAcceptableError();
      return RESULT.pleaseWait;
    }
    acknowledged = true;
    return RESULT.ok;
  }

  async function answer(message: Apdu): Promise<number> {
    if (message.command === COMMAND.intermediateStatus) {
      const word = statusWord(message.data[0]);
      if (word !== undefined) on.status(word);
    }
    if (isPrint(message.command)) receipt = addLines(receipt, message, charset);
    if (message.command !== COMMAND.statusInformation) return RESULT.ok;
    const known = doubtful;
    doubtful = true;
    const info = readStatusInformation(message.data, charset);
    if (info.result === RESULT.ok) return answerApproval(info);
    doubtful = known;
    refusal = info.result;
    return RESULT.ok;
  }

  return {
    answer,
    approved: () => payment && { ...payment, receipt },
    acknowledged: () => acknowledged,
    committed: async () => (commit && (await within(commit, times.silenceMs))) ?? false,
    doubtful: () => doubtful,
    refusal: () => refusal,
  };
}
