import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalogue } from '#catalogue';
import { loadCity } from '#city';
import { strayTerminals, unconnected } from './connected.ts';

const { city } = loadCity('city/karlsruhe');
assert.ok(city);
const offered = (services: Record<string, 'native' | 'portal'>) => {
  const { catalogue } = loadCatalogue('services', { ...city, services }, true);
  assert.ok(catalogue);
  return catalogue;
};

test('what only an authority may take leads to its portal in production, and needs no connection', () => {
  const catalogue = offered({});
  assert.deepEqual(
    catalogue.services.filter(({ fulfilment }) => fulfilment === 'portal').map(({ slug }) => slug),
    ['buergerkonto', 'fuehrungszeugnis', 'punkteauskunft'],
  );
  assert.deepEqual(unconnected(catalogue, {}), [
    'urkunden costs money, and there is neither `payPage` nor `cardTerminals` in AMTOMAT_CONNECTIONS',
    'wohnungsgeberbestaetigung identifies people, and `bundid` is missing in AMTOMAT_CONNECTIONS',
  ]);
});

test('a city that does it itself is told everything it lacks', () => {
  const lines = unconnected(offered({ fuehrungszeugnis: 'native', punkteauskunft: 'native' }), {
    cardTerminals: [{ terminal: 'rathaus-1', host: '10.0.0.5', port: 20_007, password: '123456' }],
  });
  for (const part of [
    'fuehrungszeugnis identifies people, and `bundid` is missing',
    'fuehrungszeugnis goes to another authority, and `fitConnect.authorities.bfj` is missing',
    'punkteauskunft asks a register, and `faer` is missing',
    'services: { punkteauskunft: portal }',
  ])
    assert.ok(
      lines.some((line) => line.includes(part)),
      part,
    );
  assert.ok(!lines.some((line) => line.startsWith('urkunden')));
});

test('a card terminal beside a machine that the city does not have is named', () => {
  const at = (terminal: string) => ({ terminal, host: '10.0.0.5', port: 20_007, password: '123456' });
  assert.deepEqual(strayTerminals({ cardTerminals: [at('rathaus-1'), at('rathaus-9')] }, city), [
    'cardTerminals: no site of sites.yaml has a terminal "rathaus-9"',
  ]);
});
