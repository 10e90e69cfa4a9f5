/** Means of showing who one is. Some laws name the means, not only how sure they are (§ 30c (2) BZRG, § 30 (8) StVG). */
/** eIDAS; `none` is nobody in particular. */
export const IDENTITY_LEVELS = ['none', 'low', 'substantial', 'high'] as const;
export type IdentityLevel = (typeof IDENTITY_LEVELS)[number];

/** @returns whether a level is at least another */
export function reaches(level: IdentityLevel, needed: IdentityLevel): boolean {
  return IDENTITY_LEVELS.indexOf(level) >= IDENTITY_LEVELS.indexOf(needed);
}

/** @returns the least sure of these levels */
export function lowest<Level extends IdentityLevel>(first: Level, ...others: readonly Level[]): Level {
  return others.reduce((least, level) => (reaches(level, least) ? least : level), first);
}

/**
 * `idCard` the Personalausweis (§ 18 PAuswG), `eidCard` the eID-Karte for citizens of the Union (§ 12 eIDKG),
 * `residencePermit` the elektronischer Aufenthaltstitel (§ 78 (5) AufenthG), `eidas` a card or app of another state of
 * the Union, `elster` the certificate of the tax office, `password` a name and a password.
 */
export const MEANS = ['idCard', 'eidCard', 'residencePermit', 'eidas', 'elster', 'password'] as const;
export type Means = (typeof MEANS)[number];

/** The three German cards with an electronic proof of identity. */
export const GERMAN_CARDS: readonly Means[] = ['idCard', 'eidCard', 'residencePermit'];

/**
 * What an identification may say of its means: `onlineId` is one of the three German cards when it was not told which,
 * `other` is something that nobody here knows. `letterCode` is a code that the office has sent to the person's address: no way of
 * signing in, so no list of lawful means has it; a page says with `letterCode:` that it takes one.
 */
export const TOLD_MEANS = [...MEANS, 'onlineId', 'other', 'letterCode'] as const;
export type ToldMeans = (typeof TOLD_MEANS)[number];

/** The best level that each means reaches. */
export const BEST_LEVEL: Readonly<Record<ToldMeans, Exclude<IdentityLevel, 'none'>>> = {
  ...{ idCard: 'high', eidCard: 'high', residencePermit: 'high', onlineId: 'high' },
  ...{ eidas: 'high', elster: 'substantial', password: 'low', other: 'high', letterCode: 'low' },
};

/**
 * @param lawful means that a service takes; undefined: whatever reaches its level
 * @returns whether the means is one of them, for sure
 */
export function isLawful(lawful: readonly Means[] | undefined, means: ToldMeans): boolean {
  if (lawful === undefined) return true;
  if (means === 'onlineId') return GERMAN_CARDS.every((card) => lawful.includes(card));
  return lawful.some((one) => one === means);
}
