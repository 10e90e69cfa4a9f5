import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { runsOf, withoutMarks } from '#language';
import { formatProblems } from '#source';
import { QUOTED } from '#test/languages';
import { compileService, type Municipality, readServices } from './index.ts';

const scratch = mkdtempSync(join(tmpdir(), 'amtomat-overlay-'));
after(() => rmSync(scratch, { recursive: true }));
const COMMON = join(scratch, 'services');
const CITY = join(scratch, 'city');

/** A city with one office for everything and a telephone of its own. */
const here: Municipality = {
  folder: CITY,
  name: 'Seestadt',
  phone115: '05555 100',
  offices: new Map([
    ['rathaus', { id: 'rathaus', name: 'Rathaus', address: 'Am See 1, 12345 Seestadt', tasks: ['licence'] }],
  ]),
  services: {},
  letterCodes: [],
  sample: { centre: { street: 'Am See', postcode: '12345' } },
};

const DEFINITION = `slug: boat
version: 1
office: licence
legalBasis: [§ 1 Bootsgesetz]
identity: none
fee: { setBy: city }
minutes: 2
pictogram: pin
fulfilment: case
retention: { start: closed, days: 30, legalBasis: Art. 5 DSGVO }
pages:
  - id: kind
    kind: questions
    questions:
      - id: kind
        kind: chooseOne
        options: [{ id: sail }, { id: motor }]
  - id: where
    kind: questions
    when: kind == "sail"
    questions:
      - { id: berth, kind: address }
  - id: review
    kind: review
computed:
  - { id: fast, type: bool, after: kind, value: kind == "motor" }
entitlement: { page: kind, holder: [kind], period: year, limits: { "*": 1 } }
decisions: [done, rejected]
`;
const textsIn = (language: string): string => `title: Boot (${language})
summary: Ein Boot in {city}
cost: "{city.fee} Euro"
duration: 2 Minuten
needs: ["Fragen an {city.phone}"]
about: ["{city.office}, {city.officeAddress}"]
keywords: [Boot]
pages:
  kind: { title: Welches Boot? }
  where: { title: Wo liegt es? }
  review: { title: Stimmt alles? }
questions:
  kind: { label: Boot, options: { sail: Segelboot, motor: Motorboot } }
  berth: { label: Liegeplatz }
computed: { fast: Schnell }
fee: { item: Bootsschein }
result: { title: Fertig, next: [] }
states: { new: a, working: b, waiting: c, done: d, rejected: e, withdrawn: f }
`;
const JOURNEY = `title: Somebody with a sailing boat
steps:
  - page: kind
    fill: { kind: sail }
  - page: where
    fill: { berth.street: "{centre.street}", berth.houseNumber: "1", berth.postcode: "{centre.postcode}", berth.city: "{city}" }
expect: { outcome: submitted, fees: 2 }
`;

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
const boat = (definition = DEFINITION) => ({
  'service.yaml': definition,
  ...Object.fromEntries(QUOTED.map((each) => [`texts/${each}.yaml`, textsIn(each)])),
  'journeys/sail.yaml': JOURNEY,
});
const own = (files: Readonly<Record<string, string>>, slug = 'boat') =>
  write(join(CITY, 'services', slug), { 'service.yaml': FEE, ...files });
const FEE = 'fee: { cents: 1250, legalBasis: Bootssatzung }\n';

beforeEach(() => {
  rmSync(COMMON, { recursive: true, force: true });
  rmSync(CITY, { recursive: true, force: true });
  write(join(COMMON, 'boat'), boat());
  own({});
});

const compiled = (city: Municipality = here) =>
  readServices(COMMON, city).map((folder) => ({ folder, ...compileService(folder) }));
function service(slug = 'boat') {
  const found = compiled().find(({ folder }) => folder.path.endsWith(slug));
  assert.deepEqual(found?.problems, []);
  assert.ok(found?.service);
  return found.service;
}
const problems = (): string => formatProblems(compiled().flatMap((each) => each.problems));

