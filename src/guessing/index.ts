/** Guessing codes is slowed down, wherever a code opens something. */
export { ALARM_AT, forgetTries, guessesOf } from './guessing.ts';
