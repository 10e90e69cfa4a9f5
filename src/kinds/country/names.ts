/** States by all the names people give them, in German and English; a small slip is understood where only one can be meant. */
import countries from 'i18n-iso-countries';
import german from 'i18n-iso-countries/langs/de.json' with { type: 'json' };
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import { editDistance } from '#typed';
import { COUNTRY_ALIASES } from './aliases.ts';
import { COUNTRY_CODES } from './codes.ts';

type Names = Readonly<Record<string, string | readonly string[]>>;

function named(alpha3: string): string[] {
  const alpha2 = countries.alpha3ToAlpha2(alpha3) ?? '';
  const listed = [german.countries, english.countries].flatMap((names: Names) => names[alpha2] ?? []);
  return [...new Set([...listed, ...(COUNTRY_ALIASES[alpha3]?.split('|') ?? [])])];
}

const NAMES: ReadonlyMap<string, readonly string[]> = new Map(
  [...COUNTRY_CODES].map((code) => [code, named(code)]),
);

/** @returns every name this office knows a state by, for those who search for it */
export function countryNames(code: string): readonly string[] {
  return NAMES.get(code) ?? [];
}

function folded(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([aou])e/g, '$1')
    .replaceAll('&', 'und')
    .replace(/[^\p{L}]/gu, '');
}

/** By folded name; undefined where two states are called so. */
const CODES = new Map<string, string | undefined>();
for (const [code, names] of NAMES)
  for (const name of new Set(names.map(folded))) CODES.set(name, CODES.has(name) ? undefined : code);

/** Letters a name must have for one wrong letter, and for two. */
const ONE_SLIP = 5;
const TWO_SLIPS = 9;
const LONGEST = 80;

function resembling(wanted: string): string | undefined {
  const most = wanted.length >= TWO_SLIPS ? 2 : wanted.length >= ONE_SLIP ? 1 : 0;
  for (let slips = 1; slips <= most; slips += 1) {
    const near = [...CODES].filter(([name]) => editDistance(name, wanted, slips) <= slips);
    const codes = new Set(near.map(([, code]) => code));
    if (codes.size > 0) return codes.size === 1 ? [...codes][0] : undefined;
  }
  return undefined;
}

/** @returns the code of the state that is called exactly so, in any spelling of that name */
export function stateNamed(name: string): string | undefined {
  return CODES.get(folded(name));
}

/** @returns the code of the state that somebody chose by its code or typed by a name; undefined when none or several can be meant */
export function countryOf(typed: string): string | undefined {
  const code = typed.toUpperCase();
  if (COUNTRY_CODES.has(code)) return code;
  const wanted = folded(typed.slice(0, LONGEST));
  if (wanted === '') return undefined;
  return CODES.has(wanted) ? CODES.get(wanted) : resembling(wanted);
}
