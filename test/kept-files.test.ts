import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { findAll, sampleFile, textOf } from '#play';
import { arrive, type ChosenFile, type Citizen, CONFIRMATION, type Handed, household } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'wohnungsgeberbestaetigung';
const PAGE = `/service/${SERVICE}/mandate`;
const ANSWER = '/status/case/answer';
const NEXT = { name: '_action', value: 'next' };
const REMOVE = { name: '_action', value: 'drop:mandate' };
const MOST = 5;

let office: RunningOffice;
let handed: Handed;
/** A picture of noise: it stays as large as it is. */
let large: ChosenFile;
before(async () => {
  office = await startRunningOffice();
  const person = await arrive(office.origin);
  await person.walk('sperrmuell', household(91));
  handed = await person.handIn('sperrmuell');
  const [width, height] = [720, 700];
  const noise = randomBytes(width * height * 3);
  const content = await sharp(noise, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  large = { name: 'rauschen.png', mediaType: 'image/png', content };
});
after(() => office.close());

const pdf = (name: string, content = sampleFile('sample.pdf')?.content ?? Buffer.alloc(0)): ChosenFile => ({
  ...{ name, mediaType: 'application/pdf', content },
});
const EMPTY = pdf('leer.pdf', Buffer.alloc(0));
const GIF = pdf('bild.pdf', Buffer.from('GIF89a'.padEnd(100, 'x')));

/** The files that the page says are there. */
const kept = (person: Citizen): string[] =>
  findAll(person.page, ({ attributes }) => attributes.class === 'file-kept').map((one) =>
    textOf(findAll(one, ({ tag }) => tag === 'span')[0] ?? one)
      .replace(/\s+/g, ' ')
      .trim(),
  );

/** What is said at the fields, by code, with the words. */
const said = (person: Citizen): [string, string][] =>
  findAll(person.page, ({ attributes }) => 'data-error' in attributes).map((one) => [
    one.attributes['data-error'] ?? '',
    textOf(one).replace(/\s+/g, ' ').trim(),
  ]);

async function press(person: Citizen, chosen: ChosenFile | undefined, button = NEXT): Promise<void> {
  const form = person.form(PAGE);
  if (chosen) form.fill('mandate', chosen);
  await person.press(form.press(button));
}

/** Somebody who has given this file and comes back to its page. */
async function given(chosen: ChosenFile): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.walk(SERVICE, CONFIRMATION, 'mandate');
  await press(person, chosen);
  assert.notEqual(person.at, 'mandate');
  await person.open(PAGE);
  return person;
}

describe('a file that was given on a page of a journey', () => {
  it('is there with name and size, as the language writes it, and goes on without being chosen again', async () => {
    const person = await given(large);
    assert.match(kept(person).join(), /rauschen\.png \(1,5 MB\)/);
    await person.press(person.form(PAGE).press({ name: 'language', value: 'en' }));
    assert.match(kept(person).join(), /rauschen\.png \(1\.5 MB\)/);
    await press(person, undefined);
    assert.notEqual(person.at, 'mandate');
    await person.walk(SERVICE, CONFIRMATION);
    assert.match(person.shown.text, /rauschen\.png/);
  });

  it('is gone when it is removed, and asked for', async () => {
    const person = await given(pdf('alt.pdf'));
    const before = await office.db.selectFrom('draft_file').select('id').execute();
    await press(person, undefined, REMOVE);
    assert.equal(person.at, 'mandate');
    assert.deepEqual([kept(person), said(person)], [[], []]);
    assert.equal((await office.db.selectFrom('draft_file').select('id').execute()).length, before.length - 1);
    await press(person, undefined);
    assert.deepEqual(
      said(person).map(([code]) => code),
      ['fileMissing'],
    );
  });

  it('gives way to one that is chosen when it is removed; one that cannot be taken is said', async () => {
    const person = await given(pdf('alt.pdf'));
    await press(person, pdf('neu.pdf'), REMOVE);
    assert.match(kept(person).join(), /neu\.pdf/);
    await press(person, GIF, REMOVE);
    assert.deepEqual(kept(person), []);
    assert.deepEqual(
      said(person).map(([code]) => code),
      ['fileWrongType'],
    );
  });

  it('stays when another one that is chosen cannot be taken', async () => {
    const person = await given(pdf('gut.pdf'));
    for (const [wrong, code] of [
      [EMPTY, 'fileEmpty'],
      [GIF, 'fileWrongType'],
    ] as const) {
      await press(person, wrong);
      assert.deepEqual([person.at, said(person)[0]?.[0]], ['mandate', code]);
      assert.match(kept(person).join(), /gut\.pdf/);
    }
  });
});

/** @returns how many files all visits keep that have not handed in yet */
const filesKept = async (): Promise<number> =>
  (await office.db.selectFrom('draft_file').select('id').execute()).length;

