/** Languages as data: which there are, what each room says in them, and how they write numbers and dates. */
export { completed, inEvery } from './every.ts';
export { allInLang, germanIn, inLang, type Run, runsOf, saidInItsLanguage, withoutMarks } from './foreign.ts';
export {
  amount,
  choiceOf,
  compare,
  dateParts,
  dateWithWeekday,
  decimal,
  euros,
  inARow,
  listOf,
  longDate,
  monthNames,
  price,
  regionName,
  timeInWords,
  waitingTime,
  wholeNumber,
} from './format.ts';
export { withGermanWords } from './german-words.ts';
export type { Language } from './keys.ts';
export {
  type About,
  about,
  approved,
  directionOf,
  isGerman,
  isLanguage,
  LANGUAGES,
  languageOf,
  SOURCE,
} from './languages.ts';
export { inOwnOrder } from './message.ts';
export { freshnessOfAll, remember, seenFile, type Verdict } from './record.ts';
export { fromProgram, inProgram, type Pair, roomPairs, typeFiles } from './rooms.ts';
export {
  type Freshness,
  freshnessOf,
  freshnessOfMarks,
  isSeen,
  print,
  type Seen,
  seenIn,
  seenNow,
  seenQuickly,
  type Texts,
} from './seen.ts';
export { isUnapproved, roomWords } from './words.ts';
