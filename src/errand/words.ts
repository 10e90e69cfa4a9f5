import { roomWords } from '#language';
import type { Words } from './words/keys.ts';

const said = roomWords<Words>('errand');

/** The words of going through a service, and of what came of it. */
export const words = said('errand');

/** The steps that lead outside: signing in, devices, portals. */
export const stepWords = said('steps');

/** Paying, by card or on a page. */
export const payWords = said('pay');

/** A code by letter instead of a sign-in. */
export const letterWords = said('letter');

/** Pay pages that an order does not wait for any more. */
export const earlierWords = said('earlier');

/** A document that comes by a phone. */
export const cameraWords = said('camera');
