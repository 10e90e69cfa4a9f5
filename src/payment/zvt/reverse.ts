import { type CardPayment, type CardTerminal, CardTerminalRefusedError } from '../card-terminal.ts';
import { encodeFields } from './bmp.ts';
import { toBcd } from './bytes.ts';
import { COMMAND, RESULT } from './commands.ts';
import type { Context } from './context.ts';
import type { Ending } from './link.ts';
import { untilAnswered } from './resolve.ts';
import { readStatusInformation } from './status.ts';

type Reversed = Awaited<ReturnType<CardTerminal['reverse']>>;
type Taken = Pick<CardPayment, 'receiptNumber' | 'amountCents'>;

/** One attempt (06 30). @returns how it ended, and whether the terminal announced the reversal of this very amount */
async function attemptOnce(
  { connection, password, charset }: Context,
  { receiptNumber, amountCents }: Taken,
): Promise<{ ending: Ending; announced: boolean }> {
  let announced = false;
  const receipt = encodeFields([[0x87, toBcd(receiptNumber, 2)]]);
  const link = await connection.open();
  const ending = await link.run({
    send: { command: COMMAND.reversal, data: Buffer.concat([password, receipt]) },
    answer: (message) => {
      if (message.command !== COMMAND.statusInformation) return RESULT.ok;
      const info = readStatusInformation(message.data, charset);
      if (info.result !== RESULT.ok) return RESULT.ok;
      // The number is right and the amount is not: that is another payment than was meant.
      if (info.amountCents !== undefined && info.amountCents !== amountCents) return RESULT.processing;
      announced = true;
      return RESULT.ok;
    },
  });
  return { ending, announced };
}

/**
 * Takes a payment back. When the connection is lost meanwhile it asks again: a second reversal of the same receipt does
 * nothing but say that it is reversed already.
 */
export async function takeBack(context: Context, payment: Taken): Promise<Reversed> {
  let attempts = 0;
  async function tryOnce(): Promise<Reversed | undefined> {
    attempts += 1;
    const { ending, announced } = await attemptOnce(context, payment);
    if (ending.end === 'completed') return announced ? 'reversed' : 'refused';
    if (ending.code === RESULT.alreadyReversed) return attempts > 1 ? 'reversed' : 'alreadyReversed';
    return announced || ending.code === RESULT.pleaseWait ? undefined : 'refused';
  }
  try {
    return (await untilAnswered(tryOnce, context)) ?? 'unknown';
  } catch (error) {
    if (error instanceof CardTerminalRefusedError) return 'refused';
    throw error;
  }
}
