/** Sealed files: unreadable without the office's key, and a cut, changed or swapped one is found. */
import { createHash, createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open as openFile } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { type KeyProvider, open, SealError, seal } from '#seal';

/** How much is sealed at once. */
const PIECE_BYTES = 1_000_000;
/** Before each piece stands how long it is. */
const LENGTH_BYTES = 4;
/** What is sealed inside does not get smaller; what stands around it does, at any level. */
const LEVEL = 1;

/** Which place in which backup a file is; it opens only there. */
export interface SealedPlace {
  keys: Pick<KeyProvider, 'secret'>;
  backup: string;
  file: string;
}

/** Size and hash of a file as it lies on the disk. */
export interface Extent {
  bytes: number;
  sha256: string;
}

/** Each backup is sealed with a key of its own, which follows from the office's. */
function keyOf({ keys, backup }: SealedPlace): Buffer {
  return createHmac('sha256', keys.secret('backup content')).update(backup).digest();
}

function placeOf({ backup, file }: SealedPlace, index: number, isLast: boolean): string {
  return `backup/${backup}/${file}/${index}/${isLast ? 'last' : 'more'}`;
}

/** Cuts a stream into pieces of one size; only the last is smaller. */
async function* pieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    rest.push(chunk);
    length += chunk.length;
    if (length < PIECE_BYTES) continue;
    let all = Buffer.concat(rest);
    for (; all.length >= PIECE_BYTES; all = all.subarray(PIECE_BYTES)) yield all.subarray(0, PIECE_BYTES);
    rest = [all];
    length = all.length;
  }
  if (length > 0) yield Buffer.concat(rest);
}

async function* sealed(source: AsyncIterable<Buffer>, place: SealedPlace): AsyncGenerator<Buffer> {
  const key = keyOf(place);
  let index = 0;
  const piece = (plain: Buffer, isLast: boolean): Buffer => {
    const content = seal(key, plain, placeOf(place, index, isLast));
    index += 1;
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, content]);
  };
  for await (const one of pieces(source)) yield piece(one, false);
  yield piece(Buffer.alloc(0), true);
}

async function writeAll(file: FileHandle, source: AsyncIterable<Buffer>): Promise<Extent> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    bytes += chunk.length;
    await file.writeFile(chunk);
  }
  await file.sync();
  return { bytes, sha256: hash.digest('hex') };
}

/** Writes a new file that only its owner may read, and waits until it is on the disk. @throws when it is there already */
export async function writeDurably(path: string, source: AsyncIterable<Buffer>): Promise<Extent> {
  const file = await openFile(path, 'wx', 0o600);
  try {
    return await writeAll(file, source);
  } finally {
    await file.close();
  }
}

/** Packs, seals and writes what is read. */
export function writeSealed(path: string, source: Readable, place: SealedPlace): Promise<Extent> {
  // The pipeline hands an error of the source on to whoever reads the end of it.
  const packed = pipeline(source, createGzip({ level: LEVEL }), () => {});
  return writeDurably(path, sealed(packed as unknown as Readable, place));
}

/** @returns size and hash of what lies there */
export async function extentOf(path: string): Promise<Extent> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function* opened(path: string, place: SealedPlace): AsyncGenerator<Buffer> {
  const key = keyOf(place);
  const file = await openFile(path, 'r');
  try {
    const read = async (length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), length });
      if (bytesRead < length) throw new SealError();
      return buffer;
    };
    for (let index = 0; ; index += 1) {
      const length = (await read(LENGTH_BYTES)).readUInt32BE();
      if (length > 2 * PIECE_BYTES) throw new SealError();
      const content = await read(length);
      // Only the piece that says that nothing follows is shorter than its own seal.
      const isLast = length < MOST_OF_SEAL;
      const plain = open(key, content, placeOf(place, index, isLast));
      if (isLast) return;
      yield plain;
    }
  } finally {
    await file.close();
  }
}

/** Nonce and tag, and one byte: what is shorter holds nothing. */
const MOST_OF_SEAL = 12 + 16 + 1;

/** Reads, opens and unpacks what {@link writeSealed} wrote. Its end comes only when the file was whole. */
export function readSealed(path: string, place: SealedPlace): Readable {
  const source = Readable.from(opened(path, place), { objectMode: false });
  return pipeline(source, createGunzip(), () => {}) as unknown as Readable;
}
