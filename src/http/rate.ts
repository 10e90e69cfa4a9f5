interface Bucket {
  tokens: number;
  /** Monotonic milliseconds. */
  at: number;
}

/** Seconds' worth that may come at once. */
const BURST_SECONDS = 10;
const SWEEP_AT = 10_000;

/**
 * Counts what requests cost, by client, with a token bucket, in this process only: it keeps one client from taking the
 * whole office, no more. Guessing of codes is slowed down where the codes are checked.
 * @param perSecond ordinary pages a second on average; ten seconds' worth may come at once; 0 = without limit
 * @param monotonic milliseconds that only grow
 * @returns a function that tells whether this client may go on with something that costs so many pages; what costs more than may
 * come at once needs all of that
 */
export function createRateLimit(
  perSecond: number,
  monotonic: () => number = () => performance.now(),
): (client: string, cost?: number) => boolean {
  if (perSecond === 0) return () => true;
  const most = perSecond * BURST_SECONDS;
  const buckets = new Map<string, Bucket>();
  const level = (bucket: Bucket, now: number): number =>
    Math.min(most, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond);
  const sweep = (now: number): void => {
    // A full bucket says the same as none. When all clients are busy, the ones seen first go.
    for (const [client, bucket] of buckets) if (level(bucket, now) >= most) buckets.delete(client);
    for (const client of buckets.keys()) {
      if (buckets.size < SWEEP_AT) break;
      buckets.delete(client);
    }
  };
  return (client, pages = 1) => {
    const now = monotonic();
    const cost = Math.min(pages, most);
    const bucket = buckets.get(client);
    if (!bucket) {
      if (buckets.size >= SWEEP_AT) sweep(now);
      buckets.set(client, { tokens: most - cost, at: now });
      return true;
    }
    const tokens = level(bucket, now);
    bucket.at = now;
    bucket.tokens = tokens >= cost ? tokens - cost : tokens;
    return tokens >= cost;
  };
}
