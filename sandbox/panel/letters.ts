/** The letters with codes that have arrived at the practice landlord. */
import { randomUUID } from 'node:crypto';
import type { Addressee } from '#journey';
import { formatCode } from '#seal';
import type { Practice } from '../../src/outside.ts';
import type { PanelParts } from './routes.tsx';

/** @returns codes of the practice landlord: one for each service, and a new one when the last no longer works */
export function practiceLetters(
  { catalogue, letterCodes }: Practice,
  landlord: Addressee,
): PanelParts['letterCodes'] {
  const services = catalogue.services.filter(({ pages }) =>
    pages.some(({ identify }) => identify?.letterCode),
  );
  const arrived = new Map<string, { id: string; code: string }>();
  return async () => {
    for (const { slug, office } of services) {
      const last = arrived.get(slug);
      if (last && (await letterCodes.find(last.id, last.code, [office]))) continue;
      const letter = { form: randomUUID(), service: slug, office, addressee: landlord, actor: 'system' };
      const issued = await letterCodes.issue(letter);
      if (issued) arrived.set(slug, issued);
    }
    return [...arrived].map(([service, { code }]) => ({
      ...{ service, code: formatCode(code), name: landlord.name },
    }));
  };
}
