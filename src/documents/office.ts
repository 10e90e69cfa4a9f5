import type { DocumentOffice } from './types.ts';

/** @returns an office as it stands on papers; one that the city has no longer is said by its id */
export function officeOnPaper(offices: ReadonlyMap<string, DocumentOffice>, id: string): DocumentOffice {
  const { name, address, phone } = offices.get(id) ?? { name: id, address: '' };
  return { name, address, phone };
}
