/** The office's log: JSON lines without personal data. */
export { createLog, errorFacts, type Log } from './log.ts';
