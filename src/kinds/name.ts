import { z } from 'zod';
import { isNoName } from '#typed';
import { line } from './asks.ts';
import { common, id, range } from './definition.ts';
import { bounds } from './json-schema.ts';
import { type Kind, ONE_TEXT, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';
import { notInNames } from './text/din91379.ts';
import { charactersCode, foreignCharacters, oneLine } from './text/lines.ts';
import { STRING } from './value-type.ts';

const LONGEST = 100;

export interface NameQuestion extends Question<'name'> {
  /** The question in whose answer this one's stands as a word; it is written as there. */
  spelledAs: string | undefined;
}

const definition = z.strictObject({
  ...common,
  kind: z.literal('name'),
  ...range,
  spelledAs: id.optional().meta({ description: 'A name question of whose answer this is one word' }),
});

const errors = {
  /** `characters`: those that a name cannot have, with spaces between. */
  notAName: ['characters'],
  /** The same of letters that are not Latin ones: the passport has the name in those. */
  nameOtherScript: ['characters'],
  /** A sign or word for "none" where a name has to be, and where it may be left out. */
  noName: [],
  noNameOpen: [],
} as const;

/** Spanish shortens names with raised letters ("Mª Àngels"); data type A has them on the line only. */
function lowered(typed: string): string {
  return typed.replaceAll('ª', 'a').replaceAll('º', 'o');
}

/** A name of a person or place: DIN 91379 data type A. */
export const name: Kind<NameQuestion, typeof definition, keyof typeof errors> = {
  ...ORDINARY,
  ...ONE_TEXT,
  kind: 'name',
  definition,
  own: ({ spelledAs }) => ({ spelledAs }),
  valueType: () => STRING,
  schema: (question) => ({ type: 'string', ...bounds(question, 'minLength', 'maxLength') }),
  asks: () => line({ spellcheck: 'false', letters: 'passport' }),
  errors,
  parse: ({ min = 0, max = LONGEST, optional }, input) => {
    const typed = lowered(oneLine(input.one()));
    if (typed === '') return 'empty';
    const length = [...typed].length;
    if (length > max) return wrong('tooLong', { max });
    // Before the signs are looked at: a slash or a question mark is not what is wrong with "n/a".
    if (isNoName(typed)) return wrong(optional ? 'noNameOpen' : 'noName');
    const characters = foreignCharacters(typed, notInNames);
    if (characters !== '') {
      const code = charactersCode(characters, 'notAName');
      return wrong(code === 'otherScript' ? 'nameOtherScript' : code, { characters });
    }
    return length < min ? wrong('tooShort', { min }) : { answer: typed };
  },
};
