import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inLang } from '#language';
import type { Answers, CompiledPage, CompiledService } from '#service';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { momentOf } from '#time';
import {
  ANY_CITY,
  applyGroupAction,
  fillText,
  formFieldsOf,
  type Progress,
  playPure,
  readPage,
  review,
  submission,
  walk,
} from './index.ts';

const moment = momentOf(new Date('2026-11-23T09:00:00Z'));

/** Branches, a limit between pages, a computed value, an optional page, a group, an information page. */
const party = testService(`
pages:
  - id: start
    kind: questions
    questions:
      - { id: kind, kind: chooseOne, options: [{ id: small }, { id: big }] }
  - id: rules
    kind: information
    when: kind == "big"
  - id: when
    kind: questions
    questions:
      - { id: from, kind: date }
  - id: until
    kind: questions
    when: kind == "big"
    questions:
      - id: until
        kind: date
        limits: [{ holds: until >= from, error: tooEarly }]
      - { id: music, kind: yesNo }
  - id: noise
    kind: questions
    when: kind == "big" && music
    questions:
      - id: speakers
        kind: number
        limits: [{ holds: "watts <= 300", error: tooLoud }]
  - id: guests
    kind: questions
    questions:
      - id: guests
        kind: group
        min: 1
        max: 3
        limits: [{ holds: 'guests.exists(g, !g.child)', error: noAdult }]
        questions:
          - { id: name, kind: name }
          - { id: child, kind: yesNo }
          - { id: age, kind: number, optional: true, limits: [{ holds: "!child || age < 18", error: grown }] }
  - id: extra
    kind: questions
    questions:
      - { id: note, kind: text, optional: true }
computed:
  - { id: watts, type: number, unit: W, after: noise, value: speakers * 100 }
`);

const pageOf = (id: string, service: CompiledService = party): CompiledPage => {
  const page = service.pages.find((each) => each.id === id);
  assert.ok(page, id);
  return page;
};
type Form = Record<string, string>;
const nothing: Progress = { answers: {}, seen: [] };

/** Sends a page as the visit does: right pages are passed, wrong ones change nothing. */
function send(progress: Progress, page: CompiledPage, form: Form): Progress {
  const fields = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value]]));
  const reading = readPage(party, page, fields, progress, moment, smallCity);
  if (reading.errors.length > 0) return progress;
  return { answers: reading.answers, seen: [...new Set([...progress.seen, page.id])] };
}

const date = (field: string, day: number): Form => ({
  [`${field}.day`]: `${day}`,
  [`${field}.month`]: '12',
  [`${field}.year`]: '2026',
});
const ADA = { 'guests[0].name': 'Ada', 'guests[0].child': 'no' };
const FORMS: Record<string, fc.Arbitrary<Form>> = {
  start: fc.constantFrom({ kind: 'small' }, { kind: 'big' }),
  rules: fc.constant({}),
  when: fc.integer({ min: 0, max: 20 }).map((day) => date('from', day)),
  until: fc
    .tuple(fc.integer({ min: 1, max: 31 }), fc.constantFrom('yes', 'yes', 'no', ''))
    .map(([day, music]) => ({ ...date('until', day), music })),
  noise: fc.integer({ min: 0, max: 5 }).map((speakers) => ({ speakers: `${speakers}` })),
  guests: fc.constantFrom<Form>(
    ADA,
    { ...ADA, 'guests[1].name': 'Bo', 'guests[1].child': 'yes', 'guests[1].age': '7' },
    {},
  ),
  extra: fc.constantFrom({ note: 'ring twice' }, { note: '' }),
};

const walkTo = (progress: Progress) => walk(party, progress, moment);

/** What the page shows when somebody comes back to it: in groups, entries from before stay. */
function shownAgain(page: CompiledPage, answers: Answers): Form {
  const fields = page.questions.flatMap((question) => Object.entries(formFieldsOf(question, answers)));
  return Object.fromEntries(fields.map(([name, values]) => [name, values[0] ?? '']));
}

/** Straight through: the pages that apply, in order, each with what was last said there. */
function straight(last: ReadonlyMap<string, Form>): Progress {
  let progress = nothing;
  for (;;) {
    const { next } = walkTo(progress);
    const form = next && last.get(next.id);
    if (!next || !form) return progress;
    const after = send(progress, next, form);
    if (after === progress) return progress;
    progress = after;
  }
}

