import type { CaseTable } from '#db';
import { generateKey, type KeyProvider, open, seal, type WrappedKey } from '#seal';

/** Seals and opens the fields of one case. A sealed field opens only in this case and this place. */
export interface CaseSeal {
  seal(plain: string | Uint8Array, field: string): Buffer;
  /** @throws SealError when it was changed or belongs elsewhere */
  open(sealed: Uint8Array, field: string): Buffer;
}

export interface Vault {
  /** A fresh key for a case, wrapped for the office that decides on it. */
  create(office: string, caseId: string): { seals: CaseSeal; wrapped: WrappedKey };
  /** @returns undefined when the case's key was destroyed */
  unlock(row: Pick<CaseTable, 'id' | 'office' | 'key_id' | 'wrapped_key'>): CaseSeal | undefined;
}

function sealsOf(key: Uint8Array, caseId: string): CaseSeal {
  const place = (field: string): string => `case/${caseId}/${field}`;
  return {
    seal: (plain, field) => seal(key, plain, place(field)),
    open: (sealed, field) => open(key, sealed, place(field)),
  };
}

export function createVault(keys: KeyProvider): Vault {
  return {
    create(office, caseId) {
      const key = generateKey();
      return { seals: sealsOf(key, caseId), wrapped: keys.wrap(office, caseId, key) };
    },
    unlock(row) {
      if (!row.wrapped_key || row.key_id === null) return undefined;
      const key = keys.unwrap(row.office, row.id, { keyId: row.key_id, wrapped: row.wrapped_key });
      return sealsOf(key, row.id);
    },
  };
}

/** Names of sealed places within a case. */
export const FIELD = {
  content: 'content',
  fileName: (id: string): string => `file/${id}/name`,
  fileContent: (id: string): string => `file/${id}/content`,
  event: (kind: string, at: Date): string => `event/${kind}/${at.toISOString()}`,
};
