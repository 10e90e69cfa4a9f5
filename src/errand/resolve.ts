import type { Booking, TourName } from '#booking';
import { areaOf, type City } from '#city';
import type { Answer, CompiledPage, CompiledService, ErrorCode, FieldError } from '#journey';
import type { QuestionOf } from '#kinds';
import { type AddressAnswer, type Answers, calendarFor, type FileAnswer, type SlotAnswer } from '#service';
import type { Taker } from '#share';
import type { Moment } from '#time';
import { type DraftFiles, first, type SentForm, takeIn, type Visit } from '#visit';
import type { ErrandDeps } from './deps.ts';
import type { Here } from './standing.ts';

/** Answers that only this office can give: a place held in a tour, a file taken in. */
export interface Resolved {
  answers: Record<string, Answer>;
  errors: FieldError[];
  /** Fields whose outcome is decided here; the journey's own messages on them would say it twice. */
  fields: ReadonlySet<string>;
}

/** How long a place is held without a sign of the person. Longer than any page takes; the visit's end frees it at once. */
const HOLD_MS = 20 * 60_000;

/**
 * Holds slots and takes files in for the page that was sent.
 * @param who whose share counts held places and files
 */
export async function resolveAnswers(
  deps: ErrandDeps & { files: DraftFiles },
  here: Here,
  form: SentForm,
  who: Taker,
): Promise<Resolved> {
  const resolved = {
    answers: {} as Record<string, Answer>,
    errors: [] as FieldError[],
    fields: new Set<string>(),
  };
  for (const question of here.page.questions) {
    if (question.kind === 'slot') await resolveSlot(deps, here, question, form, resolved, who);
    if (question.kind === 'file') await resolveFile(deps, here, question, form, resolved, who);
  }
  return resolved;
}

/** Takes the files in that were chosen on a page which is not answered yet. */
export async function takeFiles(
  deps: ErrandDeps & { files: DraftFiles },
  here: Here,
  form: SentForm,
  who: Taker,
): Promise<Pick<Resolved, 'answers' | 'errors'>> {
  const sink: Sink = { answers: {}, errors: [], fields: new Set() };
  for (const question of here.page.questions)
    if (question.kind === 'file') await resolveFile(deps, here, question, form, sink, who);
  return sink;
}

type Sink = { answers: Record<string, Answer>; errors: FieldError[]; fields: Set<string> };

function fail(sink: Sink, field: string, code: ErrorCode, params: FieldError['params'] = {}): void {
  sink.errors.push({ field, code, own: false, params });
  sink.fields.add(field);
}

/**
 * @returns the answers, with what the office says of the yearly allowance once a page has said whose it is, or for what
 */
export async function withAllowance(
  booking: Pick<Booking, 'entitlement'>,
  service: CompiledService,
  page: CompiledPage,
  answers: Answers,
): Promise<Answers> {
  const { entitlement } = service;
  if (entitlement?.answer === undefined) return answers;
  const asked = [...entitlement.holder, entitlement.scopeFrom];
  if (!page.questions.some(({ id }) => asked.includes(id))) return answers;
  const left = await booking.entitlement.left(service, answers);
  return left ? { ...answers, [entitlement.answer]: left.left > 0 ? 'free' : 'used' } : answers;
}

/** @returns the tour that comes to the address a slot question asks by; undefined where none comes */
export function tourOf(city: City, question: QuestionOf<'slot'>, answers: Answers): TourName | undefined {
  const calendar = calendarFor(question, answers);
  const address = answers[question.areaFrom] as unknown as AddressAnswer | undefined;
  const area = calendar && address && areaOf(city, calendar, address.postcode);
  return calendar && area ? { calendar, area } : undefined;
}

/**
 * Keeps the places that a visit holds, where the tour still comes to the address that the answers name.
 * @returns the questions whose place is not there any more
 */
export async function holdAgain(
  deps: ErrandDeps,
  visit: Pick<Visit, 'id'>,
  service: CompiledService,
  answers: Answers,
  { now }: Moment,
  who: Taker,
): Promise<string[]> {
  const lost: string[] = [];
  const until = new Date(now.getTime() + HOLD_MS);
  for (const question of service.questions.values()) {
    const answer = answers[question.id] as unknown as SlotAnswer | undefined;
    if (question.kind !== 'slot' || !answer) continue;
    const tour = tourOf(deps.city, question, answers);
    const held = tour && (await deps.booking.hold(visit.id, answer.slot, until, tour, countedAs(deps, who)));
    if (!held?.ok) lost.push(question.id);
  }
  return lost;
}

/** @returns whom held places are counted for; undefined at a terminal, where one person stands at a time */
function countedAs({ keys }: Pick<ErrandDeps, 'keys'>, { client, screen }: Taker): Buffer | undefined {
  return screen === 'own' ? keys.index('client', client) : undefined;
}

async function resolveSlot(
  deps: ErrandDeps,
  here: Here,
  question: QuestionOf<'slot'>,
  form: SentForm,
  sink: Sink,
  who: Taker,
): Promise<void> {
  const chosen = first(form.fields, question.id);
  if (chosen === '') return;
  const tour = tourOf(deps.city, question, here.walked.answers);
  if (!tour) return fail(sink, question.id, 'notAnOption');
  const until = new Date(here.moment.now.getTime() + HOLD_MS);
  const held = await deps.booking.hold(here.visit.id, chosen, until, tour, countedAs(deps, who));
  if (held.ok) sink.answers[question.id] = { ...held.slot };
  else fail(sink, question.id, held.reason === 'full' ? 'slotFull' : 'notAnOption');
}

async function resolveFile(
  deps: ErrandDeps & { files: DraftFiles },
  here: Here,
  question: QuestionOf<'file'>,
  form: SentForm,
  sink: Sink,
  who: Taker,
): Promise<void> {
  const known = here.draft.answers[question.id] as unknown as FileAnswer | undefined;
  const [upload, second] = form.uploads.get(question.id) ?? [];
  if (!upload) {
    if (known) sink.answers[question.id] = { ...known };
    return;
  }
  if (second) return fail(sink, question.id, 'fileTooMany', { max: 1 });
  const taken = await takeIn(deps, here.visit, upload, question, who);
  if (taken.ok) sink.answers[question.id] = { ...taken.file };
  else fail(sink, question.id, taken.code, taken.params);
}
