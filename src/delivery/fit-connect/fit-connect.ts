import type { Db } from '#db';
import type { Warnings } from '#log';
import type { Clock } from '#time';
import type { Channel } from '../channel.ts';
import { createApi } from './http.ts';
import { createKeyDirectory, publicEncryptionJwk } from './keys.ts';
import type { Parts } from './parts.ts';
import { poll, pollLanes } from './poll.ts';
import { send } from './send.ts';
import type { FitConnectSettings, ParcelSource, Received } from './settings.ts';

/** The channel's name in a service's definition and in the outbox. */
export const FIT_CONNECT = 'fit-connect';

export interface FitConnectChannel extends Channel {
  /** @returns the lanes of {@link FitConnectChannel.poll}: whose decisions are awaited, and the replies of all */
  lanes(): Promise<string[]>;
  /**
   * Looks for decisions and replies of authorities; to be called every minute or so, on any number of nodes.
   * @param lane only what belongs to it; left out: everything, one lane after the other
   */
  poll(lane?: string, enough?: AbortSignal): Promise<void>;
}

/**
 * Brings cases to authorities by FIT-Connect (Submission API v2): encrypted end to end for the authority, which
 * accepts or rejects later with a signed event. `deliver` ends when the delivery service has the submission whole.
 * @param deps `source` gives what a case sends, `received` takes what comes back
 * @throws Error when a private key of the settings cannot be used
 */
export function createFitConnectChannel(
  settings: FitConnectSettings,
  deps: {
    db: Db;
    clock: Clock;
    log: Warnings;
    source: ParcelSource;
    received: Received;
  },
): FitConnectChannel {
  for (const key of settings.replies?.keys ?? []) publicEncryptionJwk(key);
  const api = createApi(settings, deps);
  const keys = createKeyDirectory(api, { clock: deps.clock, certificates: settings.certificates });
  const parts = (enough: AbortSignal | undefined): Parts => {
    const bounded = api.until(enough);
    return { ...deps, settings, api: bounded, keys: keys.by(bounded) };
  };
  const lanes = (): Promise<string[]> => pollLanes(deps.db, settings);
  return {
    id: FIT_CONNECT,
    outside: true,
    deliver: (message, enough) => send(parts(enough), message),
    lanes,
    async poll(lane, enough) {
      for (const one of lane === undefined ? await lanes() : [lane]) await poll(parts(enough), one);
    },
  };
}
