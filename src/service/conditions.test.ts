import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testFolder, testService } from '#test/service';
import {
  addDays,
  daysBetween,
  earliestDay,
  isIsoDate,
  isPartialDate,
  latestDay,
  nationwideHoliday,
} from '#time';
import { compileService, HOLIDAYS } from './index.ts';

const ASKED = `
- id: first
  kind: questions
  questions:
    - { id: pet, kind: chooseOne, options: [{ id: cat }, { id: dog }, { id: bird }] }
    - { id: tame, kind: yesNo }
    - { id: legs, kind: number }
    - { id: born, kind: date }
    - { id: about, kind: date, partial: true }
    - { id: nick, kind: text, optional: true }
    - { id: land, kind: country }
    - { id: home, kind: address }
    - { id: hut, kind: address }
    - { id: shed, kind: address }
    - { id: likes, kind: chooseSome, options: [{ id: milk }, { id: bones }] }
    - { id: toys, kind: chooseSome, counted: true, options: [{ id: ball, values: { weight: 0.1 } }, { id: bone, values: { weight: 0.7 } }] }
    - id: owners
      kind: group
      questions:
        - { id: called, kind: name }
        - { id: age, kind: number, optional: true }
- id: birds
  kind: questions
  when: pet == "bird"
  questions:
    - { id: flies, kind: yesNo }
`;

const withPage = (when: string) => `
pages:
${ASKED.trim().replace(/^/gm, '  ')}
  - id: last
    kind: information
    when: ${JSON.stringify(when)}
`;

const SCOPE = {
  today: '2026-11-23',
  [HOLIDAYS]: nationwideHoliday,
  pet: 'dog',
  tame: true,
  legs: 4,
  born: '2010-11-24',
  about: '2008-11',
  land: 'DEU',
  home: { street: 'Kaiserstraße', houseNumber: '10a', postcode: '76133', city: 'Karlsruhe' },
  hut: { street: 'KAISERSTR.', houseNumber: '10 A', postcode: '76133', city: 'Karlsruhe-Durlach' },
  shed: { street: 'Kaiserstraße', houseNumber: '10a Hinterhaus', postcode: '76133', city: 'Karlsruhe' },
  likes: ['bones'],
  toys: { ball: 10, bone: 1 },
  owners: [{ called: 'Ada', age: 12 }, { called: 'Bo' }],
};

function holds(when: string): boolean {
  const page = testService(withPage(when)).pages.find((each) => each.id === 'last');
  assert.ok(page?.when);
  return page.when(SCOPE);
}

