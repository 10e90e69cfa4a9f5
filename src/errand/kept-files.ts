/** Files of a draft between two pages: kept though something else on the page was wrong, or taken away again. */
import { type CompiledPage, type CompiledService, type FieldError, filesIn } from '#journey';
import type { Answers, FileAnswer } from '#service';
import { type Draft, type SentForm, typedOf, type Visit } from '#visit';
import type { ErrandDeps } from './deps.ts';
import { changed, type Here } from './standing.ts';

/** @returns the file that a question has been given */
function fileOf(answers: Answers, id: string): FileAnswer | undefined {
  const answer = answers[id];
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

/** Writes to a draft, also when another tab has just written. */
async function write(
  deps: ErrandDeps,
  visit: Visit,
  service: CompiledService,
  change: (draft: Draft) => Draft,
): Promise<Draft | undefined> {
  const written = await deps.store.update(visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (draft) secret.drafts[service.slug] = changed(deps, service, draft, change(draft));
  });
  return written.secret.drafts[service.slug];
}

/**
 * A file that came together with something wrong is kept all the same: nobody chooses it twice.
 * @param answers with the files that were taken in
 * @returns the place with the files in its draft
 */
export async function keepFiles(deps: ErrandDeps, here: Here, answers: Answers): Promise<Here> {
  const { page, draft, service, visit } = here;
  const before = filesOf(page, draft.answers);
  const fresh = Object.entries(filesOf(page, answers)).filter(([id, { file }]) => before[id]?.file !== file);
  if (fresh.length === 0) return here;
  const files = Object.fromEntries(fresh.map(([id, file]) => [id, { ...file }]));
  const written = await write(deps, visit, service, (current) => ({
    ...current,
    answers: { ...current.answers, ...files },
  }));
  for (const [id] of fresh) if (before[id]) await deps.files.drop(visit, before[id].file);
  return written ? { ...here, draft: written } : here;
}

/** Takes a file away again; what else was typed or chosen on the page stays, also another one chosen in its place. */
export async function removeFile(
  deps: ErrandDeps,
  here: Here,
  id: string,
  sent: { form: SentForm; answers: Answers; errors: readonly FieldError[] },
): Promise<void> {
  const { page, service } = here;
  const { draft, visit } = await keepFiles(deps, here, sent.answers);
  const [before, now] = [here.draft, draft].map(({ answers }) => fileOf(answers, id));
  if (before === undefined) return;
  const isSame = now?.file === before.file;
  await write(deps, visit, service, (current) => {
    const { [id]: _file, ...others } = current.answers;
    const answers = isSame ? others : current.answers;
    const pending = { page: page.id, fields: typedOf(sent.form.fields), errors: sent.errors };
    return { ...current, answers, pending };
  });
  if (isSame) await deps.files.drop(visit, before.file);
}
