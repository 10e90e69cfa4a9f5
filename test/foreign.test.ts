/** What somebody is told beforehand whose language this office does not speak everywhere. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, textOf } from '#play';
import { arrive, type Citizen } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

/** Its tile is in Arabic, its questions are in German. */
const GERMAN = 'urkunden';
const WHOLE = 'sperrmuell';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

async function inArabic(): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.open('/');
  await choose(person, 'ar');
  assert.equal(findAll(person.page, ({ tag }) => tag === 'html')[0]?.attributes.lang, 'ar');
  return person;
}

const isMarked = ({ page }: Citizen): boolean =>
  findAll(page, ({ attributes }) => attributes.class === 'machine').length > 0;

function tilesOf({ page }: Citizen): Map<string, string> {
  const tiles = findAll(page, ({ attributes }) => attributes.class === 'tile');
  return new Map(
    tiles.map((tile) => [
      findAll(tile, ({ tag }) => tag === 'a')[0]
        ?.attributes.href?.split('/')
        .at(-1) ?? '',
      textOf(tile),
    ]),
  );
}

describe('a service whose questions are in German', () => {
  it('says so on its tile and in what was found, and before anybody begins', async () => {
    const person = await inArabic();
    for (const path of ['/', `/search?q=${encodeURIComponent('شهادة ميلاد')}`]) {
      await person.open(path);
      assert.match(tilesOf(person).get(GERMAN) ?? '', /بالألمانية/, path);
    }
    await person.open('/');
    assert.doesNotMatch(tilesOf(person).get(WHOLE) ?? '', /بالألمانية/);
    await person.open(`/service/${GERMAN}`);
    assert.match(person.shown.text, /أسئلة هذه الخدمة بالألمانية.*تؤكدونه.*بالألمانية فقط/s);
    await person.open(`/service/${WHOLE}`);
    assert.doesNotMatch(person.shown.text, /أسئلة هذه الخدمة بالألمانية/);
  });

  it('does not claim on pages of German words that a machine has translated them', async () => {
    const person = await inArabic();
    for (const [service, expected] of [
      [GERMAN, false],
      [WHOLE, true],
    ] as const) {
      await person.open(`/service/${service}`);
      assert.ok(isMarked(person), 'what the service is, a machine says');
      await person.press(person.form(`/service/${service}`).press());
      assert.equal(isMarked(person), expected, `${service}: ${person.shown.url}`);
    }
  });
});

describe('what this office does not have', () => {
  it('is not claimed to be found: what is nearest is called so', async () => {
    const person = await inArabic();
    const heading = async (query: string): Promise<string> => {
      await person.open(`/search?q=${encodeURIComponent(query)}`);
      return textOf(findAll(person.page, ({ tag }) => tag === 'h1')[0] ?? assert.fail());
    };
    assert.match(await heading('جواز سفر'), /^الأقرب إلى/);
    assert.match(person.shown.text, /لا توجد خدمة بهذا الاسم/);
    assert.doesNotMatch(await heading('ثلاجة'), /^الأقرب إلى/);
  });
});
