/**
 * Counts what the streams of a file unpack to before anybody unpacks them: what is a thousand bytes may be packed so
 * often, or in such ways, that unpacking it takes minutes.
 */
import { constants, createInflate } from 'node:zlib';
import { from85, fromHex, fromLzw, fromRuns } from './decoders.ts';
import { type Dict, type Document, dictsIn, isDict, type Stream, type Value } from './document.ts';
import { MOST_WORDS, TooMuchError } from './unpack.ts';

/** All together: a colour scan of DIN A1 at 300 dpi has 209 million bytes. */
const MOST_UNPACKED = 400_000_000;
/**
 * Of what qpdf packs anew, each time it was packed counted: it takes ten times as long as counting does. Programs that
 * write ASCII85 around Deflate do so with every scan: a page of DIN A4 at 300 dpi in colour has 26 million bytes, and a
 * page of which little is white takes as much more of the file.
 */
const MOST_REPACKED = 64_000_000;
const REPACKED_A_BYTE = 30;
/** A field shows a line of text or a tick. */
const MOST_LOOKS = 8_000_000;
/** One is usual, two happen. */
const MOST_FILTERS = 4;

/** Short names are meant for small pictures within a page; readers take them everywhere (ISO 32000-2, table 92). */
const LONG: Readonly<Record<string, string>> = {
  ...{ '/Fl': '/FlateDecode', '/LZW': '/LZWDecode', '/RL': '/RunLengthDecode' },
  ...{ '/AHx': '/ASCIIHexDecode', '/A85': '/ASCII85Decode', '/DCT': '/DCTDecode', '/CCF': '/CCITTFaxDecode' },
};

/** @returns by what a stream is packed, the outermost first; nothing when that is not told as it should be */
export function filtersOf({ dict }: Stream, { at }: Document): string[] {
  const filter = at(dict['/Filter']);
  const names = (Array.isArray(filter) ? filter : [filter]).map(at);
  if (!names.every((name) => typeof name === 'string')) return [];
  return names.map((name) => LONG[name] ?? name);
}

/**
 * @param most counting ends soon after so many bytes
 * @param onto where what comes out is put; kept only where it is to be unpacked again
 * @returns how many bytes come out; what comes before a fault counts, as viewers show it too
 */
type Undo = (packed: Buffer, most: number, parms: Dict, onto?: Buffer[]) => number | Promise<number>;

const inflated: Undo = (packed, most, _parms, onto) =>
  new Promise((resolve) => {
    let bytes = 0;
    const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 1_000_000 });
    const finish = (): void => {
      inflate.removeAllListeners('data');
      inflate.destroy();
      resolve(bytes);
    };
    inflate.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      onto?.push(chunk);
      if (bytes > most) finish();
    });
    inflate.on('end', finish).on('error', finish);
    inflate.end(packed);
  });

const undoneBy =
  (decode: (packed: Buffer, most: number, parms: Dict) => Buffer): Undo =>
  (packed, most, parms, onto) => {
    const content = decode(packed, most, parms);
    onto?.push(content);
    return content.length;
  };

/** All that qpdf undoes. */
const UNDO: ReadonlyMap<string | undefined, Undo> = new Map([
  ['/FlateDecode', inflated],
  ['/LZWDecode', undoneBy((packed, most, parms) => fromLzw(packed, most, parms['/EarlyChange'] !== 0))],
  ['/RunLengthDecode', undoneBy(fromRuns)],
  ['/ASCIIHexDecode', undoneBy(fromHex)],
  ['/ASCII85Decode', undoneBy(from85)],
  ['/Crypt', undoneBy((packed) => packed)],
]);

/** @returns the parameters of one of several filters, with nothing by reference */
function parmsOf({ dict }: Stream, index: number, { at }: Document): Dict {
  const all = at(dict['/DecodeParms']);
  const parms = Array.isArray(all) ? at(all[index]) : all;
  if (!isDict(parms)) return {};
  return Object.fromEntries(Object.entries(parms).map(([key, value]) => [key, at(value)]));
}

const numberOf = (value: Value | undefined, usual: number): number =>
  typeof value === 'number' ? Math.abs(value) : usual;

