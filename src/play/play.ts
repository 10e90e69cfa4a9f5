import type { ExampleJourney, JourneyStep } from '#service';
import { daysBetween, type IsoDate } from '#time';
import { adapt } from './adapt.ts';
import { createClient, type HttpClient } from './client.ts';
import { FormError } from './form.ts';
import { readPageOf, type ShownPage } from './page.ts';
import { sampleFile } from './samples.ts';
import { identify, pay, sendByPhone, throughDevice } from './steps.ts';
import { describe, formTo, LimitError, Mismatch, open, type Play, pathOf, send } from './way.ts';

export interface PlayOptions {
  /** Begin at this terminal of the office. */
  terminal?: string;
  /** The office's date; dates in answers move by as many days as it is away from the journey's own. */
  today?: IsoDate;
  /** Stands in for every house number, so that a yearly allowance used up by an earlier play does not stop this one. */
  household?: number;
  /** For how many milliseconds to ask again an office that does not answer or is not ready; not at all when left out. */
  patienceMs?: number;
}

/** What came out of a journey; a problem names pages, fields and codes, never answers. */
export type PlayOutcome =
  | { ok: true; outcome: 'stopped' | 'finished' | 'answered'; requests: number }
  | {
      ok: true;
      outcome: 'submitted';
      requests: number;
      /** Case number, access code, and the code that an authority can look up. */
      number: string;
      code: string;
      lookupCode: string | undefined;
    }
  | {
      ok: false;
      requests: number;
      step: number;
      page: string | undefined;
      problem: string;
      /** Where nothing was wrong but that very much has come from this line: seconds until the office goes on. */
      limited?: number;
    };

async function chooseLanguage(play: Play, language: string): Promise<void> {
  if (play.shown.language === language) return;
  const button = { name: 'language', value: language };
  const form = play.shown.forms.find((one) => one.offers(button.name, button.value));
  if (!form) throw new Mismatch(`"${play.shown.heading}" does not offer the language ${language}`);
  await send(play, form.press(button));
  if (play.shown.language !== language) throw new Mismatch(`the language did not change to ${language}`);
}

/** Where somebody is before any page was shown. */
const nothingYet = (url: string): ShownPage =>
  readPageOf({ url, status: 0, headers: {}, body: Buffer.alloc(0), transferred: 0 });

async function begin(play: Play, language?: string): Promise<void> {
  const path = `/service/${play.service}`;
  await open(play, path);
  if (language !== undefined) await chooseLanguage(play, language);
  const form = formTo(play.shown, path);
  // Who has begun already begins anew.
  const anew = { name: '_action', value: 'restart' };
  await send(play, form.press(form.offers(anew.name, anew.value) ? anew : undefined));
  if (play.shown.page === undefined)
    throw new Mismatch(`"${play.shown.heading}" came instead of the first page`);
}

/** Goes to the page of a step: usually it is there already, otherwise as a link back or "change" leads there. */
async function goTo(play: Play, page: string): Promise<void> {
  if (play.shown.page === page) return;
  const was = play.shown.page;
  await open(play, `/service/${play.service}/${page}`);
  if (play.shown.page !== page)
    throw new Mismatch(
      `after "${was}" the page "${page}" cannot be opened: the office shows "${play.shown.page}"`,
    );
}

/** An entry of a group that the form does not show yet: open it, or add one. */
async function openEntry(play: Play, field: string): Promise<void> {
  const [, group = '', index = ''] = /^(\w+)\[(\d+)\]\./.exec(field) ?? [];
  const form = formTo(play.shown, pathOf(play));
  const action = [`edit:${group}:${index}`, `add:${group}`].find((value) => form.offers('_action', value));
  if (!group || !action) throw new Mismatch(`the page has no field "${field}"`);
  const page = play.shown.page;
  await send(play, form.press({ name: '_action', value: action }));
  if (play.shown.page !== page || play.shown.errors.length > 0)
    throw new Mismatch(`"${action}" ended in ${describe(play.shown)}`);
}

