/** The sentence of an error: the same words at the field and in the summary on top of the page. */
import type { FieldError } from '#journey';
import { type CompiledQuestion, type ErrorCode, kindOf } from '#kinds';
import { choiceOf, type Language, longDate, saidInItsLanguage, wholeNumber } from '#language';
import type { QuestionTexts } from '#service';
import { isPartialDate } from '#time';
import { openEnded } from './label-end.ts';
import { entriesText, requiredText } from './required-text.ts';
import { errorWords, questionWords } from './said.ts';

/** What is missing is said with the label of the question that misses it. */
type GeneralCode = Exclude<ErrorCode, 'required' | 'fileMissing'>;
type Said = Readonly<Record<string, string>>;

/** Sentences that do not say what they are about: the question's label stands before them. */
const ABOUT_NOTHING: ReadonlySet<string> = new Set<ErrorCode>([
  'tooLong',
  'tooShort',
  'tooMany',
  'tooFew',
  'saysNothing',
  'notAllowedCharacters',
  'otherScript',
  'nameOtherScript',
  'notANumber',
  'tooSmall',
  'tooLarge',
  'notADate',
  'dateUnclear',
  'dayMissing',
  'monthMissing',
  'monthUnknown',
  'yearMissing',
  'yearWrong',
  'notAnOption',
]);
/** A longer label, such as the sentence of a declaration, does not stand before an error. */
const LABEL_MAX = 45;

/** Numbers and dates as the language writes them; a year is not grouped. */
function sayParams(params: FieldError['params'], plain: boolean, language: Language): Said {
  const say = (value: string | number): string => {
    if (typeof value === 'number') return plain ? String(value) : wholeNumber(value, language);
    return isPartialDate(value) ? longDate(value, language) : value;
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, say(value)]));
}

/** Fills `{name}` in a text of a definition; a name without a value stays away. */
function fillParams(text: string, params: Said): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? '');
}

/** @returns what says it with the question's own label, where it is that kind of error */
function fromLabel(
  { code, field, params }: FieldError,
  question: CompiledQuestion,
  label: string,
  language: Language,
): string | undefined {
  const { as } = kindOf(question).asks(question);
  if (code === 'required' || code === 'fileMissing')
    return requiredText(question, label, as === 'address' ? (field.split('.').at(-1) ?? '') : '', language);
  if (as !== 'entries') return undefined;
  if (code === 'tooFew') return entriesText(label, { least: Number(params.min) }, language);
  return code === 'tooMany' ? entriesText(label, { most: Number(params.max) }, language) : undefined;
}

/** The sentence alone, of an error that no question has. */
export function plainErrorText(error: FieldError, language: Language): string {
  return generalText(error, sayParams(error.params, false, language), language);
}

type Told = Readonly<Record<string, string | number>>;

/** Limits of an answer stand in the sentence as the answer itself is written: a year without separators, a date in words. */
const AS_SAID: ReadonlySet<string> = new Set<ErrorCode>(['tooSmall', 'tooLarge']);

/** What the general sentences are told: numbers to count with, and what is known at all. */
function toldOf({ code, params }: FieldError, said: Said, language: Language): Told {
  const numbers = Object.entries(params).filter(([, value]) => typeof value === 'number');
  return {
    ...said,
    ...(AS_SAID.has(code) ? {} : Object.fromEntries(numbers)),
    near: said.suggestions ? 'some' : 'none',
    named: said.city ? 'yes' : 'no',
    postcodes: choiceOf(said.postcodes?.split(', ') ?? [], language),
  };
}

function generalText(error: FieldError, said: Said, language: Language): string {
  const words: Readonly<Record<GeneralCode, string | ((told: never) => string)>> = errorWords(language);
  const { code } = error;
  const word = Object.hasOwn(words, code) ? words[code as GeneralCode] : words.formOutdated;
  return typeof word === 'string' ? word : word(toldOf(error, said, language) as never);
}

type SaidTexts = Pick<QuestionTexts, 'errors' | 'label'> & Partial<Pick<QuestionTexts, 'options'>>;

/** @returns what the field of a part is called: of an address, or one of several things that are counted */
function partLabel(
  { field }: FieldError,
  question: CompiledQuestion,
  texts: SaidTexts,
  language: Language,
): string | undefined {
  const part = field.split('.').at(-1) ?? '';
  const { as } = kindOf(question).asks(question);
  if (as === 'address') {
    const words: Readonly<Record<string, unknown>> = questionWords(language);
    const word = ['street', 'houseNumber', 'postcode', 'city', 'country'].includes(part) && words[part];
    return typeof word === 'string' ? word : undefined;
  }
  return as === 'counted' && question.options.includes(part) ? texts.options?.[part] : undefined;
}

/**
 * @param error as the journey found it
 * @param question it is about
 * @param texts of the question; its own words for an error come first
 * @param heading the label is the page's heading, and need not be said again
 * @returns the sentence a person reads at the field and above
 */
export function errorText(
  error: FieldError,
  question: CompiledQuestion,
  texts: SaidTexts,
  language: Language,
  heading: boolean,
): string {
  const isPlain = question.kind === 'number' && question.plain;
  const params = sayParams(error.params, isPlain, language);
  const own = texts.errors[error.code];
  if (own !== undefined)
    return saidInItsLanguage(own, language, (part, its) =>
      fillParams(part, sayParams(error.params, isPlain, its)),
    );
  const made = fromLabel(error, question, texts.label, language);
  if (made !== undefined) return made;
  const text = generalText(error, params, language);
  const part = partLabel(error, question, texts, language);
  if (part !== undefined && ABOUT_NOTHING.has(error.code)) return `${part}: ${text}`;
  const label = openEnded(texts.label);
  return heading || label.length > LABEL_MAX || !ABOUT_NOTHING.has(error.code) ? text : `${label}: ${text}`;
}
