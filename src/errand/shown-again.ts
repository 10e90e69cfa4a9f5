/** A page that comes back: with what was typed there, and with what was wrong. */
import type { FieldError, FormFields, PageReading } from '#journey';
import type { Answers, CompiledPage } from '#service';
import { type CitizenContext, type Draft, typedOf, type Unsent } from '#visit';
import type { ErrandDeps } from './deps.ts';
import type { At, Show, View } from './kinds/kind.ts';
import { fieldsOf, type Here } from './standing.ts';

/** The fields of all entries of the page's groups as they were answered. */
function entryFields({ page }: Here, answers: Answers): FormFields {
  const answered = Object.entries(fieldsOf(page, answers));
  return Object.fromEntries(answered.filter(([name]) => name.includes('[')));
}

/** What was typed is one open entry of a group: the others are shown beside it as they were answered. */
export function shownAgain(here: Here, typed: FormFields | undefined): Pick<View, 'fields' | 'entry'> {
  if (!typed) return { fields: undefined, entry: undefined };
  const entries = entryFields(here, here.walked.answers);
  const open = new Set(Object.keys(typed).flatMap((name) => /\[(\d+)\]/.exec(name)?.[1] ?? []));
  const [only] = open;
  return { fields: { ...entries, ...typed }, entry: open.size === 1 ? Number(only) : undefined };
}

/** @returns which entry of a group an address opens, or says to have been removed */
export function entryOf(c: CitizenContext, as: 'entry' | 'removed' = 'entry'): number | undefined {
  const entry = c.req.query(as);
  return entry !== undefined && /^\d{1,2}$/.test(entry) ? Number(entry) : undefined;
}

/** Something was wrong: the page once more, with what was typed, and what is wrong with it. */
export async function refuse(
  at: At,
  show: Show,
  reading: PageReading,
  errors: readonly FieldError[],
): Promise<Response> {
  const { c, deps, here } = at;
  const fields = { ...entryFields(here, reading.answers), ...reading.raw };
  await keepUnsent(deps, here, { fields: typedOf(reading.raw), errors, refused: true });
  return c.html(await show(at, { fields, errors, entry: entryOf(c) }), 422);
}

/**
 * What was typed on a page waits there; what is wrong is said once more when the language or the size of the text changes:
 * that is why people change it.
 * @param unsent what was typed; undefined where nothing differs from what was answered
 */
export async function keepUnsent(
  deps: ErrandDeps,
  { visit, service, page }: Pick<Here, 'visit' | 'service' | 'page'>,
  unsent: Unsent | undefined,
): Promise<void> {
  await deps.store.update(visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (!draft) return;
    const { [page.id]: _before, ...others } = draft.unsent ?? {};
    secret.drafts[service.slug] = { ...draft, unsent: { ...others, ...(unsent && { [page.id]: unsent }) } };
  });
}

/**
 * The draft once a page was answered: what was typed on other pages and not sent yet waits there, and what was wrong with
 * it is judged anew, because another answer may have made it right.
 */
export function answered({ unsent, ...draft }: Draft, page: CompiledPage): Draft {
  const isEmpty = ({ fields }: Unsent): boolean => Object.keys(fields).length === 0;
  const others = Object.entries(unsent ?? {}).filter(
    ([id, one]) => id !== page.id && !(one.refused && isEmpty(one)),
  );
  if (others.length === 0) return draft;
  // Where nothing was typed or sent, what is said is no matter of what stands there: a date is gone.
  const again = (one: Unsent): Unsent => ({ fields: one.fields, errors: isEmpty(one) ? one.errors : [] });
  return { ...draft, unsent: Object.fromEntries(others.map(([id, one]) => [id, again(one)])) };
}