async function fillIn(play: Play, fill: JourneyStep['fill']): Promise<void> {
  for (const [field, value] of Object.entries(fill)) {
    const file = typeof value === 'string' ? sampleFile(value) : undefined;
    if (file && !formTo(play.shown, pathOf(play)).has(field)) {
      await sendByPhone(play, field, file);
      continue;
    }
    if (!formTo(play.shown, pathOf(play)).has(field)) await openEntry(play, field);
    const form = formTo(play.shown, pathOf(play));
    form.fill(field, file ?? value);
    const [typed = ''] = [value].flat();
    const held = file ? undefined : form.holds(field);
    // A field must take what its definition allows; cut in silence, the answer would be another one.
    if (held !== undefined && held !== typed.replace(/\r\n?/g, '\n'))
      throw new Mismatch(`the field "${field}" cuts what is typed after ${held.length} characters`);
  }
}

function expectErrors(shown: ShownPage, expected: JourneyStep['errors']): void {
  if (shown.status !== 422) throw new Mismatch(`errors were expected, but ${describe(shown)} came`);
  expectShown(shown, expected);
}

function expectShown(shown: ShownPage, expected: JourneyStep['errors']): void {
  for (const [field, code] of Object.entries(expected)) {
    const met = shown.errors.some((error) => error.field === field && error.code === code);
    if (!met) throw new Mismatch(`the error ${field}: ${code} is missing: ${describe(shown)}`);
  }
}

async function playStep(play: Play, step: JourneyStep): Promise<void> {
  await goTo(play, step.page);
  if (step.identify !== undefined) {
    await identify(play, step.page, step.identify);
    // Refused: the page says why, and there is nothing to go on with.
    if (step.errors[step.page] !== undefined) return expectShown(play.shown, step.errors);
    if (play.shown.page !== step.page) return;
  }
  if (step.device) return throughDevice(play, step.device);
  await fillIn(play, step.fill);
  const form = formTo(play.shown, pathOf(play));
  const next = { name: '_action', value: 'next' };
  await send(play, form.press(form.offers(next.name, next.value) ? next : undefined));
  if (Object.keys(step.errors).length > 0) expectErrors(play.shown, step.errors);
  else if (play.shown.status !== 200) throw new Mismatch(`the answer was not taken: ${describe(play.shown)}`);
}

/**
 * Takes steps of a journey for somebody who is on the way already, or begins it with the first of them.
 * @param client has the cookies of the visit
 * @returns the address of the page that is shown then
 * @throws Error when the office does not do what the steps say
 */
export async function playSteps(
  client: HttpClient,
  service: string,
  steps: readonly JourneyStep[],
  { begins, household }: { begins: boolean; household: number },
): Promise<string> {
  const shown = nothingYet(client.at);
  const play: Play = { client, service, shown, home: new URL(client.at).origin };
  if (begins) await begin(play);
  const still = { days: 0, years: 0 };
  for (const one of steps) await playStep(play, { ...one, fill: adapt(one.fill, still, household) });
  return play.shown.url;
}

/** On the review page nothing may be left of pages that do not apply. */
function checkReview(play: Play, journey: ExampleJourney): void {
  const { page, links } = play.shown;
  if (page === undefined || journey.steps.some((step) => step.page === page))
    throw new Mismatch(`no answers are left, but the office shows ${describe(play.shown)}`);
  const left = journey.expect.without.find((without) =>
    links.includes(`/service/${play.service}/${without}`),
  );
  if (left) throw new Mismatch(`the page "${left}" must not be part of the way, but the review shows it`);
}

async function handIn(
  play: Play,
  { expect }: ExampleJourney,
): Promise<{ number: string; code: string; lookupCode: string | undefined }> {
  const due = play.shown.data('fee');
  if (expect.fee !== undefined && (due ?? '0') !== String(expect.fee))
    throw new Mismatch(`${due ?? 'nothing'} is due, not ${expect.fee} cents`);
  await send(play, formTo(play.shown, pathOf(play)).press());
  if (play.shown.page === 'pay') await pay(play, expect.pay ?? 'page');
  const { outcome, data } = play.shown;
  if (outcome !== 'submitted') throw new Mismatch(`it was not handed in: ${describe(play.shown)}`);
  const [number, code] = [data('number'), data('code')];
  if (!number || !code) throw new Mismatch('the result shows no number or no code');
  return { number, code, lookupCode: data('lookup-code') };
}

