/** Texts: every thing has its words in every language, and no word is about a thing that does not exist. */
import type { Source, SourcePath } from '#source';
import { hint } from './expression/index.ts';
import type { Pages } from './pages.ts';
import type { Report } from './report.ts';
import type { ServiceFile, TextsFile } from './schema.ts';
import type { CompiledQuestion, Language, ResultDefinition, ServiceTexts } from './types.ts';

/** States every case can have; decisions of the service come on top. */
export const CASE_STATES: readonly string[] = ['new', 'working', 'waiting', 'done', 'rejected', 'withdrawn'];

export interface TextSource {
  language: Language;
  source: Source<TextsFile>;
}

export function textsOf(file: TextsFile): ServiceTexts {
  const pages = Object.entries(file.pages ?? {}).map(
    ([id, page]): [string, ServiceTexts['pages'][string]] => [
      id,
      { title: page.title, text: page.text, gallery: page.gallery ?? {} },
    ],
  );
  const questions = Object.entries(file.questions ?? {}).map(
    ([id, question]): [string, ServiceTexts['questions'][string]] => [
      id,
      {
        label: question.label,
        help: question.help,
        options: question.options ?? {},
        optionHelp: question.optionHelp ?? {},
        errors: question.errors ?? {},
        entry: question.entry,
        add: question.add,
      },
    ],
  );
  const { result } = file;
  return {
    title: file.title,
    summary: file.summary,
    cost: file.cost,
    duration: file.duration,
    needs: file.needs,
    about: file.about,
    keywords: file.keywords,
    pages: Object.fromEntries(pages),
    questions: Object.fromEntries(questions),
    computed: file.computed ?? {},
    result: {
      title: result?.title ?? '',
      next: result?.next ?? [],
      document: result?.document,
      documentText: result?.documentText,
      code: result?.code,
      codeHelp: result?.codeHelp,
      calendar: result?.calendar,
    },
    states: file.states ?? {},
  };
}

/** A text that must (or, with `required: false`, may) exist. */
interface Slot {
  path: readonly string[];
  required: boolean;
}

/** Complains about missing texts, missing translations, texts for nothing, and placeholders for nothing. */
export function checkTexts(
  file: ServiceFile,
  pages: Pages,
  result: ResultDefinition,
  all: readonly TextSource[],
  report: Report,
): void {
  const slots = slotsOf(file, pages, result);
  const known = new Set(slots.map((slot) => slot.path.join('/')));
  const used = new Set<string>();
  for (const { source } of all) {
    for (const path of leavesOf(source.value)) used.add(path.join('/'));
  }
  for (const { language, source } of all) {
    const present = new Set(leavesOf(source.value).map((path) => path.join('/')));
    for (const slot of slots) {
      const key = slot.path.join('/');
      if (present.has(key)) continue;
      if (slot.required)
        report.add(source, slot.path, `missing text \`${slot.path.join('.')}\` (${language})`);
      else if (used.has(key)) {
        report.add(
          source,
          slot.path,
          `missing translation: another language has \`${slot.path.join('.')}\`, this one (${language}) has not`,
        );
      }
    }
    for (const path of leavesOf(source.value)) {
      if (known.has(path.join('/'))) continue;
      report.add(
        source,
        path,
        `text for something that does not exist: \`${path.join('.')}\`.${hintFor(path, slots)}`,
      );
    }
    checkPlaceholders(file, source, pages, report);
  }
}

function hintFor(path: readonly string[], slots: readonly Slot[]): string {
  const parent = path.slice(0, -1).join('/');
  const siblings = slots.filter((slot) => slot.path.slice(0, -1).join('/') === parent);
  return hint(path.at(-1) ?? '', new Set(siblings.map((slot) => slot.path.at(-1) ?? '')));
}

/** Paths of the texts below the general ones, which the shape already demands. */
function leavesOf(file: TextsFile): string[][] {
  const leaves: string[][] = [];
  const visit = (value: unknown, path: string[]): void => {
    if (typeof value === 'string' || Array.isArray(value)) leaves.push(path);
    else if (value) for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  for (const part of ['pages', 'questions', 'computed', 'result', 'states'] as const)
    visit(file[part], [part]);
  return leaves;
}

function slotsOf(file: ServiceFile, pages: Pages, result: ResultDefinition): Slot[] {
  const slots: Slot[] = [];
  const need = (...path: string[]) => slots.push({ path, required: true });
  const may = (...path: string[]) => slots.push({ path, required: false });
  for (const page of pages.pages) {
    need('pages', page.id, 'title');
    may('pages', page.id, 'text');
    for (const item of page.gallery) need('pages', page.id, 'gallery', item.id);
    for (const question of page.questions) {
      questionSlots(question, question.id, need, may);
      for (const inner of question.questions) questionSlots(inner, `${question.id}.${inner.id}`, need, may);
    }
  }
  for (const each of pages.computed) may('computed', each.id);
  if (file.fulfilment !== 'case') return slots;
  need('result', 'title');
  need('result', 'next');
  (result.document ? need : may)('result', 'document');
  may('result', 'documentText');
  (result.code ? need : may)('result', 'code');
  may('result', 'codeHelp');
  (result.calendar ? need : may)('result', 'calendar');
  for (const state of new Set([...CASE_STATES, ...(file.decisions ?? [])])) need('states', state);
  return slots;
}

type Declare = (...path: string[]) => void;

function questionSlots(question: CompiledQuestion, key: string, need: Declare, may: Declare): void {
  need('questions', key, 'label');
  may('questions', key, 'help');
  for (const option of question.options) {
    need('questions', key, 'options', option);
    may('questions', key, 'optionHelp', option);
  }
  for (const limit of question.limits) need('questions', key, 'errors', limit.error);
  if (question.kind === 'group') {
    need('questions', key, 'entry');
    need('questions', key, 'add');
  }
}

/** A name in braces. */
export const PLACEHOLDER = /\{([^{}]*)\}/g;

/** @returns names in braces of a text */
export function placeholdersOf(text: string): string[] {
  return text.includes('{') ? [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '') : [];
}

function checkPlaceholders(file: ServiceFile, source: Source<TextsFile>, pages: Pages, report: Report): void {
  const check = (text: string, path: SourcePath): void => {
    for (const name of placeholdersOf(text)) {
      const found = pages.conditions.name(name.split('.')[0] ?? '');
      const last = lastPage(path, pages);
      if (!found) {
        report.add(
          source,
          path,
          `unknown placeholder \`{${name}}\`: there is no such question or computed value.${hint(name, pages.conditions.names())}`,
        );
      } else if (found.page > last) {
        report.add(
          source,
          path,
          `placeholder \`{${name}}\` is not known on this page yet: it is asked on page \`${file.pages[found.page]?.id}\``,
        );
      }
    }
  };
  const visit = (value: unknown, path: SourcePath): void => {
    if (typeof value === 'string') check(value, path);
    else if (value && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        visit(inner, [...path, Array.isArray(value) ? Number(key) : key]);
      }
    }
  };
  visit(source.value, []);
}

/** The last page (by position) whose answers a text can show. */
function lastPage(path: SourcePath, pages: Pages): number {
  const [part, key, what] = path;
  if (part === 'pages') return (pages.pages.find((page) => page.id === key)?.index ?? pages.pages.length) - 1;
  if (part === 'questions') {
    const name = pages.conditions.name(String(key).split('.')[0] ?? '');
    const page = name?.page ?? pages.pages.length;
    return what === 'errors' ? page : page - 1;
  }
  return part === 'result' || part === 'states' ? pages.pages.length : -1;
}
