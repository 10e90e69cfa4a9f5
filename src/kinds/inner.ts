/** The kinds that can stand on a page and in the entries of a group: a new kind is a new file and a line here. */
import { address } from './address.ts';
import { chooseOne } from './choose-one.ts';
import { chooseSome } from './choose-some.ts';
import { country } from './country.ts';
import { date } from './date.ts';
import { declaration } from './declaration.ts';
import { email } from './email.ts';
import { file } from './file.ts';
import { iban } from './iban.ts';
import type { AnyKind } from './kind.ts';
import { longText } from './long-text.ts';
import { name } from './name.ts';
import { number } from './number.ts';
import { phone } from './phone.ts';
import { serialNumber } from './serial-number.ts';
import { text } from './text.ts';
import { yesNo } from './yes-no.ts';

/** Each kind stands under its own name, or the type checker complains. */
export const named = <T extends { readonly [K in keyof T]: { readonly kind: K } }>(kinds: T): T => kinds;

/** What all of these kinds call their own errors. */
export type CodesOf<T extends Readonly<Record<string, { readonly errors: object }>>> = {
  [K in keyof T]: keyof T[K]['errors'];
}[keyof T];

export const INNER = named({
  text,
  name,
  longText,
  number,
  date,
  yesNo,
  chooseOne,
  chooseSome,
  country,
  address,
  phone,
  email,
  serialNumber,
  iban,
  file,
  declaration,
});

type Inner = (typeof INNER)[keyof typeof INNER];
export type InnerQuestion = NonNullable<Inner['question']>;
/** Codes of the errors that these kinds alone have. */
export type InnerCode = CodesOf<typeof INNER> & string;
type InnerDefinition = Inner['definition'];

export const INNER_DEFINITIONS = Object.values(INNER).map(({ definition }) => definition) as [
  InnerDefinition,
  ...InnerDefinition[],
];

/** @returns what the kind of a question in a group says of it */
export const innerKindOf = (question: InnerQuestion): AnyKind => INNER[question.kind];
