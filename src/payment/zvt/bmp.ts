import { byteAt, slice, ZvtFormatError } from './bytes.ts';
import { encodeLength, readLength } from './tlv.ts';

/** The fields of a message by their number, in the order they came. */
export type Fields = ReadonlyMap<number, Uint8Array>;

/** The container of TLV objects; its length is a BER length. */
export const TLV_FIELD = 0x06;

/** Fields of a fixed length in bytes (PA00P015, summary of bitmaps). */
const FIXED = new Map<number, number>([
  ...[0x01, 0x02, 0x03, 0x05, 0x19, 0x27, 0x8a, 0x8c, 0xa0, 0xd0, 0xd2, 0xd3].map(length(1)),
  ...[0xe0, 0xe9, 0xea, 0xf0, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd].map(length(1)),
  ...[0x0d, 0x0e, 0x17, 0x3a, 0x49, 0x87].map(length(2)),
  ...[0x0b, 0x0c, 0x37, 0x3d, 0x88, 0xaa].map(length(3)),
  [0x29, 4],
  [0xba, 5],
  [0x04, 6],
  ...[0x3b, 0xeb].map(length(8)),
  [0x2a, 15],
]);
/** Fields that begin with their length in decimal, one digit a byte as `Fx`: two digits (LLVAR), or three (LLLVAR). */
const VARIABLE = new Map<number, number>([
  ...[0x22, 0x23, 0x2d, 0x8b, 0xa7, 0xd1].map(length(2)),
  ...[0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8].map(length(2)),
  ...[0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8].map(length(2)),
  ...[0x24, 0x2e, 0x3c, 0x60, 0x9a, 0xaf].map(length(3)),
]);

function length(bytes: number): (field: number) => [number, number] {
  return (field) => [field, bytes];
}

function readDecimal(bytes: Uint8Array, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index += 1) {
    const digit = byteAt(bytes, index) & 0x0f;
    if (digit > 9) throw new ZvtFormatError('not a decimal length');
    value = value * 10 + digit;
  }
  return value;
}

/** @returns where the field's content begins, and how long it is */
function extent(bytes: Uint8Array, field: number, at: number): { start: number; size: number } {
  const fixed = FIXED.get(field);
  if (fixed !== undefined) return { start: at, size: fixed };
  const digits = VARIABLE.get(field);
  if (digits !== undefined) return { start: at + digits, size: readDecimal(bytes, at, digits) };
  if (field !== TLV_FIELD) throw new ZvtFormatError('a field of unknown length');
  const { length, next } = readLength(bytes, at);
  return { start: next, size: length };
}

/**
 * @param bytes a message's data from its first field on
 * @throws ZvtFormatError when it is cut off, holds an unknown field (its length is unknown, too), or one field twice
 */
export function decodeFields(bytes: Uint8Array): Fields {
  const fields = new Map<number, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    const field = byteAt(bytes, at);
    if (fields.has(field)) throw new ZvtFormatError('one field twice');
    const { start, size } = extent(bytes, field, at + 1);
    fields.set(field, slice(bytes, start, size));
    at = start + size;
  }
  return fields;
}

function encodeExtent(field: number, size: number): Uint8Array {
  if (field === TLV_FIELD) return encodeLength(size);
  const digits = VARIABLE.get(field);
  if (digits === undefined) {
    if (FIXED.get(field) !== size) throw new RangeError('a field of another length, or an unknown one');
    return new Uint8Array();
  }
  if (size >= 10 ** digits) throw new RangeError('too long for this field');
  const text = String(size).padStart(digits, '0');
  return Uint8Array.from(text, (digit) => 0xf0 | Number(digit));
}

/** @throws RangeError when a field is unknown, or its content has not the length it must have */
export function encodeFields(fields: Iterable<readonly [number, Uint8Array]>): Uint8Array {
  const parts = [...fields].flatMap(([field, value]) => [
    Uint8Array.of(field),
    encodeExtent(field, value.length),
    value,
  ]);
  return Buffer.concat(parts);
}
