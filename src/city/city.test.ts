import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { areaOf, type City, loadCity, siteOfTerminal } from './index.ts';

const FOLDER = 'city/karlsruhe';
const scratch = mkdtempSync(join(tmpdir(), 'amtomat-city-'));
after(() => rmSync(scratch, { recursive: true }));

function karlsruhe(): City {
  const { city, problems } = loadCity(FOLDER);
  assert.deepEqual(problems, []);
  assert.ok(city);
  return city;
}

let copies = 0;
/** A copy of the city in which one file was changed. */
function changed(file: string, change: (text: string) => string): string {
  copies += 1;
  const folder = join(scratch, String(copies));
  cpSync(FOLDER, folder, { recursive: true });
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return folder;
}

/** The 1-based line of the first line that holds the text. */
function lineWith(path: string, text: string): number {
  return (
    readFileSync(path, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

describe('the city of Karlsruhe', () => {
  it('has the offices, sites and terminals that services and screens name', () => {
    const city = karlsruhe();
    assert.deepEqual([...city.offices.keys()].sort(), [
      'generallandesarchiv',
      'oa',
      'stadtarchiv',
      'standesamt',
      'tsk',
    ]);
    assert.equal(siteOfTerminal(city, 'rathaus-2')?.id, 'rathaus');
    assert.equal(siteOfTerminal(city, 'zuhause')?.alwaysOpen, true);
    assert.equal(siteOfTerminal(city, 'nowhere'), undefined);
  });

  it('sends a tour to every postcode, and only one area', () => {
    const city = karlsruhe();
    for (const postcode of city.postcodes) assert.ok(areaOf(city, 'sperrmuell', postcode), postcode);
    assert.equal(areaOf(city, 'sperrmuell', '10115'), undefined);
    assert.equal(areaOf(city, 'another', '76131'), undefined);
  });

  it('knows at least 300 streets, each once', () => {
    const { streets } = karlsruhe();
    assert.ok(streets.length >= 300);
    assert.equal(new Set(streets).size, streets.length);
    assert.ok(streets.includes('Kaiserstraße'));
  });

  it('drives no tour on public holidays, on Christmas Eve and on New Year’s Eve, and on no day that closes everything', () => {
    const { closedFor } = karlsruhe();
    for (const calendar of ['sperrmuell', 'weisse-ware']) {
      for (const date of ['2026-12-24', '2026-12-25', '2026-12-31', '2027-01-06', '2027-12-24'])
        assert.ok(closedFor(calendar, date), `${calendar} ${date}`);
      assert.equal(closedFor(calendar, '2026-12-30'), undefined);
    }
  });

  it('keeps closures of single sites and of single calendars apart', () => {
    const more = `
- { date: "2027-02-08", reason: Rosenmontag, sites: [rathaus] }
- { date: "2027-02-09", reason: Inventur, calendars: [weisse-ware] }
- { date: "2027-02-10", reason: Sturm }
`;
    const { city } = loadCity(changed('closures.yaml', (text) => text + more));
    const rathaus = city?.sites.get('rathaus');
    assert.ok(city && rathaus);
    const closed = (date: string) => [
      city.closureOf(rathaus, date),
      city.closedFor('sperrmuell', date),
      city.closedFor('weisse-ware', date),
    ];
    assert.deepEqual(closed('2027-02-08'), ['Rosenmontag', undefined, undefined]);
    assert.deepEqual(closed('2027-02-09'), [undefined, undefined, 'Inventur']);
    assert.deepEqual(closed('2027-02-10'), ['Sturm', 'Sturm', 'Sturm']);
    assert.deepEqual(closed('2027-02-11'), [undefined, undefined, undefined]);
  });

  it('takes a longer street list beside its own, and does without when there is none', () => {
    const extra = join(scratch, 'streets.txt');
    writeFileSync(extra, '# imported\nkaiserstrasse\nGanz Neue Straße\n');
    const { city } = loadCity(FOLDER, extra);
    assert.ok(city);
    assert.ok(city.streets.includes('Ganz Neue Straße'));
    assert.ok(city.streets.includes('Kaiserstraße'));
    assert.ok(!city.streets.includes('kaiserstrasse'));
    assert.deepEqual(loadCity(FOLDER, join(scratch, 'none.txt')).city?.streets, karlsruhe().streets);
  });
});

describe('a mistake in the city', () => {
  const mistakes: {
    what: string;
    file: string;
    change: (text: string) => string;
    at: string;
    says: RegExp;
  }[] = [
    {
      what: 'an accent colour that is too light',
      file: 'city.yaml',
      change: (text) => text.replace('#8f3d1e', '#e0a080'),
      at: 'accent:',
      says: /4\.5:1/,
    },
    {
      what: 'an unknown setting',
      file: 'city.yaml',
      change: (text) => `${text}\nmajor: nobody\n`,
      at: 'major: nobody',
      says: /major/,
    },
    {
      what: 'nowhere for people with a screen of their own',
      file: 'sites.yaml',
      change: (text) => text.replace('alwaysOpen: true', 'hours: { mon: ["08:00-17:00"] }'),
      at: '- id: rathaus',
      says: /no site has `alwaysOpen: true`/,
    },
    {
      what: 'two places for people with a screen of their own',
      file: 'sites.yaml',
      change: (text) =>
        `${text}- { id: daheim, name: D, address: D, alwaysOpen: true, terminals: [daheim] }\n`,
      at: '- { id: daheim',
      says: /"zuhause" already is the site/,
    },
    {
      what: 'an interval that ends before it begins',
      file: 'sites.yaml',
      change: (text) => text.replace('wed: ["08:00-17:00"]', 'wed: ["17:00-08:00"]'),
      at: 'wed:',
      says: /17:00-08:00/,
    },
    {
      what: 'a terminal at two sites',
      file: 'sites.yaml',
      change: (text) => text.replace('[zuhause]', '[rathaus-1]'),
      at: 'terminals: [rathaus-1]',
      says: /rathaus-1/,
    },
    {
      what: 'an office given twice',
      file: 'offices.yaml',
      change: (text) => text.replace('- id: stadtarchiv', '- id: oa'),
      at: 'name: Stadtarchiv',
      says: /"oa" is there twice/,
    },
    {
      what: 'a task of two offices',
      file: 'offices.yaml',
      change: (text) => text.replace('tasks: [abfall]', 'tasks: [abfall, standesamt]'),
      at: 'tasks: [abfall',
      says: /"standesamt" is already done by office "standesamt"/,
    },
    {
      what: 'a sample address in another town',
      file: 'sample.yaml',
      change: (text) => text.replace('"76135"', '"10115"'),
      at: 'west:',
      says: /10115 is not a postcode in city.yaml/,
    },
    {
      what: 'another town that is the city itself',
      file: 'sample.yaml',
      change: (text) => text.replace('"70173"', '"76131"'),
      at: 'elsewhere:',
      says: /76131 is a postcode of the city/,
    },
    {
      what: 'somebody at the desk of no office',
      file: 'sample.yaml',
      change: (text) => text.replace('[oa, standesamt, tsk]', '[oa, zollamt]'),
      at: 'zollamt',
      says: /there is no office "zollamt"/,
    },
    {
      what: 'a Land that there is not',
      file: 'city.yaml',
      change: (text) => text.replace('state: BW', 'state: XX'),
      at: 'state: XX',
      says: /`XX` is none of .*`BW`/,
    },
    {
      what: 'another Land than the Gemeindeschlüssel says',
      file: 'city.yaml',
      change: (text) => text.replace('state: BW', 'state: BY'),
      at: 'state: BY',
      says: /that is BW/,
    },
    {
      what: 'an example street that the list does not have',
      file: 'sample.yaml',
      change: (text) => text.replace('street: Kaiserstraße', 'street: Nirgendgasse'),
      at: 'Nirgendgasse',
      says: /"Nirgendgasse" is not in streets.txt/,
    },
    {
      what: 'a list of streets without streets',
      file: 'streets.txt',
      change: () => '# Am See\n',
      at: '# Am See',
      says: /there is no street in it/,
    },
    {
      what: 'a comma before a postcode',
      file: 'streets.txt',
      change: (text) => text.replace('Pfinztalstraße; 76227', 'Pfinztalstraße, 76227'),
      at: 'Pfinztalstraße',
      says: /a semicolon, no comma/,
    },
    {
      what: 'a closure of an unknown site',
      file: 'closures.yaml',
      change: (text) => text.replace('reason: Silvester', 'reason: Silvester, sites: [rathus]'),
      at: 'Silvester',
      says: /rathus/,
    },
    {
      what: 'a closure of an unknown calendar',
      file: 'closures.yaml',
      change: (text) => text.replace('reason: Silvester', 'reason: Silvester, calendars: [sperrmul]'),
      at: 'Silvester',
      says: /no calendar "sperrmul" in tours.yaml/,
    },
    {
      what: 'a last moment that is no time of day',
      file: 'tours.yaml',
      change: (text) => text.replace('time: "12:00"', 'time: noon'),
      at: 'changeUntil:',
      says: /"12:00"/,
    },
    {
      what: 'a district given twice',
      file: 'city.yaml',
      change: (text) => text.replace('- Oststadt', '- Südstadt # again'),
      at: '# again',
      says: /"Südstadt" is there twice/,
    },
    {
      what: 'a street with a postcode of another city',
      file: 'streets.txt',
      change: (text) => text.replace('Pfinztalstraße; 76227', 'Pfinztalstraße; 76227, 10115'),
      at: 'Pfinztalstraße',
      says: /"Pfinztalstraße": 10115 is not a postcode/,
    },
    {
      what: 'a street with a postcode that is none',
      file: 'streets.txt',
      change: (text) => text.replace('Pfinztalstraße; 76227', 'Pfinztalstraße; 7622'),
      at: 'Pfinztalstraße',
      says: /five digits/,
    },
    {
      what: 'a postcode of another city',
      file: 'tours.yaml',
      change: (text) => text.replace('"76229"', '"10115"'),
      at: 'durlach',
      says: /10115 is not a postcode/,
    },
    {
      what: 'a postcode in two areas',
      file: 'tours.yaml',
      change: (text) => text.replace('"76229"', '"76131"'),
      at: 'durlach',
      says: /innenstadt/,
    },
  ];
  for (const { what, file, change, at, says } of mistakes) {
    it(`is named with file and line: ${what}`, () => {
      const folder = changed(file, change);
      const { city, problems } = loadCity(folder);
      assert.equal(city, undefined);
      assert.equal(problems.length, 1);
      const [problem] = problems;
      assert.equal(problem?.file, join(folder, file));
      const line = lineWith(join(folder, file), at);
      // Two lists mark the beginning of an entry, one line above the text that names it.
      assert.ok(problem.line === line || problem.line === line - 1, `line ${problem.line}, not ${line}`);
      assert.match(problem.message, says);
    });
  }

  it('does not hide the next one', () => {
    const folder = changed('city.yaml', (text) => text.replace('ags: "08212000"', 'ags: "8212"'));
    rmSync(join(folder, 'sites.yaml'));
    const { problems } = loadCity(folder);
    assert.deepEqual(problems.map((problem) => problem.file).sort(), [
      join(folder, 'city.yaml'),
      join(folder, 'sites.yaml'),
    ]);
  });
});
