/** Names and hints that a question says beside its label: in the page's language, as that language writes them. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compileQuestion } from '#kinds';
import { inLang, LANGUAGES, type Language } from '#language';
import { renderQuestion } from './index.tsx';

function drawn(raw: Parameters<typeof compileQuestion>[0], language: Language, label = 'Was?'): string {
  const texts = {
    ...{ label, help: undefined, options: { sofa: 'كنبة' }, optionHelp: {} },
    ...{ errors: {}, entry: undefined, full: undefined, add: undefined },
  };
  const question = compileQuestion(raw);
  return String(
    renderQuestion(
      question,
      { questions: { [question.id]: texts } },
      {
        ...{ fields: {}, errors: [], language, today: '2026-11-23', prefix: '' },
      },
    ),
  );
}

it('a button of a counter is named in a row as the language writes one', () => {
  const html = (language: Language) =>
    drawn({ id: 'items', kind: 'chooseSome', counted: true, options: [{ id: 'sofa' }] }, language);
  assert.match(html('ar'), /aria-label="[^",]+، كنبة"/);
  assert.doesNotMatch(html('ar'), /aria-label="[^"]*,/);
  assert.match(html('de'), /aria-label="[^",]+, كنبة"/);
});

it('how long a text may be is written as its errors write numbers', () => {
  const hint = (language: Language) =>
    /id="f-note-limit">([^<]*)/.exec(drawn({ id: 'note', kind: 'longText', max: 4000 }, language))?.[1] ?? '';
  assert.match(hint('de'), /4\.000/);
  for (const language of LANGUAGES) assert.match(hint(language), /4[.,]000/, language);
});

it('a calendar has a name of the page’s language, also where its question is asked in another', () => {
  const title = (label: string) =>
    /data-title="([^"]*)"/.exec(drawn({ id: 'day', kind: 'date' }, 'ar', label))?.[1] ?? assert.fail();
  assert.equal(title('متى؟'), 'متى؟');
  assert.match(title(inLang('Wann?', 'de')), /^\p{Script=Arabic}/u);
});
