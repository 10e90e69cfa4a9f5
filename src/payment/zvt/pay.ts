import {
  type CardListener,
  type CardOutcome,
  type CardRefusal,
  CardTerminalAwayError,
  CardTerminalRefusedError,
  type LastCardPayment,
} from '../card-terminal.ts';
import { type Attempt, createAttempt } from './attempt.ts';
import { encodeFields } from './bmp.ts';
import { toBcd } from './bytes.ts';
import { COMMAND, RESULT } from './commands.ts';
import type { Context } from './context.ts';
import { askLast, askReady } from './enquiries.ts';
import { type Ending, LinkLostError } from './link.ts';
import { judge, untilAnswered, type Verdict } from './resolve.ts';
import { takeBack } from './reverse.ts';
import { refusalOf } from './words.ts';

type Last = LastCardPayment | 'none';

const UNKNOWN: CardOutcome = { outcome: 'unknown' };

function notPaid(reason: CardRefusal): CardOutcome {
  return { outcome: 'notPaid', reason };
}

/** Runs the payment. @returns how it ended, or the error that kept us from hearing it */
async function authorise(
  { connection }: Context,
  amountCents: number,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Ending | LinkLostError> {
  const link = await connection.open();
  const abort = (): void => {
    if (attempt.approved() === undefined) link.abort();
  };
  signal.addEventListener('abort', abort);
  try {
    const data = encodeFields([[0x04, toBcd(amountCents, 6)]]);
    return await link.run({ send: { command: COMMAND.authorisation, data }, answer: attempt.answer });
  } catch (error) {
    if (error instanceof LinkLostError) return error;
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** @returns the last transaction; undefined while the terminal is busy or refuses: with money at stake, asking goes on */
async function askWhenIdle(context: Context): Promise<Last | undefined> {
  try {
    return (await askReady(context)) === 'busy' ? undefined : await askLast(context);
  } catch (error) {
    if (error instanceof CardTerminalRefusedError) return undefined;
    throw error;
  }
}

/** Finds out at the terminal what became of the payment. @returns what it says, and what that means */
async function lookUp(
  context: Context,
  amountCents: number,
  before: Last,
  attempt: Attempt,
): Promise<{ last: Last; verdict: Verdict } | undefined> {
  // While something is being written down nothing can be said yet about what is written down.
  const committed = await attempt.committed();
  const last = await untilAnswered(() => askWhenIdle(context), context);
  if (last === undefined) return undefined;
  const [approved, acknowledged] = [attempt.approved(), attempt.acknowledged()];
  return { last, verdict: judge(last, { amountCents, before, approved, acknowledged, committed }) };
}

async function resolve(
  context: Context,
  amountCents: number,
  before: Last,
  attempt: Attempt,
  reason: CardRefusal,
): Promise<CardOutcome> {
  const found = await lookUp(context, amountCents, before, attempt);
  if (found?.verdict === 'notPaid') return notPaid(reason);
  if (found === undefined || found.last === 'none') return UNKNOWN;
  const { reverses: _, ...payment } = found.last;
  if (found.verdict === 'paid') return { outcome: 'paid', payment };
  if (found.verdict === 'unknown') return UNKNOWN;
  const end = await takeBack(context, payment);
  return end === 'reversed' || end === 'alreadyReversed' ? notPaid(reason) : UNKNOWN;
}

function lostReason(error: LinkLostError, signal: AbortSignal): CardRefusal {
  if (signal.aborted) return 'aborted';
  return error.silent ? 'timeout' : 'unreachable';
}

/**
 * Takes a payment (06 01) from asking for the last transaction before it to a certain end, if there is one.
 * @throws CardTerminalAwayError, CardTerminalRefusedError when the payment was not even begun
 */
async function begin(
  context: Context,
  amountCents: number,
  on: CardListener,
  signal: AbortSignal,
): Promise<CardOutcome> {
  // Also shows that the connection stands, so that the request itself is hardly ever the first to find out.
  const before = await askLast(context);
  if (signal.aborted) return notPaid('aborted');
  const attempt = createAttempt({ ...context, amountCents, on, signal });
  const ending = await authorise(context, amountCents, attempt, signal);
  if (ending instanceof LinkLostError) {
    return resolve(context, amountCents, before, attempt, lostReason(ending, signal));
  }
  if (ending.end === 'refused') return notPaid(refusalOf(ending.code));
  const payment = attempt.approved();
  if (ending.end === 'completed' && payment !== undefined && attempt.acknowledged()) {
    return { outcome: 'paid', payment };
  }
  if (ending.end === 'aborted' && !attempt.doubtful()) {
    return notPaid(refusalOf(attempt.refusal() ?? ending.code));
  }
  return resolve(context, amountCents, before, attempt, signal.aborted ? 'aborted' : 'failed');
}

/** As {@link begin}, but what keeps a payment from beginning is an outcome, too. */
export async function pay(
  context: Context,
  amountCents: number,
  on: CardListener,
  signal: AbortSignal,
): Promise<CardOutcome> {
  try {
    return await begin(context, amountCents, on, signal);
  } catch (error) {
    if (error instanceof CardTerminalAwayError) return notPaid('unreachable');
    if (!(error instanceof CardTerminalRefusedError)) throw error;
    return notPaid(error.code === RESULT.pleaseWait ? 'busy' : 'failed');
  }
}
