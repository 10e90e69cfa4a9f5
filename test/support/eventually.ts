import { setTimeout as pause } from 'node:timers/promises';

const WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 10;

/**
 * Waits for something that another connection or process does.
 * @param what said when it does not come
 * @throws Error after ten seconds
 */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < WITHIN_MS; waited += LOOK_EVERY_MS) {
    if (await holds()) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`it did not happen in time: ${what}`);
}
