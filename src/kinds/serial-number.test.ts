import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readPage } from '#journey';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { momentOf } from '#time';
import { checkDigit } from './serial-number.ts';

const service = testService(`
pages:
  - id: papers
    kind: questions
    questions:
      - { id: german, kind: serialNumber, issuer: german, optional: true }
      - { id: other, kind: serialNumber, optional: true }
`);
const [page] = service.pages;
assert.ok(page);
const moment = momentOf(new Date('2026-11-23T09:00:00Z'));

/** @returns what is kept, or the code of what is wrong */
const read = (typed: string, id: 'german' | 'other' = 'german'): unknown => {
  const { answers, errors } = readPage(
    service,
    page,
    { [id]: [typed] },
    { answers: {}, seen: [] },
    moment,
    smallCity,
  );
  return errors[0]?.code ?? answers[id];
};

const SIGNS = [...'0123456789CFGHJKLMNPRTVWXYZ'];
const numbers = fc
  .tuple(
    fc.constantFrom(...SIGNS.slice(10)),
    fc.array(fc.constantFrom(...SIGNS), { minLength: 8, maxLength: 8 }),
  )
  .map(([first, rest]) => first + rest.join(''));

describe('the serial number of a German paper', () => {
  it('is read with and without its check digit, in any spacing, with O for 0', () => {
    for (const typed of [
      'L01X00T47',
      'l01x00t47',
      'Nr. L01X00T47',
      'Ausweisnummer: L01X00T47',
      'L01X 00T47',
      'L01X-00T47-1',
      'L01X00T471',
      'L01X00T471<D',
      'LO1XOOT47',
    ])
      assert.equal(read(typed), 'L01X00T47', typed);
  });

  it('may be that of a passport, of a card from before 2010, of a provisional paper', () => {
    assert.equal(read('C01X00T47'), 'C01X00T47');
    assert.equal(read('122000129'), '122000129');
    assert.equal(read('1220001297'), '122000129');
    assert.equal(read('1220001297D'), '122000129');
    assert.equal(read('B 1234567'), 'B1234567');
  });

  it('is asked for again when one sign is wrong', () => {
    assert.equal(read('L01X00T472'), 'serialNumberSlip');
    assert.equal(read('1220001298'), 'serialNumberSlip');
  });

  it('is not the access number, nor anything of another shape', () => {
    assert.equal(read('387421'), 'serialNumberIsCan');
    assert.equal(read('387421', 'other'), '387421', 'papers of other states have six digits, too');
    for (const id of ['german', 'other'] as const)
      for (const typed of ['CAN 387421', 'can: 387421', 'CAN-Nr. 387421', 'CAN387421'])
        assert.equal(read(typed, id), 'serialNumberIsCan', typed);
    for (const typed of ['L01X00', 'LI1X00T47', 'L01X00T4712', 'keine', 'AB1234567', '12345678'])
      assert.equal(read(typed), 'notASerialNumber', typed);
  });

  it('has a check digit that finds every single sign misread as another', () => {
    fc.assert(
      fc.property(numbers, fc.nat(8), fc.constantFrom(...SIGNS), (number, at, sign) => {
        const digit = checkDigit(number);
        assert.equal(read(number + digit), number);
        const slip = number.slice(0, at) + sign + number.slice(at + 1);
        // Signs ten apart in value (C and M, 2 and C ...) have the same digit: no check of this kind tells them apart.
        if (checkDigit(slip) !== digit)
          assert.equal(['serialNumberSlip', 'notASerialNumber'].includes(String(read(slip + digit))), true);
        else
          assert.equal(Math.abs(Number.parseInt(sign, 36) - Number.parseInt(number.charAt(at), 36)) % 10, 0);
      }),
    );
  });
});

describe('the number of any paper', () => {
  it('is kept as it stands there, without spaces', () => {
    assert.equal(read('ya 1234567', 'other'), 'YA1234567');
    assert.equal(read('AAO123456', 'other'), 'AAO123456', 'other states print the letter O');
    for (const typed of ['1234', 'ABCDEF', 'x'.repeat(21), 'Ä12345'])
      assert.equal(read(typed, 'other'), 'notADocumentNumber', typed);
  });
});
