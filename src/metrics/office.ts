import { sql } from 'kysely';
import { type Db, poolsOf } from '#db';
import { type JobState, readJobs } from '#jobs';
import { readQueue } from '#outbox';
import { type Family, gauge } from './text.ts';

/** How recurring work goes; of a job in parts the one that is worst. */
function jobFamilies(states: readonly JobState[]): Family[] {
  const jobs = [...Map.groupBy(states, ({ name }) => name)];
  const done = jobs.flatMap(([job, parts]) => {
    const ends = parts.flatMap(({ result, endedAt }) =>
      result === 'done' && endedAt ? [endedAt.getTime()] : [],
    );
    return ends.length === parts.length ? [[{ job }, Math.min(...ends) / 1000] as const] : [];
  });
  const failures = jobs.map(
    ([job, parts]) => [{ job }, Math.max(...parts.map((part) => part.failures))] as const,
  );
  return [
    gauge(
      'amtomat_job_done_timestamp_seconds',
      'When the last run of a job ended well, unless its last one did not.',
      done,
    ),
    gauge('amtomat_job_failures', 'Runs of a job in a row that did not get to their end.', failures),
  ];
}

/** What the database tells of the office: counts and ages, nothing of a case or a person. */
export async function officeFamilies(db: Db, at: Date): Promise<Family[]> {
  const [lanes, jobs, { rows }] = await Promise.all([
    readQueue(db, at),
    readJobs(db, at),
    sql<{ visits: number; unknown: number }>`SELECT
      (SELECT count(*)::int FROM visit WHERE expires_at > ${at}) AS visits,
      (SELECT count(*)::int FROM payment WHERE state = 'unknown') AS unknown`.execute(db),
  ]);
  const channels = [...Map.groupBy(lanes, ({ channel }) => channel)];
  const perChannel = (of: (some: typeof lanes) => number) =>
    channels.map(([channel, some]) => [{ channel }, of(some)] as const);
  const sum = (some: typeof lanes, of: (lane: (typeof lanes)[number]) => number): number =>
    some.reduce((all, lane) => all + of(lane), 0);
  const age = (some: typeof lanes): number =>
    Math.max(0, ...some.map(({ oldest }) => (oldest ? (at.getTime() - oldest.getTime()) / 1000 : 0)));
  return [
    ...jobFamilies(jobs),
    gauge(
      'amtomat_deliveries_waiting',
      'Deliveries on their way, by channel.',
      perChannel((some) => sum(some, (lane) => lane.waiting)),
    ),
    gauge(
      'amtomat_deliveries_age_seconds',
      'Age of the oldest delivery on its way, by channel.',
      perChannel(age),
    ),
    gauge(
      'amtomat_deliveries_parked',
      'Deliveries that stand still until somebody looks, by channel.',
      perChannel((some) => sum(some, (lane) => lane.parked)),
    ),
    gauge('amtomat_payments_unknown', 'Payments of which nobody knows what became.', [
      [{}, rows[0]?.unknown ?? 0],
    ]),
    gauge('amtomat_visits_open', 'Visits that have not ended.', [[{}, rows[0]?.visits ?? 0]]),
  ];
}

/** The connections to the database, by the kind of work. */
export function poolFamilies(db: Db): Family[] {
  const pools = poolsOf(db);
  const all = (of: (pool: (typeof pools)[number]) => number) =>
    pools.map((pool) => [{ pool: pool.kind }, of(pool)] as const);
  return [
    gauge(
      'amtomat_database_connections_used',
      'Connections at work, by kind of work.',
      all(({ used }) => used),
    ),
    gauge(
      'amtomat_database_connections_idle',
      'Connections that are open and idle.',
      all(({ idle }) => idle),
    ),
    gauge(
      'amtomat_database_waiting',
      'Pieces of work that wait for a connection.',
      all(({ waiting }) => waiting),
    ),
  ];
}
