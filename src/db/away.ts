/** Of the operating system, while connecting or under way. */
const SYSTEM = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EAI_AGAIN'.split(' '),
);
/**
 * Of PostgreSQL (its documentation, appendix A): connection exceptions (08), too many connections or no memory or disk (53),
 * shut down or starting (57P01 to 57P05), and a cluster that takes no writes (25006), as after a switch to the standby.
 */
const SERVER = /^(?:08...|53...|57P0[1-5]|25006)$/;
/** What the driver says without a code. */
const DRIVER =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/** @returns whether an error means that the database cannot be used just now, so that trying again later may help */
export function isAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isAway);
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  // A missing socket; any other missing file is a fault of ours.
  if (code === 'ENOENT' && syscall === 'connect') return true;
  if (typeof code === 'string' && (SYSTEM.has(code) || SERVER.test(code))) return true;
  return DRIVER.test(error.message) || (error.cause !== undefined && isAway(error.cause));
}
