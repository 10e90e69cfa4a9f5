/** The paper that the office issues when it has decided: what will stand on it, and what a clerk corrects before. Pure. */
import { type FieldError, type FormFields, fieldsOfAnswer, type ReviewLine, type Walk } from '#journey';
import { type Answer, type CompiledQuestion, compileQuestion, kindOf } from '#kinds';
import { inEvery, type Language } from '#language';
import type { CompiledService } from '#service';
import type { CaseWords } from './ports.ts';
import type { CaseContent, Correction, EntryWords, OfficialPaper, PaperEntry, Shown } from './sealed.ts';

/** @returns whether the office has ever issued a paper of the case, also one that it has taken back */
export function wasIssued({ paper }: Pick<CaseContent, 'paper'>): boolean {
  return paper?.issued !== undefined || (paper?.revoked ?? []).length > 0;
}

const COMPUTED_KINDS = { date: 'date', text: 'text', bool: 'yesNo', number: undefined } as const;

interface Asked {
  question: CompiledQuestion;
  /** Where its texts stand. */
  key: string;
}

/** @returns the question behind a line, without rules between answers, because a register knows better, and without pictures */
function askedFor(service: CompiledService, field: string): Asked | undefined {
  const [, id = '', inner] = /^(\w+)(?:\[\d+\]\.(\w+))?$/.exec(field) ?? [];
  const outer = service.questions.get(id);
  if (!outer) {
    const kind = COMPUTED_KINDS[service.computed.find((each) => each.id === id)?.type ?? 'number'];
    return kind && { question: compileQuestion({ id, kind }), key: id };
  }
  const found = inner === undefined ? outer : outer.questions.find((question) => question.id === inner);
  if (!found || !kindOf(found).correctable) return undefined;
  const question = { ...found, limits: [], optionPictograms: {} };
  return { question, key: inner === undefined ? id : `${id}.${inner}` };
}

function answerTo({ answers, computed }: Walk, field: string): Answer | undefined {
  const [, id = '', index, inner = ''] = /^(\w+)(?:\[(\d+)\]\.(\w+))?$/.exec(field) ?? [];
  const outer = answers[id] ?? computed[id];
  if (index === undefined) return outer;
  const entry = Array.isArray(outer) ? outer[Number(index)] : undefined;
  return typeof entry === 'object' && !Array.isArray(entry) ? entry[inner] : undefined;
}

/** `family[0].birthDate` and `family.birthDate` are of `family`. */
const questionOf = (field: string): string => field.split(/[[.]/)[0] ?? field;

/**
 * @returns the review's lines that stand on a document, in its own words: by question in the order of the definition, the
 * entries of a group one after another
 */
export function linesOf(
  service: CompiledService,
  sections: Shown['sections'],
  language: Language,
): ReviewLine[] {
  const lines = sections.flatMap((section) => section.lines);
  const { labels } = service.texts[language].result;
  const wanted = new Set(service.result.document?.fields);
  const places = new Set([...wanted].map((id) => questionOf(id)));
  return [...places].flatMap((place) =>
    lines
      .filter(({ field }) => questionOf(field) === place)
      .filter(({ field }) => wanted.has(place) || wanted.has(field.replace(/\[\d+\]/, '')))
      .map((line) => ({ ...line, label: labels[line.field] ?? line.label })),
  );
}

/** @returns the paper of a service whose office decides first, as it would be issued with what was said */
export function officialPaper(
  service: CompiledService,
  walked: Walk,
  shown: CaseContent['shown'],
): OfficialPaper | undefined {
  if (!service.result.document?.decided) return undefined;
  const lines = inEvery((language) => linesOf(service, shown[language].sections, language));
  const entries = lines.de.map(({ field, open }): PaperEntry => {
    const asked = askedFor(service, field);
    const said = inEvery((language): EntryWords => {
      const { label = field, value = '' } = lines[language].find((line) => line.field === field) ?? {};
      const { options = {} } = service.texts[language].questions[asked?.key ?? ''] ?? {};
      return { label, value: open ? '' : value, options };
    });
    return { field, question: asked?.question, answer: open ? undefined : answerTo(walked, field), said };
  });
  return { entries };
}

/** @returns what stands on the paper: what was left open does not */
export function fieldsOf(entries: readonly PaperEntry[], language: Language) {
  return entries.flatMap(({ said }) => {
    const { label, value } = said[language];
    return value === '' ? [] : [{ label, value }];
  });
}

/** What became of a clerk's form: nothing of it counts while one value is wrong. */
export interface Corrected {
  errors: readonly FieldError[];
  content: CaseContent;
  /** In words of each language, in the paper's order. */
  corrections: Readonly<Record<Language, readonly Correction[]>>;
}

const same = (one: Answer | undefined, other: Answer | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * Writes lines of the paper anew. The submission stays as it was handed in.
 * @param form the fields of lines that may be written; each is read by its question's own kind
 */
export function correct(content: CaseContent, form: FormFields, words: CaseWords): Corrected {
  const errors: FieldError[] = [];
  const changed: { before: PaperEntry; after: PaperEntry }[] = [];
  const entries = (content.paper?.entries ?? []).map((before) => {
    const { question, field } = before;
    if (!question || !isTouched(form, before, question)) return before;
    const read = words.readAnswer(question, field, form);
    errors.push(...read.errors);
    if (read.errors.length > 0 || same(read.answer, before.answer)) return before;
    const after = { ...before, answer: read.answer, said: saidAnew(before, question, read.answer, words) };
    changed.push({ before, after });
    return after;
  });
  const { shown, paper } = content;
  return {
    errors,
    content: {
      ...content,
      paper: { ...paper, entries },
      shown: inEvery((language) => {
        const { document } = shown[language];
        return {
          ...shown[language],
          document: document && { ...document, fields: fieldsOf(entries, language) },
        };
      }),
    },
    corrections: inEvery((language) =>
      changed.map(({ before, after }) => ({
        label: before.said[language].label,
        from: before.said[language].value,
        to: after.said[language].value,
      })),
    ),
  };
}

/** What a form leaves out, or sends as it was, is not read again: what was taken once is never refused afterwards. */
function isTouched(form: FormFields, { field, answer }: PaperEntry, question: CompiledQuestion): boolean {
  const before = answer === undefined ? {} : fieldsOfAnswer(question, field, answer);
  const names = Object.keys(form).filter((name) => name === field || name.startsWith(`${field}.`));
  return names.some((name) => {
    const [was, now] = [before[name] ?? [], form[name] ?? []];
    return was.join('\n').trim() !== now.join('\n').trim();
  });
}

function saidAnew(
  { said }: PaperEntry,
  question: CompiledQuestion,
  answer: Answer | undefined,
  words: CaseWords,
): PaperEntry['said'] {
  return inEvery((language) => {
    const own = said[language];
    const value = answer === undefined ? '' : words.readable(question, answer, own.options, language);
    return { ...own, value };
  });
}
