/** What holds for every kind of question. A new kind has to give a sample here, or the type checker complains. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { smallCity } from '#test/reference';
import {
  type Answer,
  type CompiledQuestion,
  compileQuestion,
  type FormFields,
  Input,
  KINDS,
  kindOf,
  nameOfPart,
  type Question,
  type QuestionKind,
  readWith,
  type Wording,
} from './index.ts';
import { named } from './inner.ts';
import { type Definition, type Kind, ONE_TEXT, ORDINARY } from './kind.ts';

// @ts-expect-error the type checker names what a kind leaves out: here how it is read, asked, compiled and described
const _lacking: Kind<Question<'text'>, Definition, never> = { ...ORDINARY, ...ONE_TEXT, kind: 'text' };
// @ts-expect-error and refuses one under another name than its own
const _misnamed = named({ phone: KINDS.email });

interface Sample {
  /** As in a definition, beside `id` and `kind`. */
  own?: Readonly<Record<string, unknown>>;
  /** What is typed, by part. */
  typed: FormFields;
  /** What another room makes of it, or has said before. */
  taken?: Answer;
  answer: Answer;
  readable: string;
}

const options = [{ id: 'a' }, { id: 'b' }];
const mandate = { file: 'f1', name: 'mandate.pdf', mediaType: 'application/pdf', bytes: 3 };
const place = { slot: 's1', date: '2026-12-24' };

const SAMPLES: Readonly<Record<QuestionKind, Sample>> = {
  text: { typed: { '': [' two  words '] }, answer: 'two words', readable: 'two words' },
  name: { typed: { '': ['Ada'] }, answer: 'Ada', readable: 'Ada' },
  longText: { typed: { '': ['one\r\ntwo'] }, answer: 'one\ntwo', readable: 'one\ntwo' },
  number: { typed: { '': ['1 234'] }, answer: 1234, readable: '1.234' },
  date: {
    typed: { day: ['4'], month: ['März'], year: ['2026'] },
    answer: '2026-03-04',
    readable: '4. März 2026',
  },
  yesNo: { typed: { '': ['no'] }, answer: false, readable: 'Nein' },
  chooseOne: { own: { options }, typed: { '': ['b'] }, answer: 'b', readable: 'Option b' },
  chooseSome: {
    own: { options },
    typed: { '': ['b', 'a'] },
    answer: ['a', 'b'],
    readable: 'Option a, Option b',
  },
  country: { typed: { '': ['Frankreich'] }, answer: 'FRA', readable: 'country FRA' },
  address: {
    own: { within: 'germany' },
    typed: { street: ['Am Hang 3'], houseNumber: [''], postcode: ['79098'], city: ['Freiburg'] },
    answer: { street: 'Am Hang', houseNumber: '3', postcode: '79098', city: 'Freiburg' },
    readable: 'Am Hang 3, 79098 Freiburg',
  },
  phone: { typed: { '': ['0761 123456'] }, answer: '0761 123456', readable: '0761 123456' },
  email: {
    typed: { '': ['mailto:ada@Example.org'] },
    answer: 'ada@example.org',
    readable: 'ada@example.org',
  },
  serialNumber: {
    own: { issuer: 'german' },
    typed: { '': ['l01x 00t471'] },
    answer: 'L01X00T47',
    readable: 'L01X00T47',
  },
  iban: {
    typed: { '': ['at61 1904 3002 3457 3201'] },
    answer: 'AT611904300234573201',
    readable: 'AT61 1904 3002 3457 3201',
  },
  file: { typed: {}, taken: mandate, answer: mandate, readable: 'mandate.pdf' },
  declaration: { typed: { '': ['yes'] }, answer: true, readable: 'Ja, bestätigt' },
  slot: {
    own: { calendar: 'tour', areaFrom: 'address' },
    typed: { '': ['s1'] },
    taken: place,
    answer: place,
    readable: 'Donnerstag, 24. Dezember 2026',
  },
  group: {
    own: {
      questions: [
        { id: 'name', kind: 'name' },
        { id: 'born', kind: 'date', optional: true },
      ],
    },
    typed: { '[0].name': ['Ada'], '[1].name': ['Max'], '[1].born.day': ['4.3.1990'] },
    answer: [{ name: 'Ada' }, { name: 'Max', born: '1990-03-04' }],
    readable: 'Ada; Max 4. März 1990',
  },
  outcome: { own: { options }, typed: { '': ['b'] }, taken: 'a', answer: 'a', readable: '' },
};

const wording: Wording = {
  language: 'de',
  inSentence: false,
  option: (id) => `Option ${id}`,
  country: (code) => `country ${code}`,
  inner: () => wording,
};

const ajv = addFormats.default(new Ajv2020({ strict: false }));

const fieldsOf = (parts: FormFields): FormFields =>
  Object.fromEntries(Object.entries(parts).map(([part, values]) => [nameOfPart('it', part), values]));

function read(question: CompiledQuestion, form: FormFields, taken?: Answer) {
  const resolved = taken === undefined ? {} : { it: taken };
  return readWith(
    kindOf(question),
    question,
    new Input(form, 'it'),
    { reference: smallCity, resolved },
    taken,
  );
}

for (const [name, sample] of Object.entries(SAMPLES)) {
  const { definition } = KINDS[name as QuestionKind];
  const file = definition.parse({ id: 'it', kind: name, ...sample.own });
  const question = compileQuestion(file);
  const kind = kindOf(question);

  test(`${name}: what is typed becomes an answer, and the answer the same fields again`, () => {
    assert.deepEqual(read(question, fieldsOf(sample.typed), sample.taken), {
      answer: sample.answer,
      errors: [],
    });
    assert.ok(kind.accepts(question, sample.answer));
    const fields = fieldsOf(kind.fields(question, sample.answer));
    assert.deepEqual(read(question, fields, sample.taken), { answer: sample.answer, errors: [] });
  });

  test(`${name}: people read it, and other authorities find it as its schema says`, () => {
    assert.equal(kind.readable(question, sample.answer, wording), sample.readable);
    assert.ok(ajv.validate(kind.schema(question), sample.answer), ajv.errorsText());
  });

  test(`${name}: what was left open is missing, or may be`, () => {
    const [error] = read(question, {}).errors;
    assert.ok((error && error.code in kind.errors) || ['required', 'tooFew'].includes(error?.code ?? ''));
    assert.deepEqual(read({ ...question, optional: true }, {}), { answer: undefined, errors: [] });
  });

  test(`${name}: a question kept with a paper reads as before`, () => {
    const kept = JSON.parse(JSON.stringify(question)) as CompiledQuestion;
    assert.deepEqual(read(kept, fieldsOf(sample.typed), sample.taken).answer, sample.answer);
    assert.deepEqual({ ...kindOf(kept).asks(kept) }, { ...kind.asks(question) });
  });

  test(`${name}: nothing that is sent or was stored makes it throw`, () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('yes', 'a', '1', ''),
    );
    const parts = fc.constantFrom(
      '',
      'day',
      'year',
      'street',
      'city',
      'country',
      'a',
      '[0].name',
      '[7].born.day',
    );
    const forms = fc.dictionary(parts, fc.array(value, { maxLength: 3 }));
    fc.assert(
      fc.property(forms, fc.jsonValue(), (form, stored) => {
        const before = stored === null ? undefined : (stored as Answer);
        const { answer } = read(question, fieldsOf(form), before);
        if (before !== undefined) kind.accepts(question, before);
        if (answer !== undefined && name !== 'group') assert.ok(kind.accepts(question, answer));
      }),
      { numRuns: 50 },
    );
  });
}
