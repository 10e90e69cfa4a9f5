/** What clerks read; the desk works in German. */
import { about, isLanguage, euros as moneyIn, roomWords, SOURCE } from '#language';
import type { RefundTask } from '#payment';
import type { Words } from './words/keys.ts';

const words = roomWords<Words>('desk');

/** States as clerks call them. */
export const STATE_WORDS = words('states')(SOURCE);

/** Entries of a case's history. */
export const EVENT_WORDS = words('events')(SOURCE);

/** What a clerk can decide. */
export const DECISION_WORDS = words('decisions')(SOURCE);

/** How somebody paid. */
export const WAY_WORDS = words('ways')(SOURCE);

/** What became of a payment. */
export const PAYMENT_WORDS = words('payments')(SOURCE);

/** How somebody ended a refund task. */
export const REFUND_END_WORDS = words('refundEnds')(SOURCE);

const LANGUAGE_NAMES = new Intl.DisplayNames(about(SOURCE).tag, { type: 'language' });

/** @returns the language a person chose, in German; a register by its own name */
export function languageWord(language: string): string {
  if (!isLanguage(language)) return language;
  const { register, name, lang } = about(language);
  return register === undefined ? (LANGUAGE_NAMES.of(lang) ?? name) : name;
}

const ERROR_WORDS = words('errors')(SOURCE);

/** @returns why a delivery did not work, in German */
export function errorWord(code: string | null): string {
  if (code === null) return ERROR_WORDS.unknown;
  const known: Readonly<Record<string, string>> = ERROR_WORDS;
  return Object.hasOwn(known, code) ? (known[code] ?? code) : code;
}

const REFUND_WORDS = words('refunds')(SOURCE);

/** @returns why money has to go back */
export function refundWord({ reason, twice }: Pick<RefundTask, 'reason' | 'twice'>): string {
  return reason === 'stray' && twice ? REFUND_WORDS.twice : REFUND_WORDS[reason];
}

/** @returns whole cents as `13,00 €` */
export const euros = (cents: number): string => moneyIn(cents, SOURCE);
