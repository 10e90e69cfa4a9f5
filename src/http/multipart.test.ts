import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isOutOfProportion } from '#test/proportion';
import {
  OverfullFormError,
  type PartLimits,
  readMultipart,
  readUrlencoded,
  UnreadableFormError,
} from './multipart.ts';

const LIMITS: PartLimits = { fields: 500, files: 50, text: 131_072, keepFiles: true };
const TYPE = 'multipart/form-data; boundary=x';

/** A body in pieces, which knows how many of them were taken. */
function arriving(pieces: Iterable<Uint8Array | string>): AsyncIterable<Uint8Array> & { taken: number } {
  const body = {
    taken: 0,
    async *[Symbol.asyncIterator]() {
      for (const piece of pieces) {
        body.taken += 1;
        yield Buffer.from(piece as string);
      }
    },
  };
  return body;
}

function* cut(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let each = 0; at < bytes.length; each += 1) {
    const length = lengths[each % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

const read = (body: string, limits: Partial<PartLimits> = {}, type = TYPE) =>
  readMultipart(arriving([body]), type, { ...LIMITS, ...limits });

describe('a form with files', () => {
  it('is what the platform reads in it, in whatever pieces it arrives', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\r\n', '"', '--', '\r\n--', 'ä%22'),
    );
    const entry = fc.record({
      name: text,
      value: fc.oneof(text, fc.uint8Array({ maxLength: 300 })),
      filename: text,
    });
    const lengths = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 8 }), lengths, async (entries, pieces) => {
        const form = new FormData();
        for (const { name, value, filename } of entries)
          if (typeof value === 'string') form.append(name, value);
          else form.append(name, new Blob([new Uint8Array(value)]), filename);
        const sent = new Response(form);
        const type = sent.headers.get('content-type') ?? '';
        const bytes = new Uint8Array(await sent.arrayBuffer());
        const platform = await new Response(bytes, { headers: { 'content-type': type } }).formData();
        const expected: unknown[] = [];
        for (const [name, value] of platform)
          expected.push(
            typeof value === 'string'
              ? [name, undefined, value]
              : [name, value.name, Buffer.from(await value.arrayBuffer()).toString('latin1')],
          );
        const parts = await readMultipart(arriving(cut(bytes, pieces)), type, LIMITS);
        const found = parts.map(({ name, filename, content }) => [
          ...[name, filename],
          content.toString(filename === undefined ? 'utf8' : 'latin1'),
        ]);
        assert.deepEqual(found, expected);
      }),
    );
  });

  it('is told by the names of its files only, where nobody takes them', async () => {
    const body = `--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n${'c'.repeat(9_000)}\r\n--x--\r\n`;
    const [part] = await read(body, { keepFiles: false });
    assert.deepEqual([part?.name, part?.filename, part?.content.length], ['a', 'b', 0]);
  });

  it('is refused when a browser would not have written it', async () => {
    const field = 'Content-Disposition: form-data; name="a"\r\n\r\nb';
    const broken = {
      'the end is missing': `--x\r\n${field}\r\n--x`,
      'it stops in a field': `--x\r\n${field}`,
      'nothing came': '',
      'something stands before it': `hello\r\n--x\r\n${field}\r\n--x--\r\n`,
      'something stands behind a boundary': `--x!\r\n${field}\r\n--x--\r\n`,
      'a part has no name': '--x\r\nContent-Type: text/plain\r\n\r\nb\r\n--x--\r\n',
      'a part has no lines': '--x\r\n\r\n\r\nb\r\n--x--\r\n',
    };
    for (const [why, body] of Object.entries(broken))
      await assert.rejects(read(body), UnreadableFormError, why);
    for (const type of ['multipart/form-data', `multipart/form-data; boundary=${'x'.repeat(71)}`])
      await assert.rejects(read(`--x\r\n${field}\r\n--x--\r\n`, {}, type), UnreadableFormError, type);
  });
});

describe('a form that is too much is given up while it is read', () => {
  const file = '--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n\r\n';
  const field = '--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n\r\n';
  const many = (piece: string): string[] => Array<string>(100_000).fill(piece);
  const TOO_MUCH: Record<string, [string[], number]> = {
    'files without end': [many(file), 51],
    'fields without end': [many(field), 501],
    'lines without end': [['--x\r\n', ...many('A: b\r\n')], 700],
    'a line without end': [['--x\r\nA: ', ...many('bbbbbbbb')], 520],
    'a name without end': [['--x\r\nContent-Disposition: form-data; name="', ...many('nnnnnnnn')], 520],
    'text without end': [[field.slice(0, -2), ...many('t'.repeat(100))], 1_320],
    'names that are too much together': [many(field.replace('"f"', `"${'n'.repeat(3_000)}"`)), 50],
  };
  for (const [what, [pieces, most]] of Object.entries(TOO_MUCH))
    it(what, async () => {
      const body = arriving(pieces);
      await assert.rejects(readMultipart(body, TYPE, LIMITS), OverfullFormError);
      assert.ok(body.taken <= most, `${body.taken} pieces`);
    });

  it('fields of a plain form without end', () => {
    assert.throws(() => readUrlencoded('a=b&'.repeat(30_000), 500), OverfullFormError);
    assert.equal([...readUrlencoded('a=b&c=d', 2)].length, 2);
  });
});

it('what looks like the end of a file all the time is read about as fast as any other', async () => {
  const size = 4_000_000;
  const form = (boundary: string, filling: string) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n`;
    const whole = `${head}${filling.repeat(size / filling.length)}\r\n--${boundary}--\r\n`;
    const pieces = [...cut(Buffer.from(whole), [65_536])];
    return () => readMultipart(arriving(pieces), `multipart/form-data; boundary=${boundary}`, LIMITS);
  };
  const long = 'a'.repeat(70);
  const ordinary = form(long, 'bcdefghi');
  for (const filling of ['a', '\r\n--', `\r\n--${'a'.repeat(66)}b`, `b${long.slice(1)}`])
    assert.ok(!(await isOutOfProportion(ordinary, form(long, filling), 30)), JSON.stringify(filling));
});
