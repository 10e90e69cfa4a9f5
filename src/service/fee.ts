/** Who pays nothing: the conditions of a fee's exemptions. */
import type { Source } from '#source';
import { type Conditions, conditionOf, demandKind } from './conditions.ts';
import type { Report } from './report.ts';
import type { ServiceFile } from './schema.ts';
import type { Fee } from './types.ts';

export type Exemption = Fee['exemptions'][number];

/** @returns what so many pieces cost, in euro cents; none at all costs nothing */
export function priceOf(
  { cents, further = cents }: { cents: number; further?: number | undefined },
  count: number,
): number {
  return count < 1 ? 0 : cents + (count - 1) * further;
}

/** @returns whether somebody has to pay; where each city sets the fee, some do */
export const isPaid = ({ cents, setBy }: ServiceFile['fee']): boolean => cents > 0 || setBy !== undefined;

/** Compiles the exemptions; they may name answers of every page, and hold only where what they name was answered. */
export function compileExemptions(
  source: Source<ServiceFile>,
  conditions: Conditions,
  report: Report,
): readonly Exemption[] {
  const { fee, pages } = source.value;
  report.duplicates(
    source,
    'exemption',
    (fee.exemptions ?? []).map(({ id }, index) => ({ id, path: ['fee', 'exemptions', index] })),
  );
  return (fee.exemptions ?? []).flatMap((raw, index) => {
    const tell = (message: string) =>
      report.add(source, ['fee', 'exemptions', index, 'when'], `exemption \`${raw.id}\`: ${message}`);
    const expression = conditions.compile(raw.when, { before: pages.length, guards: [] }, tell, true);
    if (!expression || !demandKind(expression, 'bool', tell)) return [];
    return [{ id: raw.id, when: conditionOf(expression, false), legalBasis: raw.legalBasis }];
  });
}
