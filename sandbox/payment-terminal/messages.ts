import {
  type Apdu,
  COMMAND,
  encodeFields,
  encodeText,
  encodeTlv,
  RESULT,
  TLV_FIELD,
  toBcd,
} from '#payment/zvt';
import { civilDate, civilTime } from '#time';
import type { Closing, Transaction } from './bank.ts';
import type { Behaviour } from './behaviour.ts';

export const TERMINAL_ID = 29_000_910;
const EURO = 978;
const CARD_NAME = 'girocard\0';
/** A masked number, as a girocard's is printed: E stands for a hidden digit. */
const MASKED_PAN = Buffer.from('eeeeeeeeeeee4711', 'hex');
const GIROCARD = 0x05;
const ONLINE_WITH_PIN = 0x70;
const CUSTOMER_RECEIPT = 2;
const ADMINISTRATION_RECEIPT = 3;
/** girocard, JCB, Mastercard, American Express, Visa, Diners, others */
const CARD_KINDS = 7;
const MOST_IN_A_DAY = 255;

const byte = (value: number): Uint8Array => Uint8Array.of(value);

export function intermediate(code: number): Apdu {
  return { command: COMMAND.intermediateStatus, data: byte(code) };
}

export function completion(data: Uint8Array = new Uint8Array()): Apdu {
  return { command: COMMAND.completion, data };
}

export function abort(code: number): Apdu {
  return { command: COMMAND.abort, data: byte(code) };
}

/** `04 0F` of a transaction that did not come about. */
export function failure(code: number): Apdu {
  const data = encodeFields([
    [0x27, byte(code)],
    [0x29, toBcd(TERMINAL_ID, 4)],
  ]);
  return { command: COMMAND.statusInformation, data };
}

function timeFields(now: Date): [number, Uint8Array][] {
  const hours = civilTime(now).replace(':', '');
  return [
    [0x0c, Buffer.from(`${hours}00`, 'hex')],
    [0x0d, Buffer.from(civilDate(now).slice(5).replace('-', ''), 'hex')],
  ];
}

/** `04 0F` of a transaction that did. */
export function success(transaction: Transaction, now: Date, lie: Behaviour['lie'] = {}): Apdu {
  const { amountCents, trace, reverses, receiptNumber } = transaction;
  const data = encodeFields([
    [0x27, byte(RESULT.ok)],
    [0x04, toBcd(lie.amountCents ?? amountCents, 6)],
    [0x0b, toBcd(trace, 3)],
    ...(reverses === undefined ? [] : [[0x37, toBcd(reverses, 3)] as const]),
    ...timeFields(now),
    [0x19, byte(ONLINE_WITH_PIN)],
    [0x22, MASKED_PAN],
    [0x29, toBcd(TERMINAL_ID, 4)],
    [0x49, toBcd(lie.currency ?? EURO, 2)],
    [0x87, toBcd(receiptNumber, 2)],
    [0x8a, byte(GIROCARD)],
    [0x8b, encodeText(CARD_NAME)],
  ]);
  return { command: COMMAND.statusInformation, data };
}

/** `04 0F` of an end of day: the sum, and its break-down by kinds of card. */
export function closingStatus({ totalCents, count, first, last }: Closing, now: Date): Apdu {
  const none = Buffer.concat([byte(0), toBcd(0, 6)]);
  const breakDown = Buffer.concat([
    toBcd(first, 2),
    toBcd(last, 2),
    byte(Math.min(count, MOST_IN_A_DAY)),
    toBcd(totalCents, 6),
    ...Array.from({ length: CARD_KINDS - 1 }, () => none),
  ]);
  const data = encodeFields([
    [0x27, byte(RESULT.ok)],
    [0x04, toBcd(totalCents, 6)],
    ...timeFields(now),
    ...(count > MOST_IN_A_DAY ? [] : [[0x60, breakDown] as const]),
  ]);
  return { command: COMMAND.statusInformation, data };
}

function printBlock(type: number, lines: readonly string[]): Apdu {
  const texts = lines.map((line) => encodeTlv(0x07, encodeText(line)));
  const container = Buffer.concat([
    encodeTlv(0x1f07, byte(type)),
    encodeTlv(0x25, Buffer.concat([...texts, encodeTlv(0x09, byte(0x81))])),
  ]);
  return { command: COMMAND.printBlock, data: encodeFields([[TLV_FIELD, container]]) };
}

function euros(cents: number): string {
  return `EUR ${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
}

export function receipt({ amountCents, receiptNumber, trace, reverses }: Transaction, now: Date): Apdu {
  return printBlock(CUSTOMER_RECEIPT, [
    reverses === undefined ? '* * Kundenbeleg * *' : '* * Storno - Kundenbeleg * *',
    'girocard',
    '############4711',
    `${civilDate(now)} ${civilTime(now)}`,
    `Terminal-ID ${TERMINAL_ID}`,
    `Beleg-Nr. ${String(receiptNumber).padStart(4, '0')}`,
    `TA-Nr. ${String(trace).padStart(6, '0')}`,
    euros(amountCents),
    reverses === undefined ? 'Zahlung erfolgt' : 'Betrag zurückgebucht',
  ]);
}

export function closingReceipt({ totalCents, count }: Closing): Apdu {
  const lines = ['* * Kassenschnitt * *', `Anzahl ${count}`, `Summe ${euros(totalCents)}`];
  return printBlock(ADMINISTRATION_RECEIPT, lines);
}
