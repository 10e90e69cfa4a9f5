import assert from 'node:assert/strict';
import { it } from 'node:test';
import { since } from './conflict.tsx';

it('what has happened since is what has changed the case, whatever stands beside it in the history', () => {
  const kinds = ['submitted', 'taken', 'decided', 'feeKept', 'guessing'] as const;
  const events = kinds.map((kind) => ({ kind }));
  const after = (seen: number): string[] => since({ version: 3, events }, seen).map(({ kind }) => kind);
  assert.deepEqual([after(3), after(2), after(1)], [[], ['decided'], ['taken', 'decided']]);
});
