import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadCatalogue } from '#catalogue';
import { formatProblems } from '#source';
import { karlsruhe } from '#test/city';
import { PAYING, sectionAt } from './index.ts';

const { catalogue, problems } = loadCatalogue('services', karlsruhe);
assert.ok(catalogue, formatProblems(problems));
const services = catalogue.services.filter(({ pages }) => pages.length > 0);

test('every service that is gone through here names its way, in every language that has people of its own', () => {
  for (const { slug, sections, texts } of services) {
    assert.ok(sections.length >= 3 && sections.length <= 5, slug);
    for (const language of ['de', 'leicht', 'en'] as const)
      for (const { id } of sections) assert.ok(texts[language].sections[id], `${slug} ${language} ${id}`);
  }
});

test('nobody who goes on comes to a section before theirs, and paying is in the last', () => {
  fc.assert(
    fc.property(fc.constantFrom(...services), fc.nat(), fc.nat(), (service, one, other) => {
      const { pages, sections } = service;
      const [early = 0, late = 0] = [one % pages.length, other % pages.length].sort((a, b) => a - b);
      const at = (index: number): number => sectionAt(service, pages[index]?.id ?? '') ?? -1;
      assert.ok(at(early) >= 0 && at(early) <= at(late));
      assert.equal(sectionAt(service, PAYING), sections.length - 1);
    }),
  );
});

test('a service without sections has no way to show', () => {
  assert.equal(sectionAt({ sections: [], pages: [] }, PAYING), undefined);
});
