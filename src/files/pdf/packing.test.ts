import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { programIn, Workshop } from '#apart';
import type { Job, Outcome } from '../job.ts';
import {
  flateSpaces,
  kept,
  lzwSpaces,
  type Objects,
  PACKED,
  PACKED_OBJECTS,
  packed,
  page,
  pdf,
  pdfWithTables,
  stream,
  unpackedObjects,
} from '../pdf.fixture.ts';
import { processorFor } from '../upload.ts';
import { Opener } from './opener.fixture.ts';

const picture = (content: Buffer, filter: string): Buffer =>
  pdf({
    3: page().replace('/Font', '/XObject << /I 5 0 R >> /Font'),
    4: stream('q 595 0 0 842 0 0 cm /I Do Q'),
    5: stream(
      content,
      `/Type /XObject /Subtype /Image /Width 2480 /Height 3508 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter ${filter}`,
    ),
  });
/** Ten megabytes, as a scanner makes them. */
const scan = (): Buffer => picture(randomBytes(9_900_000), '/DCTDecode');

const times = (count: number, bytes: Buffer): Buffer =>
  Array.from({ length: count }).reduce<Buffer>((inner) => deflateSync(inner), bytes);
const names = (count: number): string => `[${'/FlateDecode '.repeat(count)}]`;
/** A content that would be so many millions of spaces. */
const content = (bytes: Buffer, filter: string): Buffer => pdf({ 4: stream(bytes, `/Filter ${filter}`) });
/** So many streams that stand in a file. */
const many = (count: number, body: Buffer): Buffer => {
  const objects = Object.fromEntries(Array.from({ length: count }, (_, index) => [20 + index, body]));
  return pdf(objects, {
    catalog: `/X [${Object.keys(objects)
      .map((number) => `${number} 0 R`)
      .join(' ')}]`,
  });
};
/** Fields of a form, which all look the same. */
function fields(count: number, look: Buffer): Buffer {
  const numbers = Array.from({ length: count }, (_, index) => 20 + index);
  const all = numbers.map((number) => `${number} 0 R`).join(' ');
  const field = '/Type /Annot /Subtype /Widget /FT /Tx /V (x) /Rect [50 600 300 630] /AP << /N 7 0 R >>';
  const objects: Objects = Object.fromEntries(
    numbers.map((number) => [number, `<< ${field} /T (${number}) >>`]),
  );
  return pdf(
    { ...objects, 3: page(`/Annots [${all}]`), 7: look },
    {
      catalog: `/AcroForm << /Fields [${all}] /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 9 0 R >> >> /NeedAppearances true >>`,
    },
  );
}
const asHex = (bytes: Buffer): Buffer => Buffer.from(`${bytes.toString('hex')}>`);
const MUCH = 1_500;
const LOOK = '/Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode';

let opener: Opener;
before(async () => {
  opener = await Opener.start();
});
after(() => opener.end());

describe('a small PDF file that unpacks to very much', () => {
  let scanned: { said: string; cost: number };
  before(async () => {
    await opener.open(pdf());
    scanned = await opener.open(scan());
    assert.equal(scanned.said, 'ok');
  });

  const twice = (): Buffer => times(1, flateSpaces(MUCH));
  const lzw = lzwSpaces(MUCH);
  const rows = '/DecodeParms [null << /Predictor 12 /Columns 100000000 >>]';
  const kinds: Record<string, () => Buffer> = {
    'Deflate twice': () => content(twice(), names(2)),
    'Deflate four times': () => content(times(2, twice()), names(4)),
    'Deflate twenty times': () => content(times(18, twice()), names(20)),
    'filters told by reference': () =>
      pdf({ 4: stream(twice(), '/Filter 6 0 R'), 6: '[7 0 R 7 0 R]', 7: '/FlateDecode' }),
    'filters spelt with numbers, and short': () => content(twice(), '[/Fl#61teDecode /F#6c]'),
    'digits around Deflate': () => content(asHex(twice()), `[/ASCIIHexDecode /FlateDecode /FlateDecode]`),
    'letters between Deflate': () =>
      content(
        deflateSync(PACKED.ASCII85Decode?.(twice()) ?? ''),
        '[/FlateDecode /A85 /FlateDecode /FlateDecode]',
      ),
    'what is nothing in the end': () => content(twice(), '[/FlateDecode /FlateDecode /ASCIIHexDecode]'),
    LZW: () => content(lzw, '/LZWDecode'),
    'LZW within Deflate': () => content(deflateSync(lzw), '[/Fl /LZW]'),
    'rows of any width': () =>
      many(40, stream(asHex(deflateSync(Buffer.from([2, 1]))), `/Filter [/AHx /Fl] ${rows}`)),
    'a picture': () => picture(twice(), names(2)),
    'many streams that are each not too large': () =>
      many(200, stream(times(1, flateSpaces(30)), `/Filter ${names(2)}`)),
    'a stream that is used by many': () =>
      fields(100, stream(deflateSync(Buffer.from('0 0 m '.repeat(500_000))), LOOK)),
  };
  for (const [kind, make] of Object.entries(kinds))
    it(`is refused before that is unpacked: ${kind}`, async () => {
      const { said, cost } = await opener.open(make());
      assert.equal(said, 'tooLarge');
      assert.ok(cost <= 2 * scanned.cost, `${cost} ms of a processor, a scan ${scanned.cost}`);
    });

  it('is looked at once where a page is made of it thousands of times', async () => {
    const bytes = pdf({
      3: page().replace('4 0 R', `[${'4 0 R '.repeat(8_000)}]`),
      4: stream(flateSpaces(1).subarray(0, 700), '/Filter /FlateDecode'),
    });
    const { said, cost } = await opener.open(bytes);
    assert.equal(said, 'empty');
    assert.ok(cost <= 2 * scanned.cost, `${cost} ms of a processor, a scan ${scanned.cost}`);
  });
});

