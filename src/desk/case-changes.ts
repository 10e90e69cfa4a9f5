import {
  BeforeDateError,
  CaseNotFoundError,
  NotComparedError,
  TransitionError,
  VersionConflictError,
} from '#cases';
import type { Refused } from './case-actions.tsx';
import { casePage } from './case-pages.tsx';
import type { DeskContext } from './deps.ts';
import { actorBy, type Desk } from './desk.ts';
import { tooLong } from './forms.ts';
import { notFoundPage } from './frame.tsx';
import { said } from './words.ts';

const ACTIONS = new Set(['take', 'accept', 'release', 'note', 'ask', 'decide', 'close', 'revoke']);
const WORDS = said('notSaved');
const NO_REASON: Readonly<Record<string, string>> = {
  decide: WORDS.noReasonDecide,
  revoke: WORDS.noReasonRevoke,
};

/** What was sent lacks something, or has too much of it. Its message is for the clerk. */
class NotSavedError extends Error {}

/** What a clerk sends for each action. @throws the cases' errors, and NotSavedError */
async function act(desk: Desk, c: DeskContext, action: string, text: string): Promise<void> {
  const { cases } = desk;
  const by = actorBy(c);
  const form = c.get('form');
  const id = c.req.param('id') ?? '';
  const version = Number(form.get('version'));
  if (action === 'take') return cases.takeOver(id, by, version);
  if (action === 'accept') return cases.accept(id, by, version);
  if (action === 'release') return cases.release(id, by, version);
  const decision = form.get('decision');
  if (action === 'decide' && !decision) throw new NotSavedError(WORDS.noDecision);
  if (text === '' && !(action === 'decide' && decision === 'done'))
    throw new NotSavedError(NO_REASON[action] ?? WORDS.noText);
  const long = tooLong(text);
  if (long !== undefined) throw new NotSavedError(long);
  if (action === 'note') return cases.note(id, by, version, text);
  if (action === 'ask') return cases.message(id, by, version, text);
  if (action === 'revoke') return cases.revoke(id, by, version, text);
  if (action === 'close') {
    // Whether the waiting may be ended is the lead's to say.
    if (!c.get('staff').lead) throw new TransitionError();
    return cases.closeUndecided(id, by, version, text);
  }
  if (decision !== 'done' && decision !== 'rejected') throw new TransitionError();
  return cases.decide(id, by, version, decision, text, {
    compared: form.get('compared') === 'yes',
    early: form.get('early') === 'yes',
  });
}

/** Runs one of the actions `take`, `accept`, `release`, `note`, `ask`, `decide`, `close`, `revoke`, and leads back to the case. */
export async function runAction(desk: Desk, c: DeskContext): Promise<Response> {
  const action = c.req.param('action') ?? '';
  const id = c.req.param('id') ?? '';
  if (!ACTIONS.has(action)) return notFoundPage(desk, c);
  const text = (c.get('form').get('text') ?? '').trim();
  try {
    await act(desk, c, action, text);
    return c.redirect(`/desk/cases/${id}`, 303);
  } catch (error) {
    const refused = (problem: string): Refused => ({
      action,
      problem,
      text,
      decision: c.get('form').get('decision'),
    });
    if (error instanceof NotSavedError) return casePage(desk, c, refused(error.message), 422);
    if (error instanceof NotComparedError) return casePage(desk, c, refused(WORDS.notCompared), 422);
    if (error instanceof BeforeDateError) return casePage(desk, c, refused(WORDS.beforeDate), 422);
    if (error instanceof VersionConflictError) {
      const seen = Number(c.get('form').get('version'));
      return casePage(desk, c, { ...refused(WORDS.tooLate), seen }, 409);
    }
    // Or it was never theirs, or its time has come while they wrote.
    if (error instanceof TransitionError || error instanceof CaseNotFoundError)
      return casePage(desk, c, refused(WORDS.tooLate), 409);
    throw error;
  }
}
