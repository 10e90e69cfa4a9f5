import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createWaiting } from './waiting.ts';

it('lets one request of a visit wait for news: the newer one takes the place, also when the older one ends late', () => {
  const wait = createWaiting();
  const first = wait('one');
  const other = wait('other');
  const second = wait('one');
  assert.deepEqual(
    [first, second, other].map(({ replaced }) => replaced.aborted),
    [true, false, false],
  );
  first.end();
  const third = wait('one');
  assert.equal(second.replaced.aborted, true);
  third.end();
  assert.equal(wait('one').replaced.aborted, false);
  assert.equal(third.replaced.aborted, false);
});
