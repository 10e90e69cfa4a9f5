/** Pages, questions and computed values of a service: order, conditions, limits. */
import type { CompiledQuestion } from '#kinds';
import type { Source, SourcePath } from '#source';
import {
  type Complain,
  Conditions,
  conditionOf,
  demandKind,
  evaluate,
  type Standpoint,
} from './conditions.ts';
import { type Expression, guardsOf, isConstant } from './expression/index.ts';
import { MEANS } from './means.ts';
import { checkKind, PAGE_RULES } from './page-kinds.ts';
import { addedQuestion, checkSpelling, type DraftQuestion, draftQuestion } from './questions.ts';
import type { Report } from './report.ts';
import type { PageFile, ServiceFile } from './schema.ts';
import { checkSlot } from './slots.ts';
import { sumOf } from './sum.ts';
import { ALLOWANCE, type CompiledPage, type Computed, type IdentifyRule } from './types.ts';

export interface Pages {
  pages: CompiledPage[];
  questions: Map<string, CompiledQuestion>;
  computed: Computed[];
  conditions: Conditions;
  /** Questions that everybody is asked. */
  always: ReadonlySet<string>;
}

interface DraftPage {
  raw: PageFile;
  index: number;
  when: Expression | undefined;
  questions: DraftQuestion[];
}

type ComputedFile = NonNullable<ServiceFile['computed']>[number];

const KIND_OF_COMPUTED = { number: 'number', text: 'string', bool: 'bool', date: 'date' } as const;

export function compilePages(source: Source<ServiceFile>, report: Report): Pages {
  const file = source.value;
  checkIds(source, report);
  const conditions = new Conditions(
    file.pages.map((page) => page.id),
    declaredIn(file),
  );
  const complain: Complain = (path, message) => report.add(source, path, message);
  const computed: Computed[] = [];
  const drafts: DraftPage[] = [];
  checkAfter(source, report);
  for (const [index, raw] of file.pages.entries()) {
    const when = compileWhen(raw, index, conditions, complain);
    const questions = [
      ...outcomeOf(raw, file),
      ...(raw.questions ?? []).map((question, at) =>
        draftQuestion(question, source, ['pages', index, 'questions', at], report),
      ),
    ];
    const before = drafts.flatMap((draft) => draft.questions).filter(({ kind }) => kind === 'name');
    const names = before.map(({ id }) => id);
    checkSpelling(raw.questions ?? [], source, ['pages', index, 'questions'], report, names);
    for (const question of [...questions, ...PAGE_RULES[raw.kind].found(raw)])
      conditions.addQuestion(question, index, when);
    for (const [at, each] of (file.computed ?? []).entries()) {
      if (each.after === raw.id) computed.push(...compileComputed(each, at, index, conditions, complain));
    }
    const draft = { raw, index, when, questions };
    drafts.push(draft);
    compileLimits(draft, file, conditions, complain);
    checkPage(draft, source, conditions, report);
  }
  const all = drafts.flatMap((draft) => draft.questions);
  return {
    pages: drafts.map(finish),
    questions: new Map(all.map((question) => [question.id, question])),
    computed,
    conditions,
    always: new Set(drafts.flatMap((draft) => (draft.when ? [] : draft.questions.map(({ id }) => id)))),
  };
}

/** What the office itself answers on the page: how a step ended, under the page's own name, and what is left of an allowance. */
function outcomeOf(raw: PageFile, { entitlement }: ServiceFile): DraftQuestion[] {
  const found: DraftQuestion[] = [];
  const outcomes = PAGE_RULES[raw.kind].outcomes(raw);
  if (outcomes) found.push(addedQuestion(raw.id, 'outcome', outcomes));
  // Nobody waits for it: it is said when the page has been answered.
  if (entitlement?.answer !== undefined && entitlement.page === raw.id)
    found.push({ ...addedQuestion(entitlement.answer, 'outcome', ALLOWANCE), optional: true });
  return found;
}

/** Where an ordinary question of the page stands in its file. */
const placeIn = (raw: PageFile, at: number, file: ServiceFile): number => at - outcomeOf(raw, file).length;

