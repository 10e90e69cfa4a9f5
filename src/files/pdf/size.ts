/** How much the streams of a file unpack to: whoever looks at it must be able to. */
import { constants, createInflate } from 'node:zlib';
import type { Stream, Value } from './document.ts';

/** All together: a colour scan of DIN A1 at 300 dpi has 209 million bytes. */
const MOST_UNPACKED = 400_000_000;
/** Of everything that is no picture: what a viewer reads word by word. */
const MOST_WORDS = 64_000_000;
const MOST_PIXELS = 200_000_000;

const FLATE = new Set(['/FlateDecode', '/Fl']);
/** What qpdf unpacks and packs anew when it writes; where they still stand, it could not. */
const UNPACKABLE = new Set([
  ...['/LZWDecode', '/LZW', '/RunLengthDecode', '/RL'],
  ...['/ASCIIHexDecode', '/AHx', '/ASCII85Decode', '/A85', '/Crypt'],
]);

export type Weight = 'ok' | 'tooLarge' | 'damaged';

const filtersOf = ({ dict }: Stream): Value[] => {
  const filter = dict['/Filter'] ?? null;
  if (filter === null) return [];
  return Array.isArray(filter) ? filter : [filter];
};

/** @returns how many bytes it unpacks to; counting ends soon after the limit */
function unpackedBytes(packed: Buffer, limit: number): Promise<number> {
  return new Promise((resolve) => {
    let bytes = 0;
    const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 1_000_000 });
    const finish = (): void => {
      inflate.removeAllListeners('data');
      inflate.destroy();
      resolve(bytes);
    };
    inflate.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limit) finish();
    });
    inflate.on('end', finish);
    // What came before a fault counts, as viewers show it too.
    inflate.on('error', finish);
    inflate.end(packed);
  });
}

/** @param streams as qpdf wrote them: packed once, unless they are pictures in a format of their own */
export async function weigh(streams: readonly Stream[]): Promise<Weight> {
  let unpacked = 0;
  let words = 0;
  for (const stream of streams) {
    const filters = filtersOf(stream);
    const packed = filters.filter((filter) => FLATE.has(String(filter))).length;
    if (packed > 1 || filters.some((filter) => UNPACKABLE.has(String(filter)))) return 'damaged';
    const isPicture = stream.dict['/Subtype'] === '/Image';
    const pixels = Number(stream.dict['/Width'] ?? 0) * Number(stream.dict['/Height'] ?? 0);
    if (isPicture && !(pixels <= MOST_PIXELS)) return 'tooLarge';
    const data = Buffer.from(stream.data ?? '', 'base64');
    const bytes = packed === 1 ? await unpackedBytes(data, MOST_UNPACKED - unpacked) : data.length;
    unpacked += bytes;
    if (!isPicture) words += bytes;
    if (unpacked > MOST_UNPACKED || words > MOST_WORDS) return 'tooLarge';
  }
  return 'ok';
}
