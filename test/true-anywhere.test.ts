/** What every municipality's citizens read says nothing that is true in one of them only. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type City, loadCity, type Office } from '#city';

const LAENDER: Readonly<Record<string, string>> = {
  ...{ BW: 'Baden-Württemberg', BY: 'Bayern', BE: 'Berlin', BB: 'Brandenburg', HB: 'Bremen', HH: 'Hamburg' },
  ...{ HE: 'Hessen', MV: 'Mecklenburg-Vorpommern', NI: 'Niedersachsen', NW: 'Nordrhein-Westfalen' },
  ...{ RP: 'Rheinland-Pfalz', SL: 'Saarland', SN: 'Sachsen', ST: 'Sachsen-Anhalt' },
  ...{ SH: 'Schleswig-Holstein', TH: 'Thüringen' },
};

/** Texts and words of every language, without what only remembers them. */
const FILES = [...filesIn('services', 'texts'), ...filesIn('src', 'words')];

function filesIn(root: string, folder: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes(`/${folder}/`) && /(?<!\.seen)\.yaml$/.test(name))
    .map((name) => join(root, name));
}

/** @returns a name as ids are written */
const asId = (name: string): string =>
  name.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue');

/** @returns what an office is called, but where that is its task by law, such as "Standesamt" */
function namesOf({ id, name, short, tasks, express }: Office): string[] {
  const isTask = [id, ...tasks].includes(asId(name));
  return [...(isTask ? [] : [name]), short, ...(express ? [express.name] : [])];
}

/** Streets that nearly every town has. */
const EVERYWHERE: readonly string[] = ['Gartenstraße'];

const streetOf = (address: string): string => address.replace(/ \d.*$/, '');

/** @returns everything by which one knows this municipality and no other */
function namesIn(city: City): string[] {
  const state =
    LAENDER[/^state: (\w+)/m.exec(readFileSync(join(city.folder, 'city.yaml'), 'utf8'))?.[1] ?? ''];
  assert.ok(state, `${city.id} is in a Land`);
  const places = [...city.offices.values(), ...city.sites.values()].map(({ address }) => streetOf(address));
  return [
    ...[city.name, ...city.alsoCalled, state, city.areaCode],
    ...[...city.postcodes, ...city.districts, ...city.streets, ...places],
    ...[...city.offices.values()].flatMap(namesOf),
  ].filter((name) => name !== '' && !EVERYWHERE.includes(name));
}

const TEXTS = FILES.map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n') }));

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @returns where a text has one of the names as words of their own */
function said(names: readonly string[]): string[] {
  const any = new RegExp(
    `(?<![\\p{L}\\d-])(?:${names.map((name) => escaped(name)).join('|')})(?![\\p{L}\\d-])`,
    'u',
  );
  return TEXTS.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => {
      const [found] = any.exec(line) ?? [];
      return found === undefined ? [] : [`${file}:${index + 1} says "${found}"`];
    }),
  );
}

describe('what every municipality says', () => {
  for (const folder of readdirSync('city'))
    it(`names nothing that only ${folder} has`, () => {
      const { city, problems } = loadCity(join('city', folder));
      assert.ok(city, JSON.stringify(problems));
      assert.deepEqual(said(namesIn(city)), []);
    });

  it('would be found', () => {
    assert.notDeepEqual(said(['Kostenlos']), []);
  });
});
