/** How a JPEG is built (ITU-T T.81, Annex B), as far as it tells whether all of it is there. */

const [MARK, STUFFED, SEQUENTIAL, START_OF_SCAN, TABLES, END, RESTART_0, RESTART_7] = [
  0xff, 0x00, 0xc1, 0xda, 0xc4, 0xd9, 0xd0, 0xd7,
];
/** Of a table of codes: the byte that says which, and how many codes there are of each length. */
const TABLE_HEAD = 17;

interface Anatomy {
  /** Whether its last mark says that it ends here. */
  ended: boolean;
  /** What the scans hold between their marks. */
  scans: Buffer[];
  /**
   * Whether many zeros can be blank paper: in a progressive one, and where the shortest codes say "nothing more in this
   * block". Elsewhere they would paint every frequency of each block.
   */
  zerosAreBlank: boolean;
}

/** @returns the first values of the tables for all but the means of blocks */
function firstValues(tables: Buffer): number[] {
  const found: number[] = [];
  let at = 0;
  while (at + TABLE_HEAD < tables.length) {
    const codes = tables.subarray(at + 1, at + TABLE_HEAD).reduce((sum, count) => sum + count, 0);
    const first = tables[at + TABLE_HEAD];
    if ((tables[at] ?? 0) >= 0x10 && first !== undefined) found.push(first);
    at += TABLE_HEAD + codes;
  }
  return found;
}

/** @returns where the next mark stands from here on, those that belong to a scan left out; the end where there is none */
function nextMark(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(MARK, from); at !== -1; at = bytes.indexOf(MARK, at + 1)) {
    const kind = bytes[at + 1] ?? MARK;
    const within = kind === STUFFED || kind === MARK || (kind >= RESTART_0 && kind <= RESTART_7);
    if (!within) return at;
  }
  return bytes.length;
}

/** Reads the marks of a JPEG up to its end; what hangs on behind is no part of it. */
export function anatomyOf(bytes: Buffer): Anatomy {
  const scans: Buffer[] = [];
  const firsts: number[] = [];
  let sequential = false;
  const told = (ended: boolean): Anatomy => {
    return { ended, scans, zerosAreBlank: !sequential || firsts.every((first) => first === 0) };
  };
  let at = nextMark(bytes, 2);
  while (at + 4 <= bytes.length) {
    const kind = bytes[at + 1];
    if (kind === END) return told(true);
    const behind = at + 2 + bytes.readUInt16BE(at + 2);
    if (kind === SEQUENTIAL || kind === SEQUENTIAL - 1) sequential = true;
    if (kind === TABLES) firsts.push(...firstValues(bytes.subarray(at + 4, behind)));
    at = nextMark(bytes, behind);
    if (kind === START_OF_SCAN) scans.push(bytes.subarray(behind, at));
  }
  return told(bytes[at + 1] === END);
}
