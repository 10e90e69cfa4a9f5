import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileQuestion } from '#kinds';
import { about, inLang, inOwnOrder } from '#language';
import { requiredText } from './required-text.ts';

test('a label that asks is repeated as a question, whatever its language and script', () => {
  const text = compileQuestion({ id: 'where', kind: 'text' });
  const date = compileQuestion({ id: 'since', kind: 'date' });
  for (const label of ['Wo finden wir Ihre Sachen?', 'أين نجد أغراضكم؟', inLang('Where is it?', 'en')]) {
    const asked = inOwnOrder(label, about('de'));
    assert.equal(requiredText(text, label, '', 'de'), `Bitte beantworten Sie die Frage: ${asked}`);
    assert.equal(requiredText(date, label, '', 'de'), `Bitte geben Sie das Datum ein: ${asked}`);
  }
});
