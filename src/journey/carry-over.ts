/** What of somebody's answers still holds when their service has become another version meanwhile. */
import { kindOf, type Reference } from '#kinds';
import type { CompiledService } from '#service';
import { isLocked, told } from './identify.ts';
import type { Progress } from './types.ts';

/**
 * Keeps what still has the form of an answer to a question of the same name. Declarations are made anew, because their
 * words may be others now, and every page that only informs is shown again.
 * @param service as it is now
 * @param progress what was said to another version of it
 */
export function carryOver(service: CompiledService, progress: Progress, reference: Reference): Progress {
  const kept = [...service.questions.values()].flatMap((question) => {
    // What an ID proves now is not what somebody typed before.
    if (isLocked(question, progress)) {
      const proved = told(question, progress.identity, reference);
      return proved === undefined ? [] : [[question.id, proved] as const];
    }
    const answer = progress.answers[question.id];
    const kind = kindOf(question);
    if (answer === undefined || !kind.carriesOver || !kind.accepts(question, answer)) return [];
    return [[question.id, answer] as const];
  });
  return { answers: Object.fromEntries(kept), seen: [], identity: progress.identity };
}
