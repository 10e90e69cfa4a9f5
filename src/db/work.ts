/** What the office is doing when it asks the database: each kind of work has connections and patience of its own. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { LockedOut } from './locked-out.ts';

/**
 * `page`: somebody looks at one. `handIn`: somebody hands in or pays, and has waited for it longest. `job`: what comes again
 * and again. `look`: whether the database is there. `upkeep`: migrations, which take as long as they take.
 */
export type Kind = 'page' | 'handIn' | 'job' | 'look' | 'upkeep';

/** One request, or one turn of a job. */
export interface Work {
  kind: Kind;
  /** What is done, the same for all who do it: a page, a job. Never anything of a person. */
  name: string;
  /** Connections it holds now. */
  held: number;
  /** It has asked the database for something. */
  asked: boolean;
  /** It stood before a lock, or asked for something, longer than it may. */
  lockedOut: boolean;
}

const current = new AsyncLocalStorage<Work>();
const PAGES = new LockedOut();

/** @returns the work that this call belongs to; a page without a name where nothing was said */
export function workNow(): Work {
  return current.getStore() ?? { kind: 'page', name: '', held: 0, asked: false, lockedOut: false };
}

/** A page that others stand before already, locked out: it is not asked for by everybody at once. It passes by itself. */
export class HeldError extends Error {}

/** @throws HeldError when this page is locked out, so that nobody waits with a connection in the hand for what others wait for */
export function refuseWhatIsHeld(work: Work): void {
  if (work.kind === 'page' && work.held === 0 && !PAGES.mayGoOn(work)) throw new HeldError(work.name);
}

/**
 * Does something as a kind of work: all that it asks of the database has that kind's connections and patience.
 * @param name what it is, the same for all who do it
 * @throws HeldError for a page before which others are locked out already
 */
export async function during<T>(kind: Kind, name: string, run: () => Promise<T>): Promise<T> {
  const work: Work = { kind, name, held: 0, asked: false, lockedOut: false };
  if (kind !== 'page') return current.run(work, run);
  if (!PAGES.enter(work)) throw new HeldError(name);
  try {
    return await current.run(work, run);
  } finally {
    PAGES.leave(work);
  }
}
