import type { CaseState } from '#db';

/** What can happen to a case; one that waits for its payment is handed in by `activate`, and nothing else happens to it. */
export type CaseAction =
  | 'takeOver'
  | 'release'
  | 'message'
  | 'answer'
  | 'note'
  | 'done'
  | 'rejected'
  | 'withdraw'
  | 'reschedule'
  | 'activate';

const TABLE: Record<CaseState, Partial<Record<CaseAction, CaseState>>> = {
  unpaid: { activate: 'new' },
  new: {
    takeOver: 'working',
    message: 'waiting',
    answer: 'new',
    note: 'new',
    done: 'done',
    rejected: 'rejected',
    withdraw: 'withdrawn',
    reschedule: 'new',
  },
  working: {
    takeOver: 'working',
    release: 'new',
    message: 'waiting',
    answer: 'working',
    note: 'working',
    done: 'done',
    rejected: 'rejected',
    withdraw: 'withdrawn',
    reschedule: 'working',
  },
  waiting: {
    takeOver: 'waiting',
    message: 'waiting',
    answer: 'working',
    note: 'waiting',
    done: 'done',
    rejected: 'rejected',
    withdraw: 'withdrawn',
    reschedule: 'waiting',
  },
  done: { note: 'done' },
  rejected: { note: 'rejected' },
  withdrawn: { note: 'withdrawn' },
};

/** @returns the state after an action, or undefined when the action is not possible in this state */
export function transition(state: CaseState, action: CaseAction): CaseState | undefined {
  return TABLE[state][action];
}

/** @returns whether the case is decided or withdrawn: nothing but a note is added any more */
export function isClosed(state: CaseState): boolean {
  return state === 'done' || state === 'rejected' || state === 'withdrawn';
}
