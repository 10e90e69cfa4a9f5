/** Where somebody stands: the pages that apply to their answers, in order, and the first that still needs them. */
import { type Answer, type Answers, type CompiledQuestion, entriesOf, nameOfPart, type Scope } from '#kinds';
import { LANGUAGES } from '#language';
import {
  type CompiledPage,
  type CompiledService,
  type Computed,
  endsAt,
  HOLIDAYS,
  PAGE_RULES,
  placeholdersOf,
} from '#service';
import type { Moment } from '#time';
import { accepts } from './accepts.ts';
import { feeOf } from './fee.ts';
import { foundBy, suffices } from './identify.ts';
import { stepsOf } from './next-steps.ts';
import type { FieldError, Progress, Walk } from './types.ts';

/** A limit that does not hold. */
interface Broken {
  field: string;
  error: string;
}

/** Computed values by the page that completes them, per service: looked up on every step of every visit. */
const byPage = new WeakMap<CompiledService, ReadonlyMap<string, readonly Computed[]>>();

function computedAfter(service: CompiledService, page: string): readonly Computed[] {
  let all = byPage.get(service);
  if (!all) {
    all = Map.groupBy(service.computed, (each) => each.after);
    byPage.set(service, all);
  }
  return all.get(page) ?? [];
}

/** @returns limits of the question (and of its entries' questions) that do not hold */
export function brokenLimits(question: CompiledQuestion, answer: Answer, scope: Scope): Broken[] {
  const broken: Broken[] = [];
  const first = question.limits.find((limit) => !limit.holds(scope));
  if (first) broken.push({ field: question.id, error: first.error });
  for (const entry of entriesOf(question, answer) ?? []) {
    // What this entry leaves open must not be filled by a question of the same name outside.
    const said = entry.map(({ question: { id }, answer: value }): [string, unknown] => [id, value]);
    const inner = { ...scope, ...Object.fromEntries(said) };
    for (const { question: each, answer: value, part } of entry) {
      const limit = value !== undefined && each.limits.find((one) => !one.holds(inner));
      if (limit) broken.push({ field: nameOfPart(question.id, part), error: limit.error });
    }
  }
  return broken;
}

/** What limits and texts of a page can see. */
export interface Sight extends Walk {
  scope: Scope;
}

/** Like {@link walk}, with the scope of the last condition. `upTo` ends after that page. */
export function sightOf(
  service: CompiledService,
  progress: Progress,
  moment: Moment,
  upTo?: CompiledPage,
): Sight {
  const scope: Record<string, unknown> = { today: moment.today, [HOLIDAYS]: moment.isHoliday };
  const pages: CompiledPage[] = [];
  const answers: Answers = {};
  const computed: Record<string, Answer> = {};
  const complete = new Set<string>();
  let next: CompiledPage | undefined;
  for (const page of service.pages) {
    const applies = page.when === undefined || page.when(scope);
    if (applies) {
      pages.push(page);
      takeAnswers(page, progress.answers, answers, scope);
      if (page.identify && page.id in answers) Object.assign(scope, foundBy(page, progress));
    }
    for (const each of computedAfter(service, page.id)) {
      const value = each.value(scope);
      if (value === undefined) continue;
      scope[each.id] = value;
      computed[each.id] = value;
    }
    if (applies && PAGE_RULES[page.kind].completedBy !== 'handingIn') {
      if (isComplete(page, answers, progress, scope)) complete.add(page.id);
      else next ??= page;
    }
    // Where a way ends, nothing comes after it.
    if (page === upTo || (applies && isEnding(page))) break;
  }
  const fee = feeOf(service, answers, scope);
  const steps = stepsOf(service, answers, scope);
  const identity = pages.some((page) => page.identify) ? progress.identity : undefined;
  return { service, pages, next, answers, computed, complete, fee, steps, identity, scope };
}

/** @returns whether a way through the service ends at this page */
export function isEnding(page: CompiledPage): boolean {
  return endsAt(page.kind);
}

function takeAnswers(
  page: CompiledPage,
  given: Answers,
  answers: Answers,
  scope: Record<string, unknown>,
): void {
  for (const question of page.questions) {
    const answer = given[question.id];
    if (answer === undefined || !accepts(question, answer)) continue;
    answers[question.id] = answer;
    scope[question.id] = answer;
  }
}

/** Whether an identify page has what it asks for, or going on without is allowed. */
function isIdentified({ id, identify }: CompiledPage, answers: Answers, progress: Progress): boolean {
  if (!identify) return true;
  if (answers[id] === 'none') return identify.otherwise !== undefined;
  return answers[id] === progress.identity?.level && suffices(identify, progress.identity);
}

function isComplete(page: CompiledPage, answers: Answers, progress: Progress, scope: Scope): boolean {
  const { completedBy } = PAGE_RULES[page.kind];
  if (completedBy === 'seeing') return progress.seen.includes(page.id);
  if (completedBy === 'nothing' || !isIdentified(page, answers, progress)) return false;
  if (page.identify?.otherwise === 'ending' && answers[page.id] === 'none') return true;
  let optionalOnly = true;
  for (const question of page.questions) {
    const answer = answers[question.id];
    if (!question.optional) optionalOnly = false;
    if (answer === undefined) {
      if (!question.optional) return false;
      continue;
    }
    const entries = entriesOf(question, answer);
    if (entries && entries.length < (question.min ?? 0)) return false;
    if (brokenLimits(question, answer, scope).length > 0) return false;
  }
  // A page that asks only for what may be left out must at least have been passed.
  return (
    !optionalOnly || progress.seen.includes(page.id) || page.questions.some((each) => each.id in answers)
  );
}

/**
 * @param progress what was said and seen; answers that do not (or no longer) belong are left aside, not deleted
 * @returns the pages that apply, the first that is not complete, and the answers that count. A page whose condition
 * depends on an answer still missing does not apply yet.
 */
export function walk(service: CompiledService, progress: Progress, moment: Moment): Walk {
  const { scope: _scope, ...walked } = sightOf(service, progress, moment);
  return walked;
}

/** Whether a number is shown without separators. */
function isPlain({ questions, computed }: CompiledService, name: string): boolean {
  const question = questions.get(name);
  return (
    (question?.kind === 'number' && question.plain) || computed.some((each) => each.id === name && each.plain)
  );
}

/** @returns the error for a limit that does not hold; its params are the values that its own text names */
export function limitError(service: CompiledService, broken: Broken, scope: Scope): FieldError {
  const key = broken.field.replace(/\[\d+\]/, '');
  const names = LANGUAGES.flatMap((language) =>
    placeholdersOf(service.texts[language].questions[key]?.errors[broken.error] ?? ''),
  );
  const params: Record<string, string | number> = {};
  for (const name of names) {
    const value = scope[name];
    if (typeof value === 'number') params[name] = isPlain(service, name) ? String(value) : value;
    else if (typeof value === 'string') params[name] = value;
  }
  return { field: broken.field, code: broken.error, own: true, params };
}
