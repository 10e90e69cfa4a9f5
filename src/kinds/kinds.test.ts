import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type FormFields, formFieldsOf, readableAnswer, readPage, review, walk } from '#journey';
import type { Answer, CompiledQuestion } from '#service';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { momentOf } from '#time';
import { ERROR_CODES } from './index.ts';

const moment = momentOf(new Date('2026-11-23T09:00:00Z'));

const service = testService(`
pages:
  - id: all
    kind: questions
    questions:
      - { id: text, kind: text, min: 2, max: 10, optional: true }
      - { id: name, kind: name, optional: true }
      - { id: longText, kind: longText, max: 50, optional: true }
      - { id: number, kind: number, min: 0, max: 12, optional: true }
      - { id: chip, kind: number, format: plain, optional: true }
      - { id: date, kind: date, optional: true }
      - { id: born, kind: date, partial: true, optional: true }
      - { id: yesNo, kind: yesNo, optional: true }
      - { id: one, kind: chooseOne, options: [{ id: a }, { id: b }], optional: true }
      - { id: some, kind: chooseSome, options: [{ id: a }, { id: b }, { id: c }], min: 1, max: 2, optional: true }
      - { id: counted, kind: chooseSome, counted: true, options: [{ id: a }, { id: b }], max: 5, optional: true }
      - { id: country, kind: country, optional: true }
      - { id: here, kind: address, within: city, optional: true }
      - { id: anywhere, kind: address, optional: true }
      - { id: phone, kind: phone, optional: true }
      - { id: email, kind: email, optional: true }
      - { id: declaration, kind: declaration, optional: true }
      - id: group
        kind: group
        max: 3
        optional: true
        questions:
          - { id: name, kind: name }
          - { id: born, kind: date, optional: true }
          - { id: likes, kind: chooseSome, options: [{ id: a }, { id: b }], optional: true }
  - id: must
    kind: questions
    questions:
      - { id: mustText, kind: text }
      - { id: mustDate, kind: date }
      - { id: mustChoose, kind: yesNo }
      - { id: mustAddress, kind: address, within: city }
      - { id: mustConfirm, kind: declaration }
      - { id: mustFile, kind: file }
      - { id: mustGroup, kind: group, min: 2, questions: [{ id: name, kind: name }] }
`);
const [all, must] = service.pages;
assert.ok(all && must);

function questionOf(id: string): CompiledQuestion {
  const question = service.questions.get(id);
  assert.ok(question);
  return question;
}

type Form = Record<string, string | string[]>;
const fields = (form: Form): FormFields =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value].flat()]));

const read = (form: Form) =>
  readPage(service, all, fields(form), { answers: {}, seen: [] }, moment, smallCity);

function answers(form: Form, expected: Record<string, Answer>): void {
  const reading = read(form);
  assert.deepEqual(reading.errors, [], JSON.stringify(form));
  assert.deepEqual(reading.answers, expected);
}

function fails(form: Form, expected: Record<string, string>): void {
  const { errors } = read(form);
  assert.deepEqual(
    Object.fromEntries(errors.map((error) => [error.field, error.code])),
    expected,
    JSON.stringify(form),
  );
  for (const error of errors) {
    const params: readonly string[] = ERROR_CODES[error.code as keyof typeof ERROR_CODES];
    assert.deepEqual(Object.keys(error.params), params, error.code);
  }
}

