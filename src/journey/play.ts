/** Plays an example journey without a server: fill, read, walk, page after page, and compare what comes out. */
import {
  type Answer,
  type Answers,
  type CompiledQuestion,
  type ErrorCode,
  type FileAnswer,
  type FormFields,
  isRecord,
  kindOf,
  NEEDS_CITY,
  type Reference,
  type Resolved,
  type SlotAnswer,
} from '#kinds';
import type { CompiledPage, CompiledService, ExampleJourney, JourneyStep } from '#service';
import { addDays, type Moment, nationwideHoliday } from '#time';
import { applyGroupAction } from './groups.ts';
import { suffices, toldInPart, withIdentity } from './identify.ts';
import { toldByLetter } from './letter.ts';
import { formFieldsOf, readPage } from './read.ts';
import { submission } from './review.ts';
import type { FieldError, Identified, Progress, Submission, Walk } from './types.ts';
import { isEnding, walk } from './walk.ts';

/** @returns the slot that `first-free` stands for, or undefined when none is free */
export type PlaySlots = (question: CompiledQuestion, walked: Walk) => SlotAnswer | undefined;

/** @returns the test person of that name as an identification would tell it (attributes not asked for included) */
export type PlayPeople = (person: string) => Identified | undefined;

/** Why a journey does not play; `path` is the place in its file. */
export interface PlayProblem {
  path: readonly (string | number)[];
  message: string;
}

export interface PlayResult {
  problem: PlayProblem | undefined;
  walked: Walk;
  /** What would be handed in, when the journey gets that far. */
  submission: Submission | undefined;
  /** Progress at the end. */
  progress: Progress;
}

/** Errors that only a whole office can find; a step that expects one ends without effect. */
const ELSEWHERE: ReadonlySet<string> = new Set<ErrorCode>([
  'fileTooLarge',
  'fileWrongType',
  'fileDamaged',
  'fileIncomplete',
  'fileLocked',
  'fileActive',
  'fileUnshown',
  'filePhoto',
  'filePixels',
  'fileFlood',
  'fileGrown',
  'fileBusy',
  'fileOften',
  'fileTooMany',
  'fileEmpty',
  'slotFull',
  'slotClosed',
  'slotStray',
  'entitlementUsed',
  'formOutdated',
  'identityCancelled',
  'identityExpired',
  'identityRefused',
  'identityOther',
  'identityDenied',
]);

/** Takes every street for known: for playing without a city. Errors that need one are then taken on trust. */
export const ANY_CITY: Reference = {
  street: (typed) => typed,
  similarStreets: () => [],
  cityPostcode: () => true,
  postcodesOf: () => undefined,
  isCity: () => true,
  cityName: '',
  areaCode: '',
  isHoliday: nationwideHoliday,
};

interface Play {
  service: CompiledService;
  moment: Moment;
  reference: Reference;
  slots: PlaySlots;
  people: PlayPeople;
  progress: Progress;
  /** How often the household has been here before. */
  earlier: number;
  /** What was typed into a page that is shown again with errors. */
  typed: { page: string; fields: FormFields } | undefined;
}

/**
 * @param moment when it is played; the journey's own `today` comes first
 * @param reference the city's streets, or {@link ANY_CITY}
 * @param slots by default every date two weeks ahead is free
 */
export function playPure(
  service: CompiledService,
  journey: ExampleJourney,
  moment: Moment,
  reference: Reference,
  slots: PlaySlots = () => ({ slot: 'first-free', date: addDays(journey.today ?? moment.today, 14) }),
  people: PlayPeople = () => undefined,
): PlayResult {
  const play: Play = {
    service,
    moment: { ...moment, today: journey.today ?? moment.today },
    reference,
    slots,
    people,
    progress: { answers: {}, seen: [] },
    earlier: journey.after.length,
    typed: undefined,
  };
  const trusted = reference === ANY_CITY ? new Set([...ELSEWHERE, ...NEEDS_CITY]) : ELSEWHERE;
  let problem: PlayProblem | undefined;
  for (const [index, step] of journey.steps.entries()) {
    const message = playStep(play, step, trusted);
    if (message === undefined) continue;
    problem = { path: ['steps', index], message: `step ${index + 1}, page \`${step.page}\`: ${message}` };
    break;
  }
  const walked = walk(service, play.progress, play.moment);
  const handedIn = walked.next === undefined ? submission(service, walked) : undefined;
  problem ??= outcomeProblem(journey, walked, handedIn, reference !== ANY_CITY);
  return { problem, walked, submission: handedIn, progress: play.progress };
}

