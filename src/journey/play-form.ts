/** What a browser would send in a step of an example journey, and what the office would find to it. */
import {
  type Answer,
  type CompiledQuestion,
  type FileAnswer,
  type FormFields,
  kindOf,
  type Resolved,
} from '#kinds';
import type { CompiledPage, JourneyStep } from '#service';
import { toldInPart } from './identify.ts';
import { toldByLetter } from './letter.ts';
import type { Play } from './play-types.ts';
import { formFieldsOf } from './read.ts';
import type { Walk } from './types.ts';

/** @returns why a page does not let hands give this answer: radio buttons take one, and only what is offered */
export function refusedBy(page: CompiledPage, name: string, values: readonly string[]): string | undefined {
  const [, id, , inner] = /^(\w+)(\[\d+\]\.(\w+))?$/.exec(name) ?? [];
  const outer = page.questions.find((question) => question.id === id);
  const question = inner === undefined ? outer : outer?.questions.find((one) => one.id === inner);
  if (question === undefined) return undefined;
  const asks = kindOf(question).asks(question);
  if ('one' in asks && asks.one && values.length > 1) return `\`${name}\` takes one answer`;
  if (!('values' in asks)) return undefined;
  const offered: readonly string[] = asks.values;
  const other = values.find((value) => value !== '' && !offered.includes(value));
  return other === undefined ? undefined : `\`${name}\` does not offer \`${other}\``;
}

/** What a browser would send: what stands in the fields already, with this step's changes. */
export function formOf(play: Play, page: CompiledPage, step: JourneyStep): FormFields {
  const shown = page.questions.map((question) => formFieldsOf(question, play.progress.answers));
  const typed = play.typed?.page === page.id ? play.typed.fields : {};
  const filled = Object.entries(step.fill).map(([name, value]): [string, readonly string[]] => [
    name,
    typeof value === 'string' ? [value] : value,
  ]);
  const { _action, ...fields } = Object.assign(
    {},
    toldByLetter(page, play.service, play.progress),
    toldInPart(page, play.progress),
    ...shown,
    typed,
  ) as Record<string, readonly string[]>;
  return { ...fields, ...Object.fromEntries(filled) };
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};

/** @returns a place for each that is chosen, and a file for each that is named */
export function resolve(play: Play, page: CompiledPage, form: FormFields, walked: Walk): Resolved {
  const resolved: Record<string, Answer> = {};
  const add = (question: CompiledQuestion, field: string): void => {
    const sent = form[field]?.[0];
    if (sent === undefined || sent === '') return;
    if (question.kind === 'slot' && sent === 'first-free') {
      const slot = play.slots(question, walked);
      if (slot) resolved[field] = { ...slot };
    }
    if (question.kind === 'file') {
      const mediaType = MEDIA_TYPES[sent.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      const file: FileAnswer = { file: sent, name: sent, mediaType, bytes: 1000 };
      resolved[field] = { ...file };
    }
  };
  for (const question of page.questions) {
    add(question, question.id);
    for (const inner of question.questions) {
      for (const field of Object.keys(form)) {
        if (field.startsWith(`${question.id}[`) && field.endsWith(`].${inner.id}`)) add(inner, field);
      }
    }
  }
  return resolved;
}