/** Pages sent in any order in which the walk lets people: any page that applies up to the next one. */
const visits = fc.array(fc.tuple(fc.nat(99), fc.nat(1_000_000)), { minLength: 15, maxLength: 40 });

function formFor(page: CompiledPage, seed: number): Form {
  const arbitrary = FORMS[page.id];
  assert.ok(arbitrary, page.id);
  // The first samples of a seed are biased towards the first choice.
  return fc.sample(arbitrary, { seed, numRuns: 8 }).at(-1) ?? {};
}

test('any order of answering, editing and going back ends in the same submission as answering straight through', () => {
  let submitted = 0;
  let leftBehind = 0;
  fc.assert(
    fc.property(visits, (steps) => {
      let progress = nothing;
      const last = new Map<string, Form>();
      const visit = (page: CompiledPage, seed: number): void => {
        const form = formFor(page, seed);
        const after = send(progress, page, form);
        if (after === progress) return;
        progress = after;
        last.set(page.id, shownAgain(page, after.answers));
      };
      for (const [where, seed] of steps) {
        const { pages, next } = walkTo(progress);
        const open = pages.filter((page) => page.kind !== 'review' && (!next || page.index <= next.index));
        // Half the time onwards, so that runs get far; else back to any page before.
        const page = where >= 50 ? open.at(-1) : open[where % open.length];
        if (page) visit(page, seed);
      }
      // Finish with whatever fits, so that most runs end in a submission.
      for (let tries = 0; tries < 60; tries += 1) {
        const { next } = walkTo(progress);
        if (!next) break;
        visit(next, tries);
      }
      const walked = walkTo(progress);
      if (walked.next) return;
      submitted += 1;
      if (Object.keys(progress.answers).some((id) => !(id in walked.answers))) leftBehind += 1;
      const again = walkTo(straight(last));
      assert.equal(again.next, undefined);
      assert.deepEqual(submission(party, walked), submission(party, again));
      assert.deepEqual(
        walkTo({ answers: walked.answers, seen: progress.seen }),
        walked,
        'walking twice changes nothing',
      );
      const asked = new Set(walked.pages.flatMap((page) => page.questions.map((question) => question.id)));
      for (const id of Object.keys(walked.answers)) assert.ok(asked.has(id), `${id} is a leftover`);
    }),
    { numRuns: 150 },
  );
  // Without these the property would say little.
  assert.ok(submitted > 100, `${submitted} of 150 runs ended in a submission`);
  assert.ok(leftBehind > 10, `${leftBehind} of 150 runs left answers behind`);
});

const GOOD: Answers = {
  kind: 'big',
  from: '2026-12-01',
  until: '2026-12-02',
  music: true,
  speakers: 2,
  guests: [{ name: 'Ada', child: false }],
};
const SEEN = party.pages.map((page) => page.id);

test('answers on pages that no longer apply are not handed in, and are there again when they apply again', () => {
  const small = walkTo({ answers: { ...GOOD, kind: 'small' }, seen: SEEN });
  assert.deepEqual(submission(party, small).answers, {
    kind: 'small',
    from: '2026-12-01',
    guests: GOOD.guests,
  });
  assert.deepEqual(submission(party, small).computed, {});
  const big = walkTo({ answers: GOOD, seen: SEEN });
  assert.deepEqual(submission(party, big).answers, GOOD);
  assert.deepEqual(submission(party, big).computed, { watts: 200 });
});

test('pages come in order, an information page when it was seen, a page of optional questions when it was passed', () => {
  const next = (answers: Answers, seen: string[]) => walkTo({ answers, seen }).next?.id;
  assert.equal(next({}, []), 'start');
  assert.equal(next({ kind: 'big' }, []), 'rules');
  assert.equal(next({ kind: 'big' }, ['rules']), 'when');
  assert.equal(next({ kind: 'small' }, []), 'when');
  assert.equal(next(GOOD, ['rules']), 'extra');
  assert.equal(next(GOOD, ['rules', 'extra']), undefined);
  assert.deepEqual(
    walkTo(nothing).pages.map((page) => page.id),
    ['start', 'when', 'guests', 'extra', 'review'],
    'pages that depend on what is not known yet are not counted',
  );
});

test('an earlier edit that breaks a later limit leads back to that page', () => {
  assert.equal(walkTo({ answers: { ...GOOD, from: '2026-12-05' }, seen: SEEN }).next?.id, 'until');
});