/** @returns what is wrong, or undefined when the step went as written */
function playStep(play: Play, step: JourneyStep, trusted: ReadonlySet<string>): string | undefined {
  const walked = walk(play.service, play.progress, play.moment);
  const page = walked.pages.find((each) => each.id === step.page);
  if (!page) return 'this page is not part of the way with these answers';
  if (walked.next && page.index > walked.next.index)
    return `cannot be reached: page \`${walked.next.id}\` comes first`;
  const outside = takeOutcome(play, page, step);
  if (outside !== undefined) return outside;
  const expected = Object.entries(step.errors);
  // Refused, or gone to the ending: the page has nothing to send.
  if (step.identify !== undefined && step.errors[page.id] !== undefined) return undefined;
  if (step.identify === 'without' && page.identify?.otherwise === 'ending') return undefined;
  if (expected.some(([, code]) => trusted.has(code))) return undefined;
  const refused = Object.entries(step.fill).map(([name, value]) => refusedBy(page, name, [value].flat()));
  const refusal = refused.find((each) => each !== undefined);
  if (refusal !== undefined) return refusal;
  const form = formOf(play, page, step);
  const reading = readPage(
    play.service,
    page,
    form,
    play.progress,
    play.moment,
    play.reference,
    resolve(play, page, form, walked),
  );
  const action = form._action?.[0] ?? 'next';
  const done = action === 'next' ? reading : applyGroupAction(play.service, page, reading, action);
  if (!done) return `there is nothing to do for \`_action: ${action}\``;
  const message = compareErrors(expected, done.errors);
  if (message !== undefined) return message;
  const stays = done.errors.length > 0;
  play.typed = stays ? { page: page.id, fields: form } : undefined;
  if (stays) return undefined;
  const seen = action === 'next' && !play.progress.seen.includes(page.id) ? [page.id] : [];
  const answers = withAllowance(play, page, done.answers);
  play.progress = { ...play.progress, answers, seen: [...play.progress.seen, ...seen] };
  return undefined;
}

/** What the office itself finds out on a page: who somebody is, what a device did. */
function takeOutcome(play: Play, page: CompiledPage, step: JourneyStep): string | undefined {
  if (step.identify === 'without')
    play.progress = withIdentity(page, play.progress, undefined, play.reference);
  else if (step.identify !== undefined) {
    const person = play.people(step.identify);
    if (!person) return `there is no test person \`${step.identify}\``;
    const expected = step.errors[page.id];
    const refused = refusalOf(page, person);
    if (refused !== undefined && expected !== refused)
      return `\`${step.identify}\` is refused here: expect the error \`${refused}\` at \`${page.id}\``;
    if (refused === undefined && (expected === 'identityTooLow' || expected === 'identityWrongMeans'))
      return `\`${step.identify}\` is not refused here`;
    if (expected === undefined) play.progress = withIdentity(page, play.progress, person, play.reference);
  }
  if (step.device) {
    const { outcome } = step.device;
    if (!page.questions[0]?.options.includes(outcome)) return `the device cannot end with \`${outcome}\``;
    play.progress = { ...play.progress, answers: { ...play.progress.answers, [page.id]: outcome } };
  }
  return undefined;
}

/** What an office with a memory says of the yearly allowance. */
function withAllowance({ service, earlier }: Play, page: CompiledPage, answers: Answers): Answers {
  const { entitlement } = service;
  if (entitlement?.answer === undefined || entitlement.page !== page.id) return answers;
  const scope = entitlement.scopeFrom === undefined ? undefined : answers[entitlement.scopeFrom];
  const limit = entitlement.limits[String(scope)] ?? entitlement.limits['*'] ?? Number.POSITIVE_INFINITY;
  return { ...answers, [entitlement.answer]: earlier < limit ? 'free' : 'used' };
}

/** @returns the error that the office shows to somebody who comes with too little, or with the wrong means */
function refusalOf({ identify }: CompiledPage, person: Identified): ErrorCode | undefined {
  if (!identify || suffices(identify, person)) return undefined;
  return identify.means === undefined ? 'identityTooLow' : 'identityWrongMeans';
}

/** @returns why a page does not let hands give this answer: radio buttons take one, and only what is offered */
function refusedBy(page: CompiledPage, name: string, values: readonly string[]): string | undefined {
  const [, id, , inner] = /^(\w+)(\[\d+\]\.(\w+))?$/.exec(name) ?? [];
  const outer = page.questions.find((question) => question.id === id);
  const question = inner === undefined ? outer : outer?.questions.find((one) => one.id === inner);
  if (question === undefined) return undefined;
  const asks = kindOf(question).asks(question);
  if ('one' in asks && asks.one && values.length > 1) return `\`${name}\` takes one answer`;
  if (!('values' in asks)) return undefined;
  const offered: readonly string[] = asks.values;
  const other = values.find((value) => value !== '' && !offered.includes(value));
  return other === undefined ? undefined : `\`${name}\` does not offer \`${other}\``;
}

