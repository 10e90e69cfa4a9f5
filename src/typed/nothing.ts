/** What people write into a field for which they have nothing, because they think that it must not stay empty. */

/**
 * Signs without a letter or digit, an x or a row of them (passports print it for a missing name), and the words for it. "KA",
 * "Kein" and every other single letter are names; the refusal says what an x stands for.
 */
const NO_NAME =
  /^(?:[^\p{L}\p{N}]+|x{1,5}|k\. ?a\.?|n ?\/ ?a|keine(?: (?:angaben?|(?:vor|nach|familien)?namen?))?|keinen? (?:vor|nach|familien)?namen?|no ?name|unbekannt|unknown|entf(?:ä|ae)llt|nicht vorhanden|(?:das )?wei(?:ß|ss) (?:ich )?(?:noch )?nicht|(?:noch )?(?:nicht bekannt|unklar)|keine ahnung|n\. ?n\.|s\. ?o\.|siehe oben|(?:i )?do(?:n['’]t| not) know(?: yet)?|not known(?: yet)?)$/iu;
const NO_NUMBER =
  /^(?:[^\p{L}\p{N}]+|x{1,5}|k\. ?a\.?|n ?\/ ?a|s ?\/ ?n|ohne|keine?|o\. ?(?:haus)?nr\.?|(?:ohne|keine) (?:angaben?|haus-?nummern?|nummern?|(?:haus-?)?nr\.?)|none|no number|unbekannt|entf(?:ä|ae)llt|nicht vorhanden)$/iu;

/** @returns whether the text stands where a name should, and is none: "-", "x", "keine", "k.A." */
export function isNoName(text: string): boolean {
  return NO_NAME.test(text.normalize('NFC').trim());
}

/** @returns whether the text says that a house has no number: "ohne", "-", "keine" */
export function isNoNumber(text: string): boolean {
  return NO_NUMBER.test(text.normalize('NFC').trim());
}
