/** What people may type for a card: only form is checked here, never whether it is right. Pure. */

import { asTyped } from '#typed';

/**
 * transport: the five digits of the PIN letter; own: the six digits chosen by the holder; new: the six digits chosen
 * just now, of which nobody knows whether the card has taken them.
 */
export type Mode = 'transport' | 'own' | 'new';

/** What the card asks for. */
export type Ask = 'pin' | 'can' | 'puk' | 'newPin';

/** What is wrong with an entry, before anything has been sent to the card. */
export type Fault = 'length5' | 'length6' | 'length10' | 'isCan' | 'notNew' | 'simple' | 'different';

export interface Entry {
  value: string;
  /** A new PIN a second time. */
  again: string;
  /** Whether `value` is the CAN that was entered before. */
  isCan: boolean;
  /** Whether `value` is the new PIN that was chosen before. */
  isNew: boolean;
}

/** Digits grouped by spaces are the same digits, and so are those of other scripts. */
export function digitsOf(typed: string): string {
  return asTyped(typed).replace(/\s/g, '');
}

/** 000000, 121212 and 123123: a short piece again and again. */
const REPEATED = /^(\d{1,3})\1+$/;

/** 123456 and 987654: each digit is the next one, up or down. */
function isRun(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, at) => Number(digit) - Number(digits[at]));
  return Math.abs(steps[0] ?? 0) === 1 && steps.every((one) => one === steps[0]);
}

/** A new PIN: six digits, not easy to guess, not the CAN, twice the same (§ 20(4) PAuswV). */
function newPinFault({ value, again, isCan }: Entry): Fault | undefined {
  if (!/^\d{6}$/.test(value)) return 'length6';
  if (REPEATED.test(value) || isRun(value)) return 'simple';
  if (isCan) return 'isCan';
  return value === again ? undefined : 'different';
}

/**
 * @param mode which PIN is asked for
 * @returns why an entry cannot be sent to the card, or undefined when it can
 */
export function faultOf(what: Ask, mode: Mode, entry: Entry): Fault | undefined {
  const { value, isCan, isNew } = entry;
  if (what === 'newPin') return newPinFault(entry);
  if (what === 'can') return /^\d{6}$/.test(value) ? undefined : 'length6';
  if (what === 'puk') return /^\d{10}$/.test(value) ? undefined : 'length10';
  if (mode === 'transport') return /^\d{5}$/.test(value) ? undefined : 'length5';
  if (!/^\d{6}$/.test(value)) return 'length6';
  // Any other PIN would cost a try and tell nothing.
  if (mode === 'new') return isNew ? undefined : 'notNew';
  return isCan ? 'isCan' : undefined;
}
