import { z } from 'zod';
import { line } from './asks.ts';
import { common } from './definition.ts';
import { type Kind, ONE_TEXT, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';
import { STRING } from './value-type.ts';

const definition = z.strictObject({ ...common, kind: z.literal('email') });

const errors = {
  notAnEmail: [],
  emailSigns: ['characters'],
  emailAt: [],
  emailDots: [],
  emailEnding: [],
} as const;
type Code = keyof typeof errors;

/** Signs that no address has here, each of which can be named; a bracket or a quote comes with a name beside the address. */
const NO_SIGNS = /[,;:\\،؛]/gu;

/** RFC 5321: 64 octets before the @, 254 in all. */
const LONGEST_NAME = 64;
const LONGEST = 254;

/** Letters of all scripts (RFC 6531) and what RFC 5322 calls atoms, with single dots between. Quoted names are hardly taken anywhere. */
const NAME = /^[\p{L}\p{M}\d!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\d!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\d](?:[\p{L}\p{M}\d-]{0,61}[\p{L}\p{M}\d])?$/u;
/** No country or company ends on digits or on one letter. */
const ENDING = /^(?:[\p{L}\p{M}]{2,63}|xn--[a-z\d-]{2,59})$/iu;

const octets = (text: string): number => new TextEncoder().encode(text).length;

/** @returns what is wrong with the part after the @ */
function domainFault(domain: string): Code | undefined {
  const labels = domain.split('.');
  if (labels.includes('')) return 'emailDots';
  if (labels.length < 2) return 'emailEnding';
  if (!labels.every((label) => LABEL.test(label))) return 'notAnEmail';
  return ENDING.test(labels.at(-1) ?? '') ? undefined : 'emailEnding';
}

/** @returns the signs that do not belong there, each once, with spaces between */
const signsIn = (address: string): string => [...new Set(address.match(NO_SIGNS))].join(' ');

/** @returns why no server takes the address, or undefined when one may; whether it exists only a message can show */
function faultOf(address: string): Code | undefined {
  const parts = address.split('@');
  const [name = '', domain = ''] = parts;
  if (parts.length === 1) return 'emailAt';
  if (parts.length > 2 || /[\s<>()[\]"„“”]/.test(address)) return 'notAnEmail';
  if (signsIn(address) !== '') return 'emailSigns';
  if (name === '' || domain === '') return 'notAnEmail';
  if (/^\.|\.\.|\.$/.test(name)) return 'emailDots';
  if (!NAME.test(name) || octets(name) > LONGEST_NAME || octets(address) > LONGEST) return 'notAnEmail';
  return domainFault(domain);
}

/** An address that a server may take. A link to it (`mailto:`) is understood, everything else is asked back. */
export const email: Kind<Question<'email'>, typeof definition, Code> = {
  ...ORDINARY,
  ...ONE_TEXT,
  kind: 'email',
  definition,
  own: () => ({}),
  valueType: () => STRING,
  schema: () => ({ type: 'string', format: 'email' }),
  // `type=text`: other types have no text cursor that a keyboard on screen could move.
  asks: () => line({ inputmode: 'email', autocomplete: 'email', spellcheck: 'false' }),
  errors,
  parse: (_question, input) => {
    const typed = input
      .one()
      .normalize('NFC')
      .replace(/^mailto:\s*/i, '');
    if (typed === '') return 'empty';
    const fault = faultOf(typed);
    if (fault) return wrong(fault, fault === 'emailSigns' ? { characters: signsIn(typed) } : {});
    const at = typed.indexOf('@');
    return { answer: typed.slice(0, at) + typed.slice(at).toLowerCase() };
  },
  accepts: (_question, answer) => typeof answer === 'string' && faultOf(answer) === undefined,
};
