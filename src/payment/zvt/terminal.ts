import { type CardTerminal, CardTerminalAwayError, CardTerminalRefusedError } from '../card-terminal.ts';
import { RESULT } from './commands.ts';
import { createConnection, passwordOf } from './connection.ts';
import type { Context } from './context.ts';
import { closeDay } from './end-of-day.ts';
import { askLast, askReady } from './enquiries.ts';
import { TIMES, type ZvtOptions } from './options.ts';
import { pay } from './pay.ts';
import { takeBack } from './reverse.ts';

const MAX_CENTS = 999_999_999_999;

/** @returns a function that runs one piece of work after the other, and one that says whether there is any */
function createQueue(): { add<T>(work: () => Promise<T>): Promise<T>; isBusy(): boolean } {
  let waiting = 0;
  let tail: Promise<unknown> = Promise.resolve();
  const done = (): void => {
    waiting -= 1;
  };
  return {
    isBusy: () => waiting > 0,
    add: (work) => {
      waiting += 1;
      const result = tail.then(work);
      tail = result.then(done, done);
      return result;
    },
  };
}

/**
 * A card terminal that speaks ZVT over TCP. Connects when it is first needed, and again after the connection was lost.
 * @throws RangeError when the password is not six digits
 */
export function createZvtTerminal(options: ZvtOptions): CardTerminal {
  const times = { ...TIMES, ...options.times };
  let closed = false;
  const context: Context = {
    connection: createConnection(options, times),
    password: passwordOf(options),
    charset: options.charset ?? 'cp437',
    times,
    closed: () => closed,
  };
  const queue = createQueue();

  return {
    async pay(amountCents, on, signal) {
      if (!Number.isSafeInteger(amountCents) || amountCents < 1 || amountCents > MAX_CENTS) {
        throw new RangeError('not an amount that a card can pay');
      }
      if (signal.aborted) return { outcome: 'notPaid', reason: 'aborted' };
      if (queue.isBusy()) return { outcome: 'notPaid', reason: 'busy' };
      return queue.add(() => pay(context, amountCents, on, signal));
    },
    last: () => queue.add(() => askLast(context)),
    reverse: (payment) => queue.add(() => takeBack(context, payment)),
    endOfDay: () => queue.add(() => closeDay(context)),
    async ready() {
      if (queue.isBusy()) return 'busy';
      try {
        return await queue.add(() => askReady(context));
      } catch (error) {
        if (error instanceof CardTerminalAwayError) return 'unreachable';
        if (!(error instanceof CardTerminalRefusedError)) throw error;
        return error.code === RESULT.pleaseWait ? 'busy' : 'failed';
      }
    },
    async close() {
      closed = true;
      context.connection.close();
      await queue.add(async () => {});
    },
  };
}