describe('files that come at the same moment', () => {
  it('from many tabs with one page: one is kept, that one is shown, and none that no page shows', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, CONFIRMATION, 'mandate');
    const before = await filesKept();
    const sent = Array.from({ length: 5 }, (_, at) => {
      const form = person.form(PAGE);
      form.fill('mandate', pdf(`tab-${at}.pdf`));
      return form.press(NEXT);
    });
    await Promise.all(sent.map((one) => person.send(one)));
    await person.open(PAGE);
    assert.equal(kept(person).length, 1);
    assert.equal(await filesKept(), before + 1);
  });

  it('with an answer to the office: as many are kept as it shows', async () => {
    const person = await arrive(office.origin);
    await person.openCase(handed);
    const before = await filesKept();
    const form = person.form(ANSWER);
    form.fill('text', 'zu lang'.repeat(1_000));
    const { entries, ...sent } = form.press(NEXT);
    const texts = entries.filter(([name]) => name !== 'file');
    const answers = Array.from({ length: MOST + 2 }, (_, at) => ({
      ...sent,
      entries: [...texts, ['file', pdf(`tab-${at}.pdf`)] as const],
    }));
    await Promise.all(answers.map((one) => person.send(one)));
    await person.open('/status/case');
    assert.equal(kept(person).length, MOST);
    assert.equal(await filesKept(), before + MOST);
  });

  it('go with the draft that is begun anew', async () => {
    const person = await given(pdf('alt.pdf'));
    const before = await filesKept();
    await person.open(`/service/${SERVICE}`);
    await person.press(person.form(`/service/${SERVICE}`).press({ name: '_action', value: 'restart' }));
    assert.equal(await filesKept(), before - 1);
  });
});

describe('an answer on the status page', () => {
  async function write(text: string, files: readonly ChosenFile[], by?: Citizen): Promise<Citizen> {
    const person = by ?? (await arrive(office.origin));
    if (!by) await person.openCase(handed);
    const form = person.form(ANSWER);
    if (text) form.fill('text', text);
    const sent = form.press(NEXT);
    const others = sent.entries.filter(([name]) => name !== 'file');
    await person.press({
      ...sent,
      entries: [...others, ...files.map((file) => ['file', file] as const)],
    });
    return person;
  }

  const TROUBLE: Record<string, [ChosenFile[], string, RegExp]> = {
    'a file without content': [[pdf('gut.pdf'), EMPTY], 'fileEmpty', /leer|kein Inhalt|nichts/i],
    'a file of another kind': [[GIF, pdf('gut.pdf')], 'fileWrongType', /PDF, JPEG, PNG/],
  };
  for (const [name, [files, code, words]] of Object.entries(TROUBLE))
    it(`with ${name} says so at the field and keeps the text and the other file`, async () => {
      const person = await write('Der Keller ist offen.', files);
      assert.equal(person.shown.status, 422);
      const [[shown, text] = ['', '']] = said(person);
      assert.equal(shown, code);
      assert.match(text, words);
      assert.equal(said(person).length, 1);
      assert.equal(person.form(ANSWER).holds('text'), 'Der Keller ist offen.');
      assert.match(kept(person).join(), /^[^,]*gut\.pdf/);
      await write('', [], person);
      assert.deepEqual(said(person), []);
      assert.match(person.shown.text, /Der Keller ist offen\.[\s\S]*gut\.pdf/);
    });

  it('takes five files, and says of a sixth that it is one too many', async () => {
    const names = Array.from({ length: MOST + 1 }, (_, at) => `seite-${at + 1}.pdf`);
    const person = await write(
      'Sechs Seiten.',
      names.map((name) => pdf(name)),
    );
    assert.deepEqual(
      said(person).map(([code]) => code),
      ['fileTooMany'],
    );
    assert.match(said(person)[0]?.[1] ?? '', /5/);
    assert.equal(kept(person).length, MOST);
    assert.equal(person.form(ANSWER).holds('text'), 'Sechs Seiten.');
    const [first = ''] = person
      .form(ANSWER)
      .values('_action')
      .filter((value) => value.startsWith('drop:'));
    const form = person.form(ANSWER);
    form.fill('file', pdf(names[MOST] ?? ''));
    await person.press(form.press({ name: '_action', value: first }));
    assert.equal(kept(person).length, MOST);
    assert.doesNotMatch(kept(person).join(), /seite-1\.pdf/);
    assert.match(kept(person).join(), /seite-6\.pdf/);
    assert.deepEqual(said(person), []);
    assert.equal(person.form(ANSWER).holds('text'), 'Sechs Seiten.');
  });

  it('keeps a file that is chosen while another is taken off', async () => {
    const person = await write('Zwei Bilder.', [pdf('eins.pdf'), EMPTY]);
    const [drop = ''] = person
      .form(ANSWER)
      .values('_action')
      .filter((value) => value.startsWith('drop:'));
    const form = person.form(ANSWER);
    form.fill('file', pdf('zwei.pdf'));
    await person.press(form.press({ name: '_action', value: drop }));
    assert.equal(kept(person).length, 1);
    assert.match(kept(person).join(), /zwei\.pdf/);
    assert.deepEqual(said(person), []);
  });

  it('with nothing in it says what is missing, and sends nothing', async () => {
    const events = () =>
      office.db.selectFrom('case_event').select('id').where('kind', '=', 'answer').execute();
    const before = (await events()).length;
    const person = await write('', []);
    assert.equal(person.shown.status, 422);
    assert.deepEqual(said(person), [
      ['required', 'Bitte schreiben Sie etwas, oder hängen Sie eine Datei an.'],
    ]);
    assert.equal((await events()).length, before);
  });

  it('says sizes as the language writes them', async () => {
    const person = await write('Groß.', [large, EMPTY]);
    assert.match(kept(person).join(), /rauschen\.png \(1,5 MB\)/);
    await person.press(person.form(ANSWER).press({ name: 'language', value: 'en' }));
    assert.match(kept(person).join(), /rauschen\.png \(1\.5 MB\)/);
  });
});
