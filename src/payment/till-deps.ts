import type { Warnings } from '#log';
import type { Clock } from '#time';
import type { CardTerminal } from './card-terminal.ts';
import type { Ledger } from './ledger.ts';
import type { PayPage } from './pay-page/client.ts';
import type { CrashPoint, PaymentCases } from './ports.ts';

/** Who takes the money, and where it is written down. */
export interface TillDeps {
  clock: Clock;
  ledger: Ledger;
  cases: Pick<PaymentCases, 'discardUnpaid'>;
  /** @returns the card terminal beside that machine; undefined where there is none, or it cannot be reached */
  cardTerminal(terminal: string): CardTerminal | undefined;
  /** Undefined where the city has no contract with a pay page. */
  page: PayPage | undefined;
  /** A case was handed in: its delivery can begin. */
  wake(): void;
  log: Pick<Warnings, 'warn'>;
  /** Called at each of {@link CRASH_POINTS}; tests stop the office there. */
  at?(point: CrashPoint): Promise<void>;
}
