import { roomWords } from '#language';
import type { Words } from '../words/keys.ts';

const words = roomWords<Words>('registers');

/** The words of the report, on screen and on paper. */
export const reportWords = words('points');

/** Names of the kinds of entries and of what became of them, for people. */
export const kindWords = words('kinds');
