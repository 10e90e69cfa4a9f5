import { byteAt, slice, ZvtFormatError } from './bytes.ts';

/** A data object in BER-TLV, as in BMP 06. */
export interface Tlv {
  /** The bytes of the tag as one number, such as 0x1f2b. */
  readonly tag: number;
  readonly value: Uint8Array;
  /** What is inside a constructed object; empty for a primitive one. */
  readonly children: readonly Tlv[];
}

const MAX_DEPTH = 8;

function readTag(bytes: Uint8Array, at: number): { tag: number; next: number; constructed: boolean } {
  const head = byteAt(bytes, at);
  const constructed = (head & 0x20) !== 0;
  if ((head & 0x1f) !== 0x1f) return { tag: head, next: at + 1, constructed };
  let tag = head;
  for (let next = at + 1; next <= at + 2; next += 1) {
    const byte = byteAt(bytes, next);
    tag = (tag << 8) | byte;
    if ((byte & 0x80) === 0) return { tag, next: next + 1, constructed };
  }
  throw new ZvtFormatError('tag too long');
}

/** Reads a BER length of one to three bytes. @throws ZvtFormatError for any other */
export function readLength(bytes: Uint8Array, at: number): { length: number; next: number } {
  const head = byteAt(bytes, at);
  if (head < 0x80) return { length: head, next: at + 1 };
  if (head === 0x81) return { length: byteAt(bytes, at + 1), next: at + 2 };
  if (head === 0x82) return { length: (byteAt(bytes, at + 1) << 8) | byteAt(bytes, at + 2), next: at + 3 };
  throw new ZvtFormatError('length of a kind that ZVT does not have');
}

/**
 * @param bytes the content of a container, without its own tag and length
 * @throws ZvtFormatError when it is cut off, or nested too deeply
 */
export function decodeTlv(bytes: Uint8Array, depth = 0): Tlv[] {
  if (depth > MAX_DEPTH) throw new ZvtFormatError('nested too deeply');
  const found: Tlv[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { tag, next, constructed } = readTag(bytes, at);
    const { length, next: start } = readLength(bytes, next);
    const value = slice(bytes, start, length);
    found.push({ tag, value, children: constructed ? decodeTlv(value, depth + 1) : [] });
    at = start + length;
  }
  return found;
}

/** @throws RangeError for more than 65535 bytes */
export function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length <= 0xff) return Uint8Array.of(0x81, length);
  if (length <= 0xffff) return Uint8Array.of(0x82, length >> 8, length & 0xff);
  throw new RangeError('too long for a container');
}

/** One object: its tag, its length, its value (for a constructed one: its encoded children). */
export function encodeTlv(tag: number, value: Uint8Array): Uint8Array {
  const bytes = [tag >> 16, (tag >> 8) & 0xff, tag & 0xff];
  const head = bytes.slice(tag > 0xffff ? 0 : tag > 0xff ? 1 : 2);
  return Buffer.concat([Uint8Array.from(head), encodeLength(value.length), value]);
}

/** @returns every object of that tag, at any depth, in order */
export function findTlv(objects: readonly Tlv[], tag: number): Tlv[] {
  return objects.flatMap((one) => [...(one.tag === tag ? [one] : []), ...findTlv(one.children, tag)]);
}
