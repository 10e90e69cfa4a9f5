import type { Db } from '#db';
import type { Warnings } from '#log';
import type { Clock } from '#time';
import { DeliveryError } from '../channel.ts';
import type { Api } from './http.ts';
import type { KeyDirectory } from './keys.ts';
import type { FitConnectSettings, ParcelSource, Received } from './settings.ts';

/** What the steps of the channel share. */
export interface Parts {
  settings: FitConnectSettings;
  db: Db;
  clock: Clock;
  log: Warnings;
  source: ParcelSource;
  received: Received;
  api: Api;
  keys: KeyDirectory;
}

/** What is true of every case when it is true of one. */
const EVERYWHERE = ['unreachable', 'service-unavailable', 'not-allowed'];

/**
 * Does one piece of work so that, when it fails, the others can go on; what failed is logged, and comes again.
 * @param caseId for the log; undefined where it is not known
 * @throws DeliveryError when the service is away: then the others would fail, too
 */
export async function eachAlone(
  { log }: Pick<Parts, 'log'>,
  caseId: string | undefined,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = error instanceof DeliveryError ? error.code : 'failed';
    if (EVERYWHERE.includes(code)) throw error;
    // Another node was quicker: nothing is wrong.
    if (code !== 'taken-over') log.error({ caseId, code }, 'FIT-Connect: a case cannot be looked at');
  }
}
