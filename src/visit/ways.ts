/**
 * Where somebody goes on whose visit got a new key, and whose browser never learnt of it: the line was cut, or the office
 * died, after it was written. The old cookie alone leads nowhere, since others may have known it before; it takes something
 * that this browser got for just this step. The way ends with the first sight of the new cookie.
 */
import { sql } from 'kysely';
import { type Db, type Write, writing } from '#db';
import { SealError, underToken } from '#seal';
import type { Clock } from '#time';

/** How long a way is open, unless more is said: a browser may need a minute to give up on an answer. */
const OPEN_MS = 2 * 60_000;

/** Where it leads: to the visit with its new key. */
export interface Way {
  visit: string;
}

/** What a browser holds from before, and what it got for this step alone. */
export interface Held {
  held: string;
  bond: string;
}

/** Ways from what was held before to what is there now. */
export interface Ways {
  /**
   * Opens the only way to a visit; to be written with its new key.
   * @param to the visit, and what it was called until now, where it gets another name in the same statement
   * @param openMs how long it stays open
   */
  open(from: Held, to: { id: string; was?: string }, way: Way, openMs?: number): Write;
  /** @returns where somebody is led who holds this, with any of these bonds */
  find(held: string | undefined, bonds: readonly string[]): Promise<Way | undefined>;
  /** The new key was seen: nothing else leads to this visit any more. */
  close(visitId: string): Write;
  /** Forgets ways that are closed by their time. */
  sweep(): Promise<void>;
}

/** Sealed under what was held and the bond: both are random and long, and nobody without both can make the key. */
const { hashOf, seal, open } = underToken('visit way');

function opened({ held, bond }: Held, sealed: Buffer): Way | undefined {
  try {
    return JSON.parse(open(held, sealed, bond).toString('utf8')) as Way;
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/** @param db where ways are kept, sealed; whoever has the database alone can go none of them */
export function createWays(db: Db, clock: Clock): Ways {
  const seeking = db
    .selectFrom('visit_way')
    .select('sealed')
    .where('held', '=', Buffer.alloc(0))
    .where('expires_at', '>', new Date(0))
    .compile();
  return {
    open({ held, bond }, { id, was = id }, way, openMs = OPEN_MS) {
      const sealed = seal(held, JSON.stringify(way), bond);
      const expires = new Date(clock.now().getTime() + openMs);
      // Counted, so that the one before is gone first: it may have been opened from the same place.
      return [
        {
          name: 'way_before',
          does: writing.deleteFrom('visit_way').where('visit_id', 'in', [was, id]).returning('held'),
        },
        {
          does: sql`INSERT INTO visit_way (held, visit_id, sealed, expires_at)
            SELECT ${hashOf(held)}::bytea, ${id}::uuid, ${sealed}::bytea, ${expires}::timestamptz
            FROM (SELECT count(*) FROM way_before) AS gone`,
        },
      ];
    },
    async find(held, bonds) {
      if (!held || bonds.length === 0) return undefined;
      const parameters = [hashOf(held), clock.now()];
      const { rows } = await db.executeQuery<{ sealed: Buffer }>({ ...seeking, parameters });
      return rows.flatMap(({ sealed }) => bonds.flatMap((bond) => opened({ held, bond }, sealed) ?? []))[0];
    },
    close: (visitId) => [{ does: writing.deleteFrom('visit_way').where('visit_id', '=', visitId) }],
    async sweep() {
      await db.deleteFrom('visit_way').where('expires_at', '<=', clock.now()).execute();
    },
  };
}
