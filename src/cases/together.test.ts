import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { verify } from '#audit';
import { newCode } from '#seal';
import { freshOffice } from '#test/office';
import { CaseNotFoundError, TransitionError, VersionConflictError } from './index.ts';

const clerk = { subject: 'clerk-1', offices: ['tsk'] };
const HOUR = 3_600_000;

it('everything at once: nobody waits for ever, places and states agree, the audit record is whole', async () => {
  const office = await freshOffice();
  const { cases, delivery } = office;
  const later = await office.slot(40);
  const refusals: unknown[] = [];
  /** What may be refused because somebody else was faster. */
  const attempt = (work: Promise<unknown>) =>
    work.catch((error: unknown) => {
      const fair = [CaseNotFoundError, TransitionError, VersionConflictError].some(
        (kind) => error instanceof kind,
      );
      if (!fair) refusals.push(error);
    });

  const person = async (index: number): Promise<void> => {
    const receipt = await cases.submit(await office.handIn());
    await Promise.all([
      attempt(cases.takeOver(receipt.caseId, clerk, 1)),
      attempt(cases.reschedule(receipt.caseId, later.id)),
      attempt(cases.openWithCode(receipt.number, index % 3 ? receipt.accessCode : newCode(), 'terminal-1')),
      attempt(delivery.runOnce()),
    ]);
    const version = (await cases.find(receipt.caseId))?.version ?? 0;
    await Promise.all([
      attempt(cases.decide(receipt.caseId, clerk, version, 'done', 'x', { early: true })),
      attempt(cases.withdraw(receipt.caseId)),
      attempt(cases.answer(receipt.caseId, { text: 'y' })),
      attempt(cases.retention()),
    ]);
  };
  await Promise.all(Array.from({ length: 25 }, (_, index) => person(index)));
  assert.deepEqual(refusals, []);

  const { rows: wrong } = await sql`
    SELECT slot.id FROM slot LEFT JOIN booking ON slot_id = slot.id AND state IN ('held', 'confirmed')
    GROUP BY slot.id HAVING slot.taken <> count(booking.id)`.execute(office.db);
  assert.deepEqual(wrong, [], 'places taken are bookings');
  const { rows: ghosts } = await sql`
    SELECT cases.id FROM cases LEFT JOIN booking ON case_id = cases.id AND booking.state = 'confirmed'
    WHERE (cases.state IN ('withdrawn', 'done')) = (booking.id IS NOT NULL)`.execute(office.db);
  assert.deepEqual(ghosts, [], 'exactly the cases that were neither withdrawn nor done early have a place');
  const { rows: closings } = await sql<{ ends: string }>`
    SELECT count(*) AS ends FROM case_event WHERE kind IN ('decided', 'withdrawn') GROUP BY case_id`.execute(
    office.db,
  );
  assert.ok(
    closings.every((one) => Number(one.ends) === 1),
    'each case ended at most once',
  );
  assert.equal((await verify(office.db)).ok, true);

  while ((await delivery.runOnce()) > 0);
  office.pass(100 * 24 * HOUR);
  assert.equal(await cases.retention(), closings.length, 'what ended is destroyed, nothing else');
  await office.close();
});
