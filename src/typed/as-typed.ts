/** One writing for what can be typed in many. */

/**
 * Nothing of these can be seen: zero width, soft hyphens, marks of writing direction, variation selectors, tags, byte order
 * marks (Unicode's Default_Ignorable_Code_Point), control characters but for spaces and line ends.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|(?!\s)\p{Cc}/gu;
/** Full width forms of ASCII, as keyboards of East Asia write it. */
const WIDE = /[\uff01-\uff5e]/g;
const WIDE_SHIFT = 0xfee0;
/** Letters that print joins into one sign, as copied out of a PDF. */
const LIGATURE = /[\ufb00-\ufb06]/g;
const DIGIT = /\p{Nd}/gu;
const IS_DIGIT = /^\p{Nd}$/u;
/** Browsers send each end of a line in a text as two characters, whatever stood in the field. */
const LINE_ENDS = /\r\n?/g;
/** Nothing to do for what nearly everybody types. */
const PLAIN = /^[\t\n -~\u00a0-\u00ac\u00ae-\u017f]*$/;

/** Unicode keeps the ten digits of each script together, in order, so the value is the distance to the first of them. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (IS_DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

/**
 * @returns the text without what cannot be seen, with the digits of all scripts and full width signs as ASCII has them, joined
 * letters apart, and each end of a line as one character, as the field counts it
 */
export function asTyped(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(LINE_ENDS, '\n')
    .replace(INVISIBLE, '')
    .replace(WIDE, (sign) => String.fromCharCode(sign.charCodeAt(0) - WIDE_SHIFT))
    .replace(LIGATURE, (sign) => sign.normalize('NFKC'))
    .replace(DIGIT, digitValue);
}
