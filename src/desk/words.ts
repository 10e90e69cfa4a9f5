/** What clerks read; the desk works in German. */
import { about, isLanguage, euros as moneyIn, roomWords, SOURCE } from '#language';
import type { RefundTask } from '#payment';
import type { Child } from '#web';
import type { Words } from './words/keys.ts';

const words = roomWords<Words>('desk');

/** @returns the words of a page, or of something that several pages name */
export const said = <Group extends keyof Words>(group: Group): Words[Group] => words(group)(SOURCE);

/** Stands for what is not text, and is typed by nobody. */
const OBJECT = '\ufffc';

/**
 * A sentence with something else than text in it, such as a link or a time.
 * @param sentence what is said
 * @param inside what stands in the places of its values
 * @returns both, in the order of the sentence
 */
export function saidWith<Name extends string>(
  sentence: (values: Record<Name, string>) => string,
  inside: Readonly<Record<Name, Child>>,
): Child {
  const names = Object.keys(inside) as Name[];
  const marks = names.map((name) => [name, `${OBJECT}${name}${OBJECT}`]);
  return sentence(Object.fromEntries(marks) as Record<Name, string>)
    .split(OBJECT)
    .map((part, at) => (at % 2 === 0 ? part : inside[part as Name]));
}

/** States as clerks call them. */
export const STATE_WORDS = said('states');

/** Entries of a case's history. */
export const EVENT_WORDS = said('events');

/** What a clerk can decide. */
export const DECISION_WORDS = said('decisions');

/** How somebody paid. */
export const WAY_WORDS = said('ways');

/** What became of a payment. */
export const PAYMENT_WORDS = said('payments');

/** How somebody ended a refund task. */
export const REFUND_END_WORDS = said('refundEnds');

const LANGUAGE_NAMES = new Intl.DisplayNames(about(SOURCE).tag, { type: 'language' });

/** @returns the language a person chose, in German; a register by its own name */
export function languageWord(language: string): string {
  if (!isLanguage(language)) return language;
  const { register, name, lang } = about(language);
  return register === undefined ? (LANGUAGE_NAMES.of(lang) ?? name) : name;
}

const ERROR_WORDS = said('errors');

/** @returns why a delivery did not work, in German */
export function errorWord(code: string | null): string {
  if (code === null) return ERROR_WORDS.unknown;
  const known: Readonly<Record<string, string>> = ERROR_WORDS;
  return Object.hasOwn(known, code) ? (known[code] ?? code) : code;
}

const REFUND_WORDS = said('refunds');

/** @returns why money has to go back */
export function refundWord({ reason, twice }: Pick<RefundTask, 'reason' | 'twice'>): string {
  return reason === 'stray' && twice ? REFUND_WORDS.twice : REFUND_WORDS[reason];
}

/** @returns whole cents as `13,00 €` */
export const euros = (cents: number): string => moneyIn(cents, SOURCE);
