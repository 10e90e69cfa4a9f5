import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers, Entitlement } from '#service';
import { openBookingOffice } from '#test/booking';
import { type Booking, EntitlementUsedError } from './index.ts';

const entitlement: Entitlement = {
  page: 'address',
  holder: ['address', 'familyName'],
  answer: undefined,
  further: undefined,
  period: 'year',
  scopeFrom: 'kind',
  limits: { bulky: 1, white: 2 },
};
const service = { slug: 'sperrmuell', entitlement };

const answers = (more: Answers = {}, address: Record<string, string> = {}): Answers => ({
  kind: 'white',
  address: { street: 'Kaiserstraße', houseNumber: '10a', postcode: '76133', city: 'Karlsruhe', ...address },
  familyName: 'Müller-Lüdenscheidt',
  ...more,
});

async function officeWithUse() {
  const office = await openBookingOffice([]);
  const { entitlement: allowance } = office.booking;
  const use = async (said: Answers, by: Booking['entitlement'] = allowance): Promise<string> => {
    const caseId = await office.newCase();
    await office.db.transaction().execute((tx) => by.use(tx, service, said, caseId));
    return caseId;
  };
  const left = async (said: Answers) => (await allowance.left(service, said))?.left;
  return { ...office, allowance, use, left };
}

test('a household uses up its allowance for the year, each kind by itself', async () => {
  const office = await officeWithUse();
  assert.deepEqual(await office.allowance.left(service, answers()), { left: 2, limit: 2 });
  await office.use(answers());
  await office.use(answers());
  assert.equal(await office.left(answers()), 0);
  await assert.rejects(office.use(answers()), EntitlementUsedError);
  assert.equal(await office.left(answers({ kind: 'bulky' })), 1);
  assert.equal(await office.left(answers({ familyName: 'Đặng' })), 2);
  assert.equal(await office.left(answers({}, { houseNumber: '10b' })), 2);
  await office.drop();
});

test('the same household is known again however it is written', async () => {
  const office = await officeWithUse();
  await office.use(answers());
  const spellings: Answers[] = [
    answers({ familyName: 'MÜLLER LÜDENSCHEIDT' }),
    answers({ familyName: ' Mueller-Luedenscheidt ' }),
    answers({ familyName: 'Mu\u0308ller-Lu\u0308denscheidt' }),
    answers({}, { street: 'Kaiserstr.' }),
    answers({}, { street: 'kaiserstrasse', houseNumber: '10 A' }),
    answers({}, { postcode: '76131' }),
  ];
  for (const said of spellings) assert.equal(await office.left(said), 1, JSON.stringify(said));
  await office.drop();
});

test('two tabs that hand in at once cannot use the same allowance', async () => {
  const office = await officeWithUse();
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => office.use(answers())));
  assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 2);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof EntitlementUsedError);
  await office.drop();
});

test('a hand-in that breaks uses nothing, a withdrawn one gives back', async () => {
  const office = await officeWithUse();
  const caseId = await office.newCase();
  const broken = office.db.transaction().execute(async (tx) => {
    await office.allowance.use(tx, service, answers(), caseId);
    throw new Error('the hand-in broke');
  });
  await assert.rejects(broken, /the hand-in broke/);
  assert.equal(await office.left(answers()), 2);

  const first = await office.use(answers());
  await office.use(answers());
  await office.db.transaction().execute((tx) => office.allowance.giveBack(tx, first));
  assert.equal(await office.left(answers()), 1);
  await office.use(answers());
  await assert.rejects(office.use(answers()), EntitlementUsedError);
  await office.drop();
});

test('the new year gives a new allowance, and last year is forgotten', async () => {
  const office = await officeWithUse();
  await office.use(answers({ kind: 'bulky' }));
  assert.equal(await office.left(answers({ kind: 'bulky' })), 0);
  // Half past midnight in Karlsruhe is still last year in UTC.
  office.time.set('2026-12-31T23:30:00Z');
  assert.equal(await office.left(answers({ kind: 'bulky' })), 1);
  assert.equal(await office.allowance.forgetPast(), 1);
  assert.equal(await office.allowance.forgetPast(), 0);
  await office.drop();
});

test('without a limit, or before the household is known, there is nothing to say', async () => {
  const office = await officeWithUse();
  const caseId = await office.newCase();
  const unlimited = { slug: 'sperrmuell', entitlement: undefined };
  assert.equal(await office.allowance.left(unlimited, answers()), undefined);
  await office.db.transaction().execute((tx) => office.allowance.use(tx, unlimited, answers(), caseId));
  assert.equal(await office.allowance.left(service, { kind: 'white' }), undefined);
  await office.drop();
});

test('what is stored does not show the household', async () => {
  const office = await officeWithUse();
  await office.use(answers());
  const row = await office.db.selectFrom('entitlement_use').selectAll().executeTakeFirstOrThrow();
  const { holder, ...open } = row;
  assert.doesNotMatch(JSON.stringify(open), /Kaiser|Müller|76133/i);
  assert.ok(holder.length > 0);
  await office.drop();
});

