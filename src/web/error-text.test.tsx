import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldError, FormFields } from '#journey';
import { inLang, LANGUAGES, type Language, withoutMarks } from '#language';
import {
  type CompiledPage,
  type CompiledQuestion,
  type CompiledService,
  compileService,
  readServices,
} from '#service';
import { karlsruhe } from '#test/city';
import { QUOTED } from '#test/languages';
import { errorText } from './error-text.ts';
import { JourneyPage } from './index.ts';

const services = readServices('services', karlsruhe).map((folder): CompiledService => {
  const { service } = compileService(folder);
  assert.ok(service, folder.path);
  return service;
});

/** Everything that can be missing on a page, inside groups as well. */
function missingOn(page: CompiledPage): FieldError[] {
  const at = (question: CompiledQuestion, field: string): FieldError[] => {
    const error = (name: string, code: string) => ({ field: name, code, own: false, params: { min: 1 } });
    if (question.kind === 'group') {
      const inner = question.questions.flatMap((one) => at(one, `${field}[0].${one.id}`));
      return [error(field, 'tooFew'), ...inner];
    }
    if (question.kind === 'outcome') return [];
    if (question.kind === 'declaration') return [error(field, 'mustConfirm')];
    if (question.kind === 'file') return [error(field, 'fileMissing')];
    if (question.kind !== 'address') return [error(field, 'required')];
    return ['street', 'postcode', 'city', 'country'].map((part) => error(`${field}.${part}`, 'required'));
  };
  return page.questions.flatMap((question) => at(question, question.id));
}

