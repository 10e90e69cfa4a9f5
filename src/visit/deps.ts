import type { Booking } from '#booking';
import type { Cases } from '#cases';
import type { Catalogue } from '#catalogue';
import type { City } from '#city';
import type { Config } from '#config';
import type { Db } from '#db';
import type { Terminals } from '#fleet';
import type { Reference } from '#journey';
import type { Payments } from '#payment';
import type { Shares } from '#share';
import type { Clock } from '#time';

/** What people can use where they stand. */
export interface Equipment {
  /** @returns the origin of what a device of this terminal serves itself; undefined where there is none, as at home */
  deviceAt(device: string, terminal: string | undefined): string | undefined;
  /** How people can pay here: with a card at this terminal, and on their own screens. */
  payWays: { cardAt(terminal: string): boolean; pageOrigin: string | undefined };
}

/** What a visit needs of the other rooms. */
export interface VisitDeps {
  config: Pick<Config, 'publicUrl' | 'production' | 'proxies'>;
  db: Db;
  clock: Clock;
  city: City;
  reference: Reference;
  catalogue: Catalogue;
  /** A visit's held places go with it, or go where it goes. */
  booking: Pick<Booking, 'release' | 'transfer'>;
  /** Whether what somebody has begun was handed in after all, and what happens next then. */
  cases: Pick<Cases, 'isHandedIn' | 'handedIn' | 'forCitizen'>;
  /** What one client, and all together, may leave behind within an hour. */
  shares: Pick<Shares, 'take'>;
  /** Which machine has which secret, and machines that come with a code. */
  terminals: Pick<Terminals, 'find' | 'register' | 'couldBeSecret'>;
  /** Who leaves stops paying. */
  payments: Pick<Payments, 'ofCase' | 'progress' | 'leave'>;
}
