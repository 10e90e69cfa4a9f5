/** Languages whose words people have read. Tests quote them, and look at them in a browser: each costs the time of a page. */
import type { Language } from '#language';

export const QUOTED = ['de', 'en', 'leicht'] as const satisfies readonly Language[];
export type Quoted = (typeof QUOTED)[number];
