import { decodeFields, TLV_FIELD } from './bmp.ts';
import { ZvtFormatError } from './bytes.ts';
import { type Charset, decodeText } from './charset.ts';
import { COMMAND } from './commands.ts';
import type { Apdu } from './frames.ts';
import { decodeTlv, findTlv } from './tlv.ts';

const RECEIPT_TYPE = 0x1f07;
const MERCHANT = 1;
const TEXT_LINE = 0x07;
/** The attribute byte of a `06 D1` that only feeds paper. */
const FEED = 0xff;
/** Far more than any receipt has; a terminal cannot fill the memory. */
const MAX_LINES = 400;

/**
 * Reads the lines of a `06 D1` or `06 D3` message.
 * @returns the customer's lines; none for the merchant's copy
 * @throws ZvtFormatError when it is malformed
 */
function readLines({ command, data }: Apdu, charset: Charset): string[] {
  if (command === COMMAND.printLine) {
    return data[0] === FEED ? [] : [decodeText(data.subarray(1), charset)];
  }
  const container = decodeFields(data).get(TLV_FIELD);
  if (container === undefined) return [];
  const objects = decodeTlv(container);
  if (findTlv(objects, RECEIPT_TYPE)[0]?.value[0] === MERCHANT) return [];
  return findTlv(objects, TEXT_LINE).map(({ value }) => decodeText(value, charset));
}

/**
 * @returns the lines so far and those of the message. A malformed message adds none: it must not be refused, because the
 *   terminal would reverse a payment that is written down already, and all that is wrong with it is its paper
 */
export function addLines(lines: readonly string[], message: Apdu, charset: Charset): string[] {
  try {
    return [...lines, ...readLines(message, charset)].slice(0, MAX_LINES);
  } catch (error) {
    if (error instanceof ZvtFormatError) return [...lines];
    throw error;
  }
}
