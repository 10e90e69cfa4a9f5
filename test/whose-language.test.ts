/** Whose language a text is: what nobody translates, and what somebody typed, on pages that run the other way. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { about, type Language } from '#language';
import { findAll, textOf } from '#play';
import { arrive, type Citizen, household } from '#test/citizen';
import { karlsruhe } from '#test/city';
import { signIn } from '#test/clerk';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

const FOREIGN = ['ar', 'tr', 'en'] as const satisfies readonly Language[];

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** @returns what stands on the page marked as German, each text in one line */
const german = ({ page }: Citizen): string[] =>
  findAll(page, ({ attributes }) => attributes.lang === 'de' && attributes.dir === 'ltr').map(textOf);

async function reads(path: string, language: Language): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.open(path);
  await choose(person, language);
  return person;
}

describe('what nobody translates says that it is German, and runs as German does', () => {
  const { imprint, privacy, accessibility, offices } = karlsruhe;
  const service = '/service/sperrmuell';
  const pages: Readonly<Record<string, readonly string[]>> = {
    '/impressum': [imprint.operator, imprint.address, imprint.contact, imprint.note ?? ''],
    '/datenschutz': [privacy.controller, privacy.officer, privacy.authority],
    '/barrierefreiheit': [accessibility.law, accessibility.contact, accessibility.enforcement],
    '/help': [offices.get('oa')?.name ?? ''],
    [service]: ['§'],
  };
  for (const [path, texts] of Object.entries(pages))
    it(`on ${path}`, async () => {
      for (const language of FOREIGN) {
        const marked = german(await reads(path, language));
        for (const text of texts)
          assert.ok(
            text.split('\n').every((line) => marked.some((one) => one.includes(line))),
            `${language}: ${text}`,
          );
      }
      assert.deepEqual(german(await reads(path, 'leicht')), [], 'a German page is German as a whole');
    });
});

/** What somebody wrote, on the page of a case. */
const written = ({ page }: Citizen, begins: string) =>
  findAll(page, (one) => one.attributes.class === 'history-text' && textOf(one).startsWith(begins));

describe('between a clerk and somebody who reads another language', () => {
  const QUESTION = 'Wie breit ist das Sofa?\nBitte messen Sie.';
  const ANSWER = 'متران\nKaiserstraße 10';

  for (const language of ['ar', 'de'] as const)
    it(`each reads whose words stand there: ${language}`, async () => {
      const person = await arrive(office.origin);
      await person.walk('sperrmuell', household(about(language).lang.charCodeAt(0)));
      await choose(person, language);
      const receipt = await person.handIn('sperrmuell');
      const clerk = await signIn(office.origin, 'tsk');
      await office.work();
      const path = (await clerk.find(receipt.number)) ?? assert.fail();
      await clerk.act(path, 'take');
      await clerk.act(path, 'ask', { text: QUESTION });

      const reader = await arrive(office.origin);
      await reader.openCase(receipt);
      await choose(reader, language);
      const [asked] = written(reader, 'Wie breit');
      assert.deepEqual([asked?.attributes.lang, asked?.attributes.dir], ['de', 'ltr']);
      assert.equal(reader.shown.text.includes('الدائرة بالألمانية'), language === 'ar');
      const form = reader.form('/status/case/answer');
      form.fill('text', ANSWER);
      await reader.press(form.press({ name: '_action', value: 'next' }));
      const [said] = written(reader, 'متران');
      assert.deepEqual([said?.attributes.lang, said?.attributes.dir], [undefined, 'auto']);

      const { text } = await clerk.get(path);
      assert.match(text, /<p class="said" dir="auto">متران/);
    });
});

describe('the note for the way to an office', () => {
  async function note(language: Language): Promise<string> {
    const person = await arrive(office.origin);
    await person.walk('online-ausweis', { situation: 'forgotten' }, 'forgotten');
    await choose(person, language);
    const answer = await fetch(`${office.origin}/service/online-ausweis/forgotten/ticket.pdf`, {
      headers: { cookie: person.client.cookies().join('; ') },
    });
    const input = Buffer.from(await answer.arrayBuffer());
    return execFileSync('pdftotext', ['-', '-'], { input, encoding: 'utf8' }).replace(/\s+/g, ' ');
  }

  it('says in German as well what it is for, to whoever it is shown to', async () => {
    const own = await note('de');
    const [, reason = assert.fail(own)] = /(Sie brauchen keinen Termin[^.]*)/.exec(own) ?? [];
    for (const language of FOREIGN) assert.ok((await note(language)).includes(reason), language);
    assert.equal(own.split(reason).length, 2, 'once where it is German anyway');
  });

  it('says that a machine has translated it, as pages do', async () => {
    assert.match(await note('tr'), /Otomatik çevrilmiştir/);
    for (const language of ['de', 'leicht', 'en'] as const)
      assert.doesNotMatch(await note(language), /utomati|Computer/);
  });
});
