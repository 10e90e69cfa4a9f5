import { ZvtFormatError } from './bytes.ts';

/** One message. TCP carries it as CLASS INS LEN data, without checksum (PA00P016). */
export interface Apdu {
  /** CLASS and INS as one number, such as 0x0601. */
  readonly command: number;
  readonly data: Uint8Array;
}

const LONG = 0xff;
const MAX_DATA = 0xffff;
/** Commands of the register, of the terminal, and the two kinds of acknowledgement. Anything else is not ZVT. */
const CLASSES = new Set([0x04, 0x05, 0x06, 0x08, 0x80, 0x84]);

/** @throws RangeError when the data is longer than 65535 bytes */
export function encodeFrame({ command, data }: Apdu): Uint8Array {
  if (data.length > MAX_DATA) throw new RangeError('too long for one frame');
  const length = data.length < LONG ? [data.length] : [LONG, data.length & 0xff, data.length >> 8];
  return Buffer.concat([Uint8Array.of(command >> 8, command & 0xff, ...length), data]);
}

/** @returns the first message and its size on the wire, or undefined when it is not all there */
function first(bytes: Uint8Array): { apdu: Apdu; size: number } | undefined {
  const [cls, ins, short, low, high] = bytes;
  if (cls === undefined) return undefined;
  if (!CLASSES.has(cls)) throw new ZvtFormatError('not a ZVT message');
  if (ins === undefined || short === undefined) return undefined;
  let start = 3;
  let length = short;
  if (short === LONG) {
    if (low === undefined || high === undefined) return undefined;
    start = 5;
    length = low | (high << 8);
  }
  const size = start + length;
  if (bytes.length < size) return undefined;
  return { apdu: { command: (cls << 8) | ins, data: Uint8Array.from(bytes.subarray(start, size)) }, size };
}

/**
 * Puts messages together from what the network delivers, in whatever pieces.
 * @returns a function that takes the next piece and gives the messages it completes; it throws ZvtFormatError when the
 *   stream is no ZVT, and is of no use afterwards
 */
export function createFrameReader(): (piece: Uint8Array) => Apdu[] {
  let rest: Uint8Array = new Uint8Array();
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    const complete: Apdu[] = [];
    for (let next = first(rest); next !== undefined; next = first(rest)) {
      complete.push(next.apdu);
      rest = rest.subarray(next.size);
    }
    return complete;
  };
}
