import {
  type CardPayment,
  type CardReadiness,
  CardTerminalRefusedError,
  type LastCardPayment,
} from '../card-terminal.ts';
import { COMMAND, RESULT } from './commands.ts';
import type { Context } from './context.ts';
import { addLines } from './receipt.ts';
import { readStatusInformation, type StatusInformation } from './status.ts';
import { readinessOf } from './words.ts';

/** The service byte's field, and its bits "send the status information, too". */
const STATUS_TOO = Uint8Array.of(0x03, 0x03);

/** @returns what a successful transaction came to, or undefined when the terminal leaves out what nobody can do without */
export function paymentOf(info: StatusInformation): CardPayment | undefined {
  const { amountCents, receiptNumber, trace, terminalId = '', cardName, maskedPan } = info;
  if (amountCents === undefined || receiptNumber === undefined || trace === undefined) return undefined;
  return { amountCents, receiptNumber, trace, terminalId, cardName, maskedPan, receipt: [] };
}

/**
 * Asks for the last transaction (06 20).
 * @returns it, or 'none' when the terminal has no receipt to repeat, or that of a failed one
 * @throws CardTerminalAwayError
 * @throws CardTerminalRefusedError when it is busy or its answer makes no sense
 */
export async function askLast({ connection, password, charset }: Context): Promise<LastCardPayment | 'none'> {
  let info: StatusInformation | undefined;
  let receipt: string[] = [];
  let nonsense = false;
  const ending = await connection.ask({
    send: { command: COMMAND.repeatReceipt, data: Buffer.concat([password, STATUS_TOO]) },
    answer: (message) => {
      try {
        if (message.command === COMMAND.statusInformation)
          info = readStatusInformation(message.data, charset);
        if (isPrint(message.command)) receipt = addLines(receipt, message, charset);
      } catch {
        nonsense = true;
      }
      return RESULT.ok;
    },
  });
  if (nonsense) throw new CardTerminalRefusedError(undefined);
  if (ending.end !== 'completed' && ending.code === RESULT.pleaseWait) {
    throw new CardTerminalRefusedError(RESULT.pleaseWait);
  }
  if (ending.end !== 'completed' || info?.result !== RESULT.ok) return 'none';
  const payment = paymentOf(info);
  if (payment === undefined) throw new CardTerminalRefusedError(undefined);
  return { ...payment, receipt, reverses: info.originalTrace };
}

export function isPrint(command: number): boolean {
  return command === COMMAND.printLine || command === COMMAND.printBlock;
}

/** Asks how the terminal is (05 01). @throws CardTerminalAwayError, CardTerminalRefusedError */
export async function askReady({ connection }: Context): Promise<CardReadiness> {
  const ending = await connection.ask({
    send: { command: COMMAND.statusEnquiry, data: new Uint8Array() },
    answer: () => RESULT.ok,
  });
  if (ending.end === 'completed') return readinessOf(ending.data);
  return ending.code === RESULT.pleaseWait ? 'busy' : 'failed';
}
