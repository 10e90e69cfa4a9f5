import assert from 'node:assert/strict';
import test from 'node:test';
import { addLines } from './receipt.ts';
import { readStatusInformation } from './status.ts';
import { readinessOf, refusalOf, statusWord } from './words.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test('a number is never shown beyond its last four digits, even when the terminal sends all of it', () => {
  const pan = readStatusInformation(bytes('27 00 22 f0 f8 49 27 12 34 56 78 90 12'), 'cp437').maskedPan;
  assert.equal(pan, '**** 9012');
  const odd = readStatusInformation(bytes('27 00 22 f0 f8 49 27 12 34 56 78 90 1f'), 'cp437').maskedPan;
  assert.equal(odd, '**** 8901');
  const hidden = readStatusInformation(bytes('27 00 22 f0 f8 ee ee ee ee ee ee ee ee'), 'cp437').maskedPan;
  assert.equal(hidden, undefined);
});

test("receipts: lines and blocks, the customer's and not the merchant's", () => {
  const line = { command: 0x06d1, data: bytes('00 53 75 6d 6d 65') };
  assert.deepEqual(addLines(['a'], line, 'cp437'), ['a', 'Summe']);
  const block = (type: string): Uint8Array => bytes(`06 0e 1f 07 01 ${type} 25 08 07 03 46 81 72 07 01 20`);
  assert.deepEqual(addLines([], { command: 0x06d3, data: block('02') }, 'cp437'), ['Für', ' ']);
  assert.deepEqual(addLines([], { command: 0x06d3, data: block('01') }, 'cp437'), []);
  assert.deepEqual(addLines(['a'], { command: 0x06d3, data: bytes('06 7f 25') }, 'cp437'), ['a']);
  const endless = Array.from({ length: 500 }, () => line).reduce<string[]>(
    (lines, one) => addLines(lines, one, 'cp437'),
    [],
  );
  assert.ok(endless.length < 500);
});

test('what the terminal shows becomes a word of ours', () => {
  assert.equal(statusWord(0x0a), 'insertCard');
  assert.equal(statusWord(0x0b), 'removeCard');
  assert.equal(statusWord(0x4b), 'removeCard');
  assert.equal(statusWord(0x4e), 'removeCard');
  assert.equal(statusWord(0x55), 'wrongPin');
  assert.equal(statusWord(0xf1), undefined);
  assert.equal(statusWord(undefined), undefined);
});

test('a status enquiry is understood with and without a version before the status', () => {
  assert.equal(readinessOf(bytes('00')), 'ready');
  assert.equal(readinessOf(bytes('')), 'ready');
  assert.equal(readinessOf(bytes('51')), 'initialise');
  assert.equal(readinessOf(bytes('dc')), 'cardInserted');
  assert.equal(readinessOf(bytes('f0')), 'endOfDayDue');
  assert.equal(readinessOf(bytes('f0 f0 f0 f3 31 2e 32 9c')), 'busy');
  assert.equal(readinessOf(bytes('e2')), 'failed');
});

test('result codes become reasons: the bank, the PIN, the card, the person, the printer, or something else', () => {
  const reasons = [0x05, 0x37, 0x33, 0x6e, 0x78, 0x6c, 0xcc, 0x9c, 0x7d, 0xff, 0x00, undefined].map(
    refusalOf,
  );
  assert.deepEqual(reasons, [
    ...['declined', 'wrongPin', 'declined', 'declined', 'declined', 'aborted'],
    ...['printer', 'busy', 'failed', 'failed', 'failed', 'failed'],
  ]);
});
