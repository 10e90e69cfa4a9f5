/** Names that stand on papers and towards authorities, the same in every language. */
import type { City } from './types.ts';

/** @returns who answers for the office by law */
export const municipalityOf = ({ name }: Pick<City, 'name'>): string => `Stadt ${name}`;

/** @returns what the office calls itself */
export const officeNameOf = ({ name }: Pick<City, 'name'>): string => `Digitales Bürgerbüro ${name}`;
