/** Buttons on a page beside the one that leads on: a file is taken away, an entry of a list opened, kept or removed. */
import { applyGroupAction, type FormFields, type GroupOutcome, type PageReading } from '#journey';
import type { CompiledPage } from '#service';
import { first, type SentForm } from '#visit';
import { fieldId } from '#web';
import { pressCamera } from './camera.tsx';
import { LOOK, OTHER_PHONE } from './camera-code.tsx';
import { keepFiles, removeFile } from './kept-files.ts';
import type { At, Show } from './kinds/kind.ts';
import type { Resolved } from './resolve.ts';
import { answered, refuse } from './shown-again.ts';
import { changed, type Here, listsMark, pageUrl } from './standing.ts';

/** Does what a button says. @param action its word */
export async function press(
  at: At,
  show: Show,
  action: string,
  sent: { form: SentForm; resolved: Resolved; reading: PageReading },
): Promise<Response> {
  const { c, deps, here } = at;
  const { form, resolved, reading } = sent;
  const [, removed] = /^drop:(\w+)$/.exec(action) ?? [];
  if (removed) {
    await removeFile(deps, here, removed, { form, ...resolved });
    return c.redirect(`${pageUrl(here.service, here.page)}#${fieldId(removed)}`, 303);
  }
  const kept = { ...at, here: await keepFiles(deps, here, reading.answers) };
  if (action === LOOK || action === OTHER_PHONE) return pressCamera(kept, action, form);
  if (isRemovedAlready(here, action, form.fields)) return c.redirect(pageUrl(here.service, here.page), 303);
  return groupAction(kept, show, reading, action);
}

/** An entry is removed by its place. Sent twice, because the first answer never came, it would take the next one as well. */
function isRemovedAlready(here: Here, action: string, fields: FormFields): boolean {
  const shown = first(fields, '_lists');
  return action.startsWith('remove:') && shown !== '' && shown !== listsMark(here);
}

/** Where the page goes on: at the first field of the entry that is open now, or at the group that lost one, which says so. */
function placeIn(page: CompiledPage, { group, open, removed }: GroupOutcome): string {
  if (open === undefined) return `${removed === undefined ? '' : `?removed=${removed}`}#${fieldId(group)}`;
  const [asked] = page.questions.find(({ id }) => id === group)?.questions ?? [];
  return `?entry=${open}#${fieldId(asked ? `${group}[${open}].${asked.id}` : group)}`;
}

async function groupAction(at: At, show: Show, reading: PageReading, action: string): Promise<Response> {
  const { c, deps, here } = at;
  const { visit, service, page, draft } = here;
  const done = applyGroupAction(service, page, reading, action);
  if (!done) return refuse(at, show, reading, reading.errors);
  if (done.errors.length > 0) return refuse(at, show, reading, done.errors);
  const kept = { ...answered(draft, page), answers: done.answers };
  visit.secret.drafts[service.slug] = changed(deps, service, draft, kept);
  await deps.store.save(visit);
  return c.redirect(`${pageUrl(service, page)}${placeIn(page, done)}`, 303);
}
