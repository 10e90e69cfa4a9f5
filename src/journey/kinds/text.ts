/** Free texts: text, longText, name, e-mail, phone. */
import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Answer, CompiledQuestion } from '#service';
import { notInNames, notInTexts } from './din91379.ts';
import { type Input, isText, type Kind, type Parsed, wrong } from './kind.ts';

const DEFAULT_MAX = { text: 200, longText: 2000, name: 100 } as const;

/** Signs that keyboards put in by themselves and DIN 91379 does not have in texts, as the signs people meant. */
const TYPOGRAPHY: Readonly<Record<string, string>> = {
  '\u2010': '-',
  '\u2011': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2018': '\u2019',
  '\u201a': '\u2019',
  '\u02bc': '\u2019',
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2026': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\t': ' ',
};
const TYPED = new RegExp(`[${Object.keys(TYPOGRAPHY).join('')}]`, 'g');

/** Characters that are in NFC and need no replacement. */
const PLAIN = /^[ -~À-ž\n]*$/;

function tidy(typed: string): string {
  if (PLAIN.test(typed) && !typed.includes('  ')) return typed.trim();
  return typed
    .normalize('NFC')
    .replace(TYPED, (sign) => TYPOGRAPHY[sign] ?? sign)
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** @returns one line, in NFC, with single spaces */
export function oneLine(typed: string): string {
  return tidy(typed.replace(/[\r\n]+/g, ' '));
}

function severalLines(typed: string): string {
  return tidy(typed.replace(/\r\n?/g, '\n').replace(/ *\n */g, '\n')).replace(/\n{3,}/g, '\n\n');
}

/** @returns characters that a text may not have, each once, with spaces between; '' when all are fine */
export function foreignCharacters(text: string, find = notInTexts): string {
  return find(text).slice(0, 10).join(' ');
}

function checked(question: CompiledQuestion, text: string): Parsed {
  if (text === '') return 'empty';
  const length = [...text].length;
  const max = question.max ?? DEFAULT_MAX[question.kind as keyof typeof DEFAULT_MAX];
  if (length > max) return wrong('tooLong', { max });
  const name = question.kind === 'name';
  const characters = foreignCharacters(text, name ? notInNames : notInTexts);
  if (characters !== '') return wrong(name ? 'notAName' : 'notAllowedCharacters', { characters });
  if (name && !/\p{L}/u.test(text)) return wrong('notAName', { characters: '' });
  return length < (question.min ?? 0) ? wrong('tooShort', { min: question.min ?? 0 }) : { answer: text };
}

const fields = (_question: CompiledQuestion, answer: Answer) => ({ '': [String(answer)] });
const readable = (_question: CompiledQuestion, answer: Answer) => String(answer);

export const text: Kind = {
  parse: (question, input) => checked(question, oneLine(input.one())),
  fields,
  readable,
  accepts: isText,
};

/** DIN 91379 data type A. */
export const name: Kind = text;

export const longText: Kind = {
  parse: (question, input) => checked(question, severalLines(input.one())),
  fields,
  readable,
  accepts: isText,
};

/** One @, no spaces or brackets, a domain with a dot; whether it exists only a message can show. */
const EMAIL = /^([^\s@<>()[\]\\,;:"]{1,64})@((?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.)+\p{L}{2,63})$/u;

export const email: Kind = {
  parse: (_question: CompiledQuestion, input: Input): Parsed => {
    const typed = input.one().normalize('NFC');
    if (typed === '') return 'empty';
    if (typed.length > 254) return wrong('notAnEmail');
    const found = EMAIL.exec(typed);
    return found ? { answer: `${found[1]}@${found[2]?.toLowerCase()}` } : wrong('notAnEmail');
  },
  fields,
  readable,
  accepts: isText,
};

function phoneNumber(typed: string): PhoneNumber | undefined {
  return typed.length > 40 ? undefined : parsePhoneNumberFromString(typed, 'DE');
}

/** Stored as E.164; read as a German number unless it begins with + or 00. */
export const phone: Kind = {
  parse: (_question, input) => {
    const typed = input.one();
    if (typed === '') return 'empty';
    const number = phoneNumber(typed);
    return number?.isPossible() && !number.ext ? { answer: number.number } : wrong('notAPhone');
  },
  fields,
  readable: (_question, answer) => {
    const number = phoneNumber(String(answer));
    if (!number) return String(answer);
    return number.countryCallingCode === '49' ? number.formatNational() : number.formatInternational();
  },
  accepts: isText,
};
