import type { Booking } from '#booking';
import type { Cases } from '#cases';
import type { Payments } from '#payment';
import type { Visits } from '#visit';

/** What the pages of a citizen's own case need of the other rooms. */
export interface StatusDeps extends Visits {
  booking: Pick<Booking, 'release' | 'transfer' | 'free'>;
  cases: Cases;
  payments: Pick<Payments, 'ofCase' | 'progress' | 'leave' | 'refundsOf'>;
}
