import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Clock } from '#time';

/** The office's log. Facts about requests and work; never what people typed, who they are or where they come from. */
export type Log = Logger;

/** What a room is given of it that only says what has gone wrong. */
export interface Warnings {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

const FRAMES = 8;

/**
 * What may be logged of an error: its name, its code, where it happened. Never its message: a database's error
 * quotes the row, a parser's error quotes the text.
 */
export function errorFacts(error: unknown): { error: string; code?: string; at?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim());
  return {
    error: error.name,
    ...(typeof code === 'string' && /^\w{1,40}$/.test(code) ? { code } : {}),
    at,
  };
}

/**
 * @param level the least important level to write
 * @param clock gives the time of each line
 * @param to where lines go; the standard error output unless a test wants to read them
 */
export function createLog(level: string, clock: Clock, to?: DestinationStream): Log {
  return pino(
    { level, base: null, timestamp: () => `,"time":"${clock.now().toISOString()}"` },
    to ?? destination({ fd: 2, sync: true }),
  );
}