test('texts are tidied, counted in characters and kept to DIN 91379', () => {
  answers({ text: '  two\t words \n' }, { text: 'two words' });
  answers({ text: 'Z\u0308oraZ\u0308ora' }, { text: 'Z\u0308oraZ\u0308ora' });
  answers({ longText: 'one \r\n\r\n\r\n\r\n „two“ – three…' }, { longText: 'one\n\n"two" - three...' });
  fails({ text: 'x' }, { text: 'tooShort' });
  answers({ name: 'Mª Àngels' }, { name: 'Ma Àngels' });
  for (const nothing of ['-----', '. . .', 'xxxx', 'Aa aa'])
    for (const id of ['text', 'longText']) fails({ [id]: nothing }, { [id]: 'saysNothing' });
  for (const said of ['1111', 'x y', 'Oo.', 'AZ 12'])
    answers({ text: said, longText: said }, { text: said, longText: said });
  fails({ text: 'abcdefghijk' }, { text: 'tooLong' });
  for (const typed of ['привет', 'Ελένη', 'محمد', '山田', 'やまだ', 'Hanna Ю'])
    for (const [id, code] of Object.entries({
      text: 'otherScript',
      longText: 'otherScript',
      name: 'nameOtherScript',
    }))
      fails({ [id]: typed }, { [id]: code });
  fails({ text: '№ 5 ≤' }, { text: 'notAllowedCharacters' });
  fails({ longText: 'nice 😀' }, { longText: 'notAllowedCharacters' });
  assert.deepEqual(read({ longText: 'nice 😀 😀' }).errors[0]?.params, { characters: '😀' });
});

test('names are names of Europe in NFC', () => {
  answers({ name: 'Nguyễn-O\u2018Brien'.normalize('NFD') }, { name: 'Nguyễn-O\u2019Brien' });
  fails({ name: 'R2D2' }, { name: 'notAName' });
  for (const nothing of ['-', '--', '.', '?', 'x', 'XXX', 'keine', 'k.A.', 'k. A.', 'n/a', 'unbekannt']) {
    fails({ name: nothing }, { name: 'noNameOpen' });
    fails({ 'group[0].name': nothing }, { 'group[0].name': 'noName' });
  }
  for (const real of ['O', 'Å', 'Ka', 'Na', 'Kein', 'Keiner', 'Xi', 'None'])
    answers({ name: real }, { name: real });
});

test('letters that look like an apostrophe are kept, or become the one of DIN 91379 that they stand for', () => {
  for (const kept of [
    "O'Brien",
    'O\u2019Brien',
    'Sa\u02bfd',
    'Qur\u02bean',
    'Gor\u02b9kij',
    'Ob\u02baezd',
    'Lac\u02c8',
    'D`or',
    'D\u00b4or',
  ])
    answers({ name: kept }, { name: kept });
  answers({ name: 'Ka\u02bbiulani' }, { name: 'Ka\u02bfiulani' });
  answers({ name: 'N\u02bcDour' }, { name: 'N\u2019Dour' });
  answers({ name: 'O\u2018Neill' }, { name: 'O\u2019Neill' });
});

test('what cannot be seen is not read, and digits of all scripts are digits', () => {
  const hidden = '\u200b\u00ad\u2066\ufeff\u202e\u{e0020}';
  const hide = (text: string) => [...text].map((sign) => sign + hidden).join('');
  answers({ name: hide('Zöe') }, { name: 'Zöe' });
  answers({ longText: hide('a\u2028b') }, { longText: 'a\nb' });
  answers({ text: 'a\u3000\u2003b' }, { text: 'a b' });
  answers({ number: hide('١٢') }, { number: 12 });
  answers({ phone: hide('٠٧٢١ ١٣٣-٠') }, { phone: '0721 133-0' });
  answers({ email: hide('ada@web.de') }, { email: 'ada@web.de' });
  answers({ 'date.day': '２４', 'date.month': '१२', 'date.year': hide('٢٠٢٦') }, { date: '2026-12-24' });
  answers({ 'counted.a': '٢' }, { counted: { a: 2 } });
  answers({ one: 'a\u200b', yesNo: '\ufeffyes' }, { one: 'a', yesNo: true });
  answers({ name: hidden }, {});
});

