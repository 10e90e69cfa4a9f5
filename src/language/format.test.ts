import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  dateParts,
  dateWithWeekday,
  euros,
  inARow,
  LANGUAGES,
  type Language,
  listOf,
  longDate,
  timeInWords,
  wholeNumber,
} from './index.ts';

const each = (say: (language: Language) => string) => (['de', 'leicht', 'en'] as const).map(say);

it('numbers, money and lists are those of the language; a register writes like its language', () => {
  assert.deepEqual(
    each((language) => wholeNumber(1234.5, language)),
    ['1.234,5', '1.234,5', '1,234.5'],
  );
  assert.deepEqual(
    each((language) => euros(1300, language)),
    ['13,00\u00a0€', '13,00\u00a0€', '€13.00'],
  );
  assert.deepEqual(
    each((language) => listOf(['A', 'B', 'C'], language)),
    ['A, B und C', 'A, B und C', 'A, B and C'],
  );
  assert.equal(inARow(['A', 'B', 'C'], 'de'), 'A, B, C');
  assert.equal(inARow(['أ', 'ب', 'ج'], 'ar'), 'أ، ب، ج');
});

it('dates are in words, as far as they are known', () => {
  assert.deepEqual(
    each((language) => longDate('2026-12-24', language)),
    ['24. Dezember 2026', '24. Dezember 2026', '24 December 2026'],
  );
  assert.equal(longDate('2026-12', 'de'), 'Dezember 2026');
  assert.equal(longDate('1985', 'en'), '1985');
  assert.equal(dateWithWeekday('2026-12-02', 'de'), 'Mittwoch, 2. Dezember 2026');
  assert.deepEqual(dateParts('2026-12-02', 'en'), { weekday: 'Wednesday', day: '2 December', year: '2026' });
});

it('years are Gregorian and digits Latin in every language that there is', () => {
  for (const language of LANGUAGES)
    assert.match(longDate('2026-11-29', language), /29.*2026|2026.*29/, language);
});

it('an hour is said as people say it', () => {
  for (const [time, ...said] of [
    ['08:00', '8', '8', '08:00'],
    ['08:30', '8:30', '8:30', '08:30'],
    ['17:00', '17', '17', '17:00'],
    ['00:05', '0:05', '0:05', '00:05'],
  ] as const)
    assert.deepEqual(
      each((language) => timeInWords(time, language)),
      said,
    );
});
