/** Texts: every thing has its words in every language, and no word is about a thing that does not exist. */
import { type CompiledQuestion, kindOf } from '#kinds';
import { type Language, SOURCE } from '#language';
import { hint, type Source } from '#source';
import { checkPlaceholders } from './check-placeholders.ts';
import { isPaid } from './fee.ts';
import type { Pages } from './pages.ts';
import type { Report } from './report.ts';
import type { ServiceFile, TextsFile, TranslationFile } from './schema.ts';
import type { ResultDefinition, ServiceTexts } from './types.ts';

/** States every case can have; decisions of the service come on top. */
export const CASE_STATES: readonly string[] = ['new', 'working', 'waiting', 'done', 'rejected', 'withdrawn'];

export interface TextSource {
  language: Language;
  /** German has everything, a translation what was translated. */
  source: Source<TextsFile | TranslationFile>;
  /** A machine has said some of it, and no person has approved that. */
  machine: boolean;
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
        full: question.full,
        add: question.add,
      },
    ],
  );
  const { result, fee } = file;
  return {
    title: file.title,
    summary: file.summary,
    cost: file.cost,
    duration: file.duration,
    needs: file.needs,
    about: file.about,
    keywords: file.keywords,
    sections: file.sections ?? {},
    pages: Object.fromEntries(pages),
    questions: Object.fromEntries(questions),
    computed: file.computed ?? {},
    result: {
      title: result?.title ?? '',
      next: result?.next ?? [],
      document: result?.document,
      documentText: result?.documentText,
      labels: result?.labels ?? {},
      code: result?.code,
      codeHelp: result?.codeHelp,
      calendar: result?.calendar,
      undecided: result?.undecided,
    },
    states: file.states ?? {},
    fee: fee && { item: fee.item, exemptions: fee.exemptions ?? {}, paid: fee.paid, free: fee.free ?? {} },
    portal: file.portal,
  };
}

/** A text that must be there, or (with `required: false`) may be. */
interface Slot {
  path: readonly string[];
  required: boolean;
}

/** Complains about German texts that are missing, texts for nothing, and placeholders for nothing. */
export function checkTexts(
  file: ServiceFile,
  pages: Pages,
  result: ResultDefinition,
  all: readonly TextSource[],
  report: Report,
): void {
  const slots = slotsOf(file, pages, result);
  const filled = all.map(() => 0);
  for (const { path, required } of slots) {
    const german = all.find(({ language }) => language === SOURCE);
    const inGerman = german && textAt(german.source.value, path) !== undefined;
    const name = path.join('.');
    if (german && required && !inGerman)
      report.add(german.source, path, `missing text \`${name}\` (${SOURCE})`);
    for (const [index, { source }] of all.entries()) {
      if (textAt(source.value, path) === undefined) continue;
      filled[index] = (filled[index] ?? 0) + 1;
      if (!inGerman && !required)
        report.add(source, path, `\`${name}\` is a translation of nothing: ${SOURCE}.yaml has no such text`);
    }
  }
  for (const [index, { source }] of all.entries()) {
    if (countTexts(source.value) > (filled[index] ?? 0)) reportTextsForNothing(source, slots, report);
    checkPlaceholders(file, source, pages, report);
    checkCost(file, source, report);
  }
}

/** People must read on the tile what they will be asked to pay. */
function checkCost({ fee }: ServiceFile, source: TextSource['source'], report: Report): void {
  const amount = (fee.cents / 100).toFixed(fee.cents % 100 === 0 ? 0 : 2);
  const said = source.value.cost?.replaceAll(',', '.').match(/\d+(\.\d+)?/g) ?? [];
  if (
    source.value.cost !== undefined &&
    fee.cents > 0 &&
    !said.some((number) => Number(number) === Number(amount))
  )
    report.add(source, ['cost'], `\`cost\` does not say the fee: ${amount} euros (\`fee.cents\`)`);
}

/** Parts of the file that depend on the service; the shape demands the others. */
const PARTS = ['sections', 'pages', 'questions', 'computed', 'result', 'states', 'fee', 'portal'] as const;

