/**
 * Kinds of questions: what each is in a definition, on a page, when it is read, and when it is shown. Pure.
 * One file per kind; `kind.ts` says what a kind has to say.
 */

export type { AddressAnswer } from './address/answer.ts';
export { splitStreet } from './address/text.ts';
export { readableAddress } from './address.ts';
export type { Asks, Demand } from './asks.ts';
export type { CountedSum } from './choose-some.ts';
export { COUNTRY_CODES } from './country/codes.ts';
export { countryNames } from './country/names.ts';
export * from './definition.ts';
export type { CommonCode } from './errors.ts';
export type { FileAnswer } from './file.ts';
export { entriesOf } from './group.ts';
export { type FormFields, Input } from './input.ts';
export { answersSchema, type JsonSchema, objectSchema } from './json-schema.ts';
export type { KindError, Outside, Reference, Resolved, Wording } from './kind.ts';
export * from './question.ts';
export { nameOfPart, type Read, readWith } from './reading.ts';
export { answerWords } from './said.ts';
export { calendarFor, calendarsOf, type SlotAnswer, type SlotCalendar } from './slot.ts';
export * from './table.ts';
export { notInNames, notInTexts } from './text/din91379.ts';
export * from './value-type.ts';
