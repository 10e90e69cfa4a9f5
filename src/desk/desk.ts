import { createHash } from 'node:crypto';
import type { AuditInput } from '#audit';
import type { CaseStaff } from '#cases';
import type { CompiledService } from '#service';
import type { DeskContext, DeskDeps } from './deps.ts';
import type { Staff, StaffSessions } from './session.ts';

/** The other rooms and the desk's own sessions, as all its pages use them. */
export interface Desk extends DeskDeps {
  sessions: StaffSessions;
}

/** @returns who acts, as the cases want to know it */
export function actor({ subject, offices }: Staff): CaseStaff {
  return { subject, offices };
}

/**
 * A browser that never got the answer sends the very same form again. What tells it from all others: its address, what it
 * was written to (the version of a case, or a number that its page was given), and everything typed.
 * @returns a name for the form that was sent; nobody learns from it what it says
 */
export function formOf(c: DeskContext): string {
  const said = [...c.get('form')].filter(([name]) => name !== '_csrf');
  return createHash('sha256')
    .update(JSON.stringify([c.req.path, said]))
    .digest('base64url');
}

/** @returns who acts, and by which form */
export function actorBy(c: DeskContext): CaseStaff {
  return { ...actor(c.get('staff')), once: formOf(c) };
}

/** @returns services of somebody's offices that take a code by letter here */
export function letterServices({ catalogue }: Desk, { offices }: Pick<Staff, 'offices'>): CompiledService[] {
  return catalogue.services.filter(
    ({ office, pages }) => offices.includes(office) && pages.some(({ identify }) => identify?.letterCode),
  );
}

/** Writes an entry into the audit record, with the time of now. */
export async function noted(
  { db, clock, audit }: Pick<Desk, 'db' | 'clock' | 'audit'>,
  entry: Omit<AuditInput, 'at'>,
): Promise<void> {
  const at = clock.now();
  await db.transaction().execute((tx) => audit.append(tx, { ...entry, at }));
}

/** Writes down who looked at what. Comes before the look itself: no access without its entry. */
export function record(desk: Desk, staff: Staff, action: string, subject: string): Promise<void> {
  return noted(desk, { actor: `staff:${staff.subject}`, action, subject });
}

/** @returns what people call a tour's area, or its id when the city no longer has it */
export function areaName(desk: Desk, calendar: string, area: string): string {
  return desk.city.tours.find((tour) => tour.calendar === calendar && tour.area === area)?.areaName ?? area;
}
