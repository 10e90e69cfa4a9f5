/**
 * Ways of packing that are no Deflate (ISO 32000-2, 7.4), undone only to be counted: each ends at the first fault, with
 * what came before it, as qpdf does.
 */

/** Bytes one after another, up to a limit. */
class Output {
  #bytes = Buffer.allocUnsafe(65_536);
  readonly #most: number;
  length = 0;

  /** @param most what comes after so many and one more is not kept */
  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.length > this.#most;
  }

  push(byte: number): void {
    if (this.isFull) return;
    if (this.length === this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes, Buffer.allocUnsafe(this.length)]);
    this.#bytes[this.length] = byte;
    this.length += 1;
  }

  at(index: number): number {
    return this.#bytes[index] ?? 0;
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }
}

const SPACE = new Set([9, 10, 11, 12, 13, 32]);

/** ASCIIHexDecode: two digits a byte. */
export function fromHex(packed: Buffer, most: number): Buffer {
  const output = new Output(most);
  let high: number | undefined;
  for (const byte of packed) {
    if (SPACE.has(byte)) continue;
    const digit = Number.parseInt(String.fromCharCode(byte), 16);
    if (Number.isNaN(digit)) break;
    if (high !== undefined) output.push(high * 16 + digit);
    high = high === undefined ? digit : undefined;
  }
  if (high !== undefined) output.push(high * 16);
  return output.bytes();
}

/** ASCII85Decode: five letters are four bytes, and `z` is four zeros. */
export function from85(packed: Buffer, most: number): Buffer {
  const output = new Output(most);
  let [word, letters] = [0, 0];
  const flush = (bytes: number): void => {
    for (let at = 0; at < bytes; at += 1) output.push((word >>> (24 - at * 8)) & 0xff);
    [word, letters] = [0, 0];
  };
  for (const byte of packed) {
    if (SPACE.has(byte)) continue;
    if (byte === 122 && letters === 0) flush(4);
    else if (byte < 33 || byte > 117) break;
    else {
      word = word * 85 + byte - 33;
      letters += 1;
      if (letters === 5) flush(4);
    }
  }
  const bytes = letters - 1;
  for (; letters > 0 && letters < 5; letters += 1) word = word * 85 + 84;
  flush(bytes);
  return output.bytes();
}

/** RunLengthDecode: bytes as they are, or one of them up to 128 times. */
export function fromRuns(packed: Buffer, most: number): Buffer {
  const output = new Output(most);
  for (let at = 0; at < packed.length && !output.isFull; ) {
    const length = packed[at] ?? 128;
    if (length === 128) break;
    const count = length < 128 ? length + 1 : 257 - length;
    for (let one = 0; one < count; one += 1) {
      const byte = packed[at + 1 + (length < 128 ? one : 0)];
      if (byte !== undefined) output.push(byte);
    }
    at += length < 128 ? count + 1 : 2;
  }
  return output.bytes();
}

const [CLEAR, END, FIRST, LAST] = [256, 257, 258, 4_096];

/** Codes that grow from nine to twelve bits as the table fills. */
class Codes {
  readonly #packed: Buffer;
  #at = 0;
  #bits = 0;
  #held = 0;

  constructor(packed: Buffer) {
    this.#packed = packed;
  }

  next(size: number): number {
    while (this.#held < size) {
      const byte = this.#packed[this.#at];
      if (byte === undefined) return END;
      this.#at += 1;
      this.#bits = ((this.#bits << 8) | byte) & 0xff_ff_ff;
      this.#held += 8;
    }
    this.#held -= size;
    return (this.#bits >> this.#held) & ((1 << size) - 1);
  }
}

/**
 * LZWDecode: a code is a byte, or all that an earlier code and the byte after it were.
 * @param early whether codes grow one code earlier than they must, as is usual
 */
export function fromLzw(packed: Buffer, most: number, early = true): Buffer {
  const output = new Output(most);
  const codes = new Codes(packed);
  // What a code means stands in the output already: where it begins there, and how long it is.
  let table: [start: number, length: number][] = [];
  let last: [start: number, length: number] | undefined;
  let size = 9;
  for (let code = codes.next(size); code !== END && !output.isFull; code = codes.next(size)) {
    if (code === CLEAR) {
      [table, last, size] = [[], undefined, 9];
      continue;
    }
    if (last) {
      const added = FIRST + table.length;
      if (added === LAST) break;
      table.push([last[0], last[1] + 1]);
      if ([511, 1_023, 2_047].includes(added + (early ? 1 : 0))) size += 1;
    }
    const known = table[code - FIRST];
    if (code >= FIRST && !known) break;
    last = [output.length, known?.[1] ?? 1];
    for (let at = 0; at < last[1]; at += 1) output.push(known ? output.at(known[0] + at) : code);
  }
  return output.bytes();
}
