/** The day's money: what came and what went back, to the cent, beside what the card terminals say themselves. */
import { type Selectable, sql } from 'kysely';
import type { Db, TerminalClosingTable } from '#db';
import { addDays, type IsoDate, zonedInstant } from '#time';
import type { CardTerminal } from './card-terminal.ts';
import type { Way } from './types.ts';

/** Money in whole cents. `net` is `paid` less `reversed`; a reversal counts on the day it was made. */
export interface Sums {
  paidCents: number;
  paidCount: number;
  reversedCents: number;
  reversedCount: number;
  netCents: number;
}

/** One way of paying at one machine; `terminal` is null for pay pages. */
export interface ReportLine extends Sums {
  way: Way;
  site: string;
  terminal: string | null;
}

/** A card terminal's own count since its closing before, and the ledger's for the same time. */
export interface Closing {
  terminal: string;
  site: string;
  since: Date | null;
  at: Date;
  totalCents: number;
  /** Undefined when the terminal does not tell. */
  count: number | undefined;
  ledgerCents: number;
  ledgerCount: number;
  /** 0 when the terminal and the ledger agree. */
  differenceCents: number;
}

export interface DayReport extends Sums {
  day: IsoDate;
  lines: ReportLine[];
  closings: Closing[];
  /** Payments of this day whose end is not known yet: they are in none of the sums. */
  openCount: number;
}

/** A payment as the report counts it. */
export interface Movement {
  way: Way;
  site: string;
  terminal: string | null;
  amountCents: number;
  settledAt: Date | null;
  reversedAt: Date | null;
}

const nothing = (): Sums => ({ paidCents: 0, paidCount: 0, reversedCents: 0, reversedCount: 0, netCents: 0 });

function add(to: Sums, movement: Movement, within: (instant: Date | null) => boolean): void {
  if (within(movement.settledAt)) {
    to.paidCents += movement.amountCents;
    to.paidCount += 1;
  }
  if (within(movement.reversedAt)) {
    to.reversedCents += movement.amountCents;
    to.reversedCount += 1;
  }
  to.netCents = to.paidCents - to.reversedCents;
}

/**
 * Adds up movements of money.
 * @param from first instant that counts
 * @param until first instant that counts no more
 */
export function sumUp(
  movements: readonly Movement[],
  from: Date,
  until: Date,
): Sums & { lines: ReportLine[] } {
  const within = (instant: Date | null): boolean => instant !== null && instant >= from && instant < until;
  const total = nothing();
  const lines = new Map<string, ReportLine>();
  for (const movement of movements) {
    if (!within(movement.settledAt) && !within(movement.reversedAt)) continue;
    const { way, site } = movement;
    const terminal = way === 'card' ? movement.terminal : null;
    const key = JSON.stringify([way, site, terminal]);
    const line = lines.get(key) ?? { way, site, terminal, ...nothing() };
    lines.set(key, line);
    add(line, movement, within);
    add(total, movement, within);
  }
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  return { ...total, lines: sorted };
}

function toClosing(row: Selectable<TerminalClosingTable>): Closing {
  return {
    terminal: row.terminal,
    site: row.site,
    since: row.since,
    at: row.at,
    totalCents: row.total_cents,
    count: row.count ?? undefined,
    ledgerCents: row.ledger_cents,
    ledgerCount: row.ledger_count,
    differenceCents: row.total_cents - row.ledger_cents,
  };
}

/** @returns the report of one civil day, of one site or of all */
export async function dayReport(db: Db, day: IsoDate, site?: string): Promise<DayReport> {
  const from = zonedInstant(day, '00:00');
  const until = zonedInstant(addDays(day, 1), '00:00');
  const here = site === undefined ? sql`` : sql`AND site = ${site}`;
  const [{ rows: movements }, { rows: closings }, { rows: open }] = await Promise.all([
    sql<Movement>`
      SELECT way, site, terminal, amount_cents AS "amountCents", settled_at AS "settledAt", reversed_at AS "reversedAt"
      FROM payment WHERE ((settled_at >= ${from} AND settled_at < ${until})
        OR (reversed_at >= ${from} AND reversed_at < ${until})) ${here}`.execute(db),
    sql<Selectable<TerminalClosingTable>>`
      SELECT * FROM terminal_closing WHERE at >= ${from} AND at < ${until} ${here} ORDER BY at`.execute(db),
    sql<{ count: number }>`
      SELECT count(*)::int AS count FROM payment WHERE state IN ('pending', 'unknown')
        AND created_at >= ${from} AND created_at < ${until} ${here}`.execute(db),
  ]);
  const sums = sumUp(movements, from, until);
  return { day, ...sums, closings: closings.map(toClosing), openCount: open[0]?.count ?? 0 };
}

/** @returns when the card terminal was closed last */
export async function lastClosing(db: Db, terminal: string): Promise<Date | null> {
  const row = await db
    .selectFrom('terminal_closing')
    .select((eb) => eb.fn.max('at').as('at'))
    .where('terminal', '=', terminal)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** What the ledger has for a card terminal between two closings. Refunds by the cash office never pass the terminal. */
async function ledgerSince(db: Db, terminal: string, since: Date | null, at: Date) {
  const { rows } = await sql<{ cents: number; count: number }>`
    SELECT coalesce(sum(cents), 0)::int AS cents, count(*)::int AS count FROM (
      SELECT amount_cents AS cents FROM payment WHERE way = 'card' AND terminal = ${terminal}
        AND settled_at > ${since ?? new Date(0)} AND settled_at <= ${at}
      UNION ALL
      SELECT -amount_cents FROM payment WHERE way = 'card' AND terminal = ${terminal} AND reversed_by = 'terminal'
        AND reversed_at > ${since ?? new Date(0)} AND reversed_at <= ${at}) moved`.execute(db);
  return rows[0] ?? { cents: 0, count: 0 };
}

/**
 * Closes a card terminal's day and writes down both counts.
 * @param now read after the terminal has answered
 * @throws what the terminal throws; nothing is written then
 */
export async function closeTerminal(
  db: Db,
  at: { terminal: string; site: string },
  card: CardTerminal,
  now: () => Date,
): Promise<Closing> {
  const told = await card.endOfDay();
  const instant = now();
  return db.transaction().execute(async (tx) => {
    const since = await lastClosing(tx, at.terminal);
    const ledger = await ledgerSince(tx, at.terminal, since, instant);
    const row = await tx
      .insertInto('terminal_closing')
      .values({
        ...at,
        since,
        at: instant,
        total_cents: told.totalCents,
        count: told.count ?? null,
        ledger_cents: ledger.cents,
        ledger_count: ledger.count,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toClosing(row);
  });
}
