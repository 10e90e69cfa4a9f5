/** A page that comes back: with what was typed there, and with what was wrong. */
import type { FieldError, FormFields, PageReading } from '#journey';
import type { Answers, CompiledPage } from '#service';
import { type CitizenContext, type Draft, typedOf } from '#visit';
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

/** @returns which entry of a group an address opens */
export function entryOf(c: CitizenContext): number | undefined {
  const entry = c.req.query('entry');
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
  await keepShown(deps, here, { page: here.page.id, fields: typedOf(reading.raw), errors });
  return c.html(await show(at, { fields, errors, entry: entryOf(c) }), 422);
}

/** What is wrong is said once more when the language or the size of the text changes: that is why people change it. */
export async function keepShown(
  deps: ErrandDeps,
  { visit, service }: Here,
  pending: NonNullable<Draft['pending']>,
): Promise<void> {
  await deps.store.update(visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (draft) secret.drafts[service.slug] = { ...draft, pending };
  });
}

/**
 * The draft once a page was answered: what was typed on another page and not sent yet waits there, and what was wrong with
 * it is judged anew, because another answer may have made it right.
 */
export function answered(draft: Draft, page: CompiledPage): Draft {
  const { pending, ...rest } = draft;
  return pending && pending.page !== page.id ? { ...rest, pending: { ...pending, errors: [] } } : rest;
}