describe('a service in a city', () => {
  it('says the facts of the city in every language', () => {
    const { texts } = service();
    for (const language of QUOTED) {
      const { summary, needs, about } = texts[language];
      assert.equal(summary, 'Ein Boot in Seestadt');
      assert.deepEqual(needs, ['Fragen an 05555 100']);
      assert.deepEqual(about.map(withoutMarks), ['Rathaus, Am See 1, 12345 Seestadt']);
      const german = about.flatMap(runsOf).flatMap(({ text, lang }) => (lang === 'de' ? [text] : []));
      assert.deepEqual(german, language === 'en' ? ['Rathaus', 'Am See 1, 12345 Seestadt'] : []);
    }
    assert.deepEqual([texts.de.cost, texts.en.cost], ['12,50 Euro', '12.50 Euro']);
  });

  it('plays its journeys at addresses of the city, for the fee of the city', () => {
    const [journey] = service().journeys;
    assert.equal(journey?.steps[1]?.fill['berth.street'], 'Am See');
    assert.equal(journey.steps[1].fill['berth.city'], 'Seestadt');
    assert.equal(journey.expect.fee, 2_500);
  });

  it('says once that it is free where the city takes nothing', () => {
    own({ 'service.yaml': 'fee: { cents: 0, legalBasis: Bootssatzung }\n' });
    const { texts } = service();
    assert.deepEqual([texts.de.cost, texts.en.cost], ['Kostenlos', 'Free of charge']);
  });

  it('costs less from the second piece on where the city says so', () => {
    const definition = DEFINITION.replace('{ setBy: city }', '{ setBy: city, each: number }').replace(
      '  - id: review\n',
      '  - { id: many, kind: questions, questions: [{ id: number, kind: number }] }\n  - id: review\n',
    );
    write(join(COMMON, 'boat'), {
      'service.yaml': definition,
      'journeys/sail.yaml': JOURNEY.replace('fees: 2', 'fees: 3'),
    });
    for (const each of QUOTED)
      write(join(COMMON, 'boat'), {
        [`texts/${each}.yaml`]: textsIn(each)
          .replace('  review: {', '  many: { title: Wie viele? }\n  review: {')
          .replace('  berth: {', '  number: { label: Anzahl }\n  berth: {'),
      });
    own({ 'service.yaml': 'fee: { cents: 1250, further: 600, legalBasis: Bootssatzung }\n' });
    const [journey] = service().journeys;
    assert.equal(journey?.expect.fee, 2_450);
    assert.equal(service().fee.further, 600);
  });

  it('has what the city says instead of the common, and the rest as it is', () => {
    own({
      'service.yaml': `${FEE}legalBasis: [§ 2 Hafensatzung]
retention: { start: closed, days: 10, legalBasis: § 3 Hafensatzung }
entitlement: { limits: { "*": 3 } }
questions: { kind: { options: [{ id: sail }, { id: oars }, { id: motor }] } }
computed: { fast: kind != "oars" }
`,
      'texts/de.yaml': 'questions: { kind: { options: { oars: Ruderboot, motor: Schnellboot } } }\n',
      'texts/en.yaml': 'questions: { kind: { options: { oars: Rowing boat, motor: Speedboat } } }\n',
      'texts/leicht.yaml': 'questions: { kind: { options: { oars: Ruder-Boot, motor: Schnell-Boot } } }\n',
      'journeys/oars.yaml': JOURNEY.replace('kind: sail', 'kind: sail'),
    });
    const { texts, ...boats } = service();
    assert.deepEqual(boats.legalBasis, ['§ 1 Bootsgesetz', '§ 2 Hafensatzung']);
    assert.equal(boats.retention?.days, 10);
    assert.deepEqual(boats.entitlement?.limits, { '*': 3 });
    assert.deepEqual(boats.questions.get('kind')?.options, ['sail', 'oars', 'motor']);
    assert.deepEqual(texts.de.questions.kind?.options, {
      ...{ sail: 'Segelboot', oars: 'Ruderboot', motor: 'Schnellboot' },
    });
    assert.equal(texts.de.questions.kind.label, 'Boot');
    assert.deepEqual(
      boats.journeys.map(({ id }) => id),
      ['oars', 'sail'],
    );
  });

  it('does not know the words of an option that the city does away with', () => {
    write(join(COMMON, 'boat'), {
      'service.yaml': DEFINITION.replace('{ id: motor }', '{ id: motor }, { id: oars }'),
    });
    for (const each of QUOTED)
      write(join(COMMON, 'boat'), {
        [`texts/${each}.yaml`]: textsIn(each).replace(
          'motor: Motorboot',
          'motor: Motorboot, oars: Ruderboot',
        ),
      });
    own({ 'service.yaml': `${FEE}questions: { kind: { options: [{ id: sail }, { id: motor }] } }\n` });
    assert.deepEqual(Object.keys(service().texts.de.questions.kind?.options ?? {}), ['sail', 'motor']);
  });

  it('is not there where the city does not do it', () => {
    assert.deepEqual(compiled({ ...here, services: { boat: 'none' } }), []);
  });

  it('can be the city alone', () => {
    write(join(CITY, 'services/raft'), boat(DEFINITION.replace('slug: boat', 'slug: raft')));
    write(join(CITY, 'services/raft'), {
      'service.yaml': DEFINITION.replace('slug: boat', 'slug: raft').replace(
        '{ setBy: city }',
        '{ cents: 500, legalBasis: Floßsatzung }',
      ),
      'journeys/sail.yaml': JOURNEY,
    });
    assert.equal(service('raft').fee.cents, 500);
    assert.equal(compiled().length, 2);
  });
});

