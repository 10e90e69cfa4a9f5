/** What holds for each kind of page, wherever a definition is read and wherever somebody stands in it: one entry for each. */
import type { QuestionFile } from '#kinds';
import type { SourcePath } from '#source';
import { type Add, checkFrom, checkIdentify, foundByIdentifying } from './identify-page.ts';
import { IDENTITY_LEVELS } from './means.ts';
import type { DraftQuestion } from './questions.ts';
import type { PageFile } from './schema.ts';
import type { PageKind } from './types.ts';

/** One kind of page, as the compiler and the walk know it. What people see of it and do there is the errand's. */
export interface PageRule {
  /**
   * What completes a page: that it was seen, or its answers. At the other two a way ends: at what is handed in there, or
   * with nothing left to do.
   */
  completedBy: 'seeing' | 'answers' | 'handingIn' | 'nothing';
  /** What it asks: `slot` and `file` are questions of that kind, and a slot stands alone. */
  asks: 'nothing' | 'questions' | 'slot' | 'file';
  /** What only this kind has in a definition, and what to say when it stands on another. */
  parts: Readonly<Partial<Record<keyof PageFile, string>>>;
  /** The same of its questions. */
  questionParts: Readonly<Partial<Record<keyof QuestionFile, string>>>;
  /** The part without which it is none, and what to say then. */
  needs: readonly [part: keyof PageFile, message: string] | undefined;
  /** How the step that it is may end; the office itself answers that under the page's own name. */
  outcomes(raw: PageFile): readonly string[] | undefined;
  /** What conditions know of that beside; no answers, and never asked. */
  found(raw: PageFile): DraftQuestion[];
  /** Complains about whatever else does not fit. @param pages all of the service; this one stands at `index` */
  check(raw: PageFile, pages: readonly PageFile[], index: number, add: Add): void;
}

/** For a page that is nothing but what is said or asked on it. */
const PLAIN = {
  ...{ parts: {}, questionParts: {}, needs: undefined },
  outcomes: () => undefined,
  found: () => [],
  check: () => {},
} satisfies Partial<PageRule>;

/** The type checker asks for an entry for each kind; `#errand` has another for what people see. */
export const PAGE_RULES: Readonly<Record<PageKind, PageRule>> = {
  information: {
    ...{ ...PLAIN, completedBy: 'seeing', asks: 'nothing' },
    parts: { gallery: 'only an information page has a `gallery`' },
  },
  questions: { ...PLAIN, completedBy: 'answers', asks: 'questions' },
  slot: { ...PLAIN, completedBy: 'answers', asks: 'slot' },
  upload: { ...PLAIN, completedBy: 'answers', asks: 'file' },
  identify: {
    ...{ completedBy: 'answers', asks: 'questions' },
    parts: {
      level: 'only an identify page has a `level`',
      means: 'only an identify page names the `means` of identification',
      otherwise: 'only an identify page has `otherwise`',
      letterCode: 'only an identify page takes a `letterCode`',
    },
    questionParts: { from: 'only questions of an identify page are answered `from` the ID' },
    needs: ['level', 'an identify page needs the `level:` it asks for: low, substantial or high'],
    outcomes: () => IDENTITY_LEVELS,
    found: foundByIdentifying,
    check: checkIdentify,
  },
  device: {
    ...{ ...PLAIN, completedBy: 'answers', asks: 'questions' },
    parts: { device: 'only a page of `kind: device` has a `device`' },
    needs: ['device', 'a page of `kind: device` needs `device: { id, modeFrom, outcomes }`'],
    outcomes: ({ device }) => device?.outcomes,
    check: checkDevice,
  },
  portal: {
    ...{ ...PLAIN, completedBy: 'answers', asks: 'questions' },
    parts: { portal: 'only a page of `kind: portal` opens a `portal`' },
    needs: ['portal', "a page of `kind: portal` needs `portal:`, its id in the city's `portals.yaml`"],
  },
  review: { ...PLAIN, completedBy: 'handingIn', asks: 'nothing' },
  finish: {
    ...{ ...PLAIN, completedBy: 'nothing', asks: 'nothing' },
    parts: {
      office: 'only a page of `kind: finish` sends people to an `office`',
      appointment: 'only a page of `kind: finish` speaks of an `appointment`',
    },
    check: checkFinish,
  },
};

/** @returns whether a way through a service ends at a page of this kind */
export function endsAt(kind: PageKind): boolean {
  const { completedBy } = PAGE_RULES[kind];
  return completedBy === 'handingIn' || completedBy === 'nothing';
}

/** Complains about parts of a page that belong to another kind, about parts that its own needs, and about what does not fit. */
export function checkKind(raw: PageFile, pages: readonly PageFile[], index: number, add: Add): void {
  const others = Object.entries(PAGE_RULES).flatMap(([kind, rule]) => (kind === raw.kind ? [] : [rule]));
  for (const { parts } of others) complain(raw, parts, [], add);
  const { needs, check } = PAGE_RULES[raw.kind];
  if (needs && raw[needs[0]] === undefined) add(needs[1]);
  for (const [at, question] of (raw.questions ?? []).entries()) {
    for (const { questionParts } of others) complain(question, questionParts, ['questions', at], add);
    checkFrom(question, ['questions', at], add);
  }
  check(raw, pages, index, add);
}

/** Says of each of these parts that is there what it is told to say. */
function complain(raw: object, parts: Readonly<Record<string, string>>, path: SourcePath, add: Add): void {
  for (const [part, message] of Object.entries(parts))
    if ((raw as Readonly<Record<string, unknown>>)[part] !== undefined) add(message, [...path, part]);
}

function checkDevice({ device }: PageFile, pages: readonly PageFile[], index: number, add: Add): void {
  const mode = device?.modeFrom;
  if (mode === undefined) return;
  const asked = pages
    .slice(0, index)
    .flatMap((page) => page.questions ?? [])
    .find((question) => question.id === mode);
  if (asked?.kind !== 'chooseOne')
    add('`modeFrom` must name a question of kind `chooseOne` on an earlier page', ['device', 'modeFrom']);
}

function checkFinish(
  { office, appointment }: PageFile,
  _pages: readonly PageFile[],
  _index: number,
  add: Add,
): void {
  if ((office === undefined) !== (appointment === undefined))
    add(
      office === undefined
        ? '`appointment` belongs to an `office`'
        : 'people who are sent to an office want to know: add `appointment: needed`, `express` or `none`',
    );
}