test('numbers are whole and within bounds', () => {
  answers({ number: ' 1 2 ' }, { number: 12 });
  answers({ number: '-0' }, { number: 0 });
  for (const typed of ['1.5', 'two', '1e1', '0x1', '1-2']) fails({ number: typed }, { number: 'notANumber' });
  fails({ number: '13' }, { number: 'tooLarge' });
  fails({ number: '-1' }, { number: 'tooSmall' });
});

test('a year and the number of a chip keep every digit, and are shown as they are typed', () => {
  answers({ chip: '276000012345678' }, { chip: 276_000_012_345_678 });
  fails({ chip: '1276000012345678' }, { chip: 'notANumber' });
  const said = (id: string, value: number, language: 'de' | 'en') =>
    readableAnswer(questionOf(id), id, value, service.texts[language], language);
  assert.equal(said('chip', 2026, 'de'), '2026');
  assert.equal(said('chip', 276_000_012_345_678, 'en'), '276000012345678');
  assert.equal(said('number', 2026, 'de'), '2.026');
});

test('dates are typed in parts, and what is missing is named', () => {
  const typed = (day: string, month: string, year: string) => ({
    'date.day': day,
    'date.month': month,
    'date.year': year,
  });
  answers(typed('1', '01', '2026'), { date: '2026-01-01' });
  answers(typed('29', '2', '2024'), { date: '2024-02-29' });
  fails(typed('', '1', '2026'), { date: 'dayMissing' });
  fails(typed('1', '', '2026'), { date: 'monthMissing' });
  fails(typed('1', '1', ''), { date: 'yearMissing' });
  fails(typed('1', '1', '26'), { date: 'yearMissing' });
  for (const [day, month] of [
    ['29', '2'],
    ['31', '4'],
    ['0', '1'],
    ['1', '13'],
  ] as const) {
    fails(typed(day, month, '2026'), { date: 'notADate' });
  }
  for (const [day, month, year] of [
    ['x', '1', '2026'],
    ['1', 'Brumaire', '2026'],
    ['morgen', '1', '2026'],
  ] as const)
    fails(typed(day, month, year), { date: 'dateUnclear' });
  for (const year of ['0199', '0985', '3026', '20266']) fails(typed('1', '1', year), { date: 'yearWrong' });
  for (const year of ['5', '199']) fails(typed('1', '1', year), { date: 'yearMissing' });
});

test('a date is understood as people write it, in parts or all of it in one field', () => {
  const typed = (day: string, month = '', year = '') => ({
    'date.day': day,
    'date.month': month,
    'date.year': year,
  });
  for (const whole of [
    '03.07.1985',
    '3. 7. 1985',
    '1985-07-03',
    '3/7/1985',
    '3-7-1985',
    '3 7 1985',
    '3. Juli 1985',
    '3 July 1985',
    '3rd July 1985',
    'July 3, 1985',
    '03071985',
  ]) {
    answers(typed(whole), { date: '1985-07-03' });
    answers(typed('', whole), { date: '1985-07-03' });
  }
  answers(typed('3.', '7.', '1985'), { date: '1985-07-03' });
  answers(typed('3', '7', '19 85'), { date: '1985-07-03' });
  const months: Record<string, string> = {
    '01': 'Januar|January|Jän|Jän.|Jänner|jan',
    '02': 'Februar|Feb.',
    '03': 'März|Mrz|Mär|March|Maerz|Mrz.',
    '05': 'Mai|May',
    '06': 'Juni|June|Juno|JUN',
    '09': 'Sept.|September|Sep',
    '10': 'Oktober|October|Okt|Oct.',
    '12': 'Dez|Dec|Dezember',
  };
  for (const [month, names] of Object.entries(months))
    for (const name of names.split('|')) answers(typed('20', name, '1985'), { date: `1985-${month}-20` });
  for (const year of ['1799', '1750', '1600']) answers(typed('3', '7', year), { date: `${year}-07-03` });
  fails(typed('3.7.85'), { date: 'yearMissing' });
  fails(typed('31.02.1985'), { date: 'notADate' });
});

