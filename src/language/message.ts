/**
 * Sentences with something in them, in ICU MessageFormat: `{name}`, `{count, plural, one {…} other {…}}`, `{way, select, …}`.
 * Parsed by FormatJS once, at the start. Said here: its own formatter takes ten times as long and knows nothing of the isolates
 * that keep a street or a number in its own order inside Arabic, and an Arabic name in its own inside German.
 */
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { About } from './languages.ts';

type Value = string | number;
export type Values = Readonly<Record<string, Value>>;

/** What a sentence needs: any value, a number to count with, or one of the words that are told apart. */
export type Need = 'value' | 'number' | readonly string[];

/** A sentence that is ready to be said. */
export interface Message {
  needs: ReadonlyMap<string, Need>;
  say(values: Values): string;
}

type Part = (values: Values, count: number) => string;
type Written = Pick<About, 'tag' | 'direction'>;

const FIRST_STRONG = '\u2068';
const POP = '\u2069';
/** Letters that turn the line around them: what somebody typed in Arabic, inside a German sentence. */
const RUNS_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/**
 * What is put into a sentence keeps its own order there: a street inside Arabic, an Arabic name inside German.
 * @param around the language of the sentence
 * @returns the value, between isolates where the sentence or the value runs from right to left
 */
export function inOwnOrder(value: string, { direction }: Pick<About, 'direction'>): string {
  return direction === 'rtl' || RUNS_LEFT.test(value) ? `${FIRST_STRONG}${value}${POP}` : value;
}

/** Gregorian years and Latin digits everywhere: a date and a number are the same in all languages (Persian would count 1405). */
export const plainTag = (tag: string): string => `${tag}-u-ca-gregory-nu-latn`;

/** Below this a whole number is its digits, wherever digits are Latin; asking `Intl` takes ten times as long. */
const GROUPED_FROM = 1000;

/** What depends on a language only, once for all its messages. */
function toolsOf({ tag, direction }: Written) {
  const plurals = new Intl.PluralRules(tag);
  const ordinals = new Intl.PluralRules(tag, { type: 'ordinal' });
  const number = new Intl.NumberFormat(plainTag(tag));
  return {
    tag,
    number: (value: number): string =>
      Number.isInteger(value) && value >= 0 && value < GROUPED_FROM ? String(value) : number.format(value),
    rules: (ordinal: boolean) => (ordinal ? ordinals : plurals),
    insert: (value: Value): string => inOwnOrder(String(value), { direction }),
  };
}
type Tools = ReturnType<typeof toolsOf>;
const tools = new Map<string, Tools>();

function toolsFor(written: Written): Tools {
  const known = tools.get(written.tag) ?? toolsOf(written);
  tools.set(written.tag, known);
  return known;
}

const lookUp = (values: Values, name: string): Value => values[name] ?? '';

function branches(
  options: Readonly<Record<string, { value: MessageFormatElement[] }>>,
  by: Tools,
): ReadonlyMap<string, Part> {
  return new Map(Object.entries(options).map(([name, { value }]) => [name, partOf(value, by)]));
}

function elementPart(element: MessageFormatElement, by: Tools): Part {
  switch (element.type) {
    case TYPE.literal:
      return () => element.value;
    case TYPE.argument:
      return (values) => by.insert(lookUp(values, element.value));
    case TYPE.number:
      return (values) => by.number(Number(lookUp(values, element.value)));
    case TYPE.pound:
      return (_, count) => by.number(count);
    case TYPE.select: {
      const ways = branches(element.options, by);
      const other = ways.get('other');
      return (values, count) =>
        (ways.get(String(lookUp(values, element.value))) ?? other)?.(values, count) ?? '';
    }
    case TYPE.plural: {
      const ways = branches(element.options, by);
      const rules = by.rules(element.pluralType === 'ordinal');
      return (values) => {
        const whole = Number(lookUp(values, element.value));
        const count = whole - element.offset;
        const way = ways.get(`=${whole}`) ?? ways.get(rules.select(count)) ?? ways.get('other');
        return way?.(values, count) ?? '';
      };
    }
    default:
      throw new Error('only {name}, {name, number}, plural and select can be in a text');
  }
}

function partOf(elements: readonly MessageFormatElement[], by: Tools): Part {
  const parts = elements.map((element) => elementPart(element, by));
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return (values, count) => {
    let all = '';
    for (const part of parts) all += part(values, count);
    return all;
  };
}

function collectNeeds(elements: readonly MessageFormatElement[], found: Map<string, Need>, by: Tools): void {
  for (const element of elements) {
    if (element.type === TYPE.argument && !found.has(element.value)) found.set(element.value, 'value');
    if (element.type === TYPE.number) found.set(element.value, 'number');
    if (element.type !== TYPE.plural && element.type !== TYPE.select) continue;
    const names = Object.keys(element.options);
    if (element.type === TYPE.plural) {
      const known: readonly string[] = by
        .rules(element.pluralType === 'ordinal')
        .resolvedOptions().pluralCategories;
      const unknown = names.find((name) => !/^=\d+$/.test(name) && !known.includes(name));
      if (unknown !== undefined)
        throw new Error(`there is no plural form \`${unknown}\` in ${by.tag}; there are ${known.join(', ')}`);
    }
    found.set(element.value, element.type === TYPE.plural ? 'number' : names);
    for (const { value } of Object.values(element.options)) collectNeeds(value, found, by);
  }
}

/** The parser names its complaints like constants. */
function inWords(error: unknown): string {
  if (!(error instanceof SyntaxError)) return error instanceof Error ? error.message : String(error);
  return `the braces are wrong (${error.message.toLowerCase().replaceAll('_', ' ')})`;
}

/** @returns whether a text has something in it that has to be filled in */
export const isMessage = (text: string): boolean => /[{}]/.test(text);

/**
 * @param text in ICU MessageFormat
 * @param written the language it is in
 * @throws Error in words when it cannot be read
 */
export function compileMessage(text: string, written: Written): Message {
  try {
    const elements = parse(text, { ignoreTag: true, requiresOtherClause: true, shouldParseSkeletons: false });
    const needs = new Map<string, Need>();
    const by = toolsFor(written);
    collectNeeds(elements, needs, by);
    const part = partOf(elements, by);
    return { needs, say: (values) => part(values, 0) };
  } catch (error) {
    throw new Error(inWords(error));
  }
}