test('a limit is looked at with the new answers, and its error carries what its text names', () => {
  const late = { answers: { ...GOOD, from: '2026-12-05' }, seen: SEEN };
  const fields = (day: string) => ({
    'until.day': [day],
    'until.month': ['12'],
    'until.year': ['2026'],
    music: ['no'],
  });
  const wrong = readPage(party, pageOf('until'), fields('4'), late, moment, smallCity);
  assert.deepEqual(wrong.errors, [{ field: 'until', code: 'tooEarly', own: true, params: {} }]);
  assert.deepEqual(readPage(party, pageOf('until'), fields('5'), late, moment, smallCity).errors, []);
  const loud = readPage(
    party,
    pageOf('noise'),
    { speakers: ['4'] },
    { answers: GOOD, seen: SEEN },
    moment,
    smallCity,
  );
  assert.deepEqual(loud.errors[0]?.code, 'tooLoud');
  assert.equal(loud.answers.speakers, 4);
});

test('limits inside a group look at their own entry', () => {
  const entry = (age: string, child: string) => ({
    'guests[0].name': ['Bo'],
    'guests[0].child': [child],
    'guests[0].age': [age],
  });
  const codes = (form: Record<string, string[]>) =>
    readPage(party, pageOf('guests'), form, nothing, moment, smallCity).errors.map(
      ({ field, code }) => `${field} ${code}`,
    );
  assert.deepEqual(codes(entry('40', 'yes')), ['guests noAdult', 'guests[0].age grown']);
  assert.deepEqual(codes(entry('40', 'no')), []);
});

test('what is not complete is not handed in', () => {
  assert.throws(
    () => submission(party, walkTo({ answers: GOOD, seen: [] })),
    /page rules of test is not complete/,
  );
});

const group = (form: Record<string, string>, action: string, answers: Answers = {}) => {
  const page = pageOf('guests');
  const fields = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value]]));
  const reading = readPage(party, page, fields, { answers, seen: [] }, moment, smallCity);
  return applyGroupAction(party, page, reading, action);
};
const BO = { name: 'Bo', child: true };
const two = { guests: [{ name: 'Ada', child: false }, BO] };

test('"add another" keeps what was typed and opens a new entry, as long as it is right and there is room', () => {
  const added = group(ADA, 'add:guests');
  assert.deepEqual(
    [added?.answers, added?.errors, added?.open],
    [{ guests: [{ name: 'Ada', child: false }] }, [], 1],
  );
  const wrong = group({ 'guests[0].name': 'R2D2', 'guests[0].child': 'no' }, 'add:guests');
  assert.deepEqual(
    wrong?.errors.map((error) => error.field),
    ['guests[0].name'],
  );
  const full = group({}, 'add:guests', { guests: [BO, BO, BO] });
  assert.deepEqual(
    full?.errors.map((error) => error.code),
    ['tooMany'],
  );
});

test('entries can be removed and edited; the others stay', () => {
  assert.deepEqual(group({}, 'remove:guests:0', two)?.answers, { guests: [BO] });
  assert.deepEqual(group({}, 'remove:guests:0', { guests: [BO] })?.answers, {});
  assert.equal(group({}, 'edit:guests:1', two)?.open, 1);
  const half = group({ 'guests[2].name': 'Cem' }, 'remove:guests:2', two);
  assert.deepEqual([half?.answers, half?.errors, half?.removed], [two, [], 2], 'a new one, as it stands');
  const renamed = group(
    { 'guests[1].name': 'Bob', 'guests[1].child': 'yes' },
    'next-is-no-group-action',
    two,
  );
  assert.equal(renamed, undefined);
  const reading = readPage(
    party,
    pageOf('guests'),
    { 'guests[1].name': ['Bob'], 'guests[1].child': ['yes'] },
    { answers: two, seen: [] },
    moment,
    smallCity,
  );
  assert.deepEqual(reading.answers.guests, [two.guests[0], { name: 'Bob', child: true }]);
  for (const action of [
    'remove:guests:3',
    'edit:guests:9',
    'add:nobody',
    'remove:guests',
    'add:guests:x',
    'next',
  ]) {
    assert.equal(group({}, action, two), undefined, action);
  }
});

