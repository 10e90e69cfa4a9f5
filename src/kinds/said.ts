import { roomWords } from '#language';
import type { Words } from './words/keys.ts';

const words = roomWords<Words>('kinds');

/** Answers that are no text of their own: yes and no, what was confirmed, what was left out. */
export const answerWords = words('answers');
