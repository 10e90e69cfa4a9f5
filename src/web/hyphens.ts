/**
 * Long German compounds break where their parts meet. Browsers on terminals bring no hyphenation of their own
 * (Chromium fetches its dictionaries from the network), so headings and tiles carry soft hyphens.
 */

/** Second parts of the compounds that offices love. */
const HEADS = [
  'abholung',
  'abmeldung',
  'angehörig',
  'anmeldung',
  'anschrift',
  'antrag',
  'aufenthalt',
  'auskunft',
  'ausweis',
  'behörde',
  'bescheinigung',
  'bestätigung',
  'betreuung',
  'einwilligung',
  'erklärung',
  'erlaubnis',
  'förderung',
  'führung',
  'geber',
  'gebäude',
  'genehmigung',
  'geräte',
  'gesetz',
  'konto',
  'leistung',
  'nummer',
  'partner',
  'register',
  'schrank',
  'setzung',
  'stelle',
  'straße',
  'urkunde',
  'verfahren',
  'versicherung',
  'verzeichnis',
  'vorschuss',
  'zeugnis',
  'zuschlag',
];
const JOINT = new RegExp(`(?<=\\p{L}{4})(${HEADS.join('|')})`, 'giu');
/** Shorter words fit everywhere. */
const LONG = /\p{L}{14,}/gu;

/** @returns the text with soft hyphens in its long words, for headings and tiles in narrow places */
export function softHyphens(text: string): string {
  return text.replace(LONG, (word) => word.replace(JOINT, '\u00ad$1'));
}