describe('a mistake in what a city says', () => {
  const line = (name: string, says: string): number =>
    readFileSync(join(CITY, 'services/boat', name), 'utf8')
      .split('\n')
      .findIndex((each) => each.includes(says)) + 1;
  const cases: { what: string; files: Record<string, string>; at: [string, string]; says: RegExp }[] = [
    {
      what: 'a key that there is not',
      files: { 'service.yaml': `${FEE}offices: rathaus\n` },
      at: ['service.yaml', 'offices'],
      says: /unknown key.*office/,
    },
    {
      what: 'a value of the wrong type',
      files: { 'service.yaml': 'fee: { cents: much, legalBasis: x }\n' },
      at: ['service.yaml', 'fee'],
      says: /a number belongs here/,
    },
    {
      what: 'a page that the service does not have',
      files: { 'service.yaml': `${FEE}pages:\n  wher: { office: rathaus }\n` },
      at: ['service.yaml', 'wher'],
      says: /has no `wher` in its pages. Did you mean `where`/,
    },
    {
      what: 'a question that the service does not have',
      files: { 'service.yaml': `${FEE}questions:\n  kinds: { min: 1 }\n` },
      at: ['service.yaml', 'kinds'],
      says: /has no `kinds` in its questions. Did you mean `kind`/,
    },
    {
      what: 'something that this kind of question does not have',
      files: { 'service.yaml': `${FEE}questions:\n  berth: { options: [{ id: a }, { id: b }] }\n` },
      at: ['service.yaml', 'berth'],
      says: /options/,
    },
    {
      what: 'an expression that cannot be read',
      files: { 'service.yaml': `${FEE}computed:\n  fast: kind == "steam"\n` },
      at: ['service.yaml', 'fast'],
      says: /steam/,
    },
    {
      what: 'a journey to leave out that there is not',
      files: { 'service.yaml': `${FEE}leaveOut: [sial]\n` },
      at: ['service.yaml', 'leaveOut'],
      says: /no common journey `sial`. Did you mean `sail`/,
    },
    {
      what: 'a text for nothing',
      files: { 'texts/de.yaml': 'pages:\n  wher: { title: Wo? }\n' },
      at: ['texts/de.yaml', 'wher'],
      says: /something that does not exist: `pages.wher.title`/,
    },
    {
      what: 'a text that is not said in German',
      files: { 'texts/en.yaml': 'pages:\n  where: { title: Where is the pier? }\n' },
      at: ['texts/en.yaml', 'where'],
      says: /missing text `pages.where.title` \(de\)/,
    },
    {
      what: 'a summary that is not said in German',
      files: { 'texts/en.yaml': 'summary: At the lake\n' },
      at: ['texts/en.yaml', 'summary'],
      says: /says `summary` itself, but not in .*de.yaml/,
    },
    {
      what: 'a fact that there is not',
      files: Object.fromEntries(QUOTED.map((each) => [`texts/${each}.yaml`, 'summary: "{city.phon}"\n'])),
      at: ['texts/de.yaml', 'summary'],
      says: /there is no `\{city.phon\}` in this city. Did you mean `city.phone`/,
    },
    {
      what: 'an address that the city does not have',
      files: { 'journeys/mine.yaml': JOURNEY.replace('centre.street', 'center.street') },
      at: ['journeys/mine.yaml', 'berth'],
      says: /no `\{center.street\}`/,
    },
    {
      what: 'a file that nobody reads',
      files: { 'servce.yaml': 'office: rathaus\n' },
      at: ['servce.yaml', 'office'],
      says: /nobody reads this: there are/,
    },
  ];
  for (const {
    what,
    files,
    at: [name, word],
    says,
  } of cases)
    it(`is named with file and line: ${what}`, () => {
      own(files);
      const said = problems().split('\n');
      const wanted = `${join(CITY, 'services/boat', name)}:${line(name, word)}: `;
      const found = said.find((each) => each.startsWith(wanted) && says.test(each));
      assert.ok(found, `${wanted}${says} is not in:\n${said.join('\n')}`);
    });

  it('is a folder whose name is misspelt', () => {
    own({ 'text/de.yaml': 'title: Kahn\n' });
    assert.match(problems(), /city\/services\/boat\/text:1: nobody reads this/);
  });

  it('is a fee that each city sets and this one does not', () => {
    own({ 'service.yaml': 'legalBasis: [§ 2 Hafensatzung]\n' });
    assert.match(
      problems(),
      /boat\/service.yaml:6: each city sets this fee: say `fee:` in .*city\/services\/boat\/service.yaml/,
    );
  });

  it('is a folder with the name of a service, misspelt', () => {
    own({ 'service.yaml': FEE }, 'baot');
    const [only, ...more] = problems().split('\n');
    assert.match(
      only ?? '',
      /services\/baot\/service.yaml:1: there is no service `baot` to change. Did you mean `boat`/,
    );
    assert.deepEqual(more, []);
  });
});
