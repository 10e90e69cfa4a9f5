import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkFolder } from '#journey';
import { formatProblems } from '#source';

/** `healthy` is a whole service; every other folder holds the one file that is broken in it. */
const definitions = join(import.meta.dirname, 'broken');
const scratch = mkdtempSync(join(tmpdir(), 'amtomat-broken-'));
after(() => rmSync(scratch, { recursive: true }));

/** Case, file and line, and a part of what must be said. */
const CASES: readonly (readonly [name: string, place: string, message: string])[] = [
  ['unknown-name', 'service.yaml:21: ', '`kidn` is not the id of a question'],
  ['unknown-option', 'service.yaml:21: ', '`"blue"` is not one of its options'],
  ['wrong-type', 'service.yaml:34: ', 'they cannot be compared'],
  ['not-a-condition', 'service.yaml:21: ', 'it must be yes/no'],
  ['later-page', 'service.yaml:21: ', 'belongs to page `place`, which does not come before'],
  ['may-be-missing', 'service.yaml:21: ', 'write `has(nick) && …`'],
  ['pattern-that-may-hang', 'service.yaml:21: ', 'no function `.matches()`'],
  ['unreadable-condition', 'service.yaml:21: ', 'Cannot be read'],
  ['unreachable-page', 'service.yaml:21: ', 'page `rules` is unreachable'],
  ['duplicate-page', 'service.yaml:35: ', 'there is another page `cups`'],
  ['duplicate-question', 'service.yaml:39: ', 'there is another question or computed value `kind`'],
  ['duplicate-option', 'service.yaml:17: ', 'there is another option `green`'],
  ['duplicate-key', 'service.yaml:9: ', 'is there twice: remove one of the two'],
  ['unknown-kind', 'service.yaml:39: ', 'unknown question kind'],
  [
    'misspelt-key',
    'service.yaml:18: ',
    'pages.what.questions.nick.optionnal: unknown key. Did you mean `optional`?',
  ],
  ['slot-without-calendar', 'service.yaml:43: ', 'a slot needs `calendar:`'],
  ['slot-without-area', 'service.yaml:43: ', 'must be an address question on an earlier page'],
  ['slot-on-a-question-page', 'service.yaml:43: ', 'a slot is chosen on a page of `kind: slot`'],
  ['review-missing', 'service.yaml:44: ', 'the last page must be of `kind: review`'],
  ['review-not-last', 'service.yaml:44: ', 'there can be only one review page'],
  ['questions-on-an-information-page', 'service.yaml:22: ', 'asks nothing: move its questions'],
  ['page-without-questions', 'service.yaml:35: ', 'this page asks nothing'],
  ['missing-retention', 'service.yaml:2: ', 'retention is missing'],
  ['retention-of-the-undecided', 'service.yaml:11: ', 'what is decided on needs `start: closed`'],
  ['retention-shorter-than-the-code', 'service.yaml:11: ', 'can be looked up for 90 days'],
  ['missing-legal-basis', 'service.yaml:2: ', 'legal basis is missing'],
  ['fee-without-legal-basis', 'service.yaml:7: ', 'name the law or fee schedule that sets this fee'],
  ['portal-without-place', 'service.yaml:2: ', 'needs `places:`'],
  ['computed-of-the-wrong-type', 'service.yaml:57: ', 'This is a number; it must be a date'],
  ['computed-after-nothing', 'service.yaml:57: ', 'there is no page `cup`'],
  ['allowance-of-nobody', 'service.yaml:59: ', 'there is no question `house`'],
  ['document-of-nothing', 'service.yaml:61: ', 'Did you mean `litres`'],
  ['step-for-nobody-known', 'service.yaml:63: ', '`colour` is not the id of a question'],
  ['step-on-no-day', 'service.yaml:63: ', '`kind` is no date'],
  ['steps-without-lines', 'texts/de.yaml:36: ', 'has 1 lines here and 2 in service.yaml'],
  ['min-above-max', 'service.yaml:49: ', '`min: 5` is more than `max: 4`'],
  ['slug-of-another-folder', 'service.yaml:2: ', 'the slug must be the name of the folder'],
  ['missing-page-title', 'texts/de.yaml:8: ', 'missing text `pages.cups.title` (de)'],
  ['gallery-without-heading', 'texts/de.yaml:12: ', 'missing text `pages.rules.gallery.yes`'],
  ['missing-option-text', 'texts/de.yaml:21: ', 'missing text `questions.kind.options.green`'],
  ['missing-error-text', 'texts/de.yaml:23: ', 'missing text `questions.cups.errors.tooMuch`'],
  ['missing-state', 'texts/de.yaml:39: ', 'missing text `states.waiting`'],
  [
    'translation-of-nothing',
    'texts/en.yaml:22: ',
    '`questions.kind.optionHelp.green` is a translation of nothing: de.yaml has no such text',
  ],
  [
    'text-for-nothing',
    'texts/de.yaml:28: ',
    'text for something that does not exist: `questions.birth.errors.future`',
  ],
  ['unknown-placeholder', 'texts/de.yaml:36: ', 'unknown placeholder `{pickpu}`'],
  ['answer-on-an-official-paper', 'texts/de.yaml:37: ', 'names answers in its `fields:` only'],
  ['placeholder-too-early', 'texts/de.yaml:9: ', 'is not known on this page yet'],
  ['journey-no-longer-plays', 'journeys/green.yaml:19: ', '`litres` is 0.4, not 0.6'],
  ['journey-skips-a-page', 'journeys/green.yaml:11: ', 'page `place` comes first'],
  [
    'journey-without-its-error',
    'journeys/green.yaml:6: ',
    'expected the error `tooMuch` at `cups` and got no error',
  ],
  ['journey-to-nowhere', 'journeys/green.yaml:15: ', 'Did you mean `guests`'],
  ['journey-fills-nothing', 'journeys/green.yaml:16: ', 'does not ask `people`'],
  ['not-yaml', 'service.yaml:6: ', 'not valid YAML'],
  ['cost-says-something-else', 'texts/de.yaml:3: ', '`cost` does not say the fee: 5 euros'],
  ['reserved-page-id', 'service.yaml:40: ', 'the page id `pay` is reserved'],
  ['identity-nobody-asks-for', 'service.yaml:6: ', 'but the pages identify people at level `none`'],
  ['identify-without-level', 'service.yaml:53: ', 'needs the `level:` it asks for'],
  ['from-the-id-elsewhere', 'service.yaml:39: ', 'only questions of an identify page'],
  ['finish-for-everybody', 'service.yaml:44: ', 'everybody would end here'],
  ['fee-per-no-number', 'service.yaml:7: ', 'is not a question of kind `number`'],
  ['exemption-without-law', 'service.yaml:7: ', 'which rule frees people of the fee'],
  ['exemption-that-cannot-be-read', 'service.yaml:7: ', '`kidn` is not the id of a question'],
  ['device-that-is-none', 'service.yaml:53: ', 'needs `device: { id, modeFrom, outcomes }`'],
  ['device-without-a-mode', 'service.yaml:55: ', '`modeFrom` must name a question of kind `chooseOne`'],
  ['portal-nowhere', 'service.yaml:53: ', 'a page of `kind: portal` needs `portal:`'],
  ['register-that-keeps', 'service.yaml:12: ', 'nothing is kept of this service'],
  ['missing-fee-text', 'texts/de.yaml:1: ', 'missing text `fee.item` (de)'],
  ['journey-costs-something-else', 'journeys/green.yaml:19: ', '500 cents are to be paid, not 400'],
  ['page-that-nobody-sees', 'service.yaml:19: ', 'no journey reaches page `rules`'],
  ['sections-that-go-back', 'service.yaml:67: ', 'section `check` begins before'],
  ['sections-from-nowhere', 'service.yaml:66: ', 'there is no page `places`. Did you mean `place`'],
  ['journey-of-nobody', 'journeys/green.yaml:6: ', 'there is no test person `nobody`'],
];