test('a date known in part leaves open what nobody knows', () => {
  const typed = (day: string, month: string, year: string) => ({
    'born.day': day,
    'born.month': month,
    'born.year': year,
  });
  answers(typed('', '', '1985'), { born: '1985' });
  answers(typed('', '3', '1985'), { born: '1985-03' });
  answers(typed('24', '3', '1985'), { born: '1985-03-24' });
  for (const unknown of ['XX', 'xx', '00', '0', '??', '--']) {
    answers(typed(unknown, unknown, '1985'), { born: '1985' });
    answers(typed(unknown, '03', '1985'), { born: '1985-03' });
    fails(typed('24', unknown, '1985'), { born: 'monthUnknown' });
  }
  answers(typed('', '', ''), {});
  fails(typed('24', '', '1985'), { born: 'monthUnknown' });
  fails(typed('XX', 'XX', ''), { born: 'yearMissing' });
  fails(typed('', '', '85'), { born: 'yearMissing' });
  fails(typed('', '13', '1985'), { born: 'notADate' });
  for (const month of ['', '3', 'XX']) {
    fails(typed('', month, '0985'), { born: 'yearWrong' });
    fails(typed('', month, '0199'), { born: 'yearWrong' });
    fails(typed('', month, '5'), { born: 'yearMissing' });
  }
  fails(typed('31', '2', '1985'), { born: 'notADate' });
  const said = (born: string, language: 'de' | 'en') =>
    readableAnswer(questionOf('born'), 'born', born, service.texts[language], language);
  assert.deepEqual(
    ['1985', '1985-03', '1985-03-24'].map((born) => said(born, 'de')),
    ['1985', 'März 1985', '24. März 1985'],
  );
  assert.deepEqual(
    ['1985', '1985-03'].map((born) => said(born, 'en')),
    ['1985', 'March 1985'],
  );
});

test('choices are only those that were offered', () => {
  answers({ yesNo: 'no', one: 'b', some: ['c', 'a'] }, { yesNo: false, one: 'b', some: ['a', 'c'] });
  fails({ yesNo: 'maybe' }, { yesNo: 'notAnOption' });
  fails({ one: 'z' }, { one: 'notAnOption' });
  fails({ some: ['a', 'z'] }, { some: 'notAnOption' });
  fails({ some: ['a', 'b', 'c'] }, { some: 'tooMany' });
  answers({ 'counted.a': '2', 'counted.b': '0' }, { counted: { a: 2 } });
  answers({ 'counted.a': '0', 'counted.b': '' }, {});
  fails({ 'counted.a': '3', 'counted.b': '3' }, { counted: 'tooMany' });
  fails({ 'counted.a': 'x' }, { 'counted.a': 'notANumber' });
  fails({ 'counted.a': '12345678' }, { 'counted.a': 'tooMany' });
  answers({ country: 'deu' }, { country: 'DEU' });
  fails({ country: 'QQ' }, { country: 'notACountry' });
});