function textAt(file: TextSource['source']['value'], path: readonly string[]): unknown {
  let value: unknown = file;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

const isText = (value: unknown): boolean => typeof value === 'string' || Array.isArray(value);

function countTexts(file: TextSource['source']['value']): number {
  const count = (value: unknown): number => {
    if (isText(value)) return 1;
    let sum = 0;
    for (const inner of Object.values(value ?? {})) sum += count(inner);
    return sum;
  };
  return PARTS.reduce((sum, part) => sum + count(file[part]), 0);
}

function reportTextsForNothing(source: TextSource['source'], slots: readonly Slot[], report: Report): void {
  const known = new Set(slots.map(({ path }) => path.join('/')));
  const visit = (value: unknown, path: readonly string[]): void => {
    if (isText(value)) {
      if (known.has(path.join('/'))) return;
      const name = path.join('.');
      report.add(source, path, `text for something that does not exist: \`${name}\`.${hintFor(path, slots)}`);
    } else if (value) for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  for (const part of PARTS) visit(source.value[part], [part]);
}

function hintFor(path: readonly string[], slots: readonly Slot[]): string {
  const parent = path.slice(0, -1).join('/');
  const siblings = slots.filter((slot) => slot.path.slice(0, -1).join('/') === parent);
  return hint(path.at(-1) ?? '', new Set(siblings.map((slot) => slot.path.at(-1) ?? '')));
}

function slotsOf(file: ServiceFile, pages: Pages, result: ResultDefinition): Slot[] {
  const slots: Slot[] = [];
  const need: Declare = (...path) => slots.push({ path, required: true });
  const may: Declare = (...path) => slots.push({ path, required: false });
  for (const { id } of file.sections ?? []) need('sections', id);
  for (const page of pages.pages) {
    need('pages', page.id, 'title');
    may('pages', page.id, 'text');
    for (const item of page.gallery) need('pages', page.id, 'gallery', item.id);
    // What stands above its two halves: no words of all pages say what both mean on this one.
    for (const half of ['yes', 'no'])
      if (page.gallery.some(({ tone }) => tone === half)) need('pages', page.id, 'gallery', half);
    for (const question of page.questions) {
      questionSlots(question, question.id, need, may);
      for (const inner of question.questions) questionSlots(inner, `${question.id}.${inner.id}`, need, may);
    }
  }
  for (const each of pages.computed) may('computed', each.id);
  if (isPaid(file.fee) && pages.pages.length > 0) {
    need('fee', 'item');
    if (file.fulfilment === 'case') may('fee', 'paid');
    for (const { id } of file.fee.exemptions ?? []) {
      need('fee', 'exemptions', id);
      may('fee', 'free', id);
    }
  }
  if (file.portal) for (const part of ['needs', 'duration', 'post']) need('portal', part);
  if (file.fulfilment === 'case' || file.fulfilment === 'register') {
    need('result', 'title');
    need('result', 'next');
  }
  if (file.fulfilment !== 'case') return slots;
  (result.document ? need : may)('result', 'document');
  may('result', 'documentText');
  for (const field of result.document?.fields ?? []) may('result', 'labels', field);
  (result.code ? need : may)('result', 'code');
  may('result', 'codeHelp');
  (result.calendar ? need : may)('result', 'calendar');
  // Whoever goes on beyond an allowance must not be promised what the office has yet to decide.
  if (file.entitlement?.answer !== undefined) {
    for (const part of ['title', 'next', 'state']) need('result', 'undecided', part);
    if (result.calendar) need('result', 'undecided', 'calendar');
  }
  for (const state of CASE_STATES) need('states', state);
  return slots;
}

/** Errors that every service has, and which a service may say better than the office can. */
const SAID_BETTER = [
  'required',
  'tooFew',
  'tooMany',
  'mustConfirm',
  'fileMissing',
  'entitlementUsed',
  'notInGermany',
] as const;

type Declare = (...path: string[]) => void;

function questionSlots(question: CompiledQuestion, key: string, need: Declare, may: Declare): void {
  const kind = kindOf(question);
  // Nobody is asked how a step ended; what is shown of it are the page's own words.
  if (!kind.asked) return;
  need('questions', key, 'label');
  may('questions', key, 'help');
  for (const option of question.options) {
    need('questions', key, 'options', option);
    may('questions', key, 'optionHelp', option);
  }
  for (const limit of question.limits) need('questions', key, 'errors', limit.error);
  for (const code of SAID_BETTER) may('questions', key, 'errors', code);
  const own = kind.ownTexts(question);
  for (const part of own.need) need('questions', key, part);
  for (const part of own.may) may('questions', key, part);
}
