import type { Logger } from 'pino';
import type { Booking } from '#booking';
import type { Cases } from '#cases';
import type { Catalogue } from '#catalogue';
import type { City } from '#city';
import type { Config } from '#config';
import type { Db } from '#db';
import type { Reference } from '#journey';
import type { KeyProvider } from '#seal';
import type { Clock } from '#time';

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
}
