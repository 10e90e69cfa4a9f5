import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { decodeFields, encodeFields, TLV_FIELD } from './bmp.ts';
import { fromBcd, toBcd, ZvtFormatError } from './bytes.ts';
import { decodeText, encodeText } from './charset.ts';
import { createFrameReader, encodeFrame } from './frames.ts';
import { addLines } from './receipt.ts';
import { readStatusInformation } from './status.ts';
import { decodeTlv, encodeTlv, findTlv, type Tlv } from './tlv.ts';
import { readinessOf, refusalOf, statusWord } from './words.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');

interface VectorTlv {
  tag: string;
  v?: string;
  c?: VectorTlv[];
}

interface Vector {
  hex: string;
  decoded: Record<string, string | VectorTlv[]>;
  bad: boolean;
}

function plain(objects: readonly Tlv[]): VectorTlv[] {
  return objects.map(({ tag, value, children }) =>
    children.length > 0
      ? { tag: tag.toString(16).padStart(2, '0'), c: plain(children) }
      : { tag: tag.toString(16).padStart(2, '0'), v: hex(value) },
  );
}

function withoutTexts(objects: readonly VectorTlv[]): VectorTlv[] {
  return objects.map(({ tag, v, c }) =>
    c === undefined ? { tag, v: v ?? '' } : { tag, c: withoutTexts(c) },
  );
}

const TEXTS = new Set(['2A', '3B', '3C', '8B']);
const data = join(import.meta.dirname, '../../../test/fixtures/zvt-vectors.json');

test('captured messages are read as they were decoded by hand', () => {
  const vectors = JSON.parse(readFileSync(data, 'utf8')) as Vector[];
  assert.ok(vectors.some(({ bad }) => bad) && vectors.some(({ bad }) => !bad));
  for (const vector of vectors) {
    const read = createFrameReader();
    const [message, ...more] = read(bytes(vector.hex));
    assert.deepEqual(more, []);
    if (vector.bad) {
      assert.equal(message, undefined, 'a message that is cut off is none');
      continue;
    }
    assert.ok(message);
    assert.equal(message.command, 0x040f);
    const fields = decodeFields(message.data);
    assert.deepEqual(
      [...fields.keys()].sort(),
      Object.keys(vector.decoded)
        .map((name) => Number.parseInt(name, 16))
        .sort(),
    );
    for (const [name, expected] of Object.entries(vector.decoded)) {
      const value = fields.get(Number.parseInt(name, 16));
      assert.ok(value, name);
      if (typeof expected !== 'string') assert.deepEqual(plain(decodeTlv(value)), withoutTexts(expected));
      else if (TEXTS.has(name))
        assert.equal(Buffer.from(value).toString('latin1').replaceAll('\0', '·'), expected);
      else assert.equal(hex(value), expected, name);
    }
    assert.equal(hex(encodeFrame({ command: message.command, data: encodeFields(fields) })), vector.hex);
  }
});

test('captured messages mean what they say', () => {
  const vectors = JSON.parse(readFileSync(data, 'utf8')) as Vector[];
  const infos = vectors
    .filter(({ bad }) => !bad)
    .flatMap((vector) => createFrameReader()(bytes(vector.hex)))
    .map((message) => readStatusInformation(message.data, 'cp437'));
  assert.deepEqual(
    infos.map(({ result, amountCents, trace, receiptNumber, originalTrace }) => [
      result,
      amountCents,
      trace,
      receiptNumber,
      originalTrace,
    ]),
    [
      [0, undefined, 10_015_008, 8, undefined],
      [0, 2_040, 10_016_005, 5, undefined],
      [0x6c, undefined, undefined, undefined, undefined],
      [0xff, undefined, undefined, undefined, undefined],
      [0, 2_040, 470, 470, undefined],
      [0, 2_040, 463, 463, undefined],
      [0, 100, 607, 607, 606],
    ],
  );
  assert.deepEqual(
    infos.map(({ cardName }) => cardName),
    [
      'MASTERCARD',
      'MASTERCARD',
      undefined,
      undefined,
      'Debit Mastercard',
      'Debit Mastercard',
      'Debit Mastercard',
    ],
  );
  assert.equal(infos[0]?.maskedPan, '**** 4771');
  assert.equal(infos[4]?.currency, 978);
});

