/** The language services are written in: schema, compiler, checker. Pure. */
export type * from './types.ts';
export { LANGUAGES } from './types.ts';
