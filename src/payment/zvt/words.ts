import type { CardReadiness, CardRefusal, CardStatus } from '../card-terminal.ts';
import { RESULT } from './commands.ts';

function codes<Word>(word: Word, ...numbers: number[]): [number, Word][] {
  return numbers.map((number) => [number, word]);
}

/** The codes of `04 FF` that a person at the screen needs to know (PA00P015, intermediate status). */
const WORDS = new Map<number, CardStatus>([
  ...codes<CardStatus>('insertCard', 0x0a, 0x2a),
  // The terminal only says: look at my pad. What it wants there is the PIN, or a confirmation.
  ...codes<CardStatus>('enterPin', 0x01, 0x02),
  ...codes<CardStatus>('wrongPin', 0x15, 0x18),
  ...codes<CardStatus>('choose', 0x28, 0x29, 0x2c, 0x69, 0xe0, 0xe1),
  ...codes<CardStatus>('pleaseWait', 0x00, 0x04, 0x06, 0x0e, 0x0f, 0x17, 0x2b, 0x68, 0xd2, 0xd3),
  ...codes<CardStatus>('removeCard', 0x0b),
  ...codes<CardStatus>('cardUnreadable', 0x0c),
  ...codes<CardStatus>('cardRefused', 0x07, 0x08, 0x09, 0x10, 0x19),
  ...codes<CardStatus>('approved', 0x1b, 0x1c),
  ...codes<CardStatus>('declined', 0x03, 0x13, 0x14, 0x16, 0x1d),
  ...codes<CardStatus>('aborted', 0x0d),
  ...codes<CardStatus>('reversing', 0x05),
]);
/** These codes repeat 0x01 to 0x27, each with "please remove the card". */
const CARD_INSIDE = { first: 0x41, last: 0x67, offset: 0x40 };

/** @returns our word for an intermediate status, or undefined when there is nothing in it for the person */
export function statusWord(code: number | undefined): CardStatus | undefined {
  if (code === undefined) return undefined;
  if (code < CARD_INSIDE.first || code > CARD_INSIDE.last) return WORDS.get(code);
  const word = WORDS.get(code - CARD_INSIDE.offset);
  // Waiting and looking at the pad are over once the card comes out; a refusal is worth more than the card.
  return word === undefined || word === 'pleaseWait' || word === 'enterPin' ? 'removeCard' : word;
}

/** 0x01 to 0x63 are the answers of the card's bank. */
const LAST_OF_BANK = 0x63;
const WRONG_PIN = new Set([0x37, 0x38, 0x4b]);
/** What the terminal itself has against this card. */
const CARD = new Set([
  0x64, 0x65, 0x67, 0x68, 0x6e, 0x71, 0x72, 0x73, 0x76, 0x78, 0x79, 0x7a, 0x7b, 0x7c, 0xc3, 0xc5,
]);

/** @returns why there was no payment, from the result code of `04 0F`, `06 1E` or `84 xx` */
export function refusalOf(code: number | undefined): CardRefusal {
  if (code === undefined) return 'failed';
  if (code === RESULT.aborted) return 'aborted';
  if (code === RESULT.pleaseWait) return 'busy';
  if (code === RESULT.printerNotReady) return 'printer';
  if (WRONG_PIN.has(code)) return 'wrongPin';
  return (code > RESULT.ok && code <= LAST_OF_BANK) || CARD.has(code) ? 'declined' : 'failed';
}

const READINESS = new Map<number, CardReadiness>([
  [RESULT.ok, 'ready'],
  [0x51, 'initialise'],
  [RESULT.pleaseWait, 'busy'],
  [0xdc, 'cardInserted'],
  [0xf0, 'endOfDayDue'],
]);
const VERSION_FIELD = 0xf0;

/**
 * @param data of the completion that answers a status enquiry: the status byte, with the software's version (LLLVAR)
 *   before it from some terminals
 */
export function readinessOf(data: Uint8Array): CardReadiness {
  const [first, hundreds, tens, ones] = data;
  const hasVersion = first === VERSION_FIELD && hundreds !== undefined && hundreds >= 0xf0;
  if (!hasVersion || tens === undefined || ones === undefined) return READINESS.get(first ?? 0) ?? 'failed';
  const size = (hundreds & 0x0f) * 100 + (tens & 0x0f) * 10 + (ones & 0x0f);
  return READINESS.get(data[4 + size] ?? 0) ?? 'failed';
}
