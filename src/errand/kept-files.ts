/** Files of a draft between two pages: kept though something else on the page was wrong, or taken away again. */
import { type CompiledPage, type CompiledService, type FieldError, filesIn } from '#journey';
import type { Answers, FileAnswer } from '#service';
import { type Draft, own, type SentForm, typedOf, type Visit } from '#visit';
import type { ErrandDeps } from './deps.ts';
import { changed, type Here } from './standing.ts';

/** @returns the page's questions that a document answers */
export const asksForFiles = ({ questions }: CompiledPage) =>
  questions.filter((question) => question.kind === 'file');

/** @returns the file that a question has been given */
function fileOf(answers: Answers, id: string): FileAnswer | undefined {
  const answer = own(answers, id);
  return answer === undefined ? undefined : filesIn({ answer })[0];
}

/** @returns by question, the files that a page's questions have been given */
export function filesOf(page: CompiledPage, answers: Answers): Record<string, FileAnswer> {
  const kept = page.questions.flatMap(({ id }) => {
    const file = fileOf(answers, id);
    return file ? [[id, file] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** Writes to a draft, also when another tab has just written. @returns the visit as it stands then */
async function write(
  deps: ErrandDeps,
  visit: Visit,
  service: CompiledService,
  change: (draft: Draft, secret: Visit['secret']) => Draft,
): Promise<Visit> {
  return deps.store.update(visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (draft) secret.drafts[service.slug] = changed(deps, service, draft, change(draft, secret));
  });
}

/**
 * A file that came together with something wrong is kept all the same: nobody chooses it twice. What it replaces goes: of several
 * that come at the same moment, each with a tab of its own, the last one stays, and none is left that no page shows.
 * @param answers with the files that were taken in
 * @param may asked at the moment of writing, whether they are still to be kept
 * @returns the place with the files in its draft
 */
export async function keepFiles(
  deps: ErrandDeps,
  here: Here,
  answers: Answers,
  may: (secret: Visit['secret']) => boolean = () => true,
): Promise<Here> {
  const { page, draft, service } = here;
  const known = filesOf(page, draft.answers);
  const fresh = Object.entries(filesOf(page, answers)).filter(([id, { file }]) => known[id]?.file !== file);
  if (fresh.length === 0) return here;
  const files = Object.fromEntries(fresh.map(([id, file]) => [id, { ...file }]));
  // Where the draft is gone meanwhile, nothing shows what came for it.
  const sent = fresh.map(([, { file }]) => file);
  let unseen = sent;
  const visit = await write(deps, here.visit, service, (current, secret) => {
    unseen = sent;
    if (!may(secret)) return current;
    const before = filesOf(page, current.answers);
    unseen = fresh.flatMap(([id]) => before[id]?.file ?? []);
    return { ...current, answers: { ...current.answers, ...files } };
  });
  for (const file of unseen) await deps.files.drop(visit, file);
  const kept = visit.secret.drafts[service.slug];
  return kept ? { ...here, visit, draft: kept } : here;
}

/** @returns the answers without some of a page's files */
export function withoutFiles(page: CompiledPage, answers: Answers, files: readonly string[]): Answers {
  const isGone = (id: string): boolean => files.includes(fileOf(answers, id)?.file ?? '');
  const gone = new Set(page.questions.flatMap(({ id }) => (isGone(id) ? [id] : [])));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !gone.has(id)));
}

/** Takes a file away again; what else was typed or chosen on the page stays, also another one chosen in its place. */
export async function removeFile(
  deps: ErrandDeps,
  here: Here,
  id: string,
  sent: { form: SentForm; answers: Answers; errors: readonly FieldError[] },
): Promise<void> {
  const { page, service } = here;
  const { visit } = await keepFiles(deps, here, sent.answers);
  const shown = fileOf(here.draft.answers, id);
  if (shown === undefined) return;
  let isThere = false;
  await write(deps, visit, service, (current) => {
    const { [id]: _file, ...others } = current.answers;
    isThere = fileOf(current.answers, id)?.file === shown.file;
    const unsent = {
      ...current.unsent,
      [page.id]: { fields: typedOf(sent.form.fields), errors: sent.errors },
    };
    return { ...current, answers: isThere ? others : current.answers, unsent };
  });
  if (isThere) await deps.files.drop(visit, shown.file);
}
