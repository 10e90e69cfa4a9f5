/** Which calendar of the city a date is chosen from: one, or one by an earlier answer. */
import { hint, type Source, type SourcePath } from '#source';
import type { Conditions } from './conditions.ts';
import type { Guard } from './expression/index.ts';
import type { Report } from './report.ts';
import type { QuestionFile, ServiceFile } from './schema.ts';
import type { Answers, CompiledQuestion, SlotCalendar } from './types.ts';

/** Stands for every answer where the calendar is the same for all. */
const ANY = '*';

export function slotCalendarOf(raw: QuestionFile): SlotCalendar | undefined {
  if (raw.kind !== 'slot') return undefined;
  const { calendar } = raw;
  return typeof calendar === 'string' ? { from: undefined, of: { [ANY]: calendar } } : calendar;
}

/** @returns the calendar that a slot question books in, given what was said before; undefined while that is not said */
export function calendarFor(question: CompiledQuestion, answers: Answers): string | undefined {
  const { from, of } = question.calendar ?? {};
  const key = from === undefined ? ANY : answers[from];
  return typeof key === 'string' ? of?.[key] : undefined;
}

/** @returns all calendars that a slot question can book in, each with the answer that leads there (none: everybody) */
export function calendarsOf(
  question: CompiledQuestion,
): { calendar: string; from: string | undefined; option: string | undefined }[] {
  const { from, of } = question.calendar ?? {};
  return Object.entries(of ?? {}).map(([option, calendar]) => ({
    ...{ calendar, from },
    option: from === undefined ? undefined : option,
  }));
}

/** Where a slot question stands, and what is certain there. */
export interface SlotPlace {
  page: number;
  guards: readonly Guard[];
  path: SourcePath;
}

/** Complains about a slot whose address or calendar is not sure to be known. */
export function checkSlot(
  slot: CompiledQuestion,
  { page, guards, path }: SlotPlace,
  source: Source<ServiceFile>,
  conditions: Conditions,
  report: Report,
): void {
  const add = (key: string, message: string, more: SourcePath = []) =>
    report.add(source, [...path, key, ...more], message);
  const before = source.value.pages.slice(0, page).flatMap((each) => each.questions ?? []);
  const area = before.find((each) => each.id === slot.areaFrom);
  if (area?.kind !== 'address') {
    add('areaFrom', `\`areaFrom: ${slot.areaFrom}\` must be an address question on an earlier page`);
  } else if (!conditions.certain(area.id, guards)) {
    add('areaFrom', `not everybody who comes here has answered \`${area.id}\`: give the page a \`when\``);
  }
  const { from, of = {} } = slot.calendar ?? {};
  if (from === undefined) return;
  const chosen = before.find((each) => each.id === from);
  if (chosen?.kind !== 'chooseOne' || !conditions.certain(from, guards)) {
    add('calendar', `\`from: ${from}\` must be a \`chooseOne\` on an earlier page that everybody answers`, [
      'from',
    ]);
    return;
  }
  const options = chosen.options.map(({ id }) => id);
  for (const id of options)
    if (!(id in of)) add('calendar', `whoever chooses \`${id}\` has no calendar`, ['of']);
  for (const id of Object.keys(of))
    if (!options.includes(id))
      add('calendar', `\`${id}\` is not an option of \`${from}\`.${hint(id, options)}`, ['of', id]);
}
