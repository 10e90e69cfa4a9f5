import type { CaseRow, GuessingAlarm, OverdueCase } from '#cases';
import type { Parked } from '#delivery';
import type { Desk } from './desk.ts';
import type { Staff } from './session.ts';

/** What a team lead should look at. */
export interface Alarms {
  parked: { delivery: Parked; row: CaseRow }[];
  guessing: GuessingAlarm[];
  overdue: OverdueCase[];
  count: number;
}

/** @returns deliveries that stand still, cases somebody tries codes on and cases that lie open for too long, of this person's offices only */
export async function alarmsOf(desk: Desk, staff: Staff): Promise<Alarms> {
  const [deliveries, guessing, overdue] = await Promise.all([
    desk.delivery.parked(),
    desk.cases.guessingAlarms(staff.offices),
    desk.cases.overdue(staff.offices),
  ]);
  const parked: Alarms['parked'] = [];
  for (const delivery of deliveries) {
    const row = await desk.cases.find(delivery.caseId);
    if (row && staff.offices.includes(row.office)) parked.push({ delivery, row });
  }
  return { parked, guessing, overdue, count: parked.length + guessing.length + overdue.length };
}
