import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LANGUAGES } from '#language';
import type { Payment } from '#payment';
import { Earlier } from './earlier.tsx';
import { earlierWords } from './words.ts';

const pages = fc.record({
  ...{ again: fc.boolean(), open: fc.boolean() },
  came: fc.array(fc.record({ cents: fc.integer({ min: 1, max: 99_999 }), text: fc.constant('came') })),
  payments: fc.constant<readonly Payment[]>([]),
});

describe('pay pages from before', () => {
  it('are said where they may still take money, and beside what is paid it is only said not to pay again', () => {
    fc.assert(
      fc.property(pages, fc.boolean(), fc.constantFrom(...LANGUAGES), (found, paid, language) => {
        const shown = String(<Earlier pages={found} paid={paid} language={language} />);
        const w = earlierWords(language);
        const says = (text: string): boolean => shown.includes(text);
        assert.equal(says(w.title), found.open || found.again);
        assert.equal(says(w.paid), paid && (found.open || found.again));
        assert.equal(says(w.other), !paid && found.open);
        assert.equal(says(w.again), !paid && found.again);
      }),
    );
  });
});
