/** What is looked at, and what is said of it: the same on the command line and at the desk. Nothing secret, nothing of a person. */
import type { City } from '#city';
import type { Config } from '#config';
import type { Db } from '#db';
import { says, type Words } from './words.ts';

export type { Words } from './words.ts';

/** `well`; `soon`: somebody should see to it; `bad`: the office cannot do its work; `none`: it is not there, and need not be. */
export type State = 'well' | 'soon' | 'bad' | 'none';

/** One line. */
export interface Finding {
  state: State;
  says: Words;
  /** What to do about it. */
  todo?: Words;
}

/** What checks look at. */
export interface Ground {
  config: Config;
  city: City | undefined;
  /** Undefined when it cannot be opened. */
  db: Db | undefined;
  /** What is wrong with settings, city or services: in words for the operator, without secrets. */
  problems: readonly string[];
  /** The office's time. */
  at: Date;
  /** This machine's time, which differs from the office's in a trial with a clock of its own. */
  realAt: Date;
}

export interface Check {
  id: string;
  name: Words;
  /**
   * @param enough ends the look
   * @returns a line for each thing; never a secret, never anything of a person
   */
  look(ground: Ground, enough: AbortSignal): Promise<readonly Finding[]>;
}

export const well = (found: Words): Finding => ({ state: 'well', says: found });
export const none = (found: Words): Finding => ({ state: 'none', says: found });
/** The database is away, or no office is in it yet. */
export const NO_OFFICE = none(says((w) => w.nothingThere));
export const soon = (found: Words, todo: Words): Finding => ({ state: 'soon', says: found, todo });
export const bad = (found: Words, todo: Words): Finding => ({ state: 'bad', says: found, todo });

/** @returns why a line or a file failed: a code, never a message, which may hold what it must not */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && /^\w{1,40}$/.test(code)) return code;
  return cause === undefined ? error.name : codeOf(cause);
}
