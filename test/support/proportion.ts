const TRIES = 5;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/**
 * Compares what two things take on this machine, now: a slow or busy machine is slow for both. The least of some tries
 * counts, and no more are made than are needed.
 * @param most so many times as long `odd` may take
 * @returns whether it takes longer than that
 */
export async function isOutOfProportion(
  ordinary: () => Promise<unknown>,
  odd: () => Promise<unknown>,
  most: number,
): Promise<boolean> {
  let least = Number.POSITIVE_INFINITY;
  let leastOdd = Number.POSITIVE_INFINITY;
  for (let each = 0; each < TRIES; each += 1) {
    least = Math.min(least, await timeOf(ordinary));
    leastOdd = Math.min(leastOdd, await timeOf(odd));
    if (leastOdd <= most * least) return false;
  }
  return true;
}
