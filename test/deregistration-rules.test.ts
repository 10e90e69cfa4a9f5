import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANY_CITY, readPage, walk } from '#journey';
import type { Answers } from '#service';
import { karlsruhe, serviceIn } from '#test/city';
import { momentOf, nationwideHoliday } from '#time';

const abmeldung = serviceIn(karlsruhe, 'abmeldung-ins-ausland');
const moment = momentOf(new Date('2026-11-23T09:00:00Z'), nationwideHoliday);

const at = (street: string, houseNumber: string, postcode = '76133', city = 'Karlsruhe') => ({
  ...{ street, houseNumber, postcode, city },
});
const LEFT: Answers = {
  ...{ situation: 'abroad', who: 'family', identity: 'none', familyName: 'Weiß', birthDate: '1980' },
  ...{ dwelling: at('Kaiserstraße', '10a'), moveOut: '2026-11-23', dwellingStatus: 'main' },
};

/** What is said of a page's form. */
function saidOf(page: string, form: Record<string, string>, before: Answers): Record<string, string> {
  const found = abmeldung.pages.find(({ id }) => id === page);
  assert.ok(found);
  const fields = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value]]));
  const read = readPage(abmeldung, found, fields, { answers: before, seen: [] }, moment, ANY_CITY);
  return Object.fromEntries(read.errors.map(({ field, code }) => [field, code]));
}

const entry = (name: string, { street, houseNumber, postcode, city }: ReturnType<typeof at>) => ({
  [`${name}.street`]: street,
  [`${name}.houseNumber`]: houseNumber,
  [`${name}.postcode`]: postcode,
  [`${name}.city`]: city,
});

describe('the dwellings of a deregistration', () => {
  const others = (...addresses: ReturnType<typeof at>[]) =>
    saidOf(
      'otherDwellings',
      Object.assign({}, ...addresses.map((one, index) => entry(`otherDwellings[${index}].address`, one))),
      LEFT,
    );

  it('are not one twice, however it is spelled', () => {
    assert.deepEqual(others(at('Kaiserstr.', '10 A')), { otherDwellings: 'sameAsLeft' });
    assert.deepEqual(others(at('KAISERSTRASSE', '10a', '76133', 'Durlach')), {
      otherDwellings: 'sameAsLeft',
    });
    const berlin = at('Unter den Linden', '3', '10117', 'Berlin');
    assert.deepEqual(others(berlin, { ...berlin, city: 'Berlin-Mitte' }), { otherDwellings: 'twice' });
  });

  it('may be in one house, or in streets of one name', () => {
    assert.deepEqual(others(at('Kaiserstraße', '10a Hinterhaus')), {});
    assert.deepEqual(others(at('Kaiserstraße', '10a', '10117', 'Berlin'), at('Kaiserallee', '10a')), {});
  });
});

describe('the birth date of who leaves', () => {
  const leaves = (year: string) =>
    saidOf('family', { 'family[0].familyName': 'Weiß', 'family[0].birthDate.year': year }, LEFT);

  it('is that of somebody who can be alive', () => {
    assert.deepEqual(leaves('1850'), { 'family[0].birthDate': 'tooOld' });
    assert.deepEqual(leaves('1910'), {});
    assert.deepEqual(leaves('2027'), { 'family[0].birthDate': 'future' });
  });

  it('says of who may be 16 that the day matters, and of nobody else', () => {
    const ends = (birthDate: string) => {
      const answers = { ...LEFT, who: 'alone', birthDate };
      return walk(abmeldung, { answers, seen: [] }, moment).pages.at(-1)?.id;
    };
    for (const born of ['2010', '2010-11']) assert.equal(ends(born), 'perhapsSixteen', born);
    for (const born of ['2011', '2010-12', '2010-11-24']) assert.equal(ends(born), 'underSixteen', born);
    for (const born of ['2009', '2010-10', '2010-11-23'])
      assert.doesNotMatch(ends(born) ?? '', /ixteen/, born);
  });
});