/** What a browser would send: what stands in the fields already, with this step's changes. */
function formOf(play: Play, page: CompiledPage, step: JourneyStep): FormFields {
  const shown = page.questions.map((question) => formFieldsOf(question, play.progress.answers));
  const typed = play.typed?.page === page.id ? play.typed.fields : {};
  const filled = Object.entries(step.fill).map(([name, value]): [string, readonly string[]] => [
    name,
    typeof value === 'string' ? [value] : value,
  ]);
  const { _action, ...fields } = Object.assign(
    {},
    toldByLetter(page, play.service, play.progress),
    toldInPart(page, play.progress),
    ...shown,
    typed,
  ) as Record<string, readonly string[]>;
  return { ...fields, ...Object.fromEntries(filled) };
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};

function resolve(play: Play, page: CompiledPage, form: FormFields, walked: Walk): Resolved {
  const resolved: Record<string, Answer> = {};
  const add = (question: CompiledQuestion, field: string): void => {
    const sent = form[field]?.[0];
    if (sent === undefined || sent === '') return;
    if (question.kind === 'slot' && sent === 'first-free') {
      const slot = play.slots(question, walked);
      if (slot) resolved[field] = { ...slot };
    }
    if (question.kind === 'file') {
      const mediaType = MEDIA_TYPES[sent.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      const file: FileAnswer = { file: sent, name: sent, mediaType, bytes: 1000 };
      resolved[field] = { ...file };
    }
  };
  for (const question of page.questions) {
    add(question, question.id);
    for (const inner of question.questions) {
      for (const field of Object.keys(form)) {
        if (field.startsWith(`${question.id}[`) && field.endsWith(`].${inner.id}`)) add(inner, field);
      }
    }
  }
  return resolved;
}

function compareErrors(
  expected: readonly (readonly [string, string])[],
  errors: readonly FieldError[],
): string | undefined {
  for (const [field, code] of expected) {
    const found = errors.filter((error) => error.field === field);
    if (found.some((error) => error.code === code)) continue;
    const instead = found.length > 0 ? `\`${found.map((error) => error.code).join(', ')}\`` : 'no error';
    return `expected the error \`${code}\` at \`${field}\` and got ${instead}`;
  }
  const surprise = errors.find((error) => !expected.some(([field]) => field === error.field));
  return surprise && `the error \`${surprise.code}\` at \`${surprise.field}\` is not expected`;
}

/** How far the answers lead. */
function endOf(walked: Walk): ExampleJourney['expect']['outcome'] {
  if (!walked.next) return walked.service.fulfilment === 'register' ? 'answered' : 'submitted';
  return isEnding(walked.next) ? 'finished' : 'stopped';
}

function outcomeProblem(
  journey: ExampleJourney,
  walked: Walk,
  handedIn: Submission | undefined,
  cityKnown: boolean,
): PlayProblem | undefined {
  const { expect } = journey;
  const wrong = (path: readonly (string | number)[], message: string) => ({
    path: ['expect', ...path],
    message,
  });
  const end = endOf(walked);
  if (end !== expect.outcome) {
    const where = walked.next ? `page \`${walked.next.id}\` comes next` : 'everything is complete';
    return wrong(['outcome'], `the journey is \`${end}\`, not \`${expect.outcome}\`: ${where}`);
  }
  if (expect.at !== undefined && walked.next?.id !== expect.at)
    return wrong(['at'], `the journey ends at page \`${walked.next?.id ?? 'review'}\``);
  if (expect.fee !== undefined && walked.fee.cents !== expect.fee)
    return wrong(['fee'], `${walked.fee.cents} cents are to be paid, not ${expect.fee}`);
  const passed = walked.pages.find((page) => expect.without.includes(page.id))?.id;
  if (passed)
    return wrong(['without', expect.without.indexOf(passed)], `page \`${passed}\` is part of the way`);
  for (const [name, value] of Object.entries(expect.submission)) {
    const given =
      handedIn?.answers[name] ?? handedIn?.computed[name] ?? walked.answers[name] ?? walked.computed[name];
    if (given !== undefined && sameAnswer(given, value)) continue;
    // Without a city's list nobody knows how a street is spelt.
    const question = walked.service.questions.get(name);
    if (!cityKnown && question && kindOf(question).needsCity.length > 0) continue;
    return wrong(
      ['submission', name],
      `\`${name}\` is ${JSON.stringify(given) ?? 'missing'}, not ${JSON.stringify(value)}`,
    );
  }
  return undefined;
}

/** @returns whether two answers are the same, whatever the order of their fields */
export function sameAnswer(left: Answer, right: Answer): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((each, index) => sameAnswer(each, right[index] ?? ''));
  }
  if (Array.isArray(left) || Array.isArray(right) || !isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const [one, other] = [left[name], right[name]];
      return one !== undefined && other !== undefined && sameAnswer(one, other);
    })
  );
}
