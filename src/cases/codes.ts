import { codeFrom, type KeyProvider } from '#seal';

/** The secrets of a case, worked out and never stored: the database holds their keyed hash. */
export interface CaseCodes {
  /** The citizen's way to the status page; the same whenever the same draft is handed in. 69 bits. */
  access(submissionKey: string): string;
  /** A code for the authority (§ 23a BMG calls it Zuordnungsmerkmal); the same rules. */
  lookup(kind: string, submissionKey: string): string;
  accessHash(code: string): Buffer;
  lookupHash(kind: string, code: string): Buffer;
}

export function createCodes(keys: KeyProvider): CaseCodes {
  return {
    access: (submissionKey) => codeFrom(keys.secret('access code'), submissionKey),
    lookup: (kind, submissionKey) => codeFrom(keys.secret(`lookup code ${kind}`), submissionKey),
    accessHash: (code) => keys.index('access code', code),
    lookupHash: (kind, code) => keys.index(`lookup code ${kind}`, code),
  };
}