const apdus = fc.record({
  command: fc
    .tuple(fc.constantFrom(0x04, 0x05, 0x06, 0x08, 0x80, 0x84), fc.integer({ min: 0, max: 255 }))
    .map(([cls, ins]) => (cls << 8) | ins),
  data: fc.uint8Array({ maxLength: 700 }),
});

test('messages come out as they went in, in whatever pieces they arrive', () => {
  fc.assert(
    fc.property(
      fc.array(apdus, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 300 })),
      (sent, cuts) => {
        const stream = Buffer.concat(sent.map(encodeFrame));
        const read = createFrameReader();
        const received = [];
        let at = 0;
        for (const size of [...cuts, stream.length]) {
          received.push(...read(stream.subarray(at, at + size)));
          at += size;
        }
        assert.deepEqual(
          received.map(({ command, data }) => [command, hex(data)]),
          sent.map(({ command, data }) => [command, hex(data)]),
        );
      },
    ),
  );
});

test('lengths are written short up to 254 and long from 255 on', () => {
  assert.equal(hex(encodeFrame({ command: 0x06d3, data: new Uint8Array(254) }).subarray(0, 3)), '06d3fe');
  assert.equal(hex(encodeFrame({ command: 0x06d3, data: new Uint8Array(255) }).subarray(0, 5)), '06d3ffff00');
  assert.equal(
    hex(encodeFrame({ command: 0x06d3, data: new Uint8Array(0x1234) }).subarray(0, 5)),
    '06d3ff3412',
  );
  assert.throws(() => encodeFrame({ command: 0x06d3, data: new Uint8Array(0x10000) }), RangeError);
});

test('what is not ZVT is refused at its first byte', () => {
  for (const text of ['GET / HTTP/1.1', '\u0016\u0003\u0001', '<ServiceRequest']) {
    assert.throws(() => createFrameReader()(Buffer.from(text)), ZvtFormatError);
  }
});

/** Runs what reads from outside; whatever it is given, it reads or says that it cannot. */
function onlyItsOwnError(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof ZvtFormatError, String(error));
  }
}

test('no bytes whatever make a reader fail in another way than its own', () => {
  // Mostly fields that exist, so that the readers get beyond the first byte.
  const field = fc.constantFrom(
    0x04,
    0x06,
    0x0b,
    0x22,
    0x27,
    0x37,
    0x49,
    0x60,
    0x87,
    0x8b,
    0xf0,
    0xf1,
    0x1f,
    0x25,
    0x82,
  );
  const noise = fc.array(fc.oneof(field, fc.integer({ min: 0, max: 255 })), { maxLength: 80 });
  fc.assert(
    fc.property(noise, (numbers) => {
      const input = Uint8Array.from(numbers);
      onlyItsOwnError(() => createFrameReader()(input));
      onlyItsOwnError(() => decodeFields(input));
      onlyItsOwnError(() => decodeTlv(input));
      onlyItsOwnError(() => readStatusInformation(input, 'cp437'));
      for (const command of [0x06d1, 0x06d3]) {
        assert.ok(Array.isArray(addLines([], { command, data: input }, 'utf8')));
      }
      readinessOf(input);
      statusWord(input[0]);
      refusalOf(input[0]);
    }),
    { numRuns: 2_000 },
  );
});

test('a damaged capture is read or refused, never anything else', () => {
  const capture = bytes(
    '2700040000000020400b0004700c2239530d10060e2512170001197022f0f8eeeeeeeeeeee477129280048690649087807030201',
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: capture.length - 1 }),
      fc.integer({ min: 0, max: 255 }),
      (at, value) => {
        const damaged = Uint8Array.from(capture);
        damaged[at] = value;
        onlyItsOwnError(() => readStatusInformation(damaged, 'cp437'));
        onlyItsOwnError(() => readStatusInformation(damaged.subarray(0, at), 'cp437'));
      },
    ),
  );
});