test('conditions see every kind of answer', () => {
  const yes = [
    'pet == "dog" && tame',
    'pet in ["cat", "dog"]',
    '!(pet != "dog")',
    'legs > 3 && legs >= 4 && legs < 4.5 && legs <= 4',
    'legs * 2 + 1 - 3 == 6 && legs % 3 == 1 && legs / 8 == 0.5 && -legs < 0',
    'born < today && addDays(born, 1) == date("2010-11-25")',
    'age(born) == 15 && age(date("2000-01-01")) == 26',
    'age(addDays(born, -1)) == 16',
    'age(born, date("2026-11-23")) == 15 && age(born, date("2026-11-24")) == 16 && age(born, date("2009-11-24")) == -1',
    'age(about, date("2026-11-29")) == 17 && age(about, latest(about)) == 0 && age(earliest(about), about) == 0',
    'age(latest(about), about) == -1',
    'year(about) == 2008 && year(born) > 1900 && year(addDays(date("2026-12-31"), 1)) == 2027',
    'age(about) == 17 && earliest(about) == date("2008-11-01") && latest(about) == date("2008-11-30")',
    'addDays(latest(about), 1) == date("2008-12-01") && latest(born) == born && earliest(today) == today',
    'daysBetween(born, addDays(born, 30)) == 30',
    'deadline(date("2026-11-07"), 14) == date("2026-11-23")',
    'deadline(date("2026-12-11"), 2, "weeks") == date("2026-12-28")',
    'deadline(date("2026-10-01"), 1, "months") == date("2026-11-02") && deadline(today, 1, "years") > today',
    'owners.exists(o, o.called.sameNames("ada Marie")) && !owners.exists(o, o.called.sameNames("Eve"))',
    '"Weiß".sameNames("WEISS") && "Müller Jürgen".sameNames("juergen MUELLER") && legs == 4 && "Jorgen".sameNames("Jørgen")',
    '"Núñez".sameNames("Nunez") && "O’Brien".sameNames("OBRIEN") && "Łukasz".sameNames("Lukasz") && legs == 4',
    '!"Moller".sameNames("Mueller") && !"Weiss".sameNames("Weise") && !"Ada".sameNames("-") && legs == 4',
    'home.city.words().size() == 1 && "A  b-c ".words().size() == 2 && !("b" in "A b-c".words()) && tame',
    'home.sameAddress(hut) && !home.sameAddress(shed) && hut.line() == "KAISERSTR. 10 A, 76133 Karlsruhe-Durlach"',
    '"k.A.".isNoName() && !"Ada".isNoName() && tame',
    '"weiß noch nicht".isNoName() && "n. n.".isNoName() && "4711".isNoName() && tame',
    '!"1&1 AG".isNoName() && !"Keiner".isNoName() && tame',
    '!has(nick) || nick == "Rex"',
    'has(nick) ? nick.size() > 2 : true',
    'land == "DEU"',
    '!hut.sameAddress(shed) && home.sameAddress(home)',
    'home.postcode.startsWith("76") && home.city.contains("ruhe")',
    '"bones" in likes && !("milk" in likes) && likes.size() == 1 && count(likes) == 1',
    'toys.ball == 10 && toys["bone"] == 1 && "ball" in toys && count(toys) == 11',
    'total(toys, "weight") == 1.7',
    'owners.size() == 2 && size(owners) == 2',
    'owners.exists(o, o.called == "Ada") && owners.all(o, o.called.size() > 1)',
    'owners.exists(o, has(o.age) && o.age < 18)',
    'owners.filter(o, !has(o.age)).size() == 1 && owners.exists_one(o, has(o.age))',
    'owners[0].called == "Ada"',
    'pet == "bird" && flies || legs == 4',
  ];
  for (const when of yes) assert.equal(holds(when), true, when);
  assert.equal(holds('legs > 4'), false);
  assert.equal(holds('owners[5].called == "Ada"'), false, 'an entry that is not there makes no page appear');
});

test('what an author gets wrong in a condition is said with what to do', () => {
  const wrong: [string, RegExp][] = [
    ['pett == "dog"', /`pett` is not the id of a question.*Did you mean `pet`/],
    ['pet == "dig"', /`"dig"` is not one of its options.*Did you mean `dog`.*cat, dog, bird/],
    ['pet in ["cat", "mouse"]', /`"mouse"` is not one of its options/],
    ['"fish" in likes', /`"fish"` is not one of its options/],
    ['toys.bal > 1', /`"bal"` is not one of its options/],
    ['land == "GER"', /`"GER"` is not one of its options/],
    ['legs == "4"', /a number.*a string.*cannot be compared/],
    ['born > "2020-01-01"', /Write dates as `date\("2026-12-31"\)`/],
    ['born + 7 > today', /addDays\(date, 7\)/],
    ['date("2026-02-30") < today', /one date that exists/],
    ['deadline(born, 2, "fortnights") > today', /"days", "weeks", "months" or "years"/],
    ['deadline(legs, 2) > today', /needs a date, a number/],
    ['legs', /is a number; it must be yes\/no/],
    ['legs && tame', /`legs` is a number; here it must be yes\/no/],
    ['nick == "Rex"', /`nick` may have no answer here: write `has\(nick\)/],
    ['flies', /`flies` may have no answer here/],
    ['owners.exists(o, o.age < 18)', /`o.age` may be missing: write `has\(o.age\)/],
    ['owners.exists(pet, pet.called == "Ada")', /take another letter/],
    ['nick.matches("(a+)+$")', /no function `.matches\(\)`/],
    ['has(nick) && nick.matches("a")', /no function `.matches\(\)`/],
    ['totl(toys, "weight") > 1', /no function `totl\(\)`.*Did you mean `total`/],
    ['total(toys, "wait") > 1', /No option has a number called `wait`/],
    ['total(likes, "weight") > 1', /needs a counted question/],
    ['home.strete == "x"', /no field `strete`.*Did you mean `street`/],
    ['legs >', /Cannot be read/],
    ['pet < "dog"', /Only numbers and dates have an order/],
    ['home.sameAddress(pet)', /needs an address: `dwelling.sameAddress\(home\)`/],
    ['age(legs) > 3', /needs a date as value 1, not a number/],
    ['age(born, legs) > 3', /needs a date as value 1, not a number/],
    ['age(born, born, born) > 3', /takes one date or two/],
    ['year(born, born) > 3', /takes one date/],
    ['{"a": 1} == 1', /not possible in conditions/],
    ['about == today', /known in part.*cannot be compared.*`earliest\(…\)` or `latest\(…\)`/],
    ['about in [today]', /known in part/],
    ['addDays(about, 1) > today', /needs a date.*known in part.*`earliest\(…\)` or `latest\(…\)`/],
    ['daysBetween(today, about) > 3', /as value 2.*known in part/],
    ['earliest(legs) > today', /needs a date/],
    ['latest(about, today) > today', /takes one date/],
    ['about < 3', /Only numbers and dates|cannot be compared/],
    ['has(pet == "dog")', /`has\(\)` needs the id of a question/],
    ['today', /is a date; it must be/],
  ];
  for (const [when, message] of wrong) {
    const { problems } = compileService(testFolder(withPage(when)));
    assert.match(problems.map((problem) => problem.message).join('\n'), message, when);
  }
});

