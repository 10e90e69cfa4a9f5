/** What was handed in, as a word that the farewell is told by: nothing that opens a case, and nothing that somebody has said. */
import type { Catalogue } from '#catalogue';
import type { Language } from '#language';
import { normaliseNumber } from '#seal';
import { type IsoDate, isIsoDate } from '#time';
import type { VisitReceipt } from './visit.ts';
import type { Visits } from './visits.ts';

/** Something that was handed in in a visit that is over. */
export interface Sent {
  service: string;
  number: string;
  /** What happens next: which line of what the service says of it, and on which day. */
  next?: { line: number; day: IsoDate | undefined } | undefined;
}

/**
 * @param receipts by service
 * @returns what was handed in, with what happens next where that is a line of the service as it stands there: what has somebody's
 * answers in it, and what holds for cases that are still to be decided on, stands on the receipt alone
 */
export function sentIn(
  { cases, catalogue }: Pick<Visits, 'cases' | 'catalogue'>,
  receipts: Readonly<Record<string, VisitReceipt>>,
): Promise<Sent[]> {
  return Promise.all(
    Object.entries(receipts).map(async ([service, { caseId, number }]) => {
      const view = await cases.forCitizen(caseId);
      const [said] = view?.shown.de.result.next ?? [];
      const lines = catalogue.get(service)?.texts.de.result.next ?? [];
      const line = said === undefined ? -1 : lines.indexOf(said);
      return { service, number, next: line < 0 ? undefined : { line, day: view?.days[0]?.date } };
    }),
  );
}

/** @returns it as a word */
export function sentWord({ service, number, next }: Sent): string {
  return [service, number, next?.line ?? '', next?.day ?? ''].join('.');
}

/** What the farewell says of something that was handed in. */
export interface SentText {
  title: string;
  number: string;
  text: string | undefined;
  day: IsoDate | undefined;
}

/** @returns what is to be said of such a word; nothing where it means nothing */
export function readSent(word: string, catalogue: Catalogue, language: Language): SentText[] {
  const [slug = '', typed = '', line = '', day = ''] = word.split('.');
  const texts = catalogue.get(slug)?.texts[language];
  const number = normaliseNumber(typed);
  if (!texts || number === undefined) return [];
  const said = line === '' ? undefined : texts.result.next[Number(line)];
  // What has somebody's answers in it was never told.
  const text = said?.includes('{') ? undefined : said;
  return [{ title: texts.title, number, text, day: text && isIsoDate(day) ? day : undefined }];
}
