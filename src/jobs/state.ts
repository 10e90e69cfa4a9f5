import { sql } from 'kysely';
import type { Db, JobResult } from '#db';

/** A lease that nobody renews for so long belongs to a node that is dead, or as good as that. */
export const LEASE_MS = 15_000;

/** One run of a job, or of a part of it that runs apart. */
export interface Turn {
  name: string;
  lane: string;
  holder: string;
  startedAt: Date;
}

/** How a job's last run went. */
export interface JobState {
  name: string;
  /** Part of the job that runs apart from its others; empty where it has none. */
  lane: string;
  /** When the last run began. */
  startedAt: Date;
  /** Whether it goes on. */
  running: boolean;
  /** How the last run that ended did so; undefined when none has. `too-late`: it was given up. */
  result: JobResult | undefined;
  endedAt: Date | undefined;
  durationMs: number | undefined;
  /** Why it failed, where that has a name. */
  code: string | undefined;
  /** Runs in a row that did not get to their end. */
  failures: number;
}

/**
 * How recurring work goes. Asks only the database, so that whoever watches the office can ask from another process.
 * @returns every job that has run within a week, by name
 */
export async function readJobs(db: Db, at: Date): Promise<JobState[]> {
  const rows = await db
    .selectFrom('job')
    .selectAll()
    .where('started_at', '>', new Date(at.getTime() - 7 * 24 * 3_600_000))
    .orderBy('name')
    .orderBy('lane')
    .execute();
  return rows.map(({ name, lane, failures, ...row }) => ({
    ...{ name, lane, failures, startedAt: row.started_at },
    running: row.lease_until !== null && row.lease_until > at,
    result: row.result ?? undefined,
    endedAt: row.ended_at ?? undefined,
    durationMs: row.duration_ms ?? undefined,
    code: row.code ?? undefined,
  }));
}

const lease = (at: Date): Date => new Date(at.getTime() + LEASE_MS);

/**
 * Begins a turn that is due, unless another node is at it. Of the interval only nine tenths must have passed: clocks
 * and timers are not exact, and a turn that comes a moment too early would be one that does not come.
 * @param everyMs left out: it is due
 * @returns whether it was begun
 */
export async function takeTurn(
  db: Db,
  { name, lane, holder, startedAt: at }: Turn,
  everyMs = 0,
): Promise<boolean> {
  const due = new Date(at.getTime() - everyMs * 0.9);
  // What lies too far ahead was written before somebody set the clock back.
  const ahead = new Date(at.getTime() + Math.max(everyMs, 2 * LEASE_MS));
  const { rows } = await sql`
    INSERT INTO job (name, lane, holder, started_at, lease_until)
    VALUES (${name}, ${lane}, ${holder}, ${at}, ${lease(at)})
    ON CONFLICT (name, lane) DO UPDATE
      SET holder = excluded.holder, started_at = excluded.started_at, lease_until = excluded.lease_until
      WHERE (job.started_at <= ${due} OR job.started_at > ${ahead})
        AND (job.lease_until IS NULL OR job.lease_until <= ${at}
          OR job.lease_until > ${new Date(at.getTime() + 2 * LEASE_MS)})
    RETURNING name`.execute(db);
  return rows.length > 0;
}

/** Begins a turn whoever else is at it: what every node does for itself. */
export async function noteTurn(db: Db, { name, lane, holder, startedAt }: Turn): Promise<void> {
  const row = { holder, started_at: startedAt, lease_until: lease(startedAt) };
  await db
    .insertInto('job')
    .values({ name, lane, ...row, ended_at: null, result: null, code: null, duration_ms: null })
    .onConflict((conflict) => conflict.columns(['name', 'lane']).doUpdateSet(row))
    .execute();
}

const ofTurn = (db: Db, { name, lane, holder, startedAt }: Turn) =>
  db
    .updateTable('job')
    .where('name', '=', name)
    .where('lane', '=', lane)
    .where('holder', '=', holder)
    .where('started_at', '=', startedAt);

/** Says that a turn goes on. @returns false when another node has taken it over meanwhile */
export async function renewTurn(db: Db, turn: Turn, at: Date): Promise<boolean> {
  const result = await ofTurn(db, turn)
    .set({ lease_until: lease(at) })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives a turn free that was not begun. */
export async function dropTurn(db: Db, turn: Turn): Promise<void> {
  await ofTurn(db, turn).set({ lease_until: null }).execute();
}

/** Writes down how a turn ended, and gives it free. */
export async function endTurn(
  db: Db,
  turn: Turn,
  end: { at: Date; result: JobResult; code: string | undefined; durationMs: number },
): Promise<void> {
  await ofTurn(db, turn)
    .set({
      lease_until: null,
      ended_at: end.at,
      result: end.result,
      code: end.code ?? null,
      duration_ms: Math.round(end.durationMs),
      failures: end.result === 'done' ? 0 : sql<number>`failures + 1`,
    })
    .execute();
}
