import type { Equipment, VisitDeps } from '#visit';

/** What the pages before any service need of the other rooms. */
export type HomeDeps = Pick<VisitDeps, 'city' | 'catalogue' | 'clock'> & Equipment;
