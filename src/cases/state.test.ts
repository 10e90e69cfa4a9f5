import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CaseState } from '#db';
import { type CaseAction, isClosed, transition } from './index.ts';

const actions: CaseAction[] = [
  'takeOver',
  'release',
  'message',
  'letter',
  'answer',
  'note',
  'done',
  'rejected',
  'withdraw',
  'revoke',
  'reschedule',
  'activate',
];
const states: CaseState[] = ['new', 'working', 'waiting', 'done', 'rejected', 'withdrawn'];
const history = fc.array(fc.constantFrom(...actions), { maxLength: 30 });

/** Plays actions from `new`; impossible ones change nothing. @returns the state before each action, and the last */
function play(steps: readonly CaseAction[]): CaseState[] {
  const way: CaseState[] = ['new'];
  for (const step of steps) {
    const state = way.at(-1) ?? 'new';
    way.push(transition(state, step) ?? state);
  }
  return way;
}

describe('the states of a case', () => {
  it('begin unpaid only where something has to be paid: then nothing happens to it but being handed in', () => {
    for (const action of actions) {
      assert.equal(transition('unpaid', action), action === 'activate' ? 'new' : undefined, action);
      for (const state of states) assert.notEqual(transition(state, action), 'unpaid');
    }
    for (const state of states) assert.equal(transition(state, 'activate'), undefined, state);
    assert.equal(isClosed('unpaid'), false);
  });

  it('never leave an end: what is decided or withdrawn stays so, but for a paper that the office takes back', () => {
    fc.assert(
      fc.property(history, (all) => {
        const steps = all.filter((action) => action !== 'revoke');
        const way = play(steps);
        const end = way.findIndex(isClosed);
        if (end >= 0) assert.equal(new Set(way.slice(end)).size, 1);
      }),
    );
  });

  it('let a case be decided, withdrawn and moved exactly as long as it is open', () => {
    for (const state of states) {
      for (const action of ['done', 'rejected', 'withdraw', 'reschedule', 'answer', 'message'] as const) {
        assert.equal(transition(state, action) !== undefined, !isClosed(state), `${action} in ${state}`);
      }
      assert.equal(transition(state, 'revoke'), state === 'done' ? 'working' : undefined);
      assert.equal(transition(state, 'note'), state);
      assert.equal(transition(state, 'letter'), state === 'withdrawn' ? undefined : state);
    }
  });

  it('lead to waiting only by asking the citizen, and out of it also by an answer', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const way = play(steps);
        for (const [index, step] of steps.entries()) {
          const [from, to] = [way[index], way[index + 1]];
          if (from !== 'waiting' && to === 'waiting') assert.equal(step, 'message');
          if (from === 'waiting' && step === 'answer') assert.equal(to, 'working');
        }
      }),
    );
  });
});
