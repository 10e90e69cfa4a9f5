import assert from 'node:assert/strict';
import { it } from 'node:test';
import { saidWith } from './words.ts';

const EVIL = '<b>Ünlü</b>';

it('a sentence has elements where its values are, in its own order, and text stays text', () => {
  const sentence = ({ who, at }: { who: string; at: string }) => `Am ${at} kam ${who}.`;
  const page = <p>{saidWith(sentence, { who: EVIL, at: <time datetime="2026-11-30">30.11.</time> })}</p>;
  assert.equal(page.text, '<p>Am <time datetime="2026-11-30">30.11.</time> kam &lt;b&gt;Ünlü&lt;/b&gt;.</p>');
});
