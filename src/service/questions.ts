/** From a question as written to a question as compiled; limits are added when all names are known. */
import { hint, type Source, type SourcePath } from '#source';
import type { Report } from './report.ts';
import type { QuestionFile, ServiceFile } from './schema.ts';
import { slotCalendarOf } from './slots.ts';
import type { CompiledQuestion, Limit } from './types.ts';

const TEN_MEGABYTES = 10 * 1024 * 1024;
const ACCEPTED: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png'];

/** A question whose limits are still to be filled in. */
export interface DraftQuestion extends CompiledQuestion {
  limits: Limit[];
  questions: readonly DraftQuestion[];
}

export function draftQuestion(
  raw: QuestionFile,
  source: Source<ServiceFile>,
  path: SourcePath,
  report: Report,
): DraftQuestion {
  const options = 'options' in raw ? raw.options : [];
  report.duplicates(
    source,
    'option',
    options.map((option, index) => ({ id: option.id, path: [...path, 'options', index] })),
  );
  const entries = raw.kind === 'group' ? raw.questions : [];
  report.duplicates(
    source,
    'question of this group',
    entries.map((entry, index) => ({ id: entry.id, path: [...path, 'questions', index] })),
  );
  checkSpelling(entries, source, [...path, 'questions'], report);
  const min = 'min' in raw ? raw.min : undefined;
  const max = 'max' in raw ? raw.max : undefined;
  if (min !== undefined && max !== undefined && min > max) {
    report.add(source, [...path, 'min'], `\`min: ${min}\` is more than \`max: ${max}\``);
  }
  return {
    id: raw.id,
    kind: raw.kind,
    // Nobody must choose or add anything where none is enough.
    optional: raw.optional ?? ((raw.kind === 'group' || raw.kind === 'chooseSome') && min === 0),
    options: options.map((option) => option.id),
    optionValues: Object.fromEntries(options.flatMap(({ id, values }) => (values ? [[id, values]] : []))),
    optionPictograms: Object.fromEntries(
      options.flatMap(({ id, pictogram }) => (pictogram ? [[id, pictogram]] : [])),
    ),
    min,
    max,
    suggestions: raw.kind === 'text' ? (raw.suggestions ?? []) : [],
    counted: raw.kind === 'chooseSome' && raw.counted === true,
    plain: raw.kind === 'number' && raw.format === 'plain',
    partial: raw.kind === 'date' && raw.partial === true,
    within: raw.kind === 'address' ? (raw.within ?? 'anywhere') : 'anywhere',
    issuer: raw.kind === 'serialNumber' ? (raw.issuer ?? 'any') : 'any',
    spelledAs: raw.kind === 'name' ? raw.spelledAs : undefined,
    accept: raw.kind === 'file' ? (raw.accept ?? ACCEPTED) : [],
    maxBytes: raw.kind === 'file' ? (raw.maxBytes ?? TEN_MEGABYTES) : 0,
    calendar: slotCalendarOf(raw),
    areaFrom: raw.kind === 'slot' ? raw.areaFrom : undefined,
    autocomplete: raw.autocomplete,
    from: raw.from && { attribute: raw.from, locked: raw.locked ?? true },
    questions: entries.map((entry, index) =>
      draftQuestion(entry, source, [...path, 'questions', index], report),
    ),
    limits: [],
  };
}

/** Whose word a name is must be asked in the same place: on the page, or in the same entry of a group. */
export function checkSpelling(
  questions: readonly QuestionFile[],
  source: Source<ServiceFile>,
  path: SourcePath,
  report: Report,
  earlier: Iterable<string> = [],
): void {
  const known = new Set([...earlier, ...questions.filter(({ kind }) => kind === 'name').map(({ id }) => id)]);
  for (const [index, question] of questions.entries()) {
    if (question.kind !== 'name' || question.spelledAs === undefined || known.has(question.spelledAs))
      continue;
    const message = `\`spelledAs: ${question.spelledAs}\` must be a question of kind \`name\`, asked before or beside it.`;
    report.add(source, [...path, index, 'spelledAs'], `${message}${hint(question.spelledAs, known)}`);
  }
}

/** The question behind a page that the office answers: how an identification or a device step ended. */
export function outcomeQuestion(id: string, options: readonly string[]): DraftQuestion {
  return { ...choiceQuestion(id, options), kind: 'outcome' };
}

/** A text that conditions can see, with nothing else to it. */
export function textQuestion(id: string): DraftQuestion {
  return { ...choiceQuestion(id, []), kind: 'text' };
}

/** A question for one of some options, with nothing else to it. */
export function choiceQuestion(id: string, options: readonly string[]): DraftQuestion {
  return {
    id,
    kind: 'chooseOne',
    optional: false,
    options,
    optionValues: {},
    optionPictograms: {},
    min: undefined,
    max: undefined,
    suggestions: [],
    counted: false,
    plain: false,
    partial: false,
    within: 'anywhere',
    issuer: 'any',
    spelledAs: undefined,
    accept: [],
    maxBytes: 0,
    calendar: undefined,
    areaFrom: undefined,
    autocomplete: undefined,
    from: undefined,
    questions: [],
    limits: [],
  };
}
