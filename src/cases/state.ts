import type { CaseState } from '#db';

/**
 * What can happen to a case; one that waits for its payment is handed in by `activate`, and nothing else happens to it.
 * `revoke`: the office takes back the paper that it issued with its decision, and decides anew.
 * `letter`: another authority writes, often after its decision; it asks for no answer, so the case stays as it is.
 * `closeUndecided`: another authority does not decide, or never gets the case, and the office ends the waiting.
 */
export type CaseAction =
  | 'takeOver'
  | 'release'
  | 'message'
  | 'letter'
  | 'answer'
  | 'note'
  | 'correct'
  | 'revoke'
  | 'done'
  | 'rejected'
  | 'closeUndecided'
  | 'withdraw'
  | 'reschedule'
  | 'activate';

const TABLE: Record<CaseState, Partial<Record<CaseAction, CaseState>>> = {
  unpaid: { activate: 'new' },
  new: {
    takeOver: 'working',
    message: 'waiting',
    letter: 'new',
    answer: 'new',
    note: 'new',
    correct: 'new',
    done: 'done',
    rejected: 'rejected',
    closeUndecided: 'rejected',
    withdraw: 'withdrawn',
    reschedule: 'new',
  },
  working: {
    takeOver: 'working',
    release: 'new',
    message: 'waiting',
    letter: 'working',
    answer: 'working',
    note: 'working',
    correct: 'working',
    done: 'done',
    rejected: 'rejected',
    closeUndecided: 'rejected',
    withdraw: 'withdrawn',
    reschedule: 'working',
  },
  waiting: {
    takeOver: 'waiting',
    message: 'waiting',
    letter: 'waiting',
    answer: 'working',
    note: 'waiting',
    correct: 'waiting',
    done: 'done',
    rejected: 'rejected',
    closeUndecided: 'rejected',
    withdraw: 'withdrawn',
    reschedule: 'waiting',
  },
  done: { revoke: 'working', note: 'done', letter: 'done' },
  rejected: { note: 'rejected', letter: 'rejected' },
  withdrawn: { note: 'withdrawn' },
};

/** @returns the state after an action, or undefined when the action is not possible in this state */
export function transition(state: CaseState, action: CaseAction): CaseState | undefined {
  return TABLE[state][action];
}

/**
 * @param acted whether another authority has it, whose business taking it back is then, or the office has issued a paper before
 * @returns whether its citizen may take the case back
 */
export function mayWithdraw(state: CaseState, acted: boolean): boolean {
  return transition(state, 'withdraw') !== undefined && !acted;
}

/** What is left to this office and its citizens of a case that another authority decides. */
const BESIDE_AUTHORITY: ReadonlySet<CaseAction> = new Set(['release', 'note', 'closeUndecided', 'withdraw']);

/**
 * @param who changes the case
 * @returns whether that is theirs in a case that another authority decides; for the Führungszeugnis §§ 30, 30c BZRG
 */
export function mayBeside(who: 'citizen' | 'staff' | 'authority', action: CaseAction): boolean {
  return who === 'authority' || BESIDE_AUTHORITY.has(action);
}

/** @returns whether the case is decided or withdrawn: only what is written down is added any more */
export function isClosed(state: CaseState): boolean {
  return state === 'done' || state === 'rejected' || state === 'withdrawn';
}
