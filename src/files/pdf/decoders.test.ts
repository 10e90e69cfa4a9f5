import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { lzwSpaces, PACKED } from '../pdf.fixture.ts';
import { from85, fromHex, fromLzw, fromRuns } from './decoders.ts';

const DECODERS = {
  ASCIIHexDecode: fromHex,
  ASCII85Decode: from85,
  RunLengthDecode: fromRuns,
  LZWDecode: fromLzw,
};
const MOST = 1_000_000;

/** Contents in which little, and much, comes again. */
const content = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.array(fc.constantFrom(0, 32, 255), { maxLength: 30_000, size: 'max' }),
);

for (const [name, decode] of Object.entries(DECODERS)) {
  it(`what is packed by ${name} comes out as it was`, () => {
    fc.assert(
      fc.property(content, (bytes) => {
        const packed = PACKED[name]?.(Buffer.from(bytes)) ?? Buffer.alloc(0);
        assert.ok(decode(packed, MOST).equals(Buffer.from(bytes)));
      }),
      { numRuns: 60 },
    );
  });

  it(`no more comes out of ${name} than was asked for, whatever stands in it`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(300), (bytes, most) => {
        assert.ok(decode(Buffer.from(bytes), most).length <= most + 1);
      }),
    );
  });
}

it('what comes before a fault counts', () => {
  assert.equal(fromHex(Buffer.from('4142xx'), MOST).toString(), 'AB');
  assert.equal(from85(Buffer.from('87cUR\u007f'), MOST).toString(), 'Hell');
  assert.equal(fromRuns(Buffer.from([255, 65, 5, 66]), MOST).toString(), 'AAB');
  assert.equal(fromLzw(lzwSpaces(1).subarray(0, 100), MOST).length > 1_000, true);
});

it('codes may grow a code later', () => {
  const late = PACKED.LZWDecode?.(Buffer.alloc(200, 32)) ?? Buffer.alloc(0);
  assert.ok(fromLzw(late, MOST, false).equals(Buffer.alloc(200, 32)), 'where none grows it is the same');
  const long = lzwSpaces(1);
  assert.notEqual(fromLzw(long, 2 * MOST, false).length, fromLzw(long, 2 * MOST).length);
});
