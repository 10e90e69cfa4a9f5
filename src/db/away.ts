import { HeldError } from './work.ts';

/** Of the operating system, while connecting or under way. */
const SYSTEM = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EAI_AGAIN ENOTFOUND'.split(' '),
);
/**
 * Of PostgreSQL (its documentation, appendix A): connection exceptions (08), too many connections or no memory or disk (53),
 * shut down or starting (57P01 to 57P05), a disk that cannot be read or written (58030), a cluster that takes no writes (25006),
 * as after a switch to the standby; and what took too long or stood in each other's way: a lock (55P03), a statement (57014), a
 * transaction that did nothing (25P03), a deadlock (40P01).
 */
const SERVER = /^(?:08...|53...|57P0[1-5]|58030|25006|55P03|57014|25P03|40P01)$/;
/** What the driver says without a code. */
const DRIVER =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/** @returns whether an error means that the database cannot be used just now, so that trying again later may help */
export function isAway(error: unknown): boolean {
  if (error instanceof HeldError) return true;
  if (error instanceof AggregateError) return error.errors.some(isAway);
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  // A missing socket; any other missing file is a fault of ours.
  if (code === 'ENOENT' && syscall === 'connect') return true;
  if (typeof code === 'string' && (SYSTEM.has(code) || SERVER.test(code))) return true;
  return DRIVER.test(error.message) || (error.cause !== undefined && isAway(error.cause));
}
