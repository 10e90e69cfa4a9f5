import { roomWords } from '#language';
import type { Words } from './words/keys.ts';

const said = roomWords<Words>('status');

/** The words of a citizen's own case. */
export const statusWords = said('status');

/** Whether a paper is genuine. */
export const genuineWords = said('genuine');

/** Taking a case back, and what becomes then of what it has. */
export const withdrawWords = said('withdraw');
