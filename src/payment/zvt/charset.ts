/** What a terminal writes texts in. The protocol's own is code page 437; some terminals send ISO 8859-1 unasked. */
export type Charset = 'cp437' | 'latin1' | 'utf8';

/** The upper half of code page 437, from 0x80 on. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** @returns the text up to a NUL; control characters are left out, and what cannot be read becomes `�` */
export function decodeText(bytes: Uint8Array, charset: Charset): string {
  const end = bytes.indexOf(0);
  const content = end < 0 ? bytes : bytes.subarray(0, end);
  return toUnicode(content, charset).replaceAll(/\p{Cc}/gu, '');
}

function toUnicode(bytes: Uint8Array, charset: Charset): string {
  if (charset !== 'cp437') return Buffer.from(bytes).toString(charset);
  return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : CP437[byte - 0x80])).join('');
}

/** @returns the text in code page 437; what it does not have becomes `?` */
export function encodeText(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      if (letter.length === 1 && code < 0x80) return code;
      const index = CP437.indexOf(letter);
      return index < 0 ? 0x3f : 0x80 + index;
    }),
  );
}
