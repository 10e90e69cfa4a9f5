/**
 * What BundID tells of the means: `AssertionProvedBy`, the way of signing in, and for cards with a German eID
 * `documentType` as on their chip (BSI TR-03127: ID, UB, and AR, AS or AF for residence permits).
 */
import type { Means, ToldMeans } from '#service';
import type { Told } from './attributes.ts';
import type { Level } from './types.ts';

export const PROVED_BY = 'urn:oid:1.3.6.1.4.1.25484.494450.2';
export const DOCUMENT_TYPE = 'urn:oid:1.2.40.0.10.2.1.1.552255';

/** Ways of signing in as BundID names them, the levels each reaches, and the means that people can show there. */
export const METHODS: readonly { name: string; levels: readonly Level[]; means: readonly Means[] }[] = [
  { name: 'Benutzername', levels: ['low'], means: ['password'] },
  {
    name: 'eID',
    levels: ['low', 'substantial', 'high'],
    means: ['idCard', 'eidCard', 'residencePermit'],
  },
  { name: 'eIDAS', levels: ['low', 'substantial', 'high'], means: ['eidas'] },
  { name: 'Elster', levels: ['low', 'substantial'], means: ['elster'] },
];

const CARDS: Readonly<Record<string, ToldMeans>> = {
  ...{ ID: 'idCard', UB: 'eidCard', AR: 'residencePermit', AS: 'residencePermit', AF: 'residencePermit' },
};

/**
 * @param told by attribute name, from an answer that was checked
 * @returns the means; a German card whose kind was not told is `onlineId`, one of an unknown kind `other`
 */
export function meansOf(told: ReadonlyMap<string, Told>): ToldMeans {
  const way = told.get(PROVED_BY)?.value;
  if (way === 'eID') {
    const type = told.get(DOCUMENT_TYPE)?.value.trim() ?? '';
    return type === '' ? 'onlineId' : (CARDS[type] ?? 'other');
  }
  return METHODS.find(({ name }) => name === way)?.means[0] ?? 'other';
}
