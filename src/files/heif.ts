/** Where the pictures of a HEIF file lie (ISO/IEC 23008-12, 14496-12): HEIC and AVIF. */

interface Box {
  kind: string;
  content: Buffer;
}

/** @returns the boxes that stand one behind the other; one that says to be longer than there is has what there is */
function boxesIn(bytes: Buffer): Box[] {
  const found: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const short = bytes.readUInt32BE(at);
    const head = short === 1 ? 16 : 8;
    if (at + head > bytes.length) break;
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short || bytes.length - at;
    if (size < head) break;
    found.push({
      kind: bytes.toString('latin1', at + 4, at + 8),
      content: bytes.subarray(at + head, at + size),
    });
    at += size;
  }
  return found;
}

/** Reads numbers one after the other. @throws RangeError behind the end */
class Numbers {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  next(length: number): number {
    let value = 0;
    for (let left = length; left > 0; left -= 1) value = value * 256 + this.#bytes.readUInt8(this.at++);
    return value;
  }
}

/** Of items whose data is a coded picture: HEVC, AV1. */
type Coded = 'hvc1' | 'av01';
const isCoded = (kind: string): kind is Coded => kind === 'hvc1' || kind === 'av01';

/** @returns the numbers of the items that are coded pictures (8.11.6) */
function codedItems(information: Buffer): Map<number, Coded> {
  const entries = boxesIn(information.subarray(information[0] === 0 ? 6 : 8));
  const items = entries.flatMap(({ content }): [number, Coded][] => {
    const numbers = new Numbers(content);
    const version = numbers.next(1);
    numbers.next(3);
    const id = numbers.next(version === 3 ? 4 : 2);
    numbers.next(2);
    const kind = content.toString('latin1', numbers.at, numbers.at + 4);
    return version >= 2 && isCoded(kind) ? [[id, kind]] : [];
  });
  return new Map(items);
}

/** A stretch of the file: what it is coded in, where it begins and how long it is. */
interface Extent {
  kind: Coded;
  at: number;
  length: number;
}

/** @returns where the items lie that are wanted, as far as they lie in the file itself (8.11.3) */
function extentsOf(location: Buffer, wanted: ReadonlyMap<number, Coded>): Extent[] {
  const numbers = new Numbers(location);
  const version = numbers.next(1);
  numbers.next(3);
  const [sizes, more] = [numbers.next(1), numbers.next(1)];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, more >> 4];
  const indexSize = version === 0 ? 0 : more & 15;
  const found: Extent[] = [];
  for (let items = numbers.next(version === 2 ? 4 : 2); items > 0; items -= 1) {
    const id = numbers.next(version === 2 ? 4 : 2);
    const kind = wanted.get(id);
    const inFile = version === 0 || (numbers.next(2) & 15) === 0;
    numbers.next(2);
    const base = numbers.next(baseSize);
    for (let extents = numbers.next(2); extents > 0; extents -= 1) {
      numbers.next(indexSize);
      const at = base + numbers.next(offsetSize);
      const length = numbers.next(lengthSize);
      if (inFile && kind) found.push({ kind, at, length });
    }
  }
  return found;
}

/**
 * @returns the stretches that coded pictures take; none where the file does not say so in a way that is understood
 */
export function codedPictures(bytes: Buffer): Extent[] {
  try {
    const meta = boxesIn(bytes).find(({ kind }) => kind === 'meta');
    const parts = boxesIn(meta?.content.subarray(4) ?? Buffer.alloc(0));
    const [information, location] = ['iinf', 'iloc'].map((wanted) =>
      parts.find(({ kind }) => kind === wanted),
    );
    return information && location ? extentsOf(location.content, codedItems(information.content)) : [];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
