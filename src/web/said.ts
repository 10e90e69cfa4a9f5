import { roomWords, SOURCE } from '#language';
import type { Words } from './words/keys.ts';

const words = roomWords<Words>('web');

/** Words of the frame around a clerk's page, in German as the whole desk. */
export const deskWords = words('desk')(SOURCE);

/** Words of the frame around every page. */
export const layoutWords = words('layout');

/** Words inside questions: parts of fields, buttons, hints that belong to a kind of question and not to a service. */
export const questionWords = words('questions');

/** What is missing: made from the question's own label. */
export const requiredWords = words('required');

/** What to do about an error, in one sentence; never what was typed, never blame. */
export const errorWords = words('errors');
