import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clock } from '#time';

interface Entry {
  payload: AdapterPayload;
  expiresAt: number;
}

/** A session of the provider in which somebody has come to a client. */
export interface ProviderSession {
  sid: string;
  grantId: string | undefined;
  end(): void;
}

/**
 * Keeps what the provider issues (sessions, codes, grants) in memory until it expires or the provider stops.
 * @returns the factory that oidc-provider asks for, one store for all its models, and the sessions of a person
 */
export function memoryStore(clock: Clock): {
  adapter: (model: string) => Adapter;
  sessionsOf(accountId: string, clientId: string): ProviderSession[];
} {
  const entries = new Map<string, Entry>();
  const nowMs = (): number => clock.now().getTime();
  const fresh = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    if (entry && entry.expiresAt > nowMs()) return entry.payload;
    entries.delete(key);
    return undefined;
  };
  const search = (model: string, fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    for (const key of entries.keys()) {
      const payload = key.startsWith(`${model}:`) ? fresh(key) : undefined;
      if (payload && fits(payload)) return payload;
    }
    return undefined;
  };
  const adapter = (model: string): Adapter => ({
    async upsert(id, payload, expiresIn) {
      entries.set(`${model}:${id}`, {
        payload,
        expiresAt: nowMs() + (expiresIn ?? Number.POSITIVE_INFINITY) * 1_000,
      });
    },
    find: async (id) => fresh(`${model}:${id}`),
    findByUid: async (uid) => search(model, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => search(model, (payload) => payload.userCode === userCode),
    async consume(id) {
      const payload = fresh(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(nowMs() / 1_000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, entry] of entries) if (entry.payload.grantId === grantId) entries.delete(key);
    },
  });
  const sessionsOf = (accountId: string, clientId: string): ProviderSession[] =>
    [...entries].flatMap(([key, { payload }]) => {
      const at = payload.authorizations?.[clientId];
      if (!key.startsWith('Session:') || payload.accountId !== accountId || at?.sid === undefined) return [];
      return [{ sid: at.sid, grantId: at.grantId, end: () => entries.delete(key) }];
    });
  return { adapter, sessionsOf };
}
