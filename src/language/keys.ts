/** Written by `node scripts/schemas.ts`. */

/** A language that people can choose; `languages.yaml` says what it is. */
export type Language = 'de' | 'en' | 'leicht' | 'tr' | 'ar';
