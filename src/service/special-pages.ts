/** Pages that reach outside the form: identification, a device, the authority's portal, an ending with an office. */
import type { SourcePath } from '#source';
import { BEST_LEVEL, IDENTITY_LEVELS } from './means.ts';
import type { PageFile } from './schema.ts';

type Add = (message: string, path?: SourcePath) => void;

/** What belongs to one kind of page, and what to say when it stands on another. */
const BELONGS = [
  ['level', 'identify', 'only an identify page has a `level`'],
  ['means', 'identify', 'only an identify page names the `means` of identification'],
  ['otherwise', 'identify', 'only an identify page has `otherwise`'],
  ['letterCode', 'identify', 'only an identify page takes a `letterCode`'],
  ['device', 'device', 'only a page of `kind: device` has a `device`'],
  ['portal', 'portal', 'only a page of `kind: portal` opens a `portal`'],
  ['office', 'finish', 'only a page of `kind: finish` sends people to an `office`'],
  ['appointment', 'finish', 'only a page of `kind: finish` speaks of an `appointment`'],
] as const;

const NEEDED: Partial<Record<PageFile['kind'], readonly ['level' | 'device' | 'portal', string]>> = {
  identify: ['level', 'an identify page needs the `level:` it asks for: low, substantial or high'],
  device: ['device', 'a page of `kind: device` needs `device: { id, modeFrom, outcomes }`'],
  portal: ['portal', "a page of `kind: portal` needs `portal:`, its id in the city's `portals.yaml`"],
};

/**
 * Complains about parts of a page that belong to another kind, and about parts that its kind needs.
 * @param pages all pages; this one stands at `index`
 */
export function checkSpecial(raw: PageFile, pages: readonly PageFile[], index: number, add: Add): void {
  for (const [part, kind, message] of BELONGS)
    if (raw[part] !== undefined && raw.kind !== kind) add(message, [part]);
  const [needed, message] = NEEDED[raw.kind] ?? [];
  if (needed && message && raw[needed] === undefined) add(message);
  for (const [at, question] of (raw.questions ?? []).entries()) {
    const path = ['questions', at];
    if (question.from !== undefined && raw.kind !== 'identify')
      add('only questions of an identify page are answered `from` the ID', [...path, 'from']);
    if (question.locked !== undefined && question.from === undefined)
      add('`locked` says how an answer `from` the ID is shown: it needs `from`', [...path, 'locked']);
    if (question.from === 'birthDate' && question.kind === 'date' && question.partial !== true)
      add(
        'cards of people whose day of birth nobody knows tell the year only: `birthDate` needs `partial: true`',
        [...path, 'kind'],
      );
    if (
      question.kind === 'address' &&
      question.within === 'city' &&
      question.from &&
      question.locked !== false
    )
      add('an ID may tell an address outside the city: `within: city` needs `locked: false`', [
        ...path,
        'within',
      ]);
    if (question.from !== undefined && question.kind === 'group')
      add('a group cannot be answered `from` the ID', [...path, 'from']);
  }
  checkIdentify(raw, pages[index + 1], add);
  checkLetterCode(raw, pages.slice(index + 1), add);
  if (raw.kind === 'finish' && (raw.office === undefined) !== (raw.appointment === undefined))
    add(
      raw.office === undefined
        ? '`appointment` belongs to an `office`'
        : 'people who are sent to an office want to know: add `appointment: needed`, `express` or `none`',
    );
  const mode = raw.device?.modeFrom;
  if (mode === undefined) return;
  const asked = pages
    .slice(0, index)
    .flatMap((page) => page.questions ?? [])
    .find((question) => question.id === mode);
  if (asked?.kind !== 'chooseOne')
    add('`modeFrom` must name a question of kind `chooseOne` on an earlier page', ['device', 'modeFrom']);
}

/** Means must be able to reach the level, and who has none of them must come to an ending. */
function checkIdentify(raw: PageFile, following: PageFile | undefined, add: Add): void {
  const { level } = raw;
  for (const [at, means] of (raw.means ?? []).entries())
    if (level && IDENTITY_LEVELS.indexOf(BEST_LEVEL[means]) < IDENTITY_LEVELS.indexOf(level))
      add(`\`${means}\` never reaches the level \`${level}\``, ['means', at]);
  if (raw.otherwise !== 'ending') return;
  const ends = following?.kind === 'finish' && following.when === `${raw.id} == "none"`;
  if (!ends)
    add(`after \`otherwise: ending\` comes a page of \`kind: finish\` with \`when: ${raw.id} == "none"\``, [
      'otherwise',
    ]);
}

/** A letter reaches an address, and that is all: what it tells goes into questions that are asked later anyway. */
function checkLetterCode({ letterCode, level, means }: PageFile, later: readonly PageFile[], add: Add): void {
  if (!letterCode) return;
  if (level !== 'low') add('a code by letter reaches the level `low` and no other', ['letterCode']);
  if (means)
    add('where `means` are named no code by letter is lawful: leave out one of both', ['letterCode']);
  const questions = later.flatMap((page) => page.questions ?? []);
  for (const [part, kind] of [
    ['name', 'text'],
    ['address', 'address'],
  ] as const)
    if (questions.find(({ id }) => id === letterCode[part])?.kind !== kind)
      add(`\`${part}\` must name a question of kind \`${kind}\` on a later page`, ['letterCode', part]);
}
