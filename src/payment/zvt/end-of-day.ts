import { type CardTerminal, CardTerminalAwayError, CardTerminalRefusedError } from '../card-terminal.ts';
import { COMMAND, RESULT } from './commands.ts';
import type { Context } from './context.ts';
import type { Ending } from './link.ts';
import { untilAnswered } from './resolve.ts';
import { readStatusInformation, type StatusInformation } from './status.ts';

type Day = Awaited<ReturnType<CardTerminal['endOfDay']>>;

function dayOf({ amountCents, totals }: StatusInformation): Day | undefined {
  if (amountCents === undefined) return undefined;
  return { totalCents: amountCents, count: totals?.cents === amountCents ? totals.count : undefined };
}

/**
 * Closes the day (06 50). When the connection is lost meanwhile it asks again: what was not closed is closed then, and
 * what was closed already adds up to nothing the second time, so that the first sum stands.
 * @throws CardTerminalAwayError, CardTerminalRefusedError
 */
export async function closeDay(context: Context): Promise<Day> {
  const { connection, password, charset } = context;
  let day: Day | undefined;
  const ending = await untilAnswered(async (): Promise<Ending | undefined> => {
    const link = await connection.open();
    const end = await link.run({
      send: { command: COMMAND.endOfDay, data: password },
      answer: (message) => {
        if (message.command !== COMMAND.statusInformation) return RESULT.ok;
        const heard = dayOf(readStatusInformation(message.data, charset));
        if (day === undefined || (heard !== undefined && heard.totalCents > 0)) day = heard;
        return RESULT.ok;
      },
    });
    return end.end !== 'completed' && end.code === RESULT.pleaseWait ? undefined : end;
  }, context);
  if (ending === undefined) throw new CardTerminalAwayError('the end of day was not heard');
  if (ending.end !== 'completed') throw new CardTerminalRefusedError(ending.code);
  if (day === undefined) throw new CardTerminalRefusedError(undefined);
  return day;
}