function folderOf(name: string): string {
  const folder = join(scratch, name, 'teahouse');
  cpSync(join(definitions, 'healthy'), folder, { recursive: true });
  cpSync(join(definitions, name), folder, { recursive: true });
  return folder;
}

test('a healthy service has no problems', () => {
  const { services, problems } = checkFolder(folderOf('healthy'), '2026-11-23');
  assert.equal(formatProblems(problems), '');
  assert.deepEqual(
    services.map((service) => service.slug),
    ['teahouse'],
  );
});

for (const [name, place, message] of CASES) {
  test(`${name} is found, with file and line`, () => {
    const folder = folderOf(name);
    const lines = formatProblems(checkFolder(folder, '2026-11-23').problems).split('\n');
    const found = lines.filter((line) => line.startsWith(join(folder, place)) && line.includes(message));
    assert.equal(found.length, 1, `wanted ${place}${message}, got\n${lines.join('\n')}`);
  });
}

test('every broken definition is in the list', () => {
  const folders = readdirSync(definitions).filter((name) => name !== 'healthy');
  assert.deepEqual(folders.sort(), CASES.map(([name]) => name).sort());
});

test('missing German texts and a missing journey are found', () => {
  const folder = folderOf('healthy');
  rmSync(join(folder, 'texts/de.yaml'));
  rmSync(join(folder, 'journeys'), { recursive: true });
  const said = formatProblems(checkFolder(folder, '2026-11-23').problems);
  assert.match(said, /texts\/de\.yaml:1: is missing/);
  assert.match(said, /service\.yaml:1: example journeys are missing/);
});
