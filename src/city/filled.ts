import type { City } from './types.ts';

/** What stands for what only the municipality knows, until it says it. Production does not start with it. */
export const OPEN_FACT = 'Noch nicht eingetragen';
const OPEN = new RegExp(OPEN_FACT, 'i');

/** @returns whether nobody has said yet what belongs there */
export const isOpenFact = (fact: string): boolean => OPEN.test(fact);

/**
 * Who runs the office and who answers for the data has to stand there before people come (§ 5 DDG, Art. 13 DSGVO, § 12b BGG).
 * @returns the keys of `city.yaml` that nobody has filled in yet, such as `imprint.operator`
 */
export function unfilled({ imprint, privacy, accessibility }: City): string[] {
  return Object.entries({ imprint, privacy, accessibility }).flatMap(([part, facts]) =>
    Object.entries(facts)
      .filter(([, value]) => typeof value === 'string' && isOpenFact(value))
      .map(([key]) => `${part}.${key}`),
  );
}
