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

/** Texts that must be there (true) or may be (false), by their path with slashes. */
type Slots = Map<string, boolean>;

/** Complains about missing texts, missing translations, texts for nothing, and placeholders for nothing. */
export function checkTexts(
  file: ServiceFile,
  pages: Pages,
  result: ResultDefinition,
  all: readonly TextSource[],
  report: Report,
): void {
  const slots = slotsOf(file, pages, result);
  const present = all.map(({ source }) => leavesOf(source.value));
  for (const [index, { language, source }] of all.entries()) {
    const here = present[index] ?? new Set();
    for (const [key, required] of slots) {
      if (here.has(key)) continue;
      const name = key.replaceAll('/', '.');
      if (required) report.add(source, key.split('/'), `missing text \`${name}\` (${language})`);
      else if (present.some((other) => other.has(key))) {
        const message = `missing translation: another language has \`${name}\`, this one (${language}) has not`;
        report.add(source, key.split('/'), message);
      }
    }
    for (const key of here) {
      if (slots.has(key)) continue;
      const message = `text for something that does not exist: \`${key.replaceAll('/', '.')}\`.${hintFor(key, slots)}`;
      report.add(source, key.split('/'), message);
    }
    checkPlaceholders(file, source, pages, report);
  }
}

function hintFor(key: string, slots: Slots): string {
  const start = key.slice(0, key.lastIndexOf('/') + 1);
  const siblings = [...slots.keys()].filter((each) => each.startsWith(start));
  return hint(
    key.slice(start.length),
    siblings.map((each) => each.slice(start.length)),
  );
}

const PARTS = ['pages', 'questions', 'computed', 'result', 'states'] as const;

/** Paths of the texts below the general ones, which the shape already demands. */
function leavesOf(file: TextsFile): Set<string> {
  const leaves = new Set<string>();
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' || Array.isArray(value)) leaves.add(key);
    else if (value) for (const [name, inner] of Object.entries(value)) visit(inner, `${key}/${name}`);
  };
  for (const part of PARTS) visit(file[part], part);
  return leaves;
}

function slotsOf(file: ServiceFile, pages: Pages, result: ResultDefinition): Slots {
  const slots: Slots = new Map();
  const need = (key: string) => slots.set(key, true);
  const may = (key: string) => slots.set(key, false);
  for (const page of pages.pages) {
    need(`pages/${page.id}/title`);
    may(`pages/${page.id}/text`);
    for (const item of page.gallery) need(`pages/${page.id}/gallery/${item.id}`);
    for (const question of page.questions) {
      questionSlots(question, question.id, need, may);
      for (const inner of question.questions) questionSlots(inner, `${question.id}.${inner.id}`, need, may);
    }
  }
  for (const each of pages.computed) may(`computed/${each.id}`);
  if (file.fulfilment !== 'case') return slots;
  need('result/title');
  need('result/next');
  (result.document ? need : may)('result/document');
  may('result/documentText');
  (result.code ? need : may)('result/code');
  may('result/codeHelp');
  (result.calendar ? need : may)('result/calendar');
  for (const state of new Set([...CASE_STATES, ...(file.decisions ?? [])])) need(`states/${state}`);
  return slots;
}

type Declare = (key: string) => void;

function questionSlots(question: CompiledQuestion, key: string, need: Declare, may: Declare): void {
  need(`questions/${key}/label`);
  may(`questions/${key}/help`);
  for (const option of question.options) {
    need(`questions/${key}/options/${option}`);
    may(`questions/${key}/optionHelp/${option}`);
  }
  for (const limit of question.limits) need(`questions/${key}/errors/${limit.error}`);
  if (question.kind === 'group') {
    need(`questions/${key}/entry`);
    need(`questions/${key}/add`);
  }
}

/** A name in braces. */
export const PLACEHOLDER = /\{([^{}]*)\}/g;

/** @returns names in braces of a text */
export function placeholdersOf(text: string): string[] {
  return text.includes('{') ? [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '') : [];
}

function checkPlaceholders(file: ServiceFile, source: Source<TextsFile>, pages: Pages, report: Report): void {
  const check = (text: string, key: string): void => {
    const path = key.split('/').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    for (const name of placeholdersOf(text)) {
      const found = pages.conditions.name(name.split('.')[0] ?? '');
      if (!found) {
        const close = hint(name, pages.conditions.names());
        const message = `unknown placeholder \`{${name}}\`: there is no such question or computed value.${close}`;
        report.add(source, path, message);
      } else if (found.page > lastPage(path, pages)) {
        const asked = file.pages[found.page]?.id;
        const message = `placeholder \`{${name}}\` is not known on this page yet: it is asked on page \`${asked}\``;
        report.add(source, path, message);
      }
    }
  };
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (value.includes('{')) check(value, key);
    } else if (value && typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) visit(inner, key === '' ? name : `${key}/${name}`);
    }
  };
  visit(source.value, '');
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
