import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formFieldsOf, readableAnswer, readPage, review, walk } from '#journey';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { momentOf } from '#time';
import { IBAN_COUNTRIES, type IbanCountry, SEPA, SHAPES } from './iban/registry.ts';
import { remainder } from './iban.ts';
import { kindOf } from './index.ts';

const moment = momentOf(new Date('2026-11-23T09:00:00Z'));
const service = testService(`
pages:
  - id: account
    kind: questions
    questions:
      - { id: any, kind: iban, optional: true }
      - { id: sepa, kind: iban, countries: sepa, optional: true }
      - { id: near, kind: iban, countries: [DE, AT], optional: true }
`);
const [page] = service.pages;
assert.ok(page);

function read(typed: string, id = 'any'): string {
  const reading = readPage(
    service,
    page as never,
    { [id]: [typed] },
    { answers: {}, seen: [] },
    moment,
    smallCity,
  );
  const [error] = reading.errors;
  return error ? error.code : String(reading.answers[id] ?? 'empty');
}

const SIGNS = { n: '0123456789', a: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' } as const;
const signOf = (of: 'n' | 'a' | 'c') => fc.constantFrom(...(of === 'c' ? SIGNS.n + SIGNS.a : SIGNS[of]));

/** An IBAN of a country as its banks could give it out. */
function ibanOf(country: IbanCountry): fc.Arbitrary<string> {
  const { runs = [] } = SHAPES.get(country) ?? {};
  const signs = runs.flatMap(({ of, length }) => Array.from({ length }, () => signOf(of)));
  return fc.tuple(...signs).map((bban) => {
    const digits = 98 - remainder(`${country}00${bban.join('')}`);
    return country + String(digits).padStart(2, '0') + bban.join('');
  });
}
const anyIban = fc.constantFrom(...IBAN_COUNTRIES).chain(ibanOf);

test('examples of the registry and of banks are read', () => {
  for (const known of [
    'DE89370400440532013000',
    'AT611904300234573201',
    'GB29NWBK60161331926819',
    'FR1420041010050500013M02606',
    'NO9386011117947',
    'MT84MALT011000012345MTLCAST001S',
    'NL91ABNA0417164300',
    'PL61109010140000071219812874',
    'TR330006100519786457841326',
    'UA213223130000026007233566001',
  ])
    assert.equal(read(known), known);
});

test('any IBAN of any country is read, however it is spaced, in small letters, with its name in front', () => {
  const label = fc.constantFrom(
    '',
    'IBAN',
    'IBAN: ',
    'iban:',
    'IBAN-Nr. ',
    'IBAN Nummer: ',
    '\u200bIBAN\u00a0',
  );
  const between = fc.constantFrom('', '', '', ' ', '  ', '\u00a0', '\t', '-', '\u2009', '\u200b');
  const spelled = anyIban.chain((iban) =>
    fc.tuple(
      fc.constant(iban),
      label,
      fc.array(fc.tuple(between, fc.boolean()), { minLength: iban.length, maxLength: iban.length }),
    ),
  );
  fc.assert(
    fc.property(spelled, ([iban, before, how]) => {
      const typed = [...iban].map((sign, at) => {
        const [space = '', small = false] = how[at] ?? [];
        return (small ? sign.toLowerCase() : sign) + space;
      });
      assert.equal(read(before + typed.join('')), iban);
    }),
    { numRuns: 1000 },
  );
});

/** Letters count as two digits: no check digit sees every letter that becomes a digit, or `1B` that becomes `B1`. */
const sameClass = (one: string, other: string): boolean => /\d/.test(one) === /\d/.test(other);

test('one sign that is misread is noticed', () => {
  const changed = anyIban.chain((iban) =>
    fc
      .tuple(fc.constant(iban), fc.nat(iban.length - 1), signOf('c'))
      .filter(([all, at, sign]) => all[at] !== sign && sameClass(all[at] ?? '', sign)),
  );
  fc.assert(
    fc.property(changed, ([iban, at, sign]) => {
      assert.match(read(iban.slice(0, at) + sign + iban.slice(at + 1)), /^iban/);
    }),
    { numRuns: 2000 },
  );
});

test('two neighbours that have changed places are noticed', () => {
  const swapped = anyIban.chain((iban) =>
    fc
      .tuple(fc.constant(iban), fc.nat(iban.length - 2))
      .filter(([all, at]) => all[at] !== all[at + 1] && sameClass(all[at] ?? '', all[at + 1] ?? '')),
  );
  fc.assert(
    fc.property(swapped, ([iban, at]) => {
      const typed = iban.slice(0, at) + iban[at + 1] + iban[at] + iban.slice(at + 2);
      assert.match(read(typed), /^iban/);
    }),
    { numRuns: 2000 },
  );
});

test('what is wrong is said: its start, its country, its length, a sign, or the check digits', () => {
  assert.equal(read('0532013000'), 'ibanStart');
  assert.equal(read('BLZ 370 400 44, Konto 532013000'), 'ibanStart');
  assert.equal(read('COBADEFFXXX'), 'ibanIsBic');
  assert.equal(read('cobadeff'), 'ibanIsBic');
  assert.equal(read('ZZ89 3704 0044 0532 0130 00'), 'ibanCountry');
  assert.equal(read('DE89 3704 0044 0532 0130 0'), 'ibanTooShort');
  assert.equal(read('DE89 3704 0044 0532 0130 000'), 'ibanTooLong');
  assert.equal(read('DE89 37O4 0044 0532 0130 00'), 'ibanSigns');
  assert.equal(read('DE89 3704 0044 0532 013# 00'), 'ibanSigns');
  assert.equal(read('DE88 3704 0044 0532 0130 00'), 'ibanSlip');
  assert.equal(read(' IBAN: '), 'empty');
});

test('check digits that are never given out are refused, though they leave the same remainder', () => {
  const low = fc.sample(ibanOf('DE'), 2000).find((iban) => iban.slice(2, 4) === '02') ?? assert.fail();
  assert.equal(read(low), low);
  const same = `DE99${low.slice(4)}`;
  assert.equal(remainder(same), 1);
  assert.equal(read(same), 'ibanSlip');
});

test('a question takes the countries it names, and says so before it looks for slips', () => {
  fc.assert(
    fc.property(anyIban, (iban) => {
      const country = iban.slice(0, 2);
      assert.equal(read(iban, 'sepa'), SEPA.some((one) => one === country) ? iban : 'ibanNotSepa');
      assert.equal(read(iban, 'near'), ['DE', 'AT'].includes(country) ? iban : 'ibanNotHere');
    }),
  );
  assert.equal(read('TR33 0006', 'sepa'), 'ibanNotSepa');
  assert.equal(read('FR14 2004', 'near'), 'ibanNotHere');
});

test('nothing that is typed makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
      assert.match(read(typed), /^(iban\w+|empty|[A-Z]{2}\d\d[A-Z0-9]+)$/);
    }),
  );
});

test('it is shown in groups of four, typed again as it is shown, and reaches others as their schema says', () => {
  fc.assert(
    fc.property(anyIban, (iban) => {
      const question = service.questions.get('any') ?? assert.fail();
      const shown = readableAnswer(question, 'any', iban, service.texts.de, 'de');
      assert.match(shown, /^[A-Z]{2}\d\d( [A-Z0-9]{4})+( [A-Z0-9]{1,3})?$/);
      assert.deepEqual(formFieldsOf(question, { any: iban }), { any: [shown] });
      assert.equal(read(shown), iban);
      assert.match(iban, new RegExp(String(kindOf(question).schema(question).pattern)));
    }),
  );
});

test('beside a German one stands its bank code', () => {
  const progress = { answers: { any: 'DE89370400440532013000', near: 'AT611904300234573201' }, seen: [] };
  const lines = review(service, walk(service, progress, moment), 'de').flatMap((section) => section.lines);
  assert.deepEqual(
    lines.map(({ value, mark }) => [value, mark]),
    [
      ['DE89 3704 0044 0532 0130 00', 'Bankleitzahl 37040044'],
      ['Keine Angabe', undefined],
      ['AT61 1904 3002 3457 3201', undefined],
    ],
  );
});
