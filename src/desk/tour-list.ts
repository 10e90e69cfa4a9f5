import type { CaseStop } from '#cases';
import { type AddressAnswer, KINDS } from '#kinds';
import { formatNumber } from '#seal';

/** What the collection crew needs for one stop, and nothing else. */
export interface Stop {
  caseId: string;
  number: string;
  area: string;
  /** The office has not said yes to it. */
  toDecide?: boolean;
  street: string;
  houseNumber: string;
  postcode: string;
  lines: readonly { label: string; value: string }[];
}

// House numbers are counted, not spelled: 9 comes before 10, and 10 before 10a.
const collator = new Intl.Collator('de', { numeric: true, sensitivity: 'base' });

/** @returns the stops by street, then house number, then case number, in a new list */
export function inDrivingOrder(stops: readonly Stop[]): Stop[] {
  return [...stops].sort(
    (a, b) =>
      collator.compare(a.street, b.street) ||
      collator.compare(a.houseNumber, b.houseNumber) ||
      collator.compare(a.number, b.number),
  );
}

const EMPTY: AddressAnswer = { street: '', houseNumber: '', postcode: '', city: '' };

function addressIn({ questions, submission: { answers } }: CaseStop): AddressAnswer {
  for (const { id, kind } of questions) {
    if (kind === 'address' && answers[id] !== undefined) return answers[id] as unknown as AddressAnswer;
  }
  return EMPTY;
}

/** @returns what the crew sees of a case */
export function stopOf(found: CaseStop): Stop {
  const { street, houseNumber, postcode } = addressIn(found);
  const computed = new Set(found.computed);
  const kinds = new Map(found.questions.map(({ id, kind }) => [id, kind]));
  const lines = found.sections
    .flatMap((section) => section.lines)
    .filter(({ field, mark }) => {
      const kind = kinds.get(field.split(/[[.]/)[0] ?? '');
      const seen = kind === undefined ? 'nothing' : KINDS[kind].forCrews;
      return computed.has(field) || seen === 'answer' || (seen === 'mark' && mark !== undefined);
    })
    // The address stands above: of it only what the crew should know.
    .map(({ label, value, mark }) => ({ label, value: mark ?? value }));
  const { caseId, area, toDecide } = found;
  return { caseId, number: formatNumber(found.number), area, toDecide, street, houseNumber, postcode, lines };
}
