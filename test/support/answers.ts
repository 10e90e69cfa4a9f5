/** Answers that complete the two services, for tests that start behind the hand-in. */
import type { Answers } from '#service';

export interface Household {
  street: string;
  houseNumber: string;
  postcode?: string;
  familyName?: string;
  placeDetails?: string;
}

/** @param slot a date that is held for the visit that hands in */
export function bulkyWaste(household: Household, slot: { slot: string; date: string }): Answers {
  const { street, houseNumber, postcode = '76133', familyName = 'Đặng', placeDetails } = household;
  return {
    kind: 'bulky',
    items: { sofa: 1, mattress: 2 },
    address: { street, houseNumber, postcode, city: 'Karlsruhe' },
    familyName,
    place: placeDetails === undefined ? 'kerb' : 'other',
    ...(placeDetails === undefined ? {} : { placeDetails }),
    phone: '+49721123456',
    pickup: { ...slot },
    rules: true,
  };
}

/** @param mandate a file answer, for somebody who acts for the landlord */
export function movedIn(landlordName: string, mandate?: Answers): Answers {
  const address = { street: 'Kaiserstraße', houseNumber: '10', postcode: '76133', city: 'Karlsruhe' };
  return {
    role: mandate === undefined ? 'owner' : 'agent',
    identity: 'low',
    confirmerFamilyName: 'Ünlü',
    ...(mandate === undefined ? {} : { agentName: 'Hausverwaltung Ünlü', agentAddress: address, mandate }),
    landlordName,
    landlordAddress: address,
    dwelling: { ...address, street: 'Waldstraße' },
    moveIn: '2026-11-15',
    persons: [{ givenNames: 'Łukasz', familyName: 'Kowalski' }],
    correct: true,
  };
}
