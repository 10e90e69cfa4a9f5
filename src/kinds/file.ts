import { z } from 'zod';
import { common } from './definition.ts';
import { objectSchema, TEXT_SCHEMA } from './json-schema.ts';
import { type Kind, ORDINARY } from './kind.ts';
import { type Answer, isRecord, type Question } from './question.ts';
import { textFields } from './value-type.ts';

/** An uploaded file: its id in the draft or the case; never its content. */
export interface FileAnswer {
  file: string;
  name: string;
  mediaType: string;
  bytes: number;
}

export interface FileQuestion extends Question<'file'> {
  accept: readonly string[];
  maxBytes: number;
}

const ACCEPTED = ['application/pdf', 'image/jpeg', 'image/png'] as const;
const TEN_MEGABYTES = 10 * 1024 * 1024;

const definition = z.strictObject({
  ...common,
  kind: z.literal('file'),
  accept: z.array(z.enum(ACCEPTED)).optional(),
  maxBytes: z.int().min(1).optional(),
});

/** All but the first are found by the rooms that take files in. */
const errors = {
  fileMissing: [],
  fileTooLarge: ['maxMegabytes'],
  /** `kinds`: those that are taken, with commas between. */
  fileWrongType: ['kinds'],
  fileDamaged: [],
  /** A part of the picture is missing. */
  fileIncomplete: [],
  fileLocked: [],
  fileActive: [],
  fileUnshown: [],
  filePhoto: [],
  /** One picture, larger than can be opened. */
  filePixels: ['maxMegapixels'],
  fileFlood: ['maxPages', 'maxMegapixels'],
  fileGrown: ['maxMegabytes'],
  fileBusy: [],
  fileOften: [],
  fileTooMany: ['max'],
  fileEmpty: [],
} as const;

function accepts(_question: FileQuestion, answer: Answer): boolean {
  return isRecord(answer) && ['file', 'name', 'mediaType'].every((part) => typeof answer[part] === 'string');
}

/**
 * Only another room can take a file in: it comes as a resolved value, what is in the form alone is never an answer, and the
 * file given earlier stays while no other is sent.
 */
export const file: Kind<FileQuestion, typeof definition, keyof typeof errors> = {
  ...ORDINARY,
  kind: 'file',
  definition,
  own: ({ accept = ACCEPTED, maxBytes = TEN_MEGABYTES }) => ({ accept, maxBytes }),
  valueType: () => ({ kind: 'record', fields: textFields('name', 'mediaType') }),
  schema: () =>
    objectSchema({
      file: TEXT_SCHEMA,
      name: TEXT_SCHEMA,
      mediaType: TEXT_SCHEMA,
      bytes: { type: 'integer' },
    }),
  asks: ({ accept, maxBytes }) => ({ as: 'file', accept, maxBytes }),
  errors,
  missing: 'fileMissing',
  demand: 'file',
  parse: (question, input, { resolved }, before) => {
    const found = [resolved[input.name], before];
    const answer = found.find((one) => one !== undefined && accepts(question, one));
    return answer === undefined ? 'empty' : { answer };
  },
  fields: () => ({}),
  accepts,
  readable: (_question, answer) => (isRecord(answer) ? String(answer.name) : ''),
  beside: (_question, answer) => (isRecord(answer) ? { file: String(answer.file) } : {}),
  correctable: false,
};