test('a blank new entry is no entry once there are enough', () => {
  const reading = readPage(
    party,
    pageOf('guests'),
    { 'guests[2].name': [' '], 'guests[2].age': [''] },
    { answers: two, seen: [] },
    moment,
    smallCity,
  );
  assert.deepEqual([reading.errors, reading.answers.guests], [[], two.guests]);
  const first = readPage(party, pageOf('guests'), { 'guests[0].name': [''] }, nothing, moment, smallCity);
  assert.deepEqual(
    first.errors.map((error) => error.field),
    ['guests[0].name', 'guests[0].child'],
  );
});

test('texts name what was said, as people read it', () => {
  const walked = walkTo({ answers: GOOD, seen: SEEN });
  const text = '{kind}, {from}, {watts}, {music}, {guests}, {note}, {unknown}';
  assert.equal(fillText(text, walked, 'de'), 'Option big, 1. Dezember 2026, 200, Ja, Ada Nein, –, –');
  assert.equal(fillText('{from} {music}', walked, 'en'), '1 December 2026 Yes');
  const german = fillText(inLang('{kind} ab {from}', 'de'), walked, 'en');
  assert.equal(german, inLang('Option big ab 1. Dezember 2026', 'de'), 'a sentence is in one language');
  const sly = walkTo({ answers: { ...GOOD, note: '{from} $& {note}' }, seen: SEEN });
  assert.equal(
    fillText('{note}! {from}', sly, 'de'),
    '{from} $& {note}! 1. Dezember 2026',
    'what people typed is not looked into',
  );
});

test('what is named in a text keeps its own order, whichever way the text runs', () => {
  const arabic = walkTo({ answers: { ...GOOD, note: 'علي 12' }, seen: SEEN });
  assert.equal(fillText('Für {note}, {watts}', arabic, 'de'), 'Für \u2068علي 12\u2069, 200');
  const latin = walkTo({ answers: { ...GOOD, note: '10 Rue A' }, seen: SEEN });
  assert.equal(fillText('إلى {note} اليوم', latin, 'ar'), 'إلى \u206810 Rue A\u2069 اليوم');
});

test('a page shown again shows what was said', () => {
  const question = party.questions.get('guests');
  assert.ok(question);
  assert.deepEqual(formFieldsOf(question, two), {
    'guests[0].name': ['Ada'],
    'guests[0].child': ['no'],
    'guests[1].name': ['Bo'],
    'guests[1].child': ['yes'],
  });
});

test('titles and labels that name what was said say it on the review as well', () => {
  const plain = testService(`
pages:
  - id: who
    kind: questions
    questions: [{ id: nick, kind: name }]
  - id: age
    kind: questions
    questions: [{ id: years, kind: number }]
`);
  const { de } = plain.texts;
  const pages = { ...de.pages, age: { title: 'About {nick}', text: undefined, gallery: {} } };
  const years = { ...(de.questions.years ?? assert.fail()), label: 'How old is {nick}?' };
  const service = {
    ...plain,
    texts: { ...plain.texts, de: { ...de, pages, questions: { ...de.questions, years } } },
  };
  const walked = walk(service, { answers: { nick: 'Ada', years: 3 }, seen: [] }, moment);
  const sections = review(service, walked, 'de');
  assert.deepEqual(
    sections.map(({ title }) => title),
    ['Page who', 'About Ada'],
  );
  assert.equal(sections[1]?.lines[0]?.label, 'How old is Ada?');
});

test('a journey gives no answer that hands cannot give', () => {
  const choice = `
pages:
  - id: choose
    kind: questions
    questions:
      - { id: one, kind: chooseOne, options: [{ id: a }, { id: b }] }
      - { id: some, kind: chooseSome, options: [{ id: a }, { id: b }], optional: true }
computed: [{ id: year, type: number, format: plain, after: choose, value: 2026 }]
`;
  const problem = (fill: string) => {
    const steps = `title: T\nsteps: [{ page: choose, fill: ${fill} }]\nexpect: { outcome: submitted }`;
    const service = testService(choice, { way: steps });
    const [journey] = service.journeys;
    return playPure(service, journey ?? assert.fail(), moment, ANY_CITY);
  };
  assert.match(problem('{ one: [a, b] }').problem?.message ?? '', /`one` takes one answer/);
  assert.match(problem('{ one: c }').problem?.message ?? '', /`one` does not offer `c`/);
  assert.match(problem('{ one: a, some: [a, x] }').problem?.message ?? '', /`some` does not offer `x`/);
  const played = problem('{ one: a, some: [a, b] }');
  assert.equal(played.problem, undefined);
  assert.equal(fillText('In {year}', played.walked, 'de'), 'In 2026');
});
