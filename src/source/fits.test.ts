import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { fitsOf } from './fits.ts';

const text = z.string().min(1, { error: 'is empty' });
const shape = z.strictObject({
  title: text,
  about: z.array(text).min(1).optional(),
  pages: z
    .record(z.string(), z.strictObject({ text: text.optional(), many: z.array(z.string()) }))
    .optional(),
  day: z.iso.date().optional(),
  fill: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.number())])).optional(),
  count: z.int().min(0).optional(),
  way: z.enum(['card', 'page']).optional(),
  any: z.unknown().optional(),
  word: z.string().regex(/^a/).optional(),
});

const word = fc.constantFrom('', 'a', 'b', '2026-11-23', 'card', '2026-13-01');
const value = fc.letrec((tie) => ({
  leaf: fc.oneof(word, fc.integer({ min: -1, max: 2 }), fc.double(), fc.constant(null), fc.boolean()),
  list: fc.array(tie('any'), { maxLength: 2 }),
  group: fc.dictionary(fc.constantFrom(...Object.keys(shape.shape), 'text', 'many', 'else'), tie('any'), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  any: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('group')),
})).any;

describe('whether a document has a shape', () => {
  it('is never said of one that the shape refuses or changes', () => {
    const titled = value.map((rest) => ({ title: 'a', ...(rest as object) }));
    fc.assert(
      fc.property(fc.oneof(value, titled), (document) => {
        if (!fitsOf(shape)(document)) return;
        const read = shape.safeParse(document);
        assert.ok(read.success, JSON.stringify(document));
        assert.deepEqual(read.data, document);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is said of what is everyday', () => {
    const document = {
      title: 'a',
      about: ['b'],
      pages: { what: { text: 'c', many: [] }, who: { many: ['d'] } },
      ...{ day: '2026-11-23', fill: { street: 'e', rooms: 2, more: [1] }, count: 0, way: 'card', any: [{}] },
    };
    assert.ok(fitsOf(shape)(document));
    for (const wrong of [
      { ...document, titel: 'a' },
      { ...document, about: [] },
      { ...document, day: 'x' },
      {},
    ])
      assert.ok(!fitsOf(shape)(wrong));
  });

  it('is left to the shape where that would change something', () => {
    const changing = z.strictObject({ cents: z.int().default(0), name: z.string().trim().optional() });
    for (const document of [{}, { cents: 1, name: ' a' }]) assert.ok(!fitsOf(changing)(document));
    assert.ok(!fitsOf(z.strictObject({ cents: z.int().default(0) }))({}));
  });
});
