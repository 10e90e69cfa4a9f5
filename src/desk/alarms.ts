import type { CaseRow, GuessingAlarm, OverdueCase } from '#cases';
import { isOld, type LaneState, type Parked } from '#outbox';
import type { Desk } from './desk.ts';
import type { Staff } from './session.ts';

/** What a team lead should look at. */
export interface Alarms {
  parked: { delivery: Parked; row: CaseRow }[];
  guessing: GuessingAlarm[];
  overdue: OverdueCase[];
  /** Receivers that are away, or for whom something waits for longer than it should. */
  late: LaneState[];
  count: number;
}

/**
 * @returns deliveries that stand still, cases somebody tries codes on and cases that lie open for too long, of this
 * person's offices only; and receivers that are away
 */
export async function alarmsOf(desk: Desk, staff: Staff): Promise<Alarms> {
  const [deliveries, guessing, overdue, lanes] = await Promise.all([
    desk.outbox.parked(),
    desk.cases.guessingAlarms(staff.offices),
    desk.cases.overdue(staff.offices),
    desk.outbox.queue(),
  ]);
  const at = desk.clock.now();
  const late = lanes.filter((lane) => lane.breaker !== 'closed' || isOld(lane, at));
  const parked: Alarms['parked'] = [];
  for (const delivery of deliveries) {
    const row = await desk.cases.find(delivery.caseId);
    if (row && staff.offices.includes(row.office)) parked.push({ delivery, row });
  }
  const count = parked.length + guessing.length + overdue.length + late.length;
  return { parked, guessing, overdue, late, count };
}