test('a state is known by everyday and former names, parts and abbreviations, and through a small slip', () => {
  const known: Record<string, string> = {
    RUS: 'Russland|Rußland|russia|Russische Föderation|Rusland',
    CZE: 'Tschechien|Czechia|Tschechei|Czech Republic',
    MDA: 'Moldau|Moldawien|Moldova',
    USA: 'USA|U.S.A.|Amerika|United States|Vereinigte Staaten',
    NLD: 'Holland|Niederlande|The Netherlands|Niderlande',
    GBR: 'England|Schottland|Wales|UK|Nordirland|Großbritannien|Grossbritannien',
    BLR: 'Weißrussland|Weissrussland|Belarus',
    CPV: 'Kapverden|Kap Verde|Cape Verde|Cabo Verde',
    MMR: 'Burma|Birma|Myanmar',
    SWZ: 'Swasiland|Swaziland|Eswatini',
    IRN: 'Persien|Iran',
    ARE: 'Dubai|VAE|UAE',
    ESP: 'España|Espana|Mallorca|Kanaren|Teneriffa|Spain',
    AUT: 'Östereich|Oesterreich|Osterreich|Österrreich',
    TUR: 'Turkey|Türkei|Tuerkei|Türkiye',
    CIV: 'Ivory Coast|Elfenbeinküste|Côte d’Ivoire|Cote d Ivoire',
    SYR: 'Syrien|Syria',
    DEU: 'DE|D E',
    LAO: 'Laos',
    IRQ: 'Irak',
    NER: 'Niger',
    NGA: 'Nigeria|Nigerria',
  };
  for (const [code, names] of Object.entries(known))
    for (const typed of names.split('|')) answers({ country: typed }, { country: code });
  // Several could be meant, or none.
  for (const typed of ['Congo', 'Korea', 'Jugoslawien', 'Nirgendwo', '123', 'Xambia'])
    fails({ country: typed }, { country: 'notACountry' });
});

test('what must be answered says so in its own way', () => {
  const { errors, answers: kept } = readPage(service, must, {}, { answers: {}, seen: [] }, moment, smallCity);
  assert.deepEqual(kept, {});
  assert.deepEqual(Object.fromEntries(errors.map((error) => [error.field, error.code])), {
    mustText: 'required',
    mustDate: 'required',
    mustChoose: 'required',
    'mustAddress.street': 'required',
    'mustAddress.houseNumber': 'houseNumberMissing',
    'mustAddress.postcode': 'required',
    mustConfirm: 'mustConfirm',
    mustFile: 'fileMissing',
    mustGroup: 'tooFew',
  });
});

test('answers are readable in each language', () => {
  const { answers: given } = read({
    'date.day': '4',
    'date.month': '3',
    'date.year': '2026',
    yesNo: 'yes',
    'counted.a': '2',
    country: 'FRA',
    phone: '0721 / 133-0',
    'group[0].name': 'Ada',
    'group[0].born.day': '1',
    'group[0].born.month': '2',
    'group[0].born.year': '1990',
  });
  const walked = walk(service, { answers: given, seen: [] }, moment);
  const lines = (language: 'de' | 'en') =>
    Object.fromEntries(
      review(service, walked, language, { country: () => 'Frankreich' })
        .flatMap((section) => section.lines)
        .map((line) => [line.field, line.value]),
    );
  const german = lines('de');
  assert.equal(german.date, '4. März 2026');
  assert.equal(german.yesNo, 'Ja');
  assert.equal(german.counted, '2\u00a0×\u00a0Option a');
  assert.equal(german.country, 'Frankreich');
  assert.equal(german.phone, '0721 / 133-0');
  assert.equal(german.text, 'Keine Angabe');
  assert.equal(german['group[0].born'], '1. Februar 1990');
  assert.equal(lines('en').date, '4 March 2026');
});

const anything = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'date.day',
      'here.street',
      'counted.a',
      'group[0].name',
      'group[1].born.day',
      'group[999].name',
      'group[0].likes',
    ),
    fc.constantFrom(...service.questions.keys()),
    fc.string(),
  ),
  fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('1', 'yes', 'a', '2026', '')), {
    maxLength: 3,
  }),
);

test('no input makes reading throw, and only right answers are kept', () => {
  fc.assert(
    fc.property(anything, anything, (form, before) => {
      const progress = { answers: before as unknown as Record<string, Answer>, seen: [] };
      const reading = readPage(service, all, form, progress, moment, smallCity);
      walk(service, { answers: reading.answers, seen: [] }, moment);
      review(service, walk(service, { answers: reading.answers, seen: [] }, moment), 'de');
    }),
    { numRuns: 300 },
  );
});

