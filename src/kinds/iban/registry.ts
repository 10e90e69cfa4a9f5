/**
 * Which countries have IBANs, and how the part behind country and check digits (BBAN) looks there: n digits, a capital letters,
 * c either. Facts of the IBAN Registry (SWIFT, registration authority of ISO 13616). Overseas parts of France, Åland and the
 * Crown dependencies have those of FR, FI and GB.
 */
const BBAN = {
  AD: 'n8c12',
  AE: 'n19',
  AL: 'n8c16',
  AT: 'n16',
  AZ: 'a4c20',
  BA: 'n16',
  BE: 'n12',
  BG: 'a4n6c8',
  BH: 'a4c14',
  BI: 'n23',
  BR: 'n23a1c1',
  BY: 'c4n4c16',
  CH: 'n5c12',
  CR: 'n18',
  CY: 'n8c16',
  CZ: 'n20',
  DE: 'n18',
  DJ: 'n23',
  DK: 'n14',
  DO: 'c4n20',
  EE: 'n16',
  EG: 'n25',
  ES: 'n20',
  FI: 'n14',
  FK: 'a2n12',
  FO: 'n14',
  FR: 'n10c11n2',
  GB: 'a4n14',
  GE: 'a2n16',
  GI: 'a4c15',
  GL: 'n14',
  GR: 'n7c16',
  GT: 'c24',
  HN: 'a4n20',
  HR: 'n17',
  HU: 'n24',
  IE: 'a4n14',
  IL: 'n19',
  IQ: 'a4n15',
  IS: 'n22',
  IT: 'a1n10c12',
  JO: 'a4n4c18',
  KW: 'a4c22',
  KZ: 'n3c13',
  LB: 'n4c20',
  LC: 'a4c24',
  LI: 'n5c12',
  LT: 'n16',
  LU: 'n3c13',
  LV: 'a4c13',
  LY: 'n21',
  MC: 'n10c11n2',
  MD: 'c20',
  ME: 'n18',
  MK: 'n3c10n2',
  MN: 'n16',
  MR: 'n23',
  MT: 'a4n5c18',
  MU: 'a4n19a3',
  NI: 'a4n20',
  NL: 'a4n10',
  NO: 'n11',
  OM: 'n3c16',
  PK: 'a4c16',
  PL: 'n24',
  PS: 'a4c21',
  PT: 'n21',
  QA: 'a4c21',
  RO: 'a4c16',
  RS: 'n18',
  RU: 'n14c15',
  SA: 'n2c18',
  SC: 'a4n20a3',
  SD: 'n14',
  SE: 'n20',
  SI: 'n15',
  SK: 'n20',
  SM: 'a1n10c12',
  SO: 'n19',
  ST: 'n21',
  SV: 'a4n20',
  TL: 'n19',
  TN: 'n20',
  TR: 'n6c16',
  UA: 'n6c19',
  VA: 'n18',
  VG: 'a4n16',
  XK: 'n16',
  YE: 'a4n4c18',
} as const;
export type IbanCountry = keyof typeof BBAN;

export const IBAN_COUNTRIES = Object.keys(BBAN) as [IbanCountry, ...IbanCountry[]];

/** Where euros can be transferred and collected by the schemes of the European Payments Council, as of 2026. */
export const SEPA: readonly IbanCountry[] = [
  'AD',
  'AL',
  'AT',
  'BE',
  'BG',
  'CH',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GB',
  'GI',
  'GR',
  'HR',
  'HU',
  'IE',
  'IS',
  'IT',
  'LI',
  'LT',
  'LU',
  'LV',
  'MC',
  'MD',
  'ME',
  'MK',
  'MT',
  'NL',
  'NO',
  'PL',
  'PT',
  'RO',
  'RS',
  'SE',
  'SI',
  'SK',
  'SM',
  'VA',
];

/** One run of signs of a BBAN. */
export interface Run {
  of: 'n' | 'a' | 'c';
  length: number;
}

function runsOf(bban: string): readonly Run[] {
  return [...bban.matchAll(/([nac])(\d+)/g)].map(([, of, length]) => ({
    of: of as Run['of'],
    length: Number(length),
  }));
}

const SIGNS = { n: '[0-9]', a: '[A-Z]', c: '[A-Z0-9]' } as const;

interface Shape {
  runs: readonly Run[];
  /** Of the whole IBAN. */
  length: number;
  bban: RegExp;
}

export const SHAPES: ReadonlyMap<string, Shape> = new Map(
  Object.entries(BBAN).map(([country, bban]) => {
    const runs = runsOf(bban);
    const pattern = runs.map(({ of, length }) => `${SIGNS[of]}{${length}}`).join('');
    return [
      country,
      {
        runs,
        length: 4 + runs.reduce((sum, { length }) => sum + length, 0),
        bban: new RegExp(`^${pattern}$`),
      },
    ];
  }),
);