/** @returns bytes of a row where rows are told by what differs from the last (7.4.4.4): an unfinished one is filled up */
function rowOf(parms: Dict): number {
  if (numberOf(parms['/Predictor'], 1) <= 1) return 0;
  const bits = numberOf(parms['/Colors'], 1) * numberOf(parms['/BitsPerComponent'], 8);
  return Math.ceil((numberOf(parms['/Columns'], 1) * bits) / 8);
}

/** What may still come out of a file. */
class Budget {
  #all = MOST_UNPACKED;
  #words = MOST_WORDS;
  #repacked: number;

  constructor(bytes: number) {
    this.#repacked = MOST_REPACKED + REPACKED_A_BYTE * bytes;
  }

  left(isPicture: boolean, isRepacked: boolean): number {
    const most = isPicture ? this.#all : Math.min(this.#all, this.#words);
    return isRepacked ? Math.min(most, this.#repacked) : most;
  }

  /** @throws TooMuchError */
  take(bytes: number, isPicture: boolean, isRepacked: boolean): void {
    if (bytes > this.left(isPicture, isRepacked)) throw new TooMuchError();
    this.#all -= bytes;
    if (!isPicture) this.#words -= bytes;
    if (isRepacked) this.#repacked -= bytes;
  }
}

/**
 * Takes all that comes out of a stream, at each of the times it is packed.
 * @returns how many bytes come out in the end
 * @throws TooMuchError
 */
async function count(stream: Stream, document: Document, budget: Budget): Promise<number> {
  const filters = filtersOf(stream, document);
  if (filters.length > MOST_FILTERS) throw new TooMuchError();
  const isPicture = document.at(stream.dict['/Subtype']) === '/Image';
  // What is packed by Deflate alone qpdf leaves as it is, unless that stands in a list.
  const isKept = filters[0] === '/FlateDecode' && !Array.isArray(document.at(stream.dict['/Filter']));
  const isRepacked = filters.length > 0 && !isKept;
  let content = Buffer.from(stream.data ?? '', 'base64');
  let bytes = content.length;
  if (filters.length === 0) budget.take(bytes, isPicture, false);
  for (const [index, filter] of filters.entries()) {
    const undo = UNDO.get(filter);
    if (!undo) break;
    const isLast = !UNDO.has(filters[index + 1]);
    const parms = parmsOf(stream, index, document);
    const row = rowOf(parms);
    // Rows within something that is packed again have no use, and are not undone here.
    if (row > 0 && !isLast) throw new TooMuchError();
    const onto: Buffer[] = [];
    const most = budget.left(isPicture, isRepacked);
    bytes = row + (await undo(content, most, parms, isLast ? undefined : onto));
    budget.take(bytes, isPicture, isRepacked);
    content = Buffer.concat(onto);
  }
  return bytes;
}

/** What the fields of a form look like, each time it is used: qpdf reads it word by word where it sets a value. */
function* looksOfFields({ all, at, streamAt }: Document): Generator<Stream> {
  for (const dict of all.flatMap(([, value]) => [...dictsIn(value)])) {
    const looks = at(dict['/Subtype']) === '/Widget' ? at(dict['/AP']) : null;
    const normal = isDict(looks) ? (looks['/N'] ?? null) : null;
    const states = streamAt(normal) ? null : at(normal);
    for (const one of isDict(states) ? Object.values(states) : [normal]) {
      const look = streamAt(one);
      if (look) yield look;
    }
  }
}

/**
 * Looks whether all that a file unpacks to is within what anybody can look at.
 * @param document with the streams as they came
 * @param bytes how large the file is: a large one may hold more
 * @throws TooMuchError
 */
export async function countStreams(document: Document, bytes: number): Promise<void> {
  const budget = new Budget(bytes);
  const sizes = new Map<Stream, number>();
  for (const stream of document.streams) sizes.set(stream, await count(stream, document, budget));
  let looks = 0;
  for (const look of looksOfFields(document)) {
    looks += sizes.get(look) ?? 0;
    if (looks > MOST_LOOKS) throw new TooMuchError();
  }
}
