import type { City } from './types.ts';

/** What stands in the example for what only the municipality knows. */
const OPEN = /noch nicht eingetragen/i;

/**
 * Who runs the office and who answers for the data has to stand there before people come (§ 5 DDG, Art. 13 DSGVO, § 12b BGG).
 * @returns the keys of `city.yaml` that nobody has filled in yet, such as `imprint.operator`
 */
export function unfilled({ imprint, privacy, accessibility }: City): string[] {
  return Object.entries({ imprint, privacy, accessibility }).flatMap(([part, facts]) =>
    Object.entries(facts)
      .filter(([, value]) => typeof value === 'string' && OPEN.test(value))
      .map(([key]) => `${part}.${key}`),
  );
}
