import type { Apdu } from './frames.ts';

/** Messages by CLASS and INS (PA00P015, summary of commands). The first group comes from the register. */
export const COMMAND = {
  statusEnquiry: 0x0501,
  registration: 0x0600,
  authorisation: 0x0601,
  repeatReceipt: 0x0620,
  reversal: 0x0630,
  endOfDay: 0x0650,
  abortByRegister: 0x06b0,

  statusInformation: 0x040f,
  intermediateStatus: 0x04ff,
  completion: 0x060f,
  abort: 0x061e,
  printLine: 0x06d1,
  printBlock: 0x06d3,

  accepted: 0x8000,
} as const;

/** Result codes that this side gives or must understand one by one (PA00P015, error messages). */
export const RESULT = {
  ok: 0x00,
  notReadable: 0x64,
  processing: 0x66,
  notRegistered: 0x6b,
  aborted: 0x6c,
  notPossible: 0x83,
  pleaseWait: 0x9c,
  alreadyReversed: 0xb4,
  reversalNotPossible: 0xb5,
  amountTooSmall: 0xc8,
  printerNotReady: 0xcc,
} as const;

const REFUSED_CLASS = 0x84;
const NOTHING = new Uint8Array();

/** `80 00 00` */
export const ACCEPTED: Apdu = { command: COMMAND.accepted, data: NOTHING };

/** `84 xx 00`: the other side learns why not. */
export function refused(code: number): Apdu {
  return { command: (REFUSED_CLASS << 8) | code, data: NOTHING };
}

/**
 * @returns the result code of an acknowledgement: 0 when accepted (`80 xx`, `84 00`), else why not; undefined when the
 *   message is no acknowledgement
 */
export function acknowledgement({ command }: Apdu): number | undefined {
  if (command >> 8 === 0x80) return RESULT.ok;
  return command >> 8 === REFUSED_CLASS ? command & 0xff : undefined;
}
