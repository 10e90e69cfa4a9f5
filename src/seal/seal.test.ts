import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  createFileKeys,
  formatCode,
  formatNumber,
  generateKey,
  makeKeys,
  newCode,
  newNumber,
  normaliseCode,
  normaliseNumber,
  open,
  readCode,
  readNumber,
  SealError,
  seal,
} from '#seal';

const scratch = mkdtempSync(join(tmpdir(), 'amtomat-seal-'));
after(() => rmSync(scratch, { recursive: true }));

describe('a seal', () => {
  const key = generateKey();

  it('opens to what was sealed, with its key and in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (plain, place) => {
        const expected = Buffer.from(plain, 'utf8');
        assert.deepEqual(open(key, seal(key, plain, place), place), expected);
      }),
    );
  });

  it('shows nothing and is never the same twice', () => {
    const first = seal(key, 'Łukasz Đặng', 'visit/1/draft');
    assert.notDeepEqual(first, seal(key, 'Łukasz Đặng', 'visit/1/draft'));
    assert.equal(first.includes(Buffer.from('Łukasz')), false);
  });

  it('does not open when any bit was changed or bytes were cut off', () => {
    const sealed = seal(key, 'twenty-four characters!!', 'here');
    for (let byte = 0; byte < sealed.length; byte += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(byte) ^ 1, byte);
      assert.throws(() => open(key, changed, 'here'), SealError);
      assert.throws(() => open(key, sealed.subarray(0, byte), 'here'), SealError);
    }
  });

  it('does not open with another key or in another place, and does not say why', () => {
    const sealed = seal(key, 'text', 'cases/1/content');
    assert.throws(() => open(generateKey(), sealed, 'cases/1/content'), SealError);
    assert.throws(() => open(key, sealed, 'cases/2/content'), { message: new SealError().message });
  });
});