function shown(
  service: CompiledService,
  page: CompiledPage,
  errors: readonly FieldError[],
  language: Language,
  fields: FormFields = {},
): string {
  return String(
    <JourneyPage
      page={page}
      texts={service.texts[language]}
      view={{ fields, errors, language, today: '2026-11-23' }}
      action="/"
      shell={{ csrf: '', path: '/', mode: 'phone' }}
    />,
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&amp;': '&',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
};
const plain = (html: string): string => html.replace(/&[^;]+;/g, (entity) => ENTITIES[entity] ?? entity);
const TELLS = { de: /\bBitte /, en: /\b[Pp]lease /, leicht: /\bBitte |^Hier geh/ } as const;

for (const service of services) {
  test(`${service.slug}: what is missing is said in words of the question, above and at the field`, () => {
    let seen = 0;
    for (const page of service.pages) {
      for (const language of QUOTED) {
        for (const error of missingOn(page)) {
          const html = shown(service, page, [error], language);
          const above = plain(/<am-errors>.*?<li><a [^>]*>(.*?)<\/a>/s.exec(html)?.[1] ?? '');
          const field = plain(
            new RegExp(
              `data-field="${error.field.replace(/[[\]]/g, '\\$&')}"[^>]*>((?:[^<]|<span[^>]*>[^<]*</span>)*)</span>`,
              's',
            ).exec(html)?.[1] ?? '',
          );
          const where = `${page.id} ${error.field} (${language}): ${field}`;
          assert.equal(above, field, where);
          assert.match(field, TELLS[language], where);
          assert.match(field, /[.?!…]$/, where);
          assert.doesNotMatch(
            field,
            /Angabe fehlt|Antwort fehlt|Pflichtfeld|still missing|\d\.\d|\{|…[.?]|\?\.|\.\./,
            where,
          );
          seen += 1;
        }
      }
    }
    assert.equal(
      seen > 0,
      service.pages.some((page) => missingOn(page).length > 0),
    );
  });

  test(`${service.slug}: a group that is full says what to do about more, in place of the button`, () => {
    for (const page of service.pages) {
      for (const group of page.questions.filter(({ kind, max }) => kind === 'group' && max !== undefined)) {
        const [first] = group.questions;
        const entries = (count: number): FormFields =>
          Object.fromEntries(
            Array.from({ length: count }, (_, index) => [`${group.id}[${index}].${first?.id}`, ['x']]),
          );
        for (const language of LANGUAGES) {
          const most = group.max ?? 0;
          const { full } = service.texts[language].questions[group.id] ?? {};
          assert.ok(full, `${group.id} (${language})`);
          const [last, room] = [most, most - 1].map((count) =>
            plain(shown(service, page, [], language, entries(count))),
          );
          const said = withoutMarks(full);
          assert.ok(last?.includes(said) && !last.includes(`value="add:${group.id}"`), `${group.id}`);
          assert.ok(room?.includes(`value="add:${group.id}"`) && !room.includes(said), `${group.id}`);
        }
      }
    }
  });

  test(`${service.slug}: numbers and dates in the words of its limits are those of the language`, () => {
    const asked = service.pages.flatMap((page) => page.questions).filter(({ kind }) => kind !== 'outcome');
    const inside = asked.flatMap((one) =>
      one.questions.map((inner) => [`${one.id}.${inner.id}`, inner] as const),
    );
    for (const [key, question] of [...asked.map((one) => [one.id, one] as const), ...inside]) {
      for (const language of QUOTED) {
        const texts = service.texts[language].questions[key] ?? assert.fail(key);
        for (const [code, text] of Object.entries(texts.errors)) {
          const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
          const params = (value: number | string) => Object.fromEntries(names.map((name) => [name, value]));
          const say = (value: number | string) =>
            errorText(
              { field: key, code, own: true, params: params(value) },
              question,
              texts,
              language,
              false,
            );
          assert.equal(say(4.2).includes('4.2'), names.length > 0 && language === 'en', say(4.2));
          assert.equal(say(4.2).includes('4,2'), names.length > 0 && language !== 'en', say(4.2));
          assert.doesNotMatch(say('2026-12-24'), /2026-12/);
        }
      }
    }
  });
}

/** The sentences above a page. */
const summaryOf = (html: string): string[] =>
  [...html.matchAll(/<li><a href="#f-[^>]*>(.*?)<\/a>/gs)].map(([, text = '']) => plain(text));

for (const slug of ['fuehrungszeugnis', 'wohnungsgeberbestaetigung'])
  test(`${slug}: what says the same about several declarations of one page names each of them`, () => {
    const service = services.find((one) => one.slug === slug) ?? assert.fail();
    const [page = assert.fail()] = service.pages;
    const questions = service.pages
      .flatMap((one) => one.questions)
      .filter(({ kind }) => kind === 'declaration');
    assert.ok(questions.length > 2);
    const together = { ...page, questions };
    for (const language of LANGUAGES) {
      const said = summaryOf(shown(service, together, missingOn(together), language));
      assert.equal(said.length, questions.length, language);
      assert.equal(new Set(said).size, questions.length, `${language}: ${said.join('\n')}`);
    }
  });

test('no field cuts what its definition allows', () => {
  for (const service of services) {
    for (const page of service.pages)
      assert.doesNotMatch(shown(service, page, [], 'de'), /maxlength/, `${service.slug} ${page.id}`);
  }
});

test('errors that every service has say numbers in the language, and what they are about', () => {
  const question =
    services[0]?.pages.flatMap((page) => page.questions).find(({ kind }) => kind === 'name') ?? assert.fail();
  const texts = { label: 'Name', errors: {} };
  const say = (code: string, params: FieldError['params'], language: Language, heading = false) =>
    errorText({ field: question.id, code, own: false, params }, question, texts, language, heading);
  assert.equal(say('fileTooLarge', { maxMegabytes: 10.4 }, 'de').includes('10,4 MB'), true);
  assert.equal(say('fileTooLarge', { maxMegabytes: 10.4 }, 'leicht').includes('10,4 MB'), true);
  assert.equal(say('fileTooLarge', { maxMegabytes: 10.4 }, 'en').includes('10.4 MB'), true);
  assert.match(say('tooLong', { max: 2000 }, 'de'), /^Name: .*2\.000 Zeichen/);
  assert.match(say('tooLong', { max: 2000 }, 'en'), /^Name: .*2,000/);
  assert.doesNotMatch(say('tooLong', { max: 2000 }, 'de', true), /^Name/);
  const german = { label: 'Name', errors: { own: inLang('Höchstens {most} m³.', 'de') } };
  const said = errorText(
    { field: question.id, code: 'own', own: true, params: { most: 4.2 } },
    question,
    german,
    'en',
    false,
  );
  assert.equal(said, inLang('Höchstens 4,2 m³.', 'de'), 'in German where the sentence is German');
});

test('an error of a part names the part: the field of an address, one of the things that are counted', () => {
  const questions = services.flatMap((service) => service.pages.flatMap((page) => page.questions));
  const address = questions.find(({ kind }) => kind === 'address') ?? assert.fail();
  const counted =
    questions.find((question) => question.kind === 'chooseSome' && question.counted) ?? assert.fail();
  const [option = ''] = counted.options;
  const say = (question: typeof address, part: string, code: string) =>
    errorText(
      { field: `${question.id}.${part}`, code, own: false, params: { characters: 'Ю' } },
      question,
      { label: 'Alles', errors: {}, options: { [option]: 'Sofa' } },
      'de',
      false,
    );
  assert.match(say(address, 'street', 'otherScript'), /^Straße: .*lateinischen Buchstaben.*Ю/);
  // Only a name stands in the passport.
  assert.doesNotMatch(say(address, 'street', 'otherScript'), /Pass/);
  assert.match(say(address, 'street', 'nameOtherScript'), /lateinischen Buchstaben.*Pass.*Ю/);
  assert.match(say(address, 'city', 'notAllowedCharacters'), /^Ort: .*Ю/);
  assert.match(say(counted, option, 'notANumber'), /^Sofa: /);
});
