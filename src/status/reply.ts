/** What a citizen writes back to the office, before it is sent: text, files, or both, and what is wrong with them. */
import type { FieldError } from '#journey';
import type { FileAnswer } from '#service';
import type { Taker } from '#share';
import { type Done, first, isEmpty, type Reply, type SentForm, takeIn, type Visit } from '#visit';
import { ATTACHMENT, MOST_ATTACHED, MOST_CHARACTERS } from './actions.tsx';
import type { StatusDeps } from './deps.ts';

/** An answer that was looked at: it is known what is wrong with it. */
type Judged = Reply & Required<Pick<Reply, 'errors'>>;

const wrong = (field: string, code: FieldError['code'], params: FieldError['params'] = {}): FieldError => ({
  field,
  code,
  own: false,
  params,
});

export async function keep(deps: StatusDeps, visit: Visit, reply: Reply | undefined): Promise<void> {
  await deps.store.update(visit, ({ secret }) => {
    if (secret.status) secret.status = { ...secret.status, reply };
  });
}

/** Something was done to the case; of an answer nothing is left to send. */
export async function keepDone(deps: StatusDeps, visit: Visit, done: Done): Promise<void> {
  await deps.store.update(visit, ({ secret }) => {
    if (!secret.status) return;
    const reply = done === 'answered' ? undefined : secret.status.reply;
    secret.status = { ...secret.status, reply, done };
  });
}

/**
 * What the case's page says when it is opened: what was done just now, once, and what is wrong with an answer only where
 * the page comes back to say so. Whoever opens the page anew is not told of an old mistake.
 */
export async function toSay(
  deps: StatusDeps,
  visit: Visit,
): Promise<{ reply: Reply | undefined; done: Done | undefined }> {
  const { reply, done } = visit.secret.status ?? {};
  const isStale = done !== undefined || (reply?.errors ?? []).length > 0;
  const shown = reply && { ...reply, errors: (reply.again && reply.errors) || [] };
  if (isStale)
    await deps.store.update(visit, ({ secret }) => {
      const kept = shown && { ...shown, again: false };
      if (secret.status) secret.status = { ...secret.status, reply: kept, done: undefined };
    });
  return { reply: shown, done };
}

/**
 * What was sent, put to what is there already; every file that cannot be taken is said.
 * @param who whose share counts the files
 * @param without a file that is taken off
 * @returns the answer as it stands now, with what is wrong with it
 */
export async function taken(
  deps: StatusDeps,
  visit: Visit,
  form: SentForm,
  who: Taker,
  without?: string,
): Promise<Judged> {
  const errors: FieldError[] = [];
  const text = first(form.fields, 'text').trim();
  if ([...text].length > MOST_CHARACTERS) errors.push(wrong('text', 'tooLong', { max: MOST_CHARACTERS }));
  const before = visit.secret.status?.reply?.files ?? [];
  const files: FileAnswer[] = before.filter(({ file }) => file !== without);
  for (const upload of form.uploads.get('file') ?? []) {
    if (files.length >= MOST_ATTACHED) {
      errors.push(wrong('file', 'fileTooMany', { max: MOST_ATTACHED }));
      break;
    }
    const one = await takeIn(deps, visit, upload, ATTACHMENT, who);
    if (one.ok) files.push(one.file);
    else errors.push(wrong('file', one.code, { ...one.params, name: upload.name }));
  }
  return { text, files, errors };
}

/** Somebody wants to send their answer. @returns it with what keeps it from being sent */
export async function wanted(deps: StatusDeps, visit: Visit, form: SentForm, who: Taker): Promise<Judged> {
  const reply = await taken(deps, visit, form, who);
  return reply.errors.length === 0 && isEmpty(reply)
    ? { ...reply, errors: [wrong('text', 'required')] }
    : reply;
}

/** The language changes while somebody writes: text and files stay, and what was wrong and still is. */
export async function keepReply(deps: StatusDeps, visit: Visit, form: SentForm, who: Taker): Promise<void> {
  const before = visit.secret.status?.reply;
  const reply = await taken(deps, visit, form, who);
  const still = (before?.errors ?? []).filter(({ field, code }) =>
    field === 'file' ? !form.uploads.has('file') : code === 'required' && isEmpty(reply),
  );
  const errors = [...reply.errors, ...still];
  await keep(
    deps,
    visit,
    isEmpty(reply) && errors.length === 0 ? undefined : { ...reply, errors, again: true },
  );
}