describe('codes to read aloud', () => {
  const value = fc
    .infiniteStream(fc.nat())
    .map((stream) => (bound: number) => Number(stream.next().value) % bound);
  const codes = value.map((random) => newCode(random));
  const numbers = value.map((random) => newNumber(random));

  it('come back however they are typed', () => {
    fc.assert(
      fc.property(codes, numbers, (code, number) => {
        assert.equal(normaliseCode(formatCode(code)), code);
        assert.equal(normaliseCode(` ${formatCode(code).toLowerCase().replaceAll('-', ' ')} `), code);
        assert.equal(normaliseNumber(formatNumber(number)), number);
        assert.match(code, /^[2-9A-HJKMNP-Z]{15}$/);
        assert.match(number, /^[1-9]\d{8}$/);
      }),
    );
  });

  it('come back with digits of another script and signs that nobody sees', () => {
    const hide = (text: string) => [...text].map((sign) => `\u200b${sign}\u2066`).join('');
    const arabic = (text: string) =>
      text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    fc.assert(
      fc.property(fc.constantFrom(...' .-/\u2013\u2011\u00a0'), (between) => {
        const [code, number] = [newCode(), newNumber()];
        assert.equal(normaliseCode(hide(arabic(formatCode(code).replaceAll('-', between)))), code);
        assert.equal(normaliseNumber(hide(arabic(formatNumber(number).replaceAll(' ', between)))), number);
      }),
    );
  });

  it('find every single slip and every swap of neighbours', () => {
    const slip = fc.record({ at: fc.nat({ max: 13 }), by: fc.integer({ min: 1, max: 30 }) });
    const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
    fc.assert(
      fc.property(codes, slip, (code, { at, by }) => {
        const other = alphabet.charAt((alphabet.indexOf(code.charAt(at)) + by) % 31);
        assert.equal(normaliseCode(code.slice(0, at) + other + code.slice(at + 1)), undefined);
        const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
        assert.equal(normaliseCode(swapped), swapped === code ? code : undefined);
      }),
    );
  });

  it('find every single wrong digit of a number', () => {
    const slip = fc.record({ at: fc.nat({ max: 8 }), by: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(numbers, slip, (number, { at, by }) => {
        const other = (Number(number.charAt(at)) + by) % 10;
        assert.equal(normaliseNumber(number.slice(0, at) + other + number.slice(at + 1)), undefined);
      }),
    );
  });

  it('refuse characters that look like others instead of guessing', () => {
    for (const typed of ['', 'O0O0O0O0O0O0O0O', '7KM4P-X9QRT', 'ß'.repeat(15)]) {
      assert.equal(normaliseCode(typed), undefined);
    }
  });

  it('are found in what was pasted with them, and letters in a number are the digits they look like', () => {
    fc.assert(
      fc.property(codes, numbers, (code, number) => {
        const all = `Vorgang: ${formatNumber(number)} vom 29.11.2026\nCode: ${formatCode(code)}`;
        assert.equal(readNumber(all), number);
        assert.equal(readCode(all), code);
        const letters = number.replaceAll('0', 'O').replaceAll('1', 'l');
        assert.equal(readNumber(letters), number);
        // Two of them: nobody can know which is meant.
        assert.notEqual(readNumber(`${newNumber(() => 12_345_670)} ${newNumber(() => 1)}`), number);
      }),
    );
  });

  it('say what is wrong with them', () => {
    const number = newNumber();
    const slip = number.slice(0, 8) + ((Number(number.at(8)) + 1) % 10);
    const code = '7KM4PX9QRT3WHE';
    const check = [...'23456789ABCDEFGHJKMNPQRSTUVWXYZ'].filter(
      (one) => normaliseCode(code + one) === undefined,
    );
    const said = [
      [readNumber(' '), { slip: 'missing', count: 0 }],
      [readNumber(number.slice(1)), { slip: 'length', count: 8 }],
      [readNumber(`${number}0`), { slip: 'length', count: 10 }],
      [readNumber(formatNumber(slip)), { slip: 'slip', count: 9 }],
      [readCode(''), { slip: 'missing', count: 0 }],
      [readCode('7KM4P-X9QRT'), { slip: 'length', count: 10 }],
      [readCode(`Code: ${code}${check[0]}`), { slip: 'slip', count: 15 }],
      [readCode(`${code}O`), { slip: 'lookAlike', count: 15 }],
      [readCode(`${code}1`), { slip: 'lookAlike', count: 15 }],
    ] as const;
    for (const [read, expected] of said) assert.deepEqual(read, expected);
    assert.equal(check.length, 30);
  });

  it('hold more than 64 random bits', () => {
    assert.ok(14 * Math.log2(31) > 64);
    const seen = new Set(Array.from({ length: 2_000 }, () => newCode().slice(0, 14)));
    assert.equal(seen.size, 2_000);
    const used = new Set([...seen].join(''));
    assert.equal(used.size, 31);
  });
});

describe('keys in files', () => {
  it('are made once, for us alone, and found again', () => {
    const folder = join(scratch, 'made');
    makeKeys(folder, ['oa', 'tsk']);
    assert.deepEqual(readdirSync(folder).sort(), ['house.key', 'office-oa.key', 'office-tsk.key']);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
    const before = readFileSync(join(folder, 'house.key'), 'utf8');
    makeKeys(folder, ['oa', 'tsk']);
    assert.equal(readFileSync(join(folder, 'house.key'), 'utf8'), before);
  });

  it('open a case for its own office only, also after a restart', () => {
    const folder = join(scratch, 'offices');
    const dataKey = generateKey();
    const wrapped = createFileKeys(folder).wrap('oa', 'case-1', dataKey);
    const later = createFileKeys(folder);
    assert.deepEqual(later.unwrap('oa', 'case-1', wrapped), dataKey);
    assert.throws(() => later.unwrap('tsk', 'case-1', wrapped), SealError);
    assert.throws(() => later.unwrap('oa', 'case-2', wrapped), SealError);
  });

  it('give each purpose a secret of its own', () => {
    const keys = createFileKeys(join(scratch, 'purposes'));
    assert.equal(keys.secret('cookies').length, 32);
    assert.deepEqual(keys.secret('cookies'), keys.secret('cookies'));
    assert.notDeepEqual(keys.secret('cookies'), keys.secret('tokens'));
    assert.deepEqual(keys.index('codes', 'x'), keys.index('codes', 'x'));
    assert.notDeepEqual(keys.index('codes', 'x'), keys.index('households', 'x'));
    assert.notDeepEqual(
      keys.index('codes', 'x'),
      createFileKeys(join(scratch, 'others')).index('codes', 'x'),
    );
  });

  it('are not made in silence where they must exist, and not taken when damaged', () => {
    const folder = join(scratch, 'strict');
    assert.throws(() => createFileKeys(folder, false).secret('x'), /house\.key: key is missing/);
    makeKeys(folder, []);
    writeFileSync(join(folder, 'house.key'), 'half a ke');
    assert.throws(
      () => createFileKeys(folder, false).secret('x'),
      /house\.key: the key file is cut off or damaged/,
    );
    assert.throws(() => createFileKeys(folder).wrap('../x', 'case', generateKey()), /not a key name/);
  });
});