test('an answer is certain where its page must have been shown', () => {
  const certain = [
    'pet == "bird" && flies',
    'pet in ["bird"] && !flies',
    '!(pet != "bird" || flies)',
    'pet != "cat" && pet != "dog" && flies',
    'has(flies) && flies',
    'pet == "bird" ? flies : tame',
  ];
  for (const when of certain) assert.deepEqual(compileService(testFolder(withPage(when))).problems, [], when);
  for (const when of ['pet != "cat" && flies', 'pet == "bird" || flies', 'flies || has(flies)']) {
    assert.match(
      compileService(testFolder(withPage(when))).problems[0]?.message ?? '',
      /may have no answer/,
      when,
    );
  }
});

const someDay = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1900-01-01', days));
const partial = fc.tuple(someDay, fc.constantFrom(4, 7, 10)).map(([day, known]) => day.slice(0, known));

/** Every day that a date may be. */
function daysOf(date: string): string[] {
  const first = earliestDay(date);
  return Array.from({ length: daysBetween(first, latestDay(date)) + 1 }, (_, at) => addDays(first, at));
}

test('a date known in part is every day it may be, and no other', () => {
  fc.assert(
    fc.property(partial, (date) => {
      const days = daysOf(date);
      assert.ok(isPartialDate(date) && days.every((day) => isIsoDate(day) && day.startsWith(date)));
      assert.ok(
        !addDays(earliestDay(date), -1).startsWith(date) && !addDays(latestDay(date), 1).startsWith(date),
      );
    }),
  );
  for (const none of ['1985-13', '1985-00', '85', '1985-', '1985-02-30', '1985-3', ''])
    assert.ok(!isPartialDate(none));
});

test('an order of dates known in part holds when it may, and age is what is certain', () => {
  const service = testService(`
pages:
  - id: first
    kind: questions
    questions:
      - { id: a, kind: date, partial: true }
      - { id: b, kind: date, partial: true }
      - { id: day, kind: date }
  - { id: lt, kind: information, when: a < b }
  - { id: le, kind: information, when: a <= b }
  - { id: gt, kind: information, when: a > b }
  - { id: ge, kind: information, when: a >= b }
  - { id: past, kind: information, when: a <= day }
  - { id: future, kind: information, when: day < a }
  - { id: adult, kind: information, when: age(a) >= 18 }
`);
  const holds = (id: string, scope: Record<string, string>) =>
    service.pages.find((page) => page.id === id)?.when?.(scope);
  fc.assert(
    fc.property(partial, partial, someDay, someDay, (a, b, day, today) => {
      const scope = { a, b, day, today };
      const may = (order: (one: string, other: string) => boolean, other: string) =>
        daysOf(a).some((one) => [earliestDay(other), latestDay(other)].some((end) => order(one, end)));
      assert.equal(
        holds('lt', scope),
        may((one, other) => one < other, b),
      );
      assert.equal(
        holds('le', scope),
        may((one, other) => one <= other, b),
      );
      assert.equal(
        holds('gt', scope),
        may((one, other) => one > other, b),
      );
      assert.equal(
        holds('ge', scope),
        may((one, other) => one >= other, b),
      );
      assert.equal(
        holds('past', scope),
        may((one, other) => one <= other, day),
      );
      assert.equal(
        holds('future', scope),
        may((one, other) => other < one, day),
      );
      const adult = daysOf(a).every(
        (born) => Number(today.replaceAll('-', '')) - Number(born.replaceAll('-', '')) >= 18_00_00,
      );
      assert.equal(holds('adult', scope), adult);
    }),
    { numRuns: 200 },
  );
});