test('decimal numbers come out as they went in, and nothing else passes for one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (value) => {
      assert.equal(fromBcd(toBcd(value, 6)), value);
    }),
  );
  assert.equal(hex(toBcd(1_000, 6)), '000000001000');
  for (const value of [-1, 0.5, 1_000_000_000_000, Number.NaN])
    assert.throws(() => toBcd(value, 6), RangeError);
  for (const bad of ['0a', 'f0', '']) assert.throws(() => fromBcd(bytes(bad)), ZvtFormatError);
});

test('fields come out as they went in', () => {
  const fields = fc.record({
    4: fc.uint8Array({ minLength: 6, maxLength: 6 }),
    34: fc.uint8Array({ maxLength: 99 }),
    60: fc.uint8Array({ maxLength: 999 }),
    [TLV_FIELD]: fc.uint8Array({ maxLength: 400 }),
    135: fc.uint8Array({ minLength: 2, maxLength: 2 }),
  });
  fc.assert(
    fc.property(fields, (record) => {
      const list = Object.entries(record).map(([field, value]): [number, Uint8Array] => [
        Number(field),
        value,
      ]);
      const found = decodeFields(encodeFields(list));
      assert.deepEqual(
        [...found].map(([field, value]) => [field, hex(value)]),
        list.map(([field, value]) => [field, hex(value)]),
      );
    }),
  );
});

test('fields that are unknown, doubled or of a wrong length are refused', () => {
  assert.throws(() => decodeFields(bytes('99 00')), ZvtFormatError);
  assert.throws(() => decodeFields(bytes('27 00 27 01')), ZvtFormatError);
  assert.throws(() => decodeFields(bytes('04 00 00')), ZvtFormatError);
  assert.throws(() => decodeFields(bytes('22 f0 fa 11')), ZvtFormatError);
  assert.throws(() => encodeFields([[0x04, bytes('00')]]), RangeError);
  assert.throws(() => encodeFields([[0x99, bytes('00')]]), RangeError);
  assert.throws(() => encodeFields([[0x22, new Uint8Array(100)]]), RangeError);
});

test('containers come out as they went in, however long and however deep', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0x07, 0x46, 0x1f07, 0x1f2b, 0x1f8001),
      fc.uint8Array({ maxLength: 500 }),
      (tag, value) => {
        const [outer] = decodeTlv(encodeTlv(0x2f, encodeTlv(tag, value)));
        assert.equal(outer?.tag, 0x2f);
        const [inner] = findTlv(outer.children, tag);
        assert.equal(hex(inner?.value ?? bytes('ff')), hex(value));
      },
    ),
  );
  let nested = encodeTlv(0x07, bytes('41'));
  for (let depth = 0; depth < 20; depth += 1) nested = encodeTlv(0x25, nested);
  assert.throws(() => decodeTlv(nested), ZvtFormatError);
});

test('texts: code page 437 by default, others when the terminal is known to write them', () => {
  assert.equal(decodeText(bytes('48 8e 4e 44 4c 45 52'), 'cp437'), 'HÄNDLER');
  assert.equal(decodeText(bytes('66 81 72'), 'cp437'), 'für');
  assert.equal(decodeText(bytes('c4'), 'latin1'), 'Ä');
  assert.equal(decodeText(Buffer.from('Straße €'), 'utf8'), 'Straße €');
  assert.equal(decodeText(bytes('67 69 00 58'), 'cp437'), 'gi');
  assert.equal(decodeText(bytes('67 1b 69 0a'), 'cp437'), 'gi');
  for (let code = 0x20; code < 0x100; code += 1) {
    if (code !== 0x7f) assert.deepEqual([...encodeText(decodeText(Uint8Array.of(code), 'cp437'))], [code]);
  }
  assert.equal(hex(encodeText('€')), '3f');
});