const word = fc.stringMatching(/^[A-Za-zäöüßĐłễ]{2,9}$/).filter((text) => !/^(.)\1+$/iu.test(text));
const day = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const dateFields = (field: string, date: string): Form => {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  return { [`${field}.day`]: dayOfMonth, [`${field}.month`]: month, [`${field}.year`]: year };
};
const goodForm: fc.Arbitrary<Form> = fc
  .record(
    {
      text: word,
      name: word,
      longText: word,
      number: fc.integer({ min: 0, max: 12 }).map(String),
      date: day,
      about: fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([date, known]) => date.slice(0, known)),
      yesNo: fc.constantFrom('yes', 'no'),
      one: fc.constantFrom('a', 'b'),
      some: fc.subarray(['a', 'b', 'c'], { minLength: 1, maxLength: 2 }),
      country: fc.constantFrom('DEU', 'FRA', 'VNM'),
      phone: fc.constantFrom('07211330', '+33123456789'),
      email: word.map((local) => `${local}@example.org`),
      declaration: fc.constant('yes'),
      born: fc.array(fc.tuple(word, fc.option(day)), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  .map(({ date, about, born, ...rest }) => ({
    ...rest,
    ...(about ? dateFields('born', about) : {}),
    ...(date ? dateFields('date', date) : {}),
    ...Object.assign(
      {},
      ...(born ?? []).map(([name, when], index) => ({
        [`group[${index}].name`]: name,
        ...(when ? dateFields(`group[${index}].born`, when) : {}),
      })),
    ),
  })) as fc.Arbitrary<Form>;

test('reading the fields of an answer gives the answer again', () => {
  fc.assert(
    fc.property(goodForm, (form) => {
      const first = read(form);
      assert.deepEqual(first.errors, []);
      const again = Object.assign(
        {},
        ...all.questions.map((question) => formFieldsOf(question, first.answers)),
      );
      const second = readPage(service, all, again, { answers: {}, seen: [] }, moment, smallCity);
      assert.deepEqual(second.errors, []);
      assert.deepEqual(second.answers, first.answers);
    }),
    { numRuns: 300 },
  );
});

test('a held slot and a kept file count only as another room gave them', () => {
  const booked = testService(`
pages:
  - { id: where, kind: questions, questions: [{ id: home, kind: address }] }
  - { id: when, kind: slot, questions: [{ id: pickup, kind: slot, calendar: c, areaFrom: home }] }
  - { id: paper, kind: upload, questions: [{ id: proof, kind: file, optional: true }] }
`);
  const [, when, paper] = booked.pages;
  assert.ok(when && paper);
  const slot = { slot: 's1', date: '2026-12-01' };
  const readAt = (
    page: typeof when,
    form: Form,
    before: Record<string, Answer>,
    resolved?: Record<string, Answer>,
  ) => readPage(booked, page, fields(form), { answers: before, seen: [] }, moment, smallCity, resolved);
  assert.deepEqual(readAt(when, { pickup: 's1' }, {}).errors[0]?.code, 'slotFull', 'nobody held it');
  assert.deepEqual(readAt(when, { pickup: 's1' }, {}, { pickup: slot }).answers, { pickup: slot });
  assert.deepEqual(readAt(when, { pickup: 's1' }, { pickup: slot }).answers, { pickup: slot });
  assert.deepEqual(readAt(when, { pickup: 's2' }, { pickup: slot }).errors[0]?.code, 'slotFull');
  const proof = { file: 'f1', name: 'a.pdf', mediaType: 'application/pdf', bytes: 3 };
  assert.deepEqual(readAt(paper, {}, {}, { proof }).answers, { proof });
  assert.deepEqual(readAt(paper, {}, { proof }).answers, { proof }, 'kept while none is sent');
  assert.deepEqual(readAt(paper, { proof: 'x.pdf' }, {}).answers, {}, 'a name alone is no file');
  assert.deepEqual(formFieldsOf(questionOf('text'), { text: 5 }), {}, 'what is no answer shows nothing');
});
