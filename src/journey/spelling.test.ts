import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileService } from '#service';
import { smallCity } from '#test/reference';
import { testFolder, testService } from '#test/service';
import { momentOf } from '#time';
import { readPage } from './index.ts';

const RULE = `
limits: [{ holds: has(givenNames) && usual.lowerAscii() in givenNames.lowerAscii().words(), error: notGiven }]
`;
const yaml = `
pages:
  - id: names
    kind: questions
    questions:
      - { id: givenNames, kind: name, optional: true }
      - { id: usual, kind: name, optional: true, spelledAs: givenNames, ${RULE.trim()} }
      - id: family
        kind: group
        optional: true
        questions:
          - { id: givenNames, kind: name, optional: true }
          - { id: usual, kind: name, optional: true, spelledAs: givenNames, ${RULE.trim()} }
`;
const service = testService(yaml);
const [page] = service.pages;
assert.ok(page);

const usualOf = (givenNames: string, usual: string): unknown => {
  const form = {
    ...{ givenNames: [givenNames], usual: [usual] },
    ...{ 'family[0].givenNames': [givenNames], 'family[0].usual': [usual] },
  };
  const moment = momentOf(new Date('2026-11-23T09:00:00Z'));
  const { answers, errors } = readPage(service, page, form, { answers: {}, seen: [] }, moment, smallCity);
  assert.equal(errors.length % 2, 0, 'inside a group as outside');
  if (errors[0]) return errors[0].code;
  assert.deepEqual(answers.family, [{ givenNames: answers.givenNames, usual: answers.usual }]);
  return answers.usual;
};

test('a usual name is one of the given names as a whole word, and is written as there', () => {
  assert.equal(usualOf('Anna Maria', 'Anna'), 'Anna');
  assert.equal(usualOf('Anna Maria', 'maria'), 'Maria');
  assert.equal(usualOf('Karl-Heinz Otto', 'KARL-HEINZ'), 'Karl-Heinz');
  assert.equal(usualOf('Öykü Şule', 'öykü'), 'Öykü');
  for (const [given, usual] of [
    ['Anna Maria', 'Ann'],
    ['Anna Maria', 'Marianne'],
    ['Karl-Heinz', 'Heinz'],
    ['Anna Maria', 'Anna Maria'],
  ] as const)
    assert.equal(usualOf(given, usual), 'notGiven', `${usual} of ${given}`);
});

test('whose word it is must be asked beside it or before', () => {
  const { problems } = compileService(
    testFolder(yaml.replace('spelledAs: givenNames', 'spelledAs: givenName')),
  );
  assert.match(
    problems[0]?.message ?? '',
    /`spelledAs: givenName` must be a question.*Did you mean `givenNames`/,
  );
});
