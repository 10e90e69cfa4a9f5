/** Guessing codes is slowed down, wherever a code opens something. */
export type { Guessed } from './guessing.ts';
export { ALARM_AT, forgetTries, guessedBy, guessesOf, SHORT_WAIT_MS } from './guessing.ts';