function checkFinish({ shown }: Play, { expect }: ExampleJourney): void {
  if (shown.outcome !== 'finished' || (expect.at !== undefined && shown.page !== expect.at))
    throw new Mismatch(`the way should end at "${expect.at ?? 'a finish page'}": ${describe(shown)}`);
}

/** Asks a register; its answer comes at once. */
async function ask(play: Play): Promise<void> {
  await send(play, formTo(play.shown, pathOf(play)).press());
  if (play.shown.outcome !== 'answered')
    throw new Mismatch(`the register did not answer: ${describe(play.shown)}`);
}

/** Ends the visit as a considerate person does. */
async function leave(play: Play): Promise<void> {
  const form = play.shown.forms.find(({ action }) => new URL(action).pathname === '/visit/end');
  if (form) await send(play, form.press());
}

/** How far the office's day is from the one that the journey is written for. */
function shiftBetween(from: IsoDate | undefined, to: IsoDate | undefined): { days: number; years: number } {
  if (from === undefined || to === undefined) return { days: 0, years: 0 };
  return { days: daysBetween(from, to), years: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) };
}

/** Only a trial office on this machine has terminals that need no code of the desk. */
async function goToTerminal(play: Play, terminal: string): Promise<void> {
  await open(play, `/terminal/${encodeURIComponent(terminal)}`);
  if (play.shown.page === 'terminalCode')
    throw new Mismatch('this office lets nobody be a terminal by an address: leave out --terminal');
}

/**
 * Plays one example journey from the service's page to its outcome.
 * @param url the office's origin
 * @param service the service's slug
 * @returns what came out; a connection that fails is a problem like any other
 */
export async function playJourney(
  url: string,
  service: string,
  journey: ExampleJourney,
  options: PlayOptions = {},
): Promise<PlayOutcome> {
  // Where the household has been before, it goes there now; if it has been there already, all the better.
  for (const earlier of journey.after) await playJourney(url, service, earlier, options);
  // Stand-ins run on this machine; a journey never leads anywhere else.
  const also = (origin: string): boolean =>
    /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(origin).hostname);
  const client = createClient(new URL(url).origin, {
    also,
    ...(options.patienceMs !== undefined && { patienceMs: options.patienceMs }),
  });
  const shown: ShownPage = nothingYet(url);
  const play: Play = { client, service, shown, home: new URL(url).origin };
  const shift = shiftBetween(journey.today, options.today);
  let step = 0;
  try {
    if (options.terminal) await goToTerminal(play, options.terminal);
    await begin(play, journey.language);
    for (const one of journey.steps) {
      step += 1;
      await playStep(play, { ...one, fill: adapt(one.fill, shift, options.household) });
    }
    if (journey.expect.outcome === 'stopped')
      return { ok: true, outcome: 'stopped', requests: client.requests };
    if (journey.expect.outcome === 'finished') {
      checkFinish(play, journey);
      await leave(play);
      return { ok: true, outcome: 'finished', requests: client.requests };
    }
    checkReview(play, journey);
    if (journey.expect.outcome === 'answered') {
      await ask(play);
      await leave(play);
      return { ok: true, outcome: 'answered', requests: client.requests };
    }
    const receipt = await handIn(play, journey);
    await leave(play);
    return { ok: true, outcome: 'submitted', requests: client.requests, ...receipt };
  } catch (error) {
    const known = error instanceof Mismatch || error instanceof FormError;
    const problem = known
      ? error.message
      : `the office cannot be reached or read: ${(error as Error).message}`;
    const limited = error instanceof LimitError && { limited: error.seconds };
    return { ok: false, requests: client.requests, step, page: play.shown.page, problem, ...limited };
  } finally {
    client.close();
    play.phone?.client.close();
  }
}
