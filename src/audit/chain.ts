import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, type Tx, together, type Write } from '#db';
import { type AuditDetail, type AuditInput, assertPlain, canonical } from './canonical.ts';

/** What stands before the first entry. */
export const GENESIS = Buffer.alloc(32);
const BATCH = 1_000;

/** The whole chain holds, or the first place where it does not. */
export type Verification = { ok: true; entries: number } | { ok: false; seq: string; what: string };

/**
 * An entry at the end of the chain: `hash = SHA-256(previous hash || canonical JSON)`. It belongs into the last statement of a
 * transaction, and only one of them: it locks the end of the chain until the transaction ends.
 * @param given the name of another part of the statement: without a row of it there is nothing to enter
 * @throws Error when the entry carries anything but codes
 */
export function entry(input: AuditInput, given?: string): Write {
  assertPlain(input);
  const text = Buffer.from(canonical(input));
  const only = given === undefined ? sql`` : sql` AND EXISTS (SELECT FROM ${sql.ref(given)})`;
  return [
    { name: 'chain_end', does: sql`SELECT seq, hash FROM audit_head WHERE one${only} FOR UPDATE` },
    {
      name: 'chain_entry',
      does: sql`INSERT INTO audit_entry (seq, at, actor, action, subject, detail, previous, hash)
        SELECT seq + 1, ${input.at}::timestamptz, ${input.actor}, ${input.action}, ${input.subject},
          ${JSON.stringify(input.detail ?? {})}::jsonb, hash, sha256(hash || ${text}::bytea)
        FROM chain_end RETURNING seq, hash`,
    },
    {
      does: sql`UPDATE audit_head SET seq = chain_entry.seq, hash = chain_entry.hash FROM chain_entry WHERE one`,
    },
  ];
}

/**
 * Adds an {@link entry} by itself, as the last statement of a transaction.
 * @throws Error when the entry carries anything but codes
 */
export async function append(tx: Tx, input: AuditInput): Promise<void> {
  await together(tx, entry(input));
}

function hashOf(previous: Uint8Array, entry: AuditInput): Buffer {
  return createHash('sha256').update(previous).update(canonical(entry)).digest();
}

interface Link {
  seq: bigint;
  hash: Buffer;
}

const failed = (seq: bigint, what: string): Verification => ({ ok: false, seq: String(seq), what });

/** @returns the entry behind which the last ones begin; the beginning when there are not more, or it is missing */
async function placeBefore(tx: Tx, most: number): Promise<Link> {
  const place = await tx
    .selectFrom('audit_entry')
    .select(['seq', 'hash'])
    .where('seq', '=', sql<string>`(SELECT seq - ${most} FROM audit_head)`)
    .executeTakeFirst();
  return place ? { seq: BigInt(place.seq), hash: place.hash } : { seq: 0n, hash: GENESIS };
}

/** What whoever writes down who did what is given. */
export interface AuditWriter {
  append: typeof append;
  entry: typeof entry;
}

/**
 * Walks the chain in one snapshot of the database.
 * @param visit is told each entry's number and hash, for checks against hashes kept elsewhere; says what is wrong or nothing
 * @param most so many entries at the end only; all of them when left out
 */
export async function walkChain(
  db: Db,
  visit: (seq: bigint, hash: Buffer) => string | undefined,
  most?: number,
): Promise<Verification> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      let last: Link = most === undefined ? { seq: 0n, hash: GENESIS } : await placeBefore(tx, most);
      for (;;) {
        const rows = await tx
          .selectFrom('audit_entry')
          .selectAll()
          .where('seq', '>', String(last.seq))
          .orderBy('seq')
          .limit(BATCH)
          .execute();
        for (const row of rows) {
          const seq = BigInt(row.seq);
          if (seq !== last.seq + 1n) return failed(last.seq + 1n, 'entry is missing');
          if (!row.previous.equals(last.hash)) return failed(seq, 'entry does not follow the one before it');
          if (!hashOf(last.hash, { ...row, detail: row.detail as AuditDetail }).equals(row.hash)) {
            return failed(seq, 'entry was changed');
          }
          const objection = visit(seq, row.hash);
          if (objection) return failed(seq, objection);
          last = { seq, hash: row.hash };
        }
        if (rows.length < BATCH) break;
      }
      const head = await tx.selectFrom('audit_head').selectAll().executeTakeFirst();
      if (!head) return failed(last.seq, 'the record of the last entry is missing');
      if (BigInt(head.seq) !== last.seq || !head.hash.equals(last.hash)) {
        return failed(last.seq + 1n, `the chain ends early: the last entry should be ${head.seq}`);
      }
      return { ok: true, entries: Number(last.seq) };
    });
}

/** @returns when this was last done, as far as the record tells */
export async function lastEntry(db: Db, action: string): Promise<Date | undefined> {
  const found = await db
    .selectFrom('audit_entry')
    .select('at')
    .where('action', '=', action)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.at;
}
