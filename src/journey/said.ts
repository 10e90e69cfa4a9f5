import { roomWords, SOURCE } from '#language';
import type { Words } from './words/keys.ts';

const words = roomWords<Words>('journey');

/** What clerks read, in German. */
export const deskWords = words('desk')(SOURCE);

/** Means of identification, as people call them. */
export const meansWords = words('means');
