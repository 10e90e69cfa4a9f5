import { timingSafeEqual } from 'node:crypto';

/** @returns whether two hashes are the same, in a time that does not tell where they differ */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** @returns whether two texts are the same, in a time that does not tell where they differ */
export function sameText(one: string, other: string): boolean {
  return sameBytes(Buffer.from(one), Buffer.from(other));
}
