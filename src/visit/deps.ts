import type { Logger } from 'pino';
import type { Booking } from '#booking';
import type { Cases } from '#cases';
import type { Catalogue } from '#catalogue';
import type { City } from '#city';
import type { Config } from '#config';
import type { Db } from '#db';
import type { Papers } from '#documents';
import type { Terminals } from '#fleet';
import type { IdentityProvider } from '#identity';
import type { Reference } from '#journey';
import type { Measure, MeasureName } from '#lab';
import type { LetterCodes } from '#letters';
import type { Payments } from '#payment';
import type { KeyProvider } from '#seal';
import type { CompiledService } from '#service';
import type { Shares } from '#share';
import type { Clock } from '#time';
import type { AnsweringRegister } from './registers.tsx';
import type { Visit } from './store.ts';

/** Counts a fact of a visit. */
export type CountVisit = <N extends MeasureName>(
  where: { visit: Visit; service: CompiledService },
  name: N,
  value: Measure<N>['value'],
) => Promise<void>;

/** What the visit's pages need of the other rooms. */
export interface VisitDeps {
  config: Pick<Config, 'publicUrl' | 'production' | 'proxies'>;
  db: Db;
  clock: Clock;
  keys: KeyProvider;
  city: City;
  reference: Reference;
  catalogue: Catalogue;
  booking: Booking;
  cases: Cases;
  log: Logger;
  /** What one client, and all together, may leave behind within an hour. */
  shares: Pick<Shares, 'take'>;
  /** Ways of identification, none where nothing is configured. */
  identity: readonly IdentityProvider[];
  /** Codes that offices have sent by letter, to be checked. */
  letterCodes: Pick<LetterCodes, 'use'>;
  /** Which machine has which secret, and machines that come with a code. */
  terminals: Pick<Terminals, 'find' | 'register' | 'couldBeSecret'>;
  /** @returns the origin of what a device of this terminal serves itself; undefined where there is none, as at home */
  deviceAt(device: string, terminal: string | undefined): string | undefined;
  /** What the terminals' own programs sign their word with; without it none counts. */
  deviceKey: Uint8Array | undefined;
  /** Addresses of stand-ins for authorities' portals, by portal id. */
  standIns: ReadonlyMap<string, string>;
  /** Registers that answer at once, by id. */
  registers: ReadonlyMap<string, AnsweringRegister>;
  papers: Pick<Papers, 'ticket'>;
  payments: Pick<
    Payments,
    'ofCase' | 'refundsOf' | 'ask' | 'begin' | 'payByCard' | 'payByPage' | 'abort' | 'leave'
  >;
  /** How people can pay here. */
  payWays: { cardAt(terminal: string): boolean; pageOrigin: string | undefined };
  count: CountVisit;
  /** Writes down that an identification was refused, and by which word. */
  auditRefusal(detail: string): Promise<void>;
}