test('where used is not the end, another name of the holder counts, and beyond that the office decides', async () => {
  const office = await officeWithUse();
  const house = {
    slug: 'sperrmuell',
    entitlement: { ...entitlement, holder: ['address'], answer: 'allowance', further: ['address', 'flat'] },
  };
  const use = async (more: Answers): Promise<boolean> => {
    const caseId = await office.newCase();
    return office.db
      .transaction()
      .execute((tx) => office.allowance.use(tx, house, answers({ kind: 'bulky', ...more }), caseId));
  };
  assert.equal(await use({ allowance: 'free' }), true);
  await assert.rejects(use({ allowance: 'free' }), EntitlementUsedError, 'somebody was faster: say so first');
  await assert.rejects(use({}), EntitlementUsedError);
  assert.equal(await use({ allowance: 'used', flat: '2. OG' }), true);
  assert.equal(await use({ allowance: 'used', flat: '3. OG' }), true);
  assert.equal(await use({ allowance: 'used', flat: '2. og' }), false);
  assert.equal(await use({ allowance: 'used' }), false);
  await office.drop();
});

test('a house stays the same house with whatever stands behind its number', async () => {
  const office = await officeWithUse();
  const house = { slug: 'sperrmuell', entitlement: { ...entitlement, holder: ['address'] } };
  const at = (houseNumber: string, more: Record<string, string | boolean> = {}): Answers => ({
    kind: 'bulky',
    address: { street: 'Gerwigstraße', houseNumber, postcode: '76131', city: 'Karlsruhe', ...more },
  });
  const left = async (said: Answers) => (await office.allowance.left(house, said))?.left;
  const caseId = await office.newCase();
  await office.db.transaction().execute((tx) => office.allowance.use(tx, house, at('63'), caseId));
  const same =
    '63|63, 3. OG|63 Hinterhaus|63 HH|063|0063|63 bei Huber|63-63|63-65|63/1|63 c/o Meier|63 C / O Meier|63 b. Meier|63, Vorderhaus|Nr. 63|63 1/2|63 links|63 EG|63+65|63 (Hof)';
  for (const typed of same.split('|')) assert.equal(await left(at(typed)), 0, typed);
  const other = '63a|63 a|63A Hinterhaus|63-a|63b|6|3|163|630|64-63';
  for (const typed of other.split('|')) assert.equal(await left(at(typed)), 1, typed);
  await office.drop();
});

test('a slip in the name of a street is no other street where it can be told which one is meant', async () => {
  const office = await officeWithUse();
  const house = { slug: 'sperrmuell', entitlement: { ...entitlement, holder: ['address'] } };
  const at = (street: string, unlisted: boolean): Answers => ({
    kind: 'bulky',
    address: {
      street,
      houseNumber: '4',
      postcode: '76131',
      city: 'Karlsruhe',
      ...(unlisted && { unlisted }),
    },
  });
  const left = async (said: Answers) => (await office.allowance.left(house, said))?.left;
  for (const street of ['Am Dreispitz', 'Im Grund']) {
    const caseId = await office.newCase();
    await office.db.transaction().execute((tx) => office.allowance.use(tx, house, at(street, false), caseId));
  }
  for (const typed of [
    'Am Dreispiz',
    'Dreispitz',
    'Dreispiz',
    'am dreispitzz',
    'An dem Dreispitz',
    'Im Dreispitz',
  ])
    assert.equal(await left(at(typed, true)), 0, typed);
  // "Grund" could be either of two, and a wholly other name is another street.
  for (const typed of ['Grund', 'Am Dreieck', 'Ganz Neue Gasse'])
    assert.equal(await left(at(typed, true)), 1, typed);
  await office.drop();
});

test('a street that no list knows is one street however it is spelled', async () => {
  const office = await officeWithUse();
  const house = { slug: 'sperrmuell', entitlement: { ...entitlement, holder: ['address'] } };
  const at = (street: string): Answers => ({
    kind: 'bulky',
    address: { street, houseNumber: '5', postcode: '76131', city: 'Karlsruhe', unlisted: true },
  });
  const left = async (street: string) => (await office.allowance.left(house, at(street)))?.left;
  const streets = {
    'Neue Straße': [
      'Neue Str.',
      'Neue Str',
      'neue strasse',
      'NEUE STRASSE',
      'Neuestraße',
      'Neue-Straße',
      'Neue  Strasse',
    ],
    'Straße der Müller': ['Str. der Müller', 'Strasse der Mueller', 'str der muller', 'Straße-der-Müller'],
    'Dr.-Öhler-Platz': ['Doktor-Oehler-Platz', 'Dr. Ohler Pl.', 'dr öhler platz', 'Dr.Öhler-Platz'],
    'Sankt-Ägidius-Weg': ['St. Ägidius Weg', 'St.-Aegidius-Weg', 'sankt agidius weg'],
  };
  for (const [street, spellings] of Object.entries(streets)) {
    const caseId = await office.newCase();
    await office.db.transaction().execute((tx) => office.allowance.use(tx, house, at(street), caseId));
    for (const typed of spellings) assert.equal(await left(typed), 0, typed);
  }
  for (const other of ['Neue Gasse', 'Alte Straße', 'Neue Straße Nord'])
    assert.equal(await left(other), 1, other);
  await office.drop();
});
