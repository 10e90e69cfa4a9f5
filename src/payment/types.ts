import type { Language } from '#language';
import type { CardRefusal, CardStatus } from './card-terminal.ts';
import type { PaymentState } from './ledger-rules.ts';

/** A card at the terminal's reader, or a pay page on the person's own phone. */
export type Way = 'card' | 'page';

/**
 * Why a payment failed, or what makes it doubtful: what the card terminal says, or `givenUp` by the person, `cancelled`
 * on the pay page, `expired` without anybody paying, `refused` by the pay page, `superseded` by another payment,
 * `lost` by an office that died meanwhile, `unclear` from outside, `decided` by a clerk.
 */
export type PaymentReason =
  | CardRefusal
  | 'givenUp'
  | 'cancelled'
  | 'expired'
  | 'refused'
  | 'superseded'
  | 'lost'
  | 'unclear'
  | 'decided';

/** Who gave the money back: the card terminal at once, or the city's cash office later. */
export type ReversedBy = 'terminal' | 'office';

/** One attempt to pay for a case. No personal data. */
export interface Payment {
  id: string;
  /** The case may be gone, when nobody paid for it. */
  caseId: string;
  /** Number of the case: the one reference, on the receipt, at the terminal and on the bank statement. */
  caseNumber: string;
  service: string;
  office: string;
  language: Language;
  /** Null until the person has chosen. */
  way: Way | null;
  site: string;
  terminal: string | null;
  amountCents: number;
  state: PaymentState;
  /** Paid without a case to pay for (any more): a refund task stands for it. */
  stray: boolean;
  /** Transaction id at the pay page. */
  externalId: string | null;
  receiptNumber: number | null;
  trace: number | null;
  reason: PaymentReason | null;
  reversedBy: ReversedBy | null;
  givenUpAt: Date | null;
  /** When somebody has to look after it next; null when nobody has to. */
  dueAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  settledAt: Date | null;
  reversedAt: Date | null;
}

/** Where somebody pays. `terminal`: id of the machine they stand at; a card can be used only at one. */
export interface PayPoint {
  site: string;
  terminal: string | null;
}

/** What a screen shows of a payment; a page without script asks for it again and again. */
export interface PaymentProgress {
  id: string;
  caseId: string;
  service: string;
  state: PaymentState;
  way: Way | null;
  amountCents: number;
  /** What the card terminal is doing; only while this office is talking to it. */
  status: CardStatus | undefined;
  reason: PaymentReason | null;
  givenUp: boolean;
  /** Paid without a case to pay for (any more): the office gives it back. */
  stray: boolean;
  /** Over here, but its pay page would still take the money. */
  watched: boolean;
  /** By which number of a case the office knows it, also when the case is gone; and which office. */
  caseNumber: string;
  office: string;
  /** When the money came, and when it went back. */
  settledAt: Date | null;
  reversedAt: Date | null;
}

/** `busy`: somebody else's payment is not decided there yet. `over`: this payment cannot be begun (any more). */
export type CardStart = { started: true } | { started: false; reason: 'busy' | 'unreachable' | 'over' };

/** Where the person pays, or why not. After `unreachable` it may be tried again. */
export type PageStart = { ok: true; address: string } | { ok: false; reason: 'unreachable' | 'over' };
