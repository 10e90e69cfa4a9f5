import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { compileService, PAGE_KINDS, PAGE_RULES } from '#service';
import { arrive } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { testFolder } from '#test/service';
import { first, readOwnForm } from '#visit';
import { takeAnswers } from '../answer-walk.ts';
import { formPage, NOTHING_BESIDE, shellOf } from '../form-page.tsx';
import { KINDS_OF_PAGES } from './index.ts';
import { type KindOfPage, ORDINARY } from './kind.ts';

/** A kind that no definition of ours has: a poster that can be taken along, and that greets in a city's name when it is asked to. */
const poster: KindOfPage = {
  ...ORDINARY,
  show: (at, view) =>
    formPage(at, shellOf(at, view), view, { ...NOTHING_BESIDE, before: `Plakat aus ${at.deps.city.name}` }),
  async take(at, show) {
    const { fields } = await readOwnForm(at.c);
    if (first(fields, '_action') === 'greet') return at.c.text(`Gruß aus ${at.deps.city.name}`);
    return takeAnswers(at, show);
  },
  below: { 'poster.txt': { get: ({ c, here }) => c.text(`Plakat zu ${here.service.slug}`) } },
};

// Its two lines: one for the compiler and the walk, one for what people see.
(PAGE_KINDS as unknown as string[]).push('poster');
Object.assign(PAGE_RULES, { poster: { ...PAGE_RULES.information, parts: {} } });
Object.assign(KINDS_OF_PAGES, { poster });

const service = (kind: string) =>
  testFolder(`
pictogram: check
pages:
  - { id: picture, kind: ${kind} }
  - { id: who, kind: questions, questions: [{ id: familyName, kind: name }] }
`);

function writeServices({ path: slug, files }: ReturnType<typeof service>): string {
  const folder = mkdtempSync(join(tmpdir(), 'amtomat-kinds-'));
  cpSync('services', folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, slug, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

describe('one more kind of page, in the tables', () => {
  let office: RunningOffice;
  let folder: string;
  before(async () => {
    folder = writeServices(service('poster'));
    office = await startRunningOffice({}, {}, folder);
  });
  after(async () => {
    await office.close();
    rmSync(folder, { recursive: true });
  });

  it('is known to the compiler, which knows no other', () => {
    assert.deepEqual(compileService(service('poster')).problems, []);
    const [problem] = compileService(service('placard')).problems;
    assert.match(problem?.message ?? '', /`placard` is none of `information`.* `finish`, `poster`/);
  });

  it('is shown and passed, and what comes after it is handed in', async () => {
    const person = await arrive(office.origin);
    await person.walk('test', {}, 'picture');
    assert.match(person.shown.text, /Plakat aus Karlsruhe/);
    await person.walk('test', { familyName: 'Łukasz' });
    const { number } = await person.handIn('test');
    assert.ok(number);
  });

  it('keeps whoever has not seen it from going past it', async () => {
    const person = await arrive(office.origin);
    await person.walk('test', {}, 'picture');
    await person.open('/service/test/who');
    assert.equal(person.at, 'picture');
  });

  it('takes its own form', async () => {
    const person = await arrive(office.origin);
    await person.walk('test', {}, 'picture');
    const sent = person.form('/service/test/picture').press();
    const entries = sent.entries.map(
      ([name, value]) => [name, name === '_action' ? 'greet' : value] as const,
    );
    const answer = await person.send({ ...sent, entries: entries as typeof sent.entries });
    assert.equal(answer.text, 'Gruß aus Karlsruhe');
  });

  it('answers under its own address, and no other kind does', async () => {
    const person = await arrive(office.origin);
    await person.walk('test', {}, 'who');
    await person.open('/service/test/picture/poster.txt');
    assert.equal(person.shown.text, 'Plakat zu test');
    await person.open('/service/test/who/poster.txt');
    assert.equal(person.shown.status, 404);
  });
});
