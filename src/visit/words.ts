import { roomWords } from '#language';
import type { Words } from './words/keys.ts';

const said = roomWords<Words>('visit');

/** The words that a visit has on its own pages: places and hours, the way to the phone, the end, and what went wrong. */
export const words = said('visit');

/** What is said of a number or a code that cannot be one. */
export const slipWords = said('slips');

/** What is said when a line has used up its share. */
export const shareWords = said('share');

/** The page on which a browser becomes a terminal. */
export const terminalWords = said('terminal');

/** A paper that is taken along on a phone. */
export const alongWords = said('along');

/** A form that has become another in the middle of it. */
export const renewedWords = said('renewed');

/** A visit that is over. */
export const ranOutWords = said('ranOut');

/** Whether to book, and when somebody is there. */
export const appointmentWords = said('appointment');
