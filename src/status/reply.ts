/** What a citizen writes back to the office, before it is sent: text, files, or both, and what is wrong with them. */
import type { FieldError } from '#journey';
import type { FileAnswer } from '#service';
import type { Taker } from '#share';
import { type Done, first, isEmpty, noteCame, type Reply, type SentForm, takeIn, type Visit } from '#visit';
import { ATTACHMENT, MOST_ATTACHED, MOST_CHARACTERS } from './actions.tsx';
import type { StatusDeps } from './deps.ts';

/** What keeps answers, counts their files and holds them. */
type Kept = Pick<StatusDeps, 'store' | 'files' | 'shares'>;

/** An answer that was looked at: it is known what is wrong with it, and which of its files came just now. */
export type Judged = Reply & Required<Pick<Reply, 'errors'>> & { fresh: readonly string[] };

const wrong = (field: string, code: FieldError['code'], params: FieldError['params'] = {}): FieldError => ({
  field,
  code,
  own: false,
  params,
});

/**
 * Keeps an answer that is not sent yet. Files that another tab has sent meanwhile are kept beside its own, as far as there is
 * room: none is left that no page shows.
 * @param without a file that is taken off
 * @returns the answer as it is kept
 */
export async function keep(
  deps: Kept,
  visit: Visit,
  { fresh, ...reply }: Judged & Pick<Reply, 'again'>,
  without?: string,
): Promise<Reply | undefined> {
  let unseen: readonly string[] = fresh;
  const written = await deps.store.update(visit, ({ secret }) => {
    if (!secret.status) return;
    const before = secret.status.reply?.files ?? [];
    const own = reply.files.filter(({ file }) => fresh.includes(file));
    const all = [...before.filter(({ file }) => file !== without && !fresh.includes(file)), ...own];
    const files = all.slice(0, MOST_ATTACHED);
    unseen = all.slice(MOST_ATTACHED).map(({ file }) => file);
    const isAny = !isEmpty({ ...reply, files }) || reply.errors.length > 0;
    secret.status = { ...secret.status, reply: isAny ? { ...reply, files } : undefined };
  });
  for (const file of [...unseen, ...(without ? [without] : [])]) await deps.files.drop(written, file);
  return written.secret.status?.reply;
}

/**
 * Something was done to the case; of an answer that was sent nothing is left to send, but for files that another tab has sent
 * since.
 * @param sent the answer that went to the office
 */
export async function keepDone(deps: Kept, visit: Visit, done: Done, sent?: Reply): Promise<void> {
  const gone = new Set(sent?.files.map(({ file }) => file));
  await deps.store.update(visit, ({ secret }) => {
    if (!secret.status) return;
    const { reply } = secret.status;
    const left = reply?.files.filter(({ file }) => !gone.has(file)) ?? [];
    const rest = left.length > 0 ? { text: '', files: left } : undefined;
    secret.status = { ...secret.status, reply: sent ? rest : reply, done };
    noteCame(secret, done);
  });
}

/**
 * What the case's page says when it is opened: what was done just now, once, and what is wrong with an answer only where
 * the page comes back to say so. Whoever opens the page anew is not told of an old mistake.
 */
export async function toSay(
  deps: Kept,
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
  deps: Kept,
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
  const fresh: string[] = [];
  for (const upload of form.uploads.get('file') ?? []) {
    if (files.length >= MOST_ATTACHED) {
      errors.push(wrong('file', 'fileTooMany', { max: MOST_ATTACHED }));
      break;
    }
    const one = await takeIn(deps, visit, upload, ATTACHMENT, who);
    if (one.ok) {
      files.push(one.file);
      fresh.push(one.file.file);
    } else errors.push(wrong('file', one.code, { ...one.params, name: upload.name }));
  }
  return { text, files, errors, fresh };
}

/** Somebody wants to send their answer. @returns it with what keeps it from being sent */
export async function wanted(deps: Kept, visit: Visit, form: SentForm, who: Taker): Promise<Judged> {
  const reply = await taken(deps, visit, form, who);
  return reply.errors.length === 0 && isEmpty(reply)
    ? { ...reply, errors: [wrong('text', 'required')] }
    : reply;
}

/** The language changes while somebody writes: text and files stay, and what was wrong and still is. */
export async function keepReply(deps: Kept, visit: Visit, form: SentForm, who: Taker): Promise<void> {
  const before = visit.secret.status?.reply;
  const reply = await taken(deps, visit, form, who);
  const still = (before?.errors ?? []).filter(({ field, code }) =>
    field === 'file' ? !form.uploads.has('file') : code === 'required' && isEmpty(reply),
  );
  await keep(deps, visit, { ...reply, errors: [...reply.errors, ...still], again: true });
}
