import { lastStep } from '#db';
import { within } from '#time';
import { bad, type Check, codeOf, type Finding, type Ground, type State, type Words } from './check.ts';
import { database } from './checks/database.ts';
import { CHECKS } from './checks/index.ts';
import { says, todo } from './words.ts';

/** One line of what was found. */
export interface Line extends Finding {
  id: string;
  name: Words;
}

/** Longer than anything that works should take. */
const WITHIN_MS = 8_000;
const UNKNOWN = 'unknown';

async function lookWith(check: Check, ground: Ground, withinMs: number): Promise<readonly Finding[]> {
  const enough = AbortSignal.timeout(withinMs);
  const late = new Promise<readonly Finding[]>((resolve) => {
    const tooLate = (): void =>
      resolve([
        bad(
          says((w) => w.tooLate),
          todo((w) => w.line),
        ),
      ]);
    enough.addEventListener('abort', tooLate, { once: true });
  });
  const look = check.look(ground, enough).catch((error: unknown) => [
    bad(
      says((w) => w.notLooked({ code: codeOf(error) })),
      todo((w) => w.log),
    ),
  ]);
  return Promise.race([look, late]);
}

/** Whether no office is in the database yet; of one that cannot be asked its own check tells. */
async function isEmpty({ db }: Ground, withinMs: number): Promise<boolean> {
  if (!db) return false;
  const step = lastStep(db).catch(() => UNKNOWN);
  return (await within(step, AbortSignal.timeout(withinMs)).catch(() => UNKNOWN)) === undefined;
}

/**
 * Looks at everything at once; nothing that hangs holds up the rest.
 * @returns a line for each thing, in the order of the list
 */
export async function examine(
  ground: Ground,
  { checks = CHECKS, withinMs = WITHIN_MS }: { checks?: readonly Check[]; withinMs?: number } = {},
): Promise<Line[]> {
  // Of an empty database one line tells; the others have nothing to look at yet.
  const others = (await isEmpty(ground, withinMs)) ? { ...ground, db: undefined } : ground;
  const found = await Promise.all(
    checks.map(async (check) =>
      (await lookWith(check, check.id === database.id ? ground : others, withinMs)).map((finding) => ({
        id: check.id,
        name: check.name,
        ...finding,
      })),
    ),
  );
  return found.flat();
}

const WORST: readonly State[] = ['bad', 'soon'];

/** @returns the worst of all: 0 nothing to do, 1 something soon, 2 something is bad */
export function verdict(lines: readonly Pick<Line, 'state'>[]): 0 | 1 | 2 {
  const worst = WORST.find((state) => lines.some((line) => line.state === state));
  return worst === 'bad' ? 2 : worst === 'soon' ? 1 : 0;
}

const KEPT_MS = 30_000;

/** Looks at most twice a minute, however many ask: card terminals and counterparts are not there for being asked. */
export function createExaminer(
  groundNow: () => Promise<Ground>,
  now: () => number,
): () => Promise<{ at: number; lines: Line[] }> {
  let known: { at: number; lines: Promise<Line[]> } | undefined;
  return async () => {
    if (!known || Math.abs(now() - known.at) > KEPT_MS)
      known = { at: now(), lines: groundNow().then((ground) => examine(ground)) };
    return { at: known.at, lines: await known.lines };
  };
}
