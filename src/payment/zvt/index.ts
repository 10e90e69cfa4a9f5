/** Card terminals that speak ZVT over TCP (PA00P015 rev. 13, PA00P016 rev. 4): the client, and the codec for stand-ins. */
export { decodeFields, encodeFields, TLV_FIELD } from './bmp.ts';
export { fromBcd, toBcd, ZvtFormatError } from './bytes.ts';
export { encodeText } from './charset.ts';
export { ACCEPTED, acknowledgement, COMMAND, RESULT, refused } from './commands.ts';
export { type Apdu, createFrameReader, encodeFrame } from './frames.ts';
export { createZvtTerminal } from './terminal.ts';
export { encodeTlv } from './tlv.ts';
