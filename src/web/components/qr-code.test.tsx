import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { correction, generate, mode } from 'lean-qr';
import { QrCode } from './qr-code.tsx';

/** Draws what the path draws: rectangles one row high. */
function drawn(html: string): Set<string> {
  const dark = new Set<string>();
  for (const [, x, y, width, back] of html.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    assert.equal(width, back);
    for (let step = 0; step < Number(width); step += 1) dark.add(`${Number(x) + step} ${y}`);
  }
  return dark;
}

test('a QR code shows exactly the dark squares of its text', () => {
  const address = fc.stringMatching(/^https:\/\/[a-z]{3,20}\.example\/status#[A-Z0-9.-]{5,60}$/);
  fc.assert(
    fc.property(address, (text) => {
      const code = generate(mode.iso8859_1(text), { minCorrectionLevel: correction.M });
      const expected = new Set<string>();
      for (let y = 0; y < code.size; y += 1)
        for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) expected.add(`${x} ${y}`);
      assert.deepEqual(drawn(QrCode({ text, label: 'l' }).text), expected);
    }),
    { numRuns: 30 },
  );
});
