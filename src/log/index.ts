/** The office's log: JSON lines without personal data. */
export { createLog, errorFacts, type Log, type Warnings } from './log.ts';
