import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { remember, runsOf, seenFile } from '#language';
import { compileService, readServiceFolder, type ServiceFolder, textPairsOf } from './index.ts';

const healthy = readServiceFolder(join(import.meta.dirname, '../../test/broken/healthy'));
const folder = { ...healthy, path: healthy.path.replace('healthy', 'teahouse') };
const file = (name: string): string => folder.files[name] ?? assert.fail(name);

/** @returns the service with other files; undefined takes one away */
function compiled(changes: Readonly<Record<string, string | undefined>>) {
  const files = Object.entries({ ...folder.files, ...changes }).filter(([, text]) => text !== undefined);
  const { service, problems } = compileService({
    ...folder,
    files: Object.fromEntries(files),
  } as ServiceFolder);
  assert.deepEqual(problems, []);
  return service ?? assert.fail();
}

const lang = (text: string | undefined): string | undefined => runsOf(text ?? assert.fail())[0]?.lang;

describe('a service', () => {
  it('need not speak every language: it is German there, and says so', () => {
    const { texts, partly } = compiled({ 'texts/en.yaml': undefined, 'texts/leicht.yaml': undefined });
    assert.ok(partly?.includes('en') && !partly.includes('leicht'));
    assert.equal(lang(texts.en.title), 'de');
    assert.equal(lang(texts.en.pages.what?.title), 'de');
    assert.equal(lang(texts.en.result.next[0]), 'de');
    assert.equal(lang(texts.leicht.title), undefined, 'a register of German is German');
  });

  it('is German only where a text is missing', () => {
    const { texts, partly, foreign } = compiled({
      'texts/en.yaml': 'title: Tea house\npages:\n  what: { title: Which tea? }\n',
    });
    assert.deepEqual([texts.en.title, texts.en.pages.what?.title], ['Tea house', 'Which tea?']);
    assert.ok(partly?.includes('en') && !foreign?.includes('en'));
    assert.ok(
      compiled({ 'texts/en.yaml': 'title: Tea house\n' }).foreign?.includes('en'),
      'its questions are German',
    );
    assert.ok(!compiled({}).partly?.includes('en'), 'where all is said, nothing is German');
    assert.equal(lang(texts.en.summary), 'de');
    assert.equal(lang(texts.en.questions.kind?.options.green), 'de');
  });

  it('searches German keywords as they are', () => {
    const { texts } = compiled({ 'texts/en.yaml': undefined });
    assert.deepEqual(texts.en.keywords, texts.de.keywords);
  });

  it('is German where the German has changed since it was translated, until somebody says that it is right', () => {
    const [english] = textPairsOf(folder);
    assert.ok(english);
    const seen = seenFile(remember(english.source, english.own), false);
    const changed = file('texts/de.yaml').replace('title: Teehaus', 'title: Teestube');
    const files = { 'texts/de.yaml': changed, 'texts/en.seen.yaml': seen };
    const { texts } = compiled(files);
    assert.deepEqual(runsOf(texts.en.title), [{ text: 'Teestube', lang: 'de', dir: 'ltr' }]);
    assert.equal(lang(texts.en.summary), undefined);
    const [later] = textPairsOf({ ...folder, files: { ...folder.files, ...files } });
    assert.ok(later);
    const right = remember(later.source, later.own, () => 'right');
    assert.equal(
      lang(compiled({ ...files, 'texts/en.seen.yaml': seenFile(right, false) }).texts.en.title),
      undefined,
    );
  });
});
