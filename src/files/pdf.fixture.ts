/** PDF files for tests, made here byte by byte. */
import assert from 'node:assert/strict';
import { constants, deflateRawSync, deflateSync, inflateSync } from 'node:zlib';
import { acceptUpload } from './index.ts';

type Body = string | Buffer;
export type Objects = Readonly<Record<number, Body>>;

/** @returns a stream with this dictionary around it */
export function stream(content: Body, dict = ''): Buffer {
  const bytes = Buffer.from(content as string, 'latin1');
  return Buffer.concat([
    Buffer.from(`<< ${dict} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

/** Ways of packing a stream, by the names they have in a file. */
export const PACKED: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  FlateDecode: (bytes) => deflateSync(bytes),
  ASCIIHexDecode: (bytes) => Buffer.from(`${bytes.toString('hex')}>`),
  ASCII85Decode: ascii85,
  RunLengthDecode: (bytes) => {
    const runs = Array.from({ length: Math.ceil(bytes.length / 128) }, (_, index) =>
      bytes.subarray(index * 128, index * 128 + 128),
    );
    const parts = runs.flatMap((run) => [Buffer.from([run.length - 1]), run]);
    return Buffer.concat([...parts, Buffer.from([128])]);
  },
  LZWDecode: (bytes) => lzwCodes(lzwOf(bytes)),
};

function ascii85(bytes: Buffer): Buffer {
  const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  let text = '';
  for (let at = 0; at < padded.length; at += 4) {
    let word = padded.readUInt32BE(at);
    let group = '';
    for (let digit = 0; digit < 5; digit += 1) {
      group = String.fromCharCode(33 + (word % 85)) + group;
      word = Math.floor(word / 85);
    }
    text += group.slice(0, Math.min(5, bytes.length - at + 1));
  }
  return Buffer.from(`${text}~>`);
}

/** Codes one after another, each as long as it has to be by then. */
function lzwCodes(codes: Iterable<number>): Buffer {
  const bytes: number[] = [];
  let [bits, held, size, known] = [0, 0, 9, -1];
  for (const code of codes) {
    bits = bits * 2 ** size + code;
    for (held += size; held >= 8; held -= 8) {
      bytes.push(Math.floor(bits / 2 ** (held - 8)));
      bits %= 2 ** (held - 8);
    }
    // After a clearing the first code adds nothing to the table.
    if (code === 256) [size, known] = [9, -1];
    else known += 1;
    if ([511, 1_023, 2_047].includes(258 + known)) size += 1;
  }
  return Buffer.from([...bytes, ...(held > 0 ? [bits << (8 - held)] : [])]);
}

function* lzwOf(bytes: Buffer): Generator<number> {
  let table = new Map<string, number>();
  let text = '';
  const codeOf = (known: string): number => table.get(known) ?? known.charCodeAt(0);
  yield 256;
  for (const letter of bytes.toString('latin1')) {
    if (text === '' || table.has(text + letter)) {
      text += letter;
      continue;
    }
    yield codeOf(text);
    table.set(text + letter, 258 + table.size);
    text = letter;
    if (table.size < 3_800) continue;
    yield codeOf(text);
    yield 256;
    [table, text] = [new Map(), ''];
  }
  if (text !== '') yield codeOf(text);
  yield 257;
}

/** @returns millions of spaces as LZW, each code meaning one more than the last */
export function lzwSpaces(millions: number): Buffer {
  const codes = [256, 32];
  for (let [bytes, next] = [1, 258]; bytes < millions * 1_000_000; next += 1) {
    codes.push(next);
    bytes += next - 256;
    if (next < 4_000) continue;
    codes.push(256, 32);
    next = 257;
  }
  return lzwCodes([...codes, 257]);
}

/** @returns millions of spaces as Deflate, without making them */
export function flateSpaces(millions: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(1_000_000, ' '), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([
    Buffer.from([0x78, 0x9c]),
    ...Array<Buffer>(millions).fill(one),
    Buffer.from([3, 0]),
  ]);
}

/** @param filters as a reader undoes them: the first is the outermost */
export function packed(content: Body, filters: readonly string[], dict = ''): Buffer {
  const bytes = filters.reduceRight<Buffer>(
    (inner, filter) => PACKED[filter]?.(inner) ?? inner,
    Buffer.from(content as string, 'latin1'),
  );
  return stream(bytes, `${dict} /Filter [${filters.map((filter) => `/${filter}`).join(' ')}]`);
}

export const HELLO = 'BT /F1 24 Tf 50 700 Td (Vollmacht) Tj ET';
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
/** What a page of {@link pdf} is made of; put more into it as an object of its own. */
export const page = (more = ''): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 9 0 R >> >> /Contents 4 0 R ${more} >>`;

export interface PdfShape {
  /** More of the catalogue. */
  catalog?: string;
  trailer?: string;
  header?: string;
}

/** A PDF with one page, and a right table of objects. 1 catalogue, 2 pages, 3 page, 4 content, 9 font. */
export function pdf(
  extra: Objects = {},
  { catalog = '', trailer = '', header = '%PDF-1.7\n' }: PdfShape = {},
): Buffer {
  const objects: Record<number, Body> = {
    1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: page(),
    4: stream(HELLO),
    9: FONT,
    ...extra,
  };
  return written(objects, Buffer.from(header, 'latin1'), trailer);
}

function written(objects: Record<number, Body>, head: Buffer, trailer: string): Buffer {
  const chunks = [head];
  const places = new Map<number, number>();
  let length = head.length;
  for (const [number, body] of Object.entries(objects)) {
    const chunk = Buffer.concat([
      Buffer.from(`${number} 0 obj\n`),
      Buffer.from(body as string, 'latin1'),
      Buffer.from('\nendobj\n'),
    ]);
    places.set(Number(number), length);
    chunks.push(chunk);
    length += chunk.length;
  }
  const size = Math.max(...places.keys()) + 1;
  const lines = Array.from({ length: size }, (_, number) => {
    const place = places.get(number);
    return place === undefined ? '0000000000 65535 f \n' : `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${size}\n${lines.join('')}trailer << /Size ${size} /Root 1 0 R ${trailer} >>\n`;
  return Buffer.concat([...chunks, Buffer.from(`${table}startxref\n${length}\n%%EOF\n`)]);
}

/** @returns what stands in the packed streams of a file, its packed objects among them, as text */
export function unpackedObjects(file: string): string {
  const bytes = Buffer.from(file, 'latin1');
  return [...file.matchAll(/stream\n/g)]
    .filter(({ index }) => file.slice(index - 3, index) !== 'end')
    .map(({ index }) => {
      try {
        return inflateSync(bytes.subarray(index + 7)).toString('latin1');
      } catch {
        return '';
      }
    })
    .join('\n');
}

/** An addition behind the end of a file, as programs that only append write it (ISO 32000-2, 7.5.6). */
export function updated(bytes: Buffer, number: number, body: string): Buffer {
  const [, before] = /startxref\n(\d+)\n%%EOF\n$/.exec(bytes.toString('latin1').slice(-60)) ?? [];
  const object = `${number} 0 obj\n${body}\nendobj\n`;
  const place = String(bytes.length).padStart(10, '0');
  const table = `xref\n${number} 1\n${place} 00000 n \ntrailer << /Size 100 /Root 1 0 R /Prev ${before} >>\n`;
  return Buffer.concat([
    bytes,
    Buffer.from(`${object}${table}startxref\n${bytes.length + object.length}\n%%EOF\n`),
  ]);
}

/** A PDF 1.5 whose object 6 is packed into an object stream, with a table of objects that is a stream, too. */
export const pdfWithPackedObject = (object: string, filters: readonly string[], catalog: string): Buffer =>
  pdfWithTables(packed(`6 0 ${object}`, filters, PACKED_OBJECTS), { catalog });

/** Of a stream of objects in which there is one. */
export const PACKED_OBJECTS = '/Type /ObjStm /N 1 /First 4';

/**
 * @param objects the stream that object 6 is in
 * @param table how the table of objects is written
 */
export function pdfWithTables(
  objects: Buffer,
  { catalog = '', table: written = stream }: { catalog?: string; table?: typeof stream } = {},
): Buffer {
  const head = Buffer.from('%PDF-1.5\n');
  const all: [number, Body][] = [
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`],
    [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R >>'],
    [4, stream('0 0 9 9 re f')],
    [5, objects],
  ];
  const table = Buffer.alloc(8 * 9);
  const chunks = [head];
  let length = head.length;
  const place = (number: number, kind: number, first: number, second = 0): void => {
    table[number * 9] = kind;
    table.writeUInt32BE(first, number * 9 + 1);
    table.writeUInt32BE(second, number * 9 + 5);
  };
  for (const [number, body] of all) {
    place(number, 1, length);
    const start = Buffer.from(`${number} 0 obj\n`);
    const chunk = Buffer.concat([start, Buffer.from(body as string, 'latin1'), Buffer.from('\nendobj\n')]);
    chunks.push(chunk);
    length += chunk.length;
  }
  place(6, 2, 5);
  place(7, 1, length);
  const end = Buffer.concat([
    Buffer.from('7 0 obj\n'),
    written(table, '/Type /XRef /Size 8 /W [1 4 4] /Root 1 0 R'),
    Buffer.from(`\nendobj\nstartxref\n${length}\n%%EOF\n`),
  ]);
  return Buffer.concat([...chunks, end]);
}

const rules = { accept: ['application/pdf'], maxBytes: 10_000_000 };
const opened = async (bytes: Buffer) => acceptUpload(bytes, 'a.pdf', rules);
/** @returns `ok`, or why it is not taken */
export const verdict = async (bytes: Buffer): Promise<string> => {
  const result = await opened(bytes);
  return result.ok ? 'ok' : result.code;
};
/** @returns what the office keeps of a file, byte by byte */
export async function kept(bytes: Buffer): Promise<string> {
  const result = await opened(bytes);
  assert.ok(result.ok, result.ok ? '' : result.code);
  return result.file.content.toString('latin1');
}
