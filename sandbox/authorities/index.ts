/** The authority that stands in for all others, as connections and services call it. */
export const AUTHORITY = 'bfj';
