/** What has not come to its end yet, as the office and the authority themselves say, and waiting for it. */
import type { Db } from '#db';
import { type LaneState, readQueue } from '#outbox';

/** Something that is not at its end, and so not lost. */
export interface Unfinished {
  what: string;
  /** Of the case it belongs to. */
  number: string | undefined;
  why: string;
}

export interface Left {
  /** What comes to its end by itself, late as it may be; `why` says what it waits for. */
  waits: Unfinished[];
  /** What nobody goes on with by themselves: given up, or forgotten. */
  stands: Unfinished[];
}

/** A submission at the authority, by its state there. */
export interface AtAuthority {
  id: string;
  state: string;
}

const seconds = (from: Date, to: Date): number => Math.ceil((to.getTime() - from.getTime()) / 1_000);

/** The office's own word about a delivery: under way, or when it is tried again. */
function whyItWaits(
  row: { attempts: number; next_at: Date; taken_until: Date | null; last_error: string | null },
  lane: LaneState | undefined,
  at: Date,
): string {
  if (row.taken_until && row.taken_until > at)
    return `attempt ${row.attempts} is under way, or its office was killed; free in ${seconds(at, row.taken_until)} s`;
  const tried = row.attempts === 0 ? 'not tried yet' : `tried ${row.attempts} times`;
  const failed = row.last_error ? ` (${row.last_error})` : '';
  const due = row.next_at > at ? `again in ${seconds(at, row.next_at)} s` : 'due';
  const away = lane?.openUntil && lane.openUntil > at;
  return `${tried}${failed}, ${due}${away ? `; its receiver is left alone for ${seconds(at, lane.openUntil ?? at)} s` : ''}`;
}

async function deliveries(db: Db, at: Date): Promise<Left> {
  const lanes = await readQueue(db, at);
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('cases', 'cases.id', 'outbox.case_id')
    .selectAll('outbox')
    .select(['cases.number', 'cases.delivered_at'])
    .where((or) => or.or([or('outbox.state', '<>', 'done'), or('cases.delivered_at', 'is', null)]))
    .orderBy('outbox.created_at')
    .execute();
  const left: Left = { waits: [], stands: [] };
  for (const { number, channel, destination, state, last_error, ...row } of rows) {
    const what = `case ${number} to ${[channel, destination].filter(Boolean).join(' ')}`;
    const lane = lanes.find((one) => one.channel === channel && one.destination === destination);
    if (state === 'waiting')
      left.waits.push({ what, number, why: whyItWaits({ ...row, last_error }, lane, at) });
    else if (state === 'parked') left.stands.push({ what, number, why: `it is parked (${last_error})` });
    else left.stands.push({ what, number, why: 'it was brought, and nobody has written down that it came' });
  }
  return left;
}

async function payments(db: Db): Promise<Unfinished[]> {
  const rows = await db
    .selectFrom('payment')
    .select(['id', 'reference', 'state'])
    .where('state', 'in', ['intended', 'pending', 'unknown'])
    .execute();
  return rows.map(({ id, reference, state }) => ({
    ...{ what: `payment ${id} of case ${reference}`, number: reference, why: `it is ${state}` },
  }));
}

/** @returns what the office has still to bring to its end */
export async function leftAtOffice(db: Db, at: Date): Promise<Left> {
  const { waits, stands } = await deliveries(db, at);
  return { waits: [...waits, ...(await payments(db))], stands };
}

/** @returns what was handed over to the authority, and it has not looked at */
export async function unread(db: Db, submissions: readonly AtAuthority[]): Promise<Unfinished[]> {
  const ids = submissions.filter(({ state }) => state === 'submitted').map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('fit_connect_submission')
    .innerJoin('cases', 'cases.id', 'fit_connect_submission.case_id')
    .select(['submission_id', 'cases.number'])
    .where('submission_id', 'in', ids)
    .execute();
  const numbers = new Map(rows.map(({ submission_id, number }) => [submission_id, number]));
  return ids.map((id) => {
    const number = numbers.get(id);
    return { what: `submission ${id} of case ${number}`, number, why: 'the authority has not looked at it' };
  });
}

/** So many looks without anything coming to its end, and it is called late. */
export const MOST_IDLE_LOOKS = 1_200;
/** Says what it waits for anew after so many looks. */
const SAY_EVERY = 20;
const MOST_SAID = 3;

/** One line, as the tables have it too. */
export const lineOf = ({ what, why }: Unfinished): string => `${what}: ${why}`;

function wordsOf({ waits }: Left): string {
  const shown = waits.slice(0, MOST_SAID).map(lineOf);
  return [`waits for ${waits.length}`, ...shown, ...(waits.length > MOST_SAID ? ['…'] : [])].join('\n    ');
}

/**
 * Looks until nothing is left that comes to its end by itself, and says what it waits for. It has patience as long as things
 * come to their end.
 * @param pause between two looks
 */
export async function untilNothingWaits(
  look: () => Promise<Left>,
  pause: () => Promise<void>,
  say: (line: string) => void,
): Promise<Left> {
  let left = await look();
  for (let idle = 0; left.waits.length > 0 && idle < MOST_IDLE_LOOKS; idle += 1) {
    if (idle % SAY_EVERY === 0) say(wordsOf(left));
    await pause();
    const next = await look();
    const still = new Set(next.waits.map(({ what }) => what));
    if (left.waits.some(({ what }) => !still.has(what))) idle = 0;
    left = next;
  }
  return left;
}
