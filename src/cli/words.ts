import { isAway } from '#db';

/** What only a mistake in the program throws. */
const FAULTS = [TypeError, RangeError, ReferenceError, SyntaxError];

function messageOf(error: Error): string {
  const { code } = error as { code?: unknown };
  // Several addresses of one name: the errors of all, and no words of its own.
  if (error.message === '' && error instanceof AggregateError && error.errors[0] instanceof Error)
    return messageOf(error.errors[0]);
  return error.message || (typeof code === 'string' ? code : error.name);
}

/**
 * Says why a command did not end well. Nobody at a command line can do anything with a list of calls within the program.
 * @returns words for the operator: a line, or several where several things are to be mended
 */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return `a fault of the program (${typeof error})`;
  const message = messageOf(error);
  if (FAULTS.some((kind) => error instanceof kind)) {
    const place = /^\s+at .*?([^/\\\s()]+:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1];
    return `a fault of the program (${error.name}: ${message}${place ? `, ${place}` : ''})`;
  }
  const { code, port } = error as { code?: unknown; port?: unknown };
  if (code === 'EADDRINUSE')
    return `port ${port} is taken by another program, or by an office that is open already: --port takes another`;
  return isAway(error) ? `the database cannot be reached (${message})` : message;
}

/**
 * Runs a command and says in words why it did not end well.
 * @param otherwise what that means
 * @returns the exit code: the work's own, or 1 when it did not end well
 */
export async function explain(otherwise: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    console.error(`amtomat: ${wordsOf(error)}\namtomat: ${otherwise}`);
    return 1;
  }
}
