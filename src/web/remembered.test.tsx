import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remembered } from './remembered.ts';

test('a remembered part is made once for each key, and is right however many there are', () => {
  let made = 0;
  const Part = remembered(
    ({ id }: { id: number }) => String(id),
    ({ id }) => {
      made += 1;
      return <p>{`${id} – ä`}</p>;
    },
  );
  const show = (id: number): string => (<Part id={id} />).text;
  for (let round = 0; round < 3; round += 1) assert.equal(show(1), '<p>1 – ä</p>');
  assert.equal(made, 1);
  for (let id = 0; id < 1_000; id += 1) assert.equal(show(id), `<p>${id} – ä</p>`);
  assert.equal(made, 1_000);
  // What came first is still kept.
  show(1);
  assert.equal(made, 1_000);
});
