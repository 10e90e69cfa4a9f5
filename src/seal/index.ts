/** Sealing what citizens said, the keys for it, and codes that people can read aloud. */
export { generateKey, open, SealError, seal } from './aead.ts';
export type { CodeKind, CodeSlip, NumberSlip } from './codes.ts';
export {
  formatCode,
  formatNumber,
  newCode,
  newNumber,
  normaliseCode,
  normaliseNumber,
  readCode,
  readNumber,
} from './codes.ts';
export { codeFrom } from './derived.ts';
export type { KeyProvider, WrappedKey } from './keys.ts';
export { createFileKeys, KeyFileError, type KeyProof, keyNames, makeKeys, proofOfKey } from './keys.ts';
export { sameBytes, sameText } from './same.ts';
export { newToken, underToken } from './under-token.ts';
export { isOutcomeWord, outcomeWord } from './word.ts';
