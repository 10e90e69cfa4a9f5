import { roomWords } from '#language';
import type { Words } from './words/keys.ts';

/** Words on papers that are the same for every service. */
export const paperWords = roomWords<Words>('documents')('papers');
