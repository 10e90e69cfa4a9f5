import type { Equipment, Visits } from '#visit';

/** What the pages before any service need of the other rooms. */
export type HomeDeps = Visits & Equipment;
