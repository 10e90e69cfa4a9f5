/** Requests that wait for news: one of a visit at a time. A newer one takes its place, and the older one is answered at once. */
export interface Waiting {
  /** Aborted when a newer request waits in its place. */
  replaced: AbortSignal;
  /** It waits no more. */
  end(): void;
}

/** @returns a function that begins to wait for a visit */
export function createWaiting(): (visit: string) => Waiting {
  const last = new Map<string, AbortController>();
  return (visit) => {
    const own = new AbortController();
    last.get(visit)?.abort();
    last.set(visit, own);
    return {
      replaced: own.signal,
      end() {
        if (last.get(visit) === own) last.delete(visit);
      },
    };
  };
}
