/** What the buttons of a repeating group do: add another entry, edit one, remove one. */
import type { Answers, CompiledPage, CompiledQuestion, CompiledService } from '#service';
import type { FieldError, PageReading } from './types.ts';

export interface GroupOutcome {
  answers: Answers;
  /** Errors that keep the person at the entry they were filling in. */
  errors: readonly FieldError[];
  /** The group the button belongs to. */
  group: string;
  /** The entry (from 0) to show for filling in; undefined shows only the list. */
  open: number | undefined;
  /** The entry (from 0) that was taken off. */
  removed?: number;
}

const ACTION = /^(add|edit|remove):([A-Za-z0-9]+)(?::(\d{1,3}))?$/;

/**
 * Does what `_action` says: `add:persons`, `edit:persons:1`, `remove:persons:1`.
 * @param reading the page as it was sent, read by `readPage`: entries that were right are kept in every case. One that is new, and
 *   empty or not right yet, is removed by keeping nothing of it.
 * @returns undefined when the action is none of these, or names no entry of a group on this page
 */
export function applyGroupAction(
  _service: CompiledService,
  page: CompiledPage,
  reading: PageReading,
  action: string,
): GroupOutcome | undefined {
  const found = ACTION.exec(action);
  const group = page.questions.find((question) => question.kind === 'group' && question.id === found?.[2]);
  if (!found || !group) return undefined;
  const given = reading.answers[group.id];
  const entries = Array.isArray(given) ? given : [];
  const outcome = { answers: reading.answers, errors: [], group: group.id };
  if (found[1] === 'add') return add(outcome, group, entries.length, reading);
  const index = Number(found[3] ?? Number.NaN);
  const removes = found[1] === 'remove';
  if (!(index < entries.length) && !(removes && index === entries.length)) return undefined;
  if (!removes) return { ...outcome, errors: entryErrors(group, reading, index), open: index };
  const { [group.id]: _removed, ...others } = reading.answers;
  const left = entries.toSpliced(index, 1);
  const answers = left.length > 0 ? { ...others, [group.id]: left } : others;
  return { ...outcome, answers, open: undefined, removed: index };
}

function add(
  outcome: Omit<GroupOutcome, 'open'>,
  group: CompiledQuestion,
  count: number,
  reading: PageReading,
): GroupOutcome {
  const errors = entryErrors(group, reading);
  if (errors.length > 0) return { ...outcome, errors, open: undefined };
  if (group.max !== undefined && count >= group.max) {
    const full = { field: group.id, code: 'tooMany', own: false, params: { max: group.max } };
    return { ...outcome, errors: [full], open: undefined };
  }
  return { ...outcome, open: count };
}

/** Errors inside the group's entries, but for the one that is about to be edited anyway. */
function entryErrors(group: CompiledQuestion, reading: PageReading, but?: number): FieldError[] {
  const skipped = `${group.id}[${but}].`;
  return reading.errors.filter(
    (error) => error.field.startsWith(`${group.id}[`) && !error.field.startsWith(skipped),
  );
}
