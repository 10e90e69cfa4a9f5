import { decodeFields, type Fields, TLV_FIELD } from './bmp.ts';
import { fromBcd } from './bytes.ts';
import { type Charset, decodeText } from './charset.ts';
import { decodeTlv, findTlv } from './tlv.ts';

/** ISO 4217 */
export const EURO = 978;

/** The `04 0F` message: what a transaction came to. */
export interface StatusInformation {
  /** 0 when it succeeded. */
  result: number;
  amountCents: number | undefined;
  currency: number | undefined;
  trace: number | undefined;
  /** The trace number of the transaction that this one takes back. */
  originalTrace: number | undefined;
  receiptNumber: number | undefined;
  terminalId: string | undefined;
  cardName: string | undefined;
  maskedPan: string | undefined;
  /** Number of payments by an end of day's break-down by card, and their sum. */
  totals: { count: number; cents: number } | undefined;
}

/** Where traces are longer than six digits, BMP 0B is all zeros and the number stands in this TLV tag. */
const LONG_TRACE = 0x1f2b;
/** Two receipt numbers of two bytes come before the break-down of BMP 60. */
const TOTALS_START = 4;
const COUNT_BYTES = 1;
const SUM_BYTES = 6;

function numberOf(fields: Fields, field: number): number | undefined {
  const bytes = fields.get(field);
  return bytes === undefined ? undefined : fromBcd(bytes);
}

function traceOf(fields: Fields): number | undefined {
  const short = numberOf(fields, 0x0b);
  const container = fields.get(TLV_FIELD);
  if (short !== 0 || container === undefined) return short;
  const [long] = findTlv(decodeTlv(container), LONG_TRACE);
  return long === undefined ? short : fromBcd(long.value);
}

/** Keeps the last four digits, whatever the terminal sends: this program has no business with the others. */
function maskedPanOf(fields: Fields): string | undefined {
  const digits = Buffer.from(fields.get(0x22) ?? [])
    .toString('hex')
    .replace(/f$/, '');
  const last = /\d{4}$/.exec(digits)?.[0];
  return last === undefined ? undefined : `**** ${last}`;
}

function totalsOf(fields: Fields): StatusInformation['totals'] {
  const bytes = fields.get(0x60);
  if (bytes === undefined || (bytes.length - TOTALS_START) % (COUNT_BYTES + SUM_BYTES) !== 0)
    return undefined;
  const totals = { count: 0, cents: 0 };
  for (let at = TOTALS_START; at < bytes.length; at += COUNT_BYTES + SUM_BYTES) {
    totals.count += bytes[at] ?? 0;
    totals.cents += fromBcd(bytes.subarray(at + COUNT_BYTES, at + COUNT_BYTES + SUM_BYTES));
  }
  return totals;
}

/**
 * Reads a `04 0F` message.
 * @param data its data
 * @throws ZvtFormatError when it is malformed
 */
export function readStatusInformation(data: Uint8Array, charset: Charset): StatusInformation {
  const fields = decodeFields(data);
  const cardName = fields.get(0x8b);
  const terminal = fields.get(0x29);
  return {
    // One that does not say how it ended has not succeeded.
    result: fields.get(0x27)?.[0] ?? 0xff,
    amountCents: numberOf(fields, 0x04),
    currency: numberOf(fields, 0x49),
    trace: traceOf(fields),
    originalTrace: numberOf(fields, 0x37),
    receiptNumber: numberOf(fields, 0x87),
    terminalId: terminal === undefined ? undefined : Buffer.from(terminal).toString('hex'),
    cardName: cardName === undefined ? undefined : decodeText(cardName, charset).trim(),
    maskedPan: maskedPanOf(fields),
    totals: totalsOf(fields),
  };
}
