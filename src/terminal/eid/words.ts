import { roomWords } from '#language';
import type { Words as RoomWords } from '../words/keys.ts';

export type Words = RoomWords['eid'];

/** Words of the pages on which a PIN is set. The terminal serves them; the office never sees what is typed there. */
export const words = roomWords<RoomWords>('terminal')('eid');
