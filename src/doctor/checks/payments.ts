import { sql } from 'kysely';
import { type Check, none, soon, well } from '../check.ts';

/** As at the desk: from then on somebody has to look. */
const UNCLEAR_MS = 15 * 60_000;

/** Payments of which nobody knows what became. */
export const payments: Check = {
  id: 'payments',
  name: { de: 'Zahlungen', en: 'payments' },
  async look({ db, at }) {
    if (!db) return [none('keine Datenbank', 'no database')];
    const before = new Date(at.getTime() - UNCLEAR_MS);
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM payment
      WHERE state IN ('pending', 'unknown') AND updated_at < ${before} AND created_at < ${before}`.execute(
      db,
    );
    const count = rows[0]?.count ?? 0;
    if (count === 0) return [well('keine ungeklärt', 'none unclear')];
    return [
      soon(
        { de: `${count} ungeklärt`, en: `${count} unclear` },
        { de: 'im Amt unter „Zahlungen“ klären', en: 'clear them up under "Zahlungen" at the desk' },
      ),
    ];
  },
};
