/** What hands, clipboards and other people's keyboards put into a field, as the office reads it. Pure; every reader of typed text begins here. */
export { asTyped } from './as-typed.ts';
export { editDistance } from './distance.ts';
export { folded } from './folded.ts';
export { isNoName, isNoNumber } from './nothing.ts';
