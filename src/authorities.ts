/** The way to other authorities: FIT-Connect, as soon as its keys are there. */
import type { AuditWriter } from '#audit';
import type { Cases } from '#cases';
import type { Db } from '#db';
import {
  type Channel,
  createFitConnectChannel,
  DeliveryError,
  FIT_CONNECT,
  type FitConnectChannel,
} from '#delivery';
import type { Log } from '#log';
import type { Clock } from '#time';
import type { Outside } from './outside.ts';
import { parcelsOf, receivedBy } from './parcels.ts';

interface Ground {
  db: Db;
  clock: Clock;
  log: Log;
  publicUrl: string;
  outside: Pick<Outside, 'fitConnect'>;
  audit: AuditWriter;
  cases: Cases;
}

/**
 * @returns the channel; without a connection every message waits, as it does while an authority is away
 */
export function authorityChannel(ground: Ground): Channel & Pick<FitConnectChannel, 'lanes' | 'poll'> {
  const { db, clock, log, publicUrl, audit } = ground;
  let opened: Promise<FitConnectChannel> | undefined;
  const open = (): Promise<FitConnectChannel> | undefined => {
    opened ??= ground.outside.fitConnect?.then((settings) =>
      createFitConnectChannel(settings, {
        ...{ db, clock, log },
        source: parcelsOf(ground.cases, publicUrl),
        received: receivedBy(ground.cases, (tx, caseId, code) =>
          audit.append(tx, {
            ...{ at: clock.now(), actor: 'system', action: 'authority.disbelieved', subject: caseId },
            detail: { code },
          }),
        ),
      }),
    );
    return opened;
  };
  return {
    id: FIT_CONNECT,
    outside: true,
    async deliver(message, enough) {
      const channel = await open()?.catch(() => undefined);
      if (!channel) throw new DeliveryError('not-connected', true);
      await channel.deliver(message, enough);
    },
    lanes: async () => (await open()?.catch(() => undefined))?.lanes() ?? [],
    poll: async (lane, enough) => (await open()?.catch(() => undefined))?.poll(lane, enough),
  };
}
