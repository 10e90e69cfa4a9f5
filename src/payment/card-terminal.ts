/** What the card terminal says a payment came to; no card data beyond what the receipt may show. */
export interface CardPayment {
  amountCents: number;
  /** The terminal's receipt number, 1 to 9999; a reversal is asked for by it. */
  receiptNumber: number;
  /** The transaction's number at the terminal's network. */
  trace: number;
  terminalId: string;
  cardName: string | undefined;
  /** The last four digits, `**** 4771`; never more. */
  maskedPan: string | undefined;
  /** The customer's receipt line by line; empty until the terminal has sent it, which is after `commit`. */
  receipt: readonly string[];
}

/** The last transaction a terminal knows. */
export interface LastCardPayment extends CardPayment {
  /** Set when this transaction took a payment back: the trace number of that payment. */
  reverses: number | undefined;
}

/**
 * Why there is no payment. `aborted` is both the person's own abort and the terminal's waiting time being over: it does
 * not tell them apart. `timeout` is a terminal that fell silent and afterwards turned out not to have charged anything.
 */
export type CardRefusal =
  | 'declined'
  | 'wrongPin'
  | 'aborted'
  | 'timeout'
  | 'printer'
  | 'busy'
  | 'unreachable'
  | 'failed';

/** What the person at the screen is told meanwhile. */
export type CardStatus =
  | 'insertCard'
  | 'enterPin'
  | 'wrongPin'
  | 'choose'
  | 'pleaseWait'
  | 'removeCard'
  | 'cardUnreadable'
  | 'cardRefused'
  | 'approved'
  | 'declined'
  | 'aborted'
  | 'reversing';

/**
 * `unknown`: the connection was lost after the request, and asking again led nowhere. Money may have moved; ask
 * {@link CardTerminal.last} later and then confirm or reverse.
 */
export type CardOutcome =
  | { outcome: 'paid'; payment: CardPayment }
  | { outcome: 'notPaid'; reason: CardRefusal }
  | { outcome: 'unknown' };

/** Whoever asks for a payment. */
export interface CardListener {
  status(word: CardStatus): void;
  /**
   * Awaited before the acknowledgement that makes the payment final: write it down durably here. When it rejects,
   * the terminal is told to reverse. At most once for each payment; `paid` never comes without it.
   */
  commit(payment: CardPayment): Promise<void>;
}

export type CardReadiness =
  | 'ready'
  | 'busy'
  | 'cardInserted'
  | 'initialise'
  | 'endOfDayDue'
  | 'unreachable'
  | 'failed';

/** The terminal does not answer, or no longer. */
export class CardTerminalAwayError extends Error {
  override name = 'CardTerminalAwayError';
}

/** The terminal answered, but did not do what was asked. */
export class CardTerminalRefusedError extends Error {
  override name = 'CardTerminalRefusedError';
  /** The terminal's own result code, 0 to 255, or undefined when its answer made no sense. */
  readonly code: number | undefined;

  constructor(code: number | undefined) {
    super('the card terminal refused');
    this.code = code;
  }
}

export interface CardTerminal {
  /**
   * Takes a payment. Never rejects for anything the terminal or the network does.
   * @param amountCents whole cents, 1 to 999999999999
   * @param signal aborts from the screen; without effect once `commit` has been called
   * @throws RangeError for any other amount
   */
  pay(amountCents: number, on: CardListener, signal: AbortSignal): Promise<CardOutcome>;
  /**
   * @returns the last transaction the terminal knows, or 'none'. After a crash: find out what became of a payment.
   * @throws CardTerminalAwayError, or CardTerminalRefusedError when it is busy
   */
  last(): Promise<LastCardPayment | 'none'>;
  /** Takes a payment back; may be repeated until it says something other than `unknown`. */
  reverse(
    payment: Pick<CardPayment, 'receiptNumber' | 'amountCents'>,
  ): Promise<'reversed' | 'alreadyReversed' | 'refused' | 'unknown'>;
  /**
   * Closes the terminal's day.
   * @returns the sum, and how many payments: undefined when the terminal gives no break-down that adds up to the sum
   * @throws CardTerminalAwayError when the terminal stays away: the day may be open or closed
   * @throws CardTerminalRefusedError
   */
  endOfDay(): Promise<{ totalCents: number; count: number | undefined }>;
  ready(): Promise<CardReadiness>;
  close(): Promise<void>;
}
