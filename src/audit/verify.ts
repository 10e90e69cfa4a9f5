import type { Db } from '#db';
import { type Anchor, type AnchorStore, readAnchors } from './anchors.ts';
import { type Verification, walkChain } from './chain.ts';

/**
 * Checks the whole audit record: every entry, their order, the end, and the signed anchors outside the database.
 * @param store without it a tail cut off together with the record of the last entry goes unnoticed
 * @param entries so many at the end only; all when left out
 */
export async function verify(db: Db, store?: AnchorStore, entries?: number): Promise<Verification> {
  let anchors: Anchor[];
  try {
    anchors = store ? readAnchors(store) : [];
  } catch (error) {
    return { ok: false, seq: '?', what: (error as Error).message };
  }
  const expected = Map.groupBy(anchors, (entry) => entry.seq);
  const result = await walkChain(
    db,
    (seq, hash) => {
      const other = expected.get(seq)?.find((known) => known.hash !== hash.toString('hex'));
      return other && `the chain was rewritten: another hash stood here on ${other.at}`;
    },
    entries,
  );
  // Not only the latest anchor: one that was written after a cut would hide it.
  const beyond = result.ok && anchors.find((known) => known.seq > BigInt(result.entries));
  if (!beyond) return result;
  return {
    ok: false,
    seq: String(result.entries + 1),
    what: `the end was cut off: entry ${beyond.seq} existed on ${beyond.at}`,
  };
}

/** @returns one line for the command line */
export function describeVerification(result: Verification): string {
  return result.ok
    ? `audit record is whole: ${result.entries} entries`
    : `audit record is broken at entry ${result.seq}: ${result.what}`;
}
