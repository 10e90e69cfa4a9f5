/** Pages of number and code: what was typed there, and what was wrong with it, is shown again in another language or size. */
import type { FormFields } from '#journey';
import type { Html } from '#web';
import type { CitizenContext } from './context.ts';
import type { JourneyDeps } from './standing.ts';
import type { TypedAway } from './store.ts';

/** The hidden field that goes with a page's form and says what the page said beside it. */
const SAID = '_said';

/**
 * What a page says beside its fields: an error by its code, and for how many seconds it holds. What is wrong with the
 * fields themselves (`slip`) is found in them again.
 */
type Mark = { code: string; seconds?: number } | { slip: string };

const wordOf = (mark: Mark): string =>
  'slip' in mark ? 'slip' : mark.seconds === undefined ? mark.code : `${mark.code}:${mark.seconds}`;

/** What the page says, for whoever presses a button of the bar. */
export function Said({ marks }: { marks: readonly (Mark | undefined)[] }): Html {
  return <>{marks.map((mark) => mark && <input type="hidden" name={SAID} value={wordOf(mark)} />)}</>;
}

/** @returns the marks that came with a form; what is none of ours nobody asks for */
export const saidIn = (fields: FormFields): readonly string[] => fields[SAID] ?? [];

/** @returns the first of these codes that the page had said, with its seconds */
export function findSaid<C extends string>(
  said: readonly string[],
  codes: readonly C[],
): { code: C; seconds: number } | undefined {
  for (const mark of said) {
    const [, word, seconds = '60'] = /^(\w+)(?::(\d{1,5}))?$/.exec(mark) ?? [];
    const code = codes.find((one) => one === word);
    if (code !== undefined) return { code, seconds: Number(seconds) };
  }
  return undefined;
}

/** @returns what was typed on this page before language, size or contrast changed; once, then it is forgotten */
export async function typedAgain(c: CitizenContext, deps: JourneyDeps): Promise<TypedAway | undefined> {
  const visit = c.get('visit');
  const typed = visit?.secret.typed;
  if (!visit || typed?.path !== c.req.path) return undefined;
  await deps.store.update(visit, ({ secret }) => {
    delete secret.typed;
  });
  return typed;
}
