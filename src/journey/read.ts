/** Reading one page's form: fields in, answers or errors out; and the way back, from answers to fields. */
import type { Answer, Answers, CompiledPage, CompiledQuestion, CompiledService } from '#service';
import type { Moment } from '#time';
import { accepts } from './accepts.ts';
import { isLocked } from './identify.ts';
import { type ErrorCode, fieldErrors, Input, isRecord, KINDS, type Parsed } from './kinds/index.ts';
import { spell } from './spelling.ts';
import type { FieldError, FormFields, PageReading, Progress, Reference } from './types.ts';
import { brokenLimits, limitError, standing } from './walk.ts';

/** Answers that other rooms worked out for fields of the form: held slots, files taken in. By field name. */
export type Resolved = Readonly<Record<string, Answer>>;

/** More entries than any group of people fills by hand; beyond it a form is an attack. */
const MOST_ENTRIES = 200;

interface Outside {
  reference: Reference;
  resolved: Resolved;
}

interface Read {
  answer: Answer | undefined;
  errors: FieldError[];
}

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
    errors.push(...read.errors);
    if (read.errors.length > 0 && question.kind !== 'group') continue;
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
  const { scope, answers } = standing(service, sound, moment, page);
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
  if (question.kind === 'group') return readGroup(question, field, form, before, outside);
  const input = new Input(form, field);
  const known = before !== undefined && accepts(question, before) ? before : undefined;
  const parsed =
    fromOutside(question, input, outside.resolved[field], known) ??
    KINDS[question.kind].parse(question, input, outside.reference);
  if (parsed === 'empty')
    return question.optional ? { answer: undefined, errors: [] } : missing(question, field);
  if ('answer' in parsed) return { answer: parsed.answer, errors: [] };
  return { answer: undefined, errors: fieldErrors(field, parsed.errors) };
}

function fromOutside(
  question: CompiledQuestion,
  input: Input,
  resolved: Answer | undefined,
  known: Answer | undefined,
): Parsed | undefined {
  if (question.kind === 'outcome') return known === undefined ? undefined : { answer: known };
  if (question.kind !== 'file' && question.kind !== 'slot') return undefined;
  if (resolved !== undefined && accepts(question, resolved)) return { answer: resolved };
  if (known === undefined) return undefined;
  const held = question.kind === 'file' || (isRecord(known) && known.slot === input.one());
  return held ? { answer: known } : undefined;
}

const MISSING: Partial<Record<CompiledQuestion['kind'], ErrorCode>> = {
  file: 'fileMissing',
  outcome: 'stepMissing',
};

function missing(question: CompiledQuestion, field: string): Read {
  const code = MISSING[question.kind] ?? 'required';
  return { answer: undefined, errors: [{ field, code, own: false, params: {} }] };
}

/** Entries that were sent, by index; reads at most a sane number. */
function sentEntries(field: string, form: FormFields, resolved: Resolved): Set<number> {
  const sent = new Set<number>();
  const start = `${field}[`;
  for (const name of [...Object.keys(form), ...Object.keys(resolved)]) {
    if (!name.startsWith(start)) continue;
    const index = /^(\d{1,3})\]\./.exec(name.slice(start.length))?.[1];
    if (index !== undefined && Number(index) < MOST_ENTRIES) sent.add(Number(index));
  }
  return sent;
}

/** Town and country of an address stand there already when nobody has typed anything. */
const FILLED_IN: Partial<Record<CompiledQuestion['kind'], readonly string[]>> = {
  address: ['city', 'country'],
};

function isBlank(question: CompiledQuestion, field: string, form: FormFields): boolean {
  return question.questions.every((inner) => {
    const name = `${field}.${inner.id}`;
    const filledIn = FILLED_IN[inner.kind]?.map((part) => `${name}.${part}`) ?? [];
    return Object.entries(form).every(
      ([sent, values]) =>
        (sent !== name && !sent.startsWith(`${name}.`)) ||
        filledIn.includes(sent) ||
        values.every((value) => value.trim() === ''),
    );
  });
}

/**
 * Only entries that are sent change. A blank entry after the last one is no entry, so that nobody who pressed
 * "add another" once too often is held up; but the first one that is needed must be filled in.
 */
function readGroup(
  question: CompiledQuestion,
  field: string,
  form: FormFields,
  before: Answer | undefined,
  outside: Outside,
): Read {
  const entries: Answer[] = Array.isArray(before) ? [...before] : [];
  const errors: FieldError[] = [];
  const least = question.min ?? (question.optional ? 0 : 1);
  for (const index of [...sentEntries(field, form, outside.resolved)].sort((a, b) => a - b)) {
    const name = `${field}[${index}]`;
    const isNew = index >= entries.length;
    if (isNew && entries.length >= least && isBlank(question, name, form)) continue;
    const read = readEntry(question, name, form, entries[index], outside);
    errors.push(...read.errors);
    // A wrong new entry has no place yet: later ones would move up into it.
    if (read.answer === undefined) {
      if (isNew) break;
    } else entries[isNew ? entries.length : index] = read.answer;
  }
  if (errors.length === 0) {
    const code =
      entries.length < least
        ? 'tooFew'
        : entries.length > (question.max ?? MOST_ENTRIES)
          ? 'tooMany'
          : undefined;
    const params: FieldError['params'] =
      code === 'tooFew' ? { min: least } : { max: question.max ?? MOST_ENTRIES };
    if (code) errors.push({ field, code, own: false, params });
  }
  return { answer: entries.length > 0 ? entries : undefined, errors };
}

function readEntry(
  question: CompiledQuestion,
  name: string,
  form: FormFields,
  before: Answer | undefined,
  outside: Outside,
): Read {
  const entry: Record<string, Answer> = {};
  const errors: FieldError[] = [];
  for (const inner of question.questions) {
    const earlier = before !== undefined && isRecord(before) ? before[inner.id] : undefined;
    const read = readQuestion(inner, `${name}.${inner.id}`, form, earlier, outside);
    errors.push(...read.errors);
    if (read.answer !== undefined) entry[inner.id] = read.answer;
  }
  return { answer: errors.length > 0 ? undefined : entry, errors };
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
  return readQuestion(question, field, form, undefined, { reference, resolved: {} });
}

/**
 * The way back from one answer to the form: reading these fields gives the same answer again.
 * @param field what its form fields are called
 */
export function fieldsOfAnswer(question: CompiledQuestion, field: string, answer: Answer): FormFields {
  const fields: Record<string, readonly string[]> = {};
  collect(question, field, answer, fields);
  return fields;
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

function collect(
  question: CompiledQuestion,
  field: string,
  answer: Answer,
  into: Record<string, readonly string[]>,
): void {
  if (question.kind !== 'group') {
    for (const [part, values] of Object.entries(KINDS[question.kind].fields(question, answer))) {
      into[part === '' ? field : `${field}.${part}`] = values;
    }
    return;
  }
  if (!Array.isArray(answer)) return;
  for (const [index, entry] of answer.entries()) {
    if (!isRecord(entry)) continue;
    for (const inner of question.questions) {
      const value = entry[inner.id];
      if (value !== undefined) collect(inner, `${field}[${index}].${inner.id}`, value, into);
    }
  }
}
