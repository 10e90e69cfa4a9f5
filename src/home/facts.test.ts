import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCatalogue } from '#catalogue';
import { loadCity } from '#city';
import { LANGUAGES, withoutMarks } from '#language';
import { costOf, timeOf } from './facts.ts';

/** What is read at a glance has room for so many letters, in the numbers of a service and on its tile. */
const AT_A_GLANCE = 20;

describe('cost and time at a glance', () => {
  for (const name of ['karlsruhe', 'musterstadt']) {
    it(`are short in every language (${name})`, () => {
      const { city } = loadCity(`city/${name}`);
      assert.ok(city);
      const { catalogue } = loadCatalogue('services', city);
      for (const service of catalogue?.services ?? [])
        for (const language of LANGUAGES)
          for (const { fact } of [costOf(service, language), timeOf(service, language)])
            assert.ok(withoutMarks(fact).length <= AT_A_GLANCE, `${service.slug} ${language}: ${fact}`);
    });
  }

  it('are those of the definition, with what the texts say beside them', () => {
    const { city } = loadCity('city/karlsruhe');
    assert.ok(city);
    const service = loadCatalogue('services', city).catalogue?.get('fuehrungszeugnis');
    assert.ok(service);
    assert.deepEqual(costOf(service, 'de'), { fact: '13\u00a0€', note: 'für ein Ehrenamt oft kostenlos' });
    assert.equal(costOf(service, 'en').fact, '€13');
    const half = { ...service, fee: { ...service.fee, cents: 1250 } };
    assert.equal(costOf(half, 'de').fact, '12,50\u00a0€');
    const free = { ...service, fee: { ...service.fee, cents: 0 } };
    assert.equal(costOf(free, 'de').fact, 'kostenlos');
    assert.equal(timeOf({ ...service, minutes: 1 }, 'de').fact, '1 Minute');
  });

  it('are those of the texts where the authority’s own portal takes it', () => {
    const { city } = loadCity('city/karlsruhe');
    assert.ok(city);
    const there = { ...city, services: { ...city.services, fuehrungszeugnis: 'portal' as const } };
    const service = loadCatalogue('services', there).catalogue?.get('fuehrungszeugnis');
    assert.ok(service);
    assert.equal(service.fulfilment, 'portal');
    assert.equal(costOf(service, 'de').fact, '13 Euro');
  });
});
