/** Plays an example journey without a server: fill, read, walk, page after page, and compare what comes out. */
import { type Answers, type ErrorCode, NEEDS_CITY, type Reference } from '#kinds';
import type { CompiledPage, CompiledService, ExampleJourney, JourneyStep } from '#service';
import { addDays, type Moment, nationwideHoliday } from '#time';
import { applyGroupAction } from './groups.ts';
import { suffices, withIdentity } from './identify.ts';
import { formOf, refusedBy, resolve } from './play-form.ts';
import { compareErrors, outcomeProblem } from './play-outcome.ts';
import type { Play, PlayPeople, PlayProblem, PlayResult, PlaySlots } from './play-types.ts';
import { readPage } from './read.ts';
import { submission } from './review.ts';
import type { Identified } from './types.ts';
import { walk } from './walk.ts';

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
