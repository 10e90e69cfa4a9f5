import { roomWords } from '#language';
import type { Words } from './words/keys.ts';

const said = roomWords<Words>('home');

/** The words of what stands before any service: tiles, search, help, the sign at the door, and what a service is. */
export const words = said('home');

/** Imprint, privacy, accessibility. */
export const legalWords = said('legal');
