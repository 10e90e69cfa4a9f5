/** Reading one page's form: fields in, answers or errors out; and the way back, from answers to fields. */
import {
  type Answer,
  type Answers,
  type CompiledQuestion,
  type FormFields,
  Input,
  kindOf,
  nameOfPart,
  type Outside,
  type Read,
  type Reference,
  type Resolved,
  readWith,
} from '#kinds';
import type { CompiledPage, CompiledService } from '#service';
import type { Moment } from '#time';
import { accepts } from './accepts.ts';
import { fieldErrors } from './field-errors.ts';
import { isLocked } from './identify.ts';
import { spell } from './spelling.ts';
import type { FieldError, PageReading, Progress } from './types.ts';
import { brokenLimits, limitError, sightOf } from './walk.ts';

/**
 * Reads the form of one page.
 *
 * - Fields are named after questions; what is not sent is not there (an unticked box, an unanswered question), except in groups,
 *   where only the entries that are sent change, and for files, which stay until another is sent.
 * - `slot` and `file` are answered by other rooms: the caller holds the slot or takes the file in first and passes the answer in
 *   `resolved` under the field's name. Without it, the slot held before counts when the form still names it.
 * - Limits are looked at with the new answers of the whole page; a limit that needs an answer which is wrong says nothing.
 * @param progress what was said before
 * @param resolved answers by field name
 * @returns all answers with those of this page that are right; a question that has an error keeps its earlier answer
 */
export function readPage(
  service: CompiledService,
  page: CompiledPage,
  form: FormFields,
  progress: Progress,
  moment: Moment,
  reference: Reference,
  resolved: Resolved = {},
): PageReading {
  const outside = { reference, resolved };
  const answers: Answers = { ...progress.answers };
  const errors: FieldError[] = [];
  for (const question of page.questions) {
    const before = progress.answers[question.id];
    // As it stands on the ID, whatever the form says.
    if (before !== undefined && isLocked(question, progress)) continue;
    const read = readQuestion(question, question.id, form, before, outside);
    errors.push(...fieldErrors(question.id, read.errors));
    if (!('answer' in read)) continue;
    if (read.answer === undefined) delete answers[question.id];
    else answers[question.id] = read.answer;
  }
  spell(page, answers);
  if (hasLimits(page)) errors.push(...limitErrors(service, page, { ...progress, answers }, moment, errors));
  return { answers, errors, raw: form };
}

function hasLimits(page: CompiledPage): boolean {
  const any = (question: CompiledQuestion) => question.limits.length > 0 || question.questions.some(any);
  return page.questions.some(any);
}

function limitErrors(
  service: CompiledService,
  page: CompiledPage,
  progress: Progress,
  moment: Moment,
  errors: readonly FieldError[],
): FieldError[] {
  const wrong = new Set(errors.map((error) => error.field.split(/[.[]/)[0]));
  const sound = { ...progress, answers: { ...progress.answers } };
  for (const question of page.questions) if (wrong.has(question.id)) delete sound.answers[question.id];
  const { scope, answers } = sightOf(service, sound, moment, page);
  return page.questions.flatMap((question) => {
    const answer = answers[question.id];
    if (answer === undefined) return [];
    return brokenLimits(question, answer, scope).map((broken) => limitError(service, broken, scope));
  });
}

function readQuestion(
  question: CompiledQuestion,
  field: string,
  form: FormFields,
  before: Answer | undefined,
  outside: Outside,
): Read {
  return readWith(kindOf(question), question, new Input(form, field), outside, before);
}

/**
 * Reads one question apart from its page: what a clerk writes anew for a paper.
 * @param field what its form fields are called, such as `persons[0].givenNames`
 * @returns no answer and no errors where nothing was written and nothing has to be
 */
export function readAnswer(
  question: CompiledQuestion,
  field: string,
  form: FormFields,
  reference: Reference,
): { answer: Answer | undefined; errors: readonly FieldError[] } {
  const { answer, errors } = readQuestion(question, field, form, undefined, { reference, resolved: {} });
  return { answer, errors: fieldErrors(field, errors) };
}

/**
 * The way back from one answer to the form: reading these fields gives the same answer again.
 * @param field what its form fields are called
 */
export function fieldsOfAnswer(question: CompiledQuestion, field: string, answer: Answer): FormFields {
  const parts = Object.entries(kindOf(question).fields(question, answer));
  return Object.fromEntries(parts.map(([part, values]) => [nameOfPart(field, part), values]));
}

/**
 * The way back from answers to the form: reading these fields gives the same answer again. Files have no field of their own.
 * @param question a question of a page; groups give the fields of all their entries
 */
export function formFieldsOf(question: CompiledQuestion, answers: Answers): FormFields {
  const answer = answers[question.id];
  return answer !== undefined && accepts(question, answer)
    ? fieldsOfAnswer(question, question.id, answer)
    : {};
}
