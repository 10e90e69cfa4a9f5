import { roomWords } from '#language';
import type { Words } from './words/keys.ts';

const words = roomWords<Words>('journey');

/** Means of identification, as people call them. */
export const meansWords = words('means');

/** Answers that are no text of their own: yes and no, what was confirmed, what was left out. */
export const answerWords = words('answers');
