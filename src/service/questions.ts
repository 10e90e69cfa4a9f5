/** From a question as written to a question as compiled; limits are added when all names are known. */
import { type CompiledQuestion, compileQuestion, type Limit, type QuestionFile } from '#kinds';
import { hint, type Source, type SourcePath } from '#source';
import type { Report } from './report.ts';
import type { ServiceFile } from './schema.ts';

/** A question whose limits are still to be filled in. */
export type DraftQuestion = CompiledQuestion & { limits: Limit[] };

/** Complains about what the shape of a question cannot see, in the entries of a group as well. */
function checkQuestion(
  raw: QuestionFile,
  source: Source<ServiceFile>,
  path: SourcePath,
  report: Report,
): void {
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
  for (const [index, entry] of entries.entries())
    checkQuestion(entry, source, [...path, 'questions', index], report);
}

/** @returns the question as written, after complaining about what is wrong with it */
export function draftQuestion(
  raw: QuestionFile,
  source: Source<ServiceFile>,
  path: SourcePath,
  report: Report,
): DraftQuestion {
  checkQuestion(raw, source, path, report);
  return compileQuestion(raw) as DraftQuestion;
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

/** @returns a question that nobody wrote and the office answers: how a step ended (`outcome`), or what it found */
export function addedQuestion(
  id: string,
  kind: 'outcome' | 'chooseOne' | 'chooseSome' | 'text',
  options: readonly string[] = [],
): DraftQuestion {
  return compileQuestion({ id, kind, options: options.map((option) => ({ id: option })) }) as DraftQuestion;
}