function finish({ raw, index, when, questions }: DraftPage): CompiledPage {
  return {
    id: raw.id,
    kind: raw.kind,
    index,
    when: when && conditionOf(when, false),
    questions,
    pictogram: raw.pictogram,
    gallery: (raw.gallery ?? []).map((item) => ({ ...item, tone: item.tone ?? 'plain' })),
    identify: identifyRule(raw),
    device: raw.device && { id: raw.device.id, modeFrom: raw.device.modeFrom },
    portal: raw.portal,
    office: raw.office,
    appointment: raw.appointment,
  };
}

function identifyRule({ level, means, otherwise, letterCode }: PageFile): IdentifyRule | undefined {
  if (!level) return undefined;
  const without = otherwise === 'ending' ? 'ending' : otherwise ? 'typed' : undefined;
  const lawful = means && MEANS.filter((one) => means.includes(one));
  return { level, means: lawful, otherwise: without, letterCode };
}

/** Addresses of a service that are no pages of its definition: the result, paying, printing. */
const TAKEN: ReadonlySet<string> = new Set(['done', 'pay', 'print']);

function checkIds(source: Source<ServiceFile>, report: Report): void {
  for (const [index, { id }] of source.value.pages.entries())
    if (TAKEN.has(id))
      report.add(source, ['pages', index, 'id'], `the page id \`${id}\` is reserved, choose another one`);
  const { pages, computed = [] } = source.value;
  report.duplicates(
    source,
    'page',
    pages.map((page, index) => ({ id: page.id, path: ['pages', index] })),
  );
  const questions = pages.flatMap((page, index) => [
    ...[...outcomeOf(page, source.value), ...PAGE_RULES[page.kind].found(page)].map(({ id }) => ({
      id,
      path: ['pages', index] as SourcePath,
    })),
    ...(page.questions ?? []).map((question, at) => ({
      id: question.id,
      path: ['pages', index, 'questions', at] as SourcePath,
    })),
  ]);
  const values = computed.map((each, index) => ({ id: each.id, path: ['computed', index] as SourcePath }));
  report.duplicates(source, 'question or computed value', [...questions, ...values]);
  for (const [index, page] of pages.entries()) {
    report.duplicates(
      source,
      'picture of this page',
      (page.gallery ?? []).map((item, at) => ({ id: item.id, path: ['pages', index, 'gallery', at] })),
    );
  }
}

/** Where each name begins to exist, by position of its page. */
function declaredIn(file: ServiceFile): Map<string, number> {
  const declared = new Map<string, number>();
  for (const [index, page] of file.pages.entries()) {
    const named = [...outcomeOf(page, file), ...PAGE_RULES[page.kind].found(page), ...(page.questions ?? [])];
    for (const question of named) declared.set(question.id, index);
    for (const each of file.computed ?? []) if (each.after === page.id) declared.set(each.id, index);
  }
  return declared;
}

function checkAfter(source: Source<ServiceFile>, report: Report): void {
  const ids = new Set(source.value.pages.map((page) => page.id));
  for (const [index, each] of (source.value.computed ?? []).entries()) {
    if (!ids.has(each.after)) {
      report.add(
        source,
        ['computed', index, 'after'],
        `there is no page \`${each.after}\`: name the page that completes it`,
      );
    }
  }
}

function compileWhen(
  raw: PageFile,
  index: number,
  conditions: Conditions,
  complain: Complain,
): Expression | undefined {
  if (raw.when === undefined) return undefined;
  const path = ['pages', index, 'when'];
  const tell = (message: string) => complain(path, `when: ${message}`);
  const expression = conditions.compile(raw.when, { before: index, guards: [] }, tell);
  if (!expression || !demandKind(expression, 'bool', tell)) return undefined;
  const constant = isConstant(expression) ? evaluate(expression, {}) : undefined;
  if (constant === true) tell('This always holds: leave out `when`.');
  else if (constant === false || !conditions.possible(expression)) {
    tell(`This can never hold: page \`${raw.id}\` is unreachable. Correct the condition or remove the page.`);
  }
  return expression;
}

