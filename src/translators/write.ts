/** Texts beside their German as XLIFF 1.2: one `file` for each YAML file, one `trans-unit` for each text, named as it is there. */
import { about, type Freshness, freshnessOfAll, type Language, type Pair, SOURCE, seenNow } from '#language';
import { escapeXml } from '#xml';
import { XLIFF, xliffTag } from './names.ts';

/** A text that is right, or is missing, says so by itself. */
const stateName = ({ state, machine }: Freshness): string => {
  if (state === 'stale') return 'needs-adaptation';
  return machine ? 'needs-review-translation' : 'translated';
};

const PLURAL = /\{\s*\w+\s*,\s*plural\s*,/;
const CHOICE = /\{\s*\w+\s*,\s*(?:plural|selectordinal|select)\s*,/;
const FILLED = /\{\s*([\w.]+)\s*[,}]/g;

/** What a translator has to know who sees this text alone. */
function notesOf(german: string, { state }: Freshness, language: Language, isList: boolean): string[] {
  const notes: string[] = [];
  if (state === 'stale') notes.push('The German has changed since this was translated.');
  if (isList) notes.push('A list: one entry a line. There may be more or fewer than in German.');
  if (CHOICE.test(german))
    notes.push(
      'ICU MessageFormat: translate what stands in the inner braces, and keep the words before them.',
    );
  else if (german.includes('{')) {
    const names = new Set([...german.matchAll(FILLED)].map(([, name]) => `{${name}}`));
    notes.push(`Filled in later, keep as it is: ${[...names].join(', ')}`);
  }
  if (PLURAL.test(german)) {
    const { pluralCategories } = new Intl.PluralRules(about(language).tag).resolvedOptions();
    notes.push(`Plural forms of this language: ${pluralCategories.join(', ')}`);
  }
  return notes;
}

function unitOf(pair: Pair, name: string, freshness: Freshness): string {
  const german = pair.source.get(name) ?? '';
  const own = pair.own.texts.get(name);
  const target =
    own === undefined ? '' : `        <target state="${stateName(freshness)}">${escapeXml(own)}</target>\n`;
  const notes = notesOf(german, freshness, pair.language, pair.lists.has(name)).map(
    (note) => `        <note from="amtomat">${escapeXml(note)}</note>\n`,
  );
  // What was sent out, so that what comes back can be told from what somebody has written here since.
  const sent = seenNow(german, own ?? '', false);
  return `      <trans-unit id="${escapeXml(name)}" extradata="${sent}" xml:space="preserve">
        <source>${escapeXml(german)}</source>
${target}${notes.join('')}      </trans-unit>
`;
}

function fileOf(pair: Pair): string {
  const units = [...freshnessOfAll(pair.source, pair.own)]
    .filter(([name]) => pair.source.get(name) !== '')
    .map(([name, freshness]) => unitOf(pair, name, freshness));
  if (units.length === 0) return '';
  const tags = `source-language="${xliffTag(SOURCE)}" target-language="${xliffTag(pair.language)}"`;
  return `  <file original="${escapeXml(pair.file)}" ${tags} datatype="plaintext" tool-id="amtomat">
    <header><tool tool-id="amtomat" tool-name="Amtomat"/></header>
    <body>
${units.join('')}    </body>
  </file>
`;
}

/**
 * Placeholders stay text: in a sentence with plural forms they must stand in forms that only the translator can add, which no
 * protected element allows, and two ways of writing one thing would be confusing. What comes back is checked instead.
 * @param pairs texts of one language
 */
export function writeXliff(pairs: readonly Pair[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="${XLIFF}">
${pairs.map(fileOf).join('')}</xliff>
`;
}
