import { civilDate, civilTime, type IsoDate } from '#time';
import { type Clarified, clarify } from './clarify.ts';
import { createLedger } from './ledger.ts';
import { openAt, unclearBefore, unknownSince } from './ledger-rows.ts';
import type { LedgerDeps, PaymentCases, PaymentStaff } from './ports.ts';
import {
  type ClosedTask,
  closedTask,
  closeTask,
  type RefundEnd,
  type RefundTask,
  refundOf,
  refundsOf,
  refundTasks,
} from './refund-tasks.ts';
import { type Closing, closeTerminal, type DayReport, dayReport, lastClosing } from './report.ts';
import { createTill, type Till } from './till.ts';
import type { TillDeps } from './till-deps.ts';
import type { Payment } from './types.ts';

export interface PaymentDeps extends LedgerDeps, Omit<TillDeps, 'ledger' | 'cases'> {
  cases: PaymentCases;
  /** The machines that have a card terminal. */
  terminals: readonly { terminal: string; site: string }[];
}

export interface Payments extends Omit<Till, 'recover'> {
  /** Where payments are asked about: each card terminal, and the pay page with all that is left. */
  places: readonly string[];
  /**
   * Looks after payments that are due, on every node, again and again.
   * @param place one of {@link Payments.places}: none waits for another; left out: all
   * @returns how many
   */
  recover(place?: string): Promise<number>;
  /** @returns the card terminal's receipt for the customer, line by line, for a day after paying */
  cardReceipt(paymentId: string): Promise<string[] | undefined>;
  /** Forgets receipts that are older than a day. @returns how many */
  forgetReceipts(): Promise<number>;
  /** @returns the report of a civil day, of one site or of all */
  dayReport(day: IsoDate, site?: string): Promise<DayReport>;
  /** @returns what these offices have to give back or to decide about, oldest first */
  refundTasks(offices: readonly string[]): Promise<RefundTask[]>;
  /** @returns the oldest open task of a case */
  refundOf(caseId: string): Promise<RefundTask | undefined>;
  /** @returns all open tasks of a case, oldest first */
  refundsOf(caseId: string): Promise<RefundTask[]>;
  /** The cash office gave the money back, or it is kept. @returns false for no open task of this person's offices */
  closeRefund(taskId: string, by: PaymentStaff, end: RefundEnd): Promise<boolean>;
  /** @returns how a task of these offices has ended; undefined when it is open, or none of theirs */
  closedRefund(taskId: string, offices: readonly string[]): Promise<ClosedTask | undefined>;
  /** @returns payments whose end nobody could find out for a quarter of an hour */
  unclear(offices: readonly string[]): Promise<Payment[]>;
  /** Somebody has looked at the terminal's journal or the bank statement. */
  clarify(paymentId: string, by: PaymentStaff, paid: boolean): Promise<Clarified>;
  /** Closes a card terminal's day. @returns undefined when it has none, is busy, or a payment there is not decided */
  closeTerminal(terminal: string): Promise<Closing | undefined>;
  /** Closes every card terminal once an evening. @returns how many */
  closeTerminals(): Promise<number>;
}

/** The pay page, and card terminals that are not there any more. */
const ELSEWHERE = 'elsewhere';
/** By the office's wall clock; nobody pays any more then. */
const CLOSING_TIME = '22:00';

/**
 * Payments of the office: what citizens' pages, the desk and the jobs use.
 * Cases come in through `createCasePayments`, which the cases room is given.
 */
export function createPayments(deps: PaymentDeps): Payments {
  const { db, clock } = deps;
  const ledger = createLedger(deps);
  const till = createTill({ ...deps, ledger });

  async function close(terminal: string): Promise<Closing | undefined> {
    const place = deps.terminals.find((one) => one.terminal === terminal);
    const card = deps.cardTerminal(terminal);
    if (!place || !card || (await openAt(db, terminal))) return undefined;
    try {
      return await closeTerminal(db, place, card, clock.now);
    } catch {
      deps.log.warn({ terminal }, 'payment: the card terminal could not be closed');
      return undefined;
    }
  }

  async function closeTerminals(): Promise<number> {
    const now = clock.now();
    if (civilTime(now) < CLOSING_TIME) return 0;
    const closed = deps.terminals.map(async ({ terminal }) => {
      const last = await lastClosing(db, terminal);
      return !(last && civilDate(last) === civilDate(now)) && (await close(terminal)) !== undefined;
    });
    return (await Promise.all(closed)).filter(Boolean).length;
  }

  const terminals = deps.terminals.map(({ terminal }) => terminal);

  return {
    ...till,
    places: [...terminals, ELSEWHERE],
    recover(place) {
      if (place === undefined) return till.recover();
      return till.recover(place === ELSEWHERE ? { besides: terminals } : { terminal: place });
    },
    cardReceipt: (paymentId) => ledger.cardReceipt(paymentId),
    forgetReceipts: () => ledger.forgetReceipts(),
    dayReport: (day, site) => dayReport(db, day, site),
    refundTasks: (offices) => refundTasks(db, offices),
    refundOf: (caseId) => refundOf(db, caseId),
    refundsOf: (caseId) => refundsOf(db, caseId),
    closeRefund: (id, by, end) => closeTask(deps, { id, by, end, at: clock.now() }),
    closedRefund: (id, offices) => closedTask(db, id, offices),
    unclear: (offices) => unknownSince(db, offices, unclearBefore(clock.now())),
    clarify: (paymentId, by, paid) => clarify({ ...deps, ledger }, { paymentId, by, paid }),
    closeTerminal: close,
    closeTerminals,
  };
}