test('a birth date from the ID may be known in part, or the service locks people out', () => {
  const page = (partial: string) => `
pages:
  - { id: who, kind: identify, level: high, questions: [{ id: born, kind: date, from: birthDate${partial} }] }
`;
  const messages = compileService(testFolder(page('')))
    .problems.map(({ message }) => message)
    .join(' ');
  assert.match(messages, /`birthDate` needs `partial: true`/);
  const fine = compileService(testFolder(page(', partial: true')))
    .problems.map(({ message }) => message)
    .join(' ');
  assert.doesNotMatch(fine, /partial/);
});

test('a number has no more digits than can be kept', () => {
  const page = (max: string) => `
pages:
  - { id: a, kind: questions, questions: [{ id: chip, kind: number, format: plain, max: ${max} }] }
`;
  assert.deepEqual(compileService(testFolder(page('999999999999999'))).problems, []);
  assert.match(
    compileService(testFolder(page('1000000000000000'))).problems[0]?.message ?? '',
    /at most 15 digits/,
  );
});

test('a page that can never be reached is found, one that can is not accused', () => {
  const never = [
    'false',
    '1 > 2',
    'pet == "cat" && pet == "dog"',
    'pet == "cat" && has(flies)',
    'tame && !tame',
    'pet == "bird" && !has(flies)',
    'legs > 3 && !(legs > 3)',
  ];
  for (const when of never) {
    assert.match(compileService(testFolder(withPage(when))).problems[0]?.message ?? '', /unreachable/, when);
  }
  const sometimes = [
    'pet != "cat" && pet != "dog"',
    'tame || !tame',
    'legs > 3 && legs < 3',
    'has(nick) && nick == "x"',
    'pet == "bird" && flies',
    '!has(flies)',
  ];
  for (const when of sometimes)
    assert.deepEqual(compileService(testFolder(withPage(when))).problems, [], when);
  assert.match(compileService(testFolder(withPage('true'))).problems[0]?.message ?? '', /leave out `when`/);
});

test('a page that follows from an unreachable combination of pages is unreachable', () => {
  const yaml = `
pages:
  - { id: a, kind: questions, questions: [{ id: x, kind: yesNo }] }
  - { id: b, kind: questions, when: x, questions: [{ id: y, kind: yesNo }] }
  - { id: c, kind: information, when: "!x && has(y) && y" }
`;
  assert.match(compileService(testFolder(yaml)).problems[0]?.message ?? '', /page `c` is unreachable/);
});

test('computed values exist while their answers do', () => {
  const service = testService(`
pages:
${ASKED.trim().replace(/^/gm, '  ')}
  - { id: last, kind: information, when: weight > 1.5 }
computed:
  - { id: weight, type: number, unit: kg, after: first, value: 'total(toys, "weight")' }
  - { id: heavy, type: bool, after: first, value: weight > 1 }
  - { id: flying, type: text, after: birds, value: 'flies ? "yes" : "no"' }
  - { id: due, type: date, after: first, value: 'addDays(born, 1)' }
`);
  const value = (id: string, scope: object) =>
    service.computed.find((each) => each.id === id)?.value(scope as Record<string, unknown>);
  assert.equal(value('weight', SCOPE), 1.7);
  assert.equal(value('weight', {}), undefined);
  assert.equal(value('heavy', { weight: 2 }), true);
  assert.equal(value('flying', SCOPE), undefined);
  assert.equal(value('due', SCOPE), '2010-11-25');
});