describe('a PDF file whose own table cannot be read for its size', () => {
  const endless = times(2, flateSpaces(40_000));
  const filter = '/Filter [/FlateDecode /FlateDecode /FlateDecode /ASCIIHexDecode]';
  const kinds: Record<string, () => Buffer> = {
    'a stream of objects': () =>
      pdfWithTables(stream(endless, `${PACKED_OBJECTS} ${filter}`), { catalog: '/X 6 0 R' }),
    'the table of objects': () =>
      pdfWithTables(packed('6 0 null', [], PACKED_OBJECTS), {
        table: (_, dict) => stream(endless, `${dict} ${filter}`),
      }),
  };
  for (const [kind, make] of Object.entries(kinds))
    it(`is given up by what its size may cost: ${kind}`, { timeout: 60_000 }, async () => {
      const bytes = make();
      assert.ok(bytes.length < 20_000);
      const job: Job = { bytes, kind: 'application/pdf', most: bytes.length };
      const workshop = new Workshop<Job, Outcome>(programIn(import.meta.dirname, 'apart'), {
        milliseconds: 600_000,
      });
      assert.equal(await workshop.do(job, undefined, processorFor(job)), undefined);
    });
});

describe('a PDF file that is packed as programs pack', () => {
  const words = Buffer.from(
    Array.from({ length: 9_000 }, (_, at) => `${at} ${at % 842} m 1 1 l S`).join('\n'),
  );
  const rgb = Buffer.concat([randomBytes(400_000), Buffer.alloc(25_700_000, 255)]);

  it('is taken with its words, in whichever way', async () => {
    const filters = Object.keys(PACKED).filter((name) => name !== 'RunLengthDecode');
    for (const chain of [...filters.map((name) => [name]), ['ASCII85Decode', 'LZWDecode'], ['Fl', 'Fl']]) {
      const long = chain.map((name) => (name === 'Fl' ? 'FlateDecode' : name));
      const content = unpackedObjects(await kept(pdf({ 4: packed(words, long) })));
      assert.ok(content.includes(words.toString('latin1')), chain.join());
    }
  });

  it('is taken with pictures that are packed in letters or packed again', async () => {
    const pictures: [string, Buffer][] = [
      [
        'a page of colours as letters',
        picture(PACKED.ASCII85Decode?.(deflateSync(rgb)) ?? rgb, '[/A85 /Fl]'),
      ],
      ['a page of colours in a list', picture(deflateSync(rgb), '[/FlateDecode]')],
      [
        'a photo as letters',
        picture(PACKED.ASCII85Decode?.(randomBytes(90_000)) ?? rgb, '[/A85 /DCTDecode]'),
      ],
      ['a photo that was packed', picture(deflateSync(randomBytes(90_000)), '[/FlateDecode /DCTDecode]')],
      [
        'a row of colours',
        picture(
          deflateSync(Buffer.alloc(7_441 * 3_508, 2)),
          '/FlateDecode /DecodeParms << /Predictor 15 /Columns 2480 /Colors 3 >>',
        ),
      ],
    ];
    for (const [what, bytes] of pictures) assert.equal((await opener.open(bytes)).said, 'ok', what);
  });

  it('may unpack to more the larger it is', async () => {
    const paper = (noise: number): Buffer =>
      pdf({
        6: stream(flateSpaces(90), '/Subtype /Image /Width 9 /Height 9 /Filter [/Fl]'),
        7: stream(randomBytes(noise)),
      });
    assert.equal((await opener.open(paper(10))).said, 'tooLarge');
    assert.equal((await opener.open(paper(1_000_000))).said, 'ok');
  });
});
