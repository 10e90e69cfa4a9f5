import { roomWords } from '#language';
import type { Words } from './words/keys.ts';

const words = roomWords<Words>('journey');

/** Means of identification, as people call them. */
export const meansWords = words('means');
