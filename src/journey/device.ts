/** What a device did counts for the answers that it was done for, and for no others. */
import type { CompiledPage, CompiledService } from '#service';
import type { Moment } from '#time';
import type { Progress } from './types.ts';
import { walk } from './walk.ts';

/** A draft with, perhaps, a step at a device that was begun and has not come back. */
interface Begun extends Progress {
  step?: { page: string } | undefined;
}

/** Everything that was said before a page, and by whom. */
function saidBefore(
  service: CompiledService,
  page: CompiledPage,
  progress: Progress,
  moment: Moment,
): string {
  const { pages, answers, identity } = walk(service, progress, moment);
  const earlier = pages.filter(({ index }) => index < page.index);
  const said = earlier.flatMap(({ questions }) => questions.map(({ id }) => [id, answers[id] ?? null]));
  return JSON.stringify([said, identity ?? null]);
}

/**
 * A card in the reader does what the answers before it say. Where one of them is another now, the step has not been done:
 * its outcome is gone, and a way to the device that was begun before leads back to nothing.
 * @param before as it stood
 * @param after with what was said since
 * @param sent the page that was just answered: who says anew what the device shall do wants it done again, be it the same
 * @returns `after` without outcomes that belong to other answers
 */
export function withoutStrayOutcomes<P extends Begun>(
  service: CompiledService,
  before: Progress,
  after: P,
  moment: Moment,
  sent?: CompiledPage,
): P {
  let kept = after;
  for (const page of service.pages) {
    if (!page.device) continue;
    const { modeFrom } = page.device;
    const isAnew = sent?.questions.some(({ id }) => id === modeFrom);
    const isStray =
      isAnew || saidBefore(service, page, before, moment) !== saidBefore(service, page, kept, moment);
    if (!isStray) continue;
    const { [page.id]: _outcome, ...answers } = kept.answers;
    kept = { ...kept, answers, ...(kept.step?.page === page.id && { step: undefined }) };
  }
  return kept;
}
