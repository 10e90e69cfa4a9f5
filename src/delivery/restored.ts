import { sql } from 'kysely';
import type { Tx } from '#db';

/**
 * After the data of an earlier time was brought back: what was waiting then may have reached another authority since,
 * and of a submission that was not announced yet nobody there can be asked. Such a message stands still until somebody
 * of the office has asked the authority. What the desk gets is in the same database, and an announced submission is
 * asked for by its own number: both go on by themselves.
 * @returns how many were held
 */
export async function holdUncertain(tx: Tx): Promise<number> {
  const result = await sql`
    UPDATE outbox SET state = 'parked', taken_until = NULL, last_error = 'restored'
    WHERE channel <> 'desk' AND state <> 'done'
      AND NOT EXISTS (SELECT FROM fit_connect_submission f
        WHERE f.idempotency_key = outbox.id AND f.submission_id IS NOT NULL)`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}
