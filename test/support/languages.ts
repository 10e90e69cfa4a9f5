/** Languages whose words people have read. Tests quote them, and look at them in a browser: each costs the time of a page. */
import type { Language } from '#language';

export const QUOTED = ['de', 'en', 'leicht'] as const satisfies readonly Language[];
export type Quoted = (typeof QUOTED)[number];

/** What a browser shows in tests: those, and one that runs from right to left. */
export const LOOKED_AT = [...QUOTED, 'ar'] as const satisfies readonly Language[];
export type LookedAt = (typeof LOOKED_AT)[number];
