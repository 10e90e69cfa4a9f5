import countries from 'i18n-iso-countries/codes.json' with { type: 'json' };

/** Country codes of three letters (ISO 3166-1 alpha-3). */
export const COUNTRY_CODES: ReadonlySet<string> = new Set(countries.map((entry) => String(entry[1])));
