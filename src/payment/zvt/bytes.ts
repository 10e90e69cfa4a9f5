/** What came over the wire is no ZVT. The message never repeats the bytes: they may hold card data. */
export class ZvtFormatError extends Error {
  override name = 'ZvtFormatError';
}

/**
 * @param length bytes
 * @returns the number as binary coded decimal, two digits a byte, leading zeros
 * @throws RangeError when it is no whole number or does not fit
 */
export function toBcd(value: number, length: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 10 ** (2 * length)) {
    throw new RangeError('does not fit into so many digits');
  }
  return Buffer.from(String(value).padStart(2 * length, '0'), 'hex');
}

/** @throws ZvtFormatError when a digit is none, or there are too many */
export function fromBcd(bytes: Uint8Array): number {
  const digits = Buffer.from(bytes).toString('hex');
  if (!/^\d{1,15}$/.test(digits)) throw new ZvtFormatError('not a decimal number');
  return Number(digits);
}

/** The byte there. @throws ZvtFormatError behind the end */
export function byteAt(bytes: Uint8Array, index: number): number {
  const byte = bytes[index];
  if (byte === undefined) throw new ZvtFormatError('ends too early');
  return byte;
}

/** The bytes from there on. @throws ZvtFormatError when there are fewer */
export function slice(bytes: Uint8Array, from: number, length: number): Uint8Array {
  if (from + length > bytes.length) throw new ZvtFormatError('ends too early');
  return bytes.subarray(from, from + length);
}
