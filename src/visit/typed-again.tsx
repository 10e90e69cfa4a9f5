/** Pages of number and code: what was typed there, and what was wrong with it, is shown again in another language or size. */
import type { FormFields } from '#journey';
import type { Html } from '#web';
import type { CitizenContext } from './context.ts';
import { first } from './forms.ts';
import type { TypedAway } from './visit.ts';
import type { Visits } from './visits.ts';

/** The hidden field that goes with a page's form and says what the page said beside it. */
const SAID = '_said';

/**
 * What a page says beside its fields: an error by its code, and for how many seconds it holds. What is wrong with the
 * fields themselves (`slip`) is found in them again.
 */
type Mark = { code: string; seconds?: number } | { slip: string };

const wordOf = (mark: Mark): string =>
  'slip' in mark ? 'slip' : mark.seconds === undefined ? mark.code : `${mark.code}:${mark.seconds}`;

/** The same for what was found out of what stood in the fields, and, as `name=value`, what that was. */
const JUDGED = '_judged';
const OF = '_judged_of';

/**
 * What the page says, for whoever presses a button of the bar.
 * @param of what stood in the fields when that was found out: of another text it is not said again
 */
export function Said(props: {
  marks: readonly (Mark | undefined)[];
  of?: Readonly<Record<string, string>>;
}): Html {
  const { marks, of } = props;
  const name = of ? JUDGED : SAID;
  return (
    <>
      {marks.map((mark) => mark && <input type="hidden" name={name} value={wordOf(mark)} />)}
      {of && marks.length > 0
        ? Object.entries(of).map(([field, text]) => (
            <input type="hidden" name={OF} value={`${field}=${text}`} />
          ))
        : undefined}
    </>
  );
}

/** Said of another text as well: what is wrong with it is found anew, and how long somebody waits is not about it. */
const LASTING = /^slip$|^slowed/;

/** @returns the marks that came with a form and still hold; what is none of ours nobody asks for */
export function saidIn(fields: FormFields): readonly string[] {
  const isSame = (fields[OF] ?? []).every((of) => {
    const [name = '', text] = of.split(/=(.*)/s);
    return first(fields, name) === text;
  });
  const judged = fields[JUDGED] ?? [];
  return [...(fields[SAID] ?? []), ...(isSame ? judged : judged.filter((mark) => LASTING.test(mark)))];
}

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
export async function typedAgain(c: CitizenContext, deps: Visits): Promise<TypedAway | undefined> {
  const at = c.get('typed');
  if (at) return at;
  const visit = c.get('visit');
  const typed = visit?.secret.typed;
  if (!visit || typed?.path !== c.req.path) return undefined;
  await deps.store.update(visit, ({ secret }) => {
    delete secret.typed;
  });
  return typed;
}
