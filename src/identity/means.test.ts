import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isLawful, MEANS, TOLD_MEANS } from '#service';
import { DOCUMENT_TYPE, meansOf, PROVED_BY } from './means.ts';

const said = (way: string | undefined, type?: string) =>
  meansOf(
    new Map(
      [[PROVED_BY, way] as const, [DOCUMENT_TYPE, type] as const].flatMap(([oid, value]) =>
        value === undefined ? [] : [[oid, { value, trust: 'low' }] as const],
      ),
    ),
  );

it('reads the kind of a German card from its chip, and believes no other way of signing in to be one', () => {
  assert.deepEqual(
    ['ID', 'UB', 'AR', 'AS', 'AF', undefined, '', 'XX'].map((type) => said('eID', type)),
    [
      ...['idCard', 'eidCard', 'residencePermit', 'residencePermit', 'residencePermit'],
      ...['onlineId', 'onlineId', 'other'],
    ],
  );
  for (const type of ['ID', 'UB', 'AR'])
    assert.deepEqual(
      ['eIDAS', 'Elster', 'Benutzername', 'Wallet', undefined].map((way) => said(way, type)),
      ['eidas', 'elster', 'password', 'other', 'other'],
    );
});

it('a card of an unknown kind is lawful only where all three German cards are; an unknown means nowhere', () => {
  const cards = ['idCard', 'eidCard', 'residencePermit'] as const;
  assert.equal(isLawful(cards, 'onlineId'), true);
  for (const left of cards)
    assert.equal(
      isLawful(
        cards.filter((one) => one !== left),
        'onlineId',
      ),
      false,
      left,
    );
  assert.equal(isLawful(MEANS, 'other'), false);
  for (const one of TOLD_MEANS) assert.equal(isLawful(undefined, one), true, one);
});
