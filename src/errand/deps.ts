import type { Logger } from 'pino';
import type { Booking } from '#booking';
import type { Cases } from '#cases';
import type { Papers } from '#documents';
import type { IdentityProvider } from '#identity';
import type { Measure, MeasureName } from '#lab';
import type { LetterCodes } from '#letters';
import type { Payments } from '#payment';
import type { AnsweringRegister } from '#registers';
import type { KeyProvider } from '#seal';
import type { CompiledService } from '#service';
import type { Equipment, Visit, Visits } from '#visit';

/** Counts a fact of a visit. */
export type CountVisit = <N extends MeasureName>(
  where: { visit: Visit; service: CompiledService },
  name: N,
  value: Measure<N>['value'],
) => Promise<void>;

/** What the way through a service needs of the other rooms, beside the visit. */
export interface ErrandNeeds extends Equipment {
  keys: KeyProvider;
  booking: Booking;
  cases: Cases;
  log: Logger;
  /** Ways of identification, none where nothing is configured. */
  identity: readonly IdentityProvider[];
  /** Codes that offices have sent by letter, to be checked. */
  letterCodes: Pick<LetterCodes, 'use'>;
  /** What the terminals' own programs sign their word with; without it none counts. */
  deviceKey: Uint8Array | undefined;
  /** Addresses of stand-ins for authorities' portals, by portal id. */
  standIns: ReadonlyMap<string, string>;
  /** Registers that answer at once, by id. */
  registers: ReadonlyMap<string, AnsweringRegister>;
  papers: Pick<Papers, 'ticket'>;
  payments: Pick<
    Payments,
    'ofCase' | 'refundsOf' | 'progress' | 'ask' | 'begin' | 'payByCard' | 'payByPage' | 'abort' | 'leave'
  >;
  count: CountVisit;
  /** Writes down that an identification was refused, and by which word. */
  auditRefusal(detail: string): Promise<void>;
}

/** What the routes of an errand share. */
export type ErrandDeps = ErrandNeeds & Visits;
