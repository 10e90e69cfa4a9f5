import type { CaseRow, CaseStaff } from '#cases';
import { type CompiledService, calendarsOf as calendarsIn } from '#service';
import type { DeskDeps } from './deps.ts';
import type { Staff, StaffSessions } from './session.ts';

/** The other rooms and the desk's own sessions, as all its pages use them. */
export interface Desk extends DeskDeps {
  sessions: StaffSessions;
}

/** @returns who acts, as the cases want to know it */
export function actor({ subject, offices }: Staff): CaseStaff {
  return { subject, offices };
}

/** Writes down who looked at what. Comes before the look itself: no access without its entry. */
export async function record(desk: Desk, staff: Staff, action: string, subject: string): Promise<void> {
  const at = desk.clock.now();
  await desk.db
    .transaction()
    .execute((tx) => desk.audit.append(tx, { at, actor: `staff:${staff.subject}`, action, subject }));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The one door to a case: what belongs to another office does not exist here. Every try is written down.
 * @param purpose a word for the audit entry, when the case may be seen
 * @returns the case's outside, or undefined when there is none for this person
 */
export async function enterCase(
  desk: Desk,
  staff: Staff,
  caseId: string,
  purpose: string,
): Promise<CaseRow | undefined> {
  if (!UUID.test(caseId)) return undefined;
  const row = await desk.cases.find(caseId);
  const visible = row !== undefined && row.state !== 'unpaid' && staff.offices.includes(row.office);
  if (!visible) {
    await record(desk, staff, 'case.refused', caseId);
    return undefined;
  }
  await desk.cases.recordRead(row.id, staff.subject, purpose);
  return row;
}

/** @returns the German name of a service, or its id when it is no longer in the catalogue */
export function serviceName(desk: Desk, slug: string): string {
  return desk.catalogue.get(slug)?.texts.de.title ?? slug;
}

/** @returns what people call a tour's area, or its id when the city no longer has it */
export function areaName(desk: Desk, calendar: string, area: string): string {
  return desk.city.tours.find((tour) => tour.calendar === calendar && tour.area === area)?.areaName ?? area;
}

const ofOffices = (desk: Desk, staff: Staff): CompiledService[] =>
  desk.catalogue.services.filter((service) => staff.offices.includes(service.office));

/** A tour calendar, a service that books into it, and what clerks call it. */
export interface BookedCalendar {
  calendar: string;
  service: CompiledService;
  title: string;
}

/** @returns the tour calendars that services of this person's offices book into */
export function calendarsOf(desk: Desk, staff: Staff): BookedCalendar[] {
  const found = new Map<string, BookedCalendar>();
  for (const service of ofOffices(desk, staff)) {
    const { title, questions } = service.texts.de;
    for (const { calendar, from, option } of [...service.questions.values()].flatMap(calendarsIn)) {
      const what = option === undefined ? undefined : questions[from ?? '']?.options[option];
      if (!found.has(calendar)) found.set(calendar, { calendar, service, title: what ?? title });
    }
  }
  return [...found.values()];
}

/** @returns the codes (Zuordnungsmerkmal) that services of this person's offices give out */
export function codesOf(desk: Desk, staff: Staff): { kind: string; service: CompiledService }[] {
  return ofOffices(desk, staff).flatMap((service) =>
    service.result.code === undefined ? [] : [{ kind: service.result.code.id, service }],
  );
}