function compileComputed(
  raw: ComputedFile,
  at: number,
  page: number,
  conditions: Conditions,
  complain: Complain,
): Computed[] {
  const path = ['computed', at, 'value'];
  const tell = (message: string) => complain(path, `${raw.id}: ${message}`);
  const expression = conditions.compile(raw.value, { before: page + 1, guards: [] }, tell, true);
  const kind = KIND_OF_COMPUTED[raw.type];
  if (!expression || !demandKind(expression, kind, tell)) {
    conditions.addBroken(raw.id, page, { kind });
    return [];
  }
  conditions.addComputed(raw.id, page, expression);
  const value: Computed['value'] = (scope) => {
    const result = evaluate(expression, scope);
    return typeof result === 'object' ? undefined : (result as string | number | boolean | undefined);
  };
  return [
    { id: raw.id, type: raw.type, unit: raw.unit, plain: raw.format === 'plain', after: raw.after, value },
  ];
}

function compileLimits(page: DraftPage, file: ServiceFile, conditions: Conditions, complain: Complain): void {
  const guards = page.when ? guardsOf(page.when.node) : [];
  for (const [position, question] of page.questions.entries()) {
    const at = placeIn(page.raw, position, file);
    const raw = page.raw.questions?.[at];
    if (raw && question.kind === 'chooseSome') question.sum = sumOf(raw, file.computed);
    const path = ['pages', page.index, 'questions', at];
    const place = { before: page.index + 1, guards, certain: [question.id] };
    limitsOf(question, raw?.limits ?? [], path, place, conditions, complain);
    if (raw?.kind !== 'group') continue;
    const entry = new Map(question.questions.map((each) => [each.id, each]));
    for (const [inner, each] of question.questions.entries()) {
      const limits = raw.questions[inner]?.limits ?? [];
      // The group itself is not named here: while one of its entries is checked, the others may be unfinished.
      const inside = { before: page.index + 1, guards, entry, certain: [each.id] };
      limitsOf(each as DraftQuestion, limits, [...path, 'questions', inner], inside, conditions, complain);
    }
  }
}

function limitsOf(
  question: DraftQuestion,
  limits: NonNullable<NonNullable<PageFile['questions']>[number]['limits']>,
  path: SourcePath,
  place: Standpoint,
  conditions: Conditions,
  complain: Complain,
): void {
  for (const [index, limit] of limits.entries()) {
    const tell = (message: string) =>
      complain([...path, 'limits', index, 'holds'], `limit \`${limit.error}\`: ${message}`);
    const expression = conditions.compile(limit.holds, place, tell);
    if (expression && demandKind(expression, 'bool', tell)) {
      question.limits.push({
        ...{ holds: conditionOf(expression, true), error: limit.error },
        reads: expression.reads.map(({ name }) => name),
      });
    }
  }
}

function checkPage(
  page: DraftPage,
  source: Source<ServiceFile>,
  conditions: Conditions,
  report: Report,
): void {
  const { raw, index, questions } = page;
  const add = (message: string, path: SourcePath = []) =>
    report.add(source, ['pages', index, ...path], message);
  checkKind(raw, source.value.pages, index, add);
  const { asks } = PAGE_RULES[raw.kind];
  if (asks === 'nothing') {
    if (questions.length > 0)
      add(`a page of kind \`${raw.kind}\` asks nothing: move its questions to another page`, ['questions']);
    return;
  }
  if (questions.length === 0)
    add('this page asks nothing: give it `questions:` or make it `kind: information`');
  if (asks === 'file' && !questions.some((question) => question.kind === 'file')) {
    add(`an ${raw.kind} page needs a question of kind \`file\``);
  }
  for (const [position, question] of questions.entries()) {
    const at = placeIn(raw, position, source.value);
    if (question.kind === 'slot' && asks !== 'slot') {
      add('a slot is chosen on a page of `kind: slot`', ['questions', at]);
    }
    if (question.kind === 'slot') {
      const guards = page.when ? guardsOf(page.when.node) : [];
      const place = { page: index, guards, path: ['pages', index, 'questions', at] };
      checkSlot(question, place, source, conditions, report);
    }
  }
  if (asks === 'slot' && (questions.length !== 1 || questions[0]?.kind !== 'slot')) {
    add(`a page of \`kind: ${raw.kind}\` has exactly one question, of kind \`slot\``);
  }
}
