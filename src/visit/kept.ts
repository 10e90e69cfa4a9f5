import type { CitizenCase } from '#cases';
import { longDate } from '#journey';
import type { Language } from '#service';
import { keptWords } from './kept-words.ts';

/**
 * How long the office keeps what was said, in a sentence or two: the number of the service as it was when the case was handed
 * in, from when it counts, and the last day where that is known (Art. 13 Abs. 2 Buchst. a DSGVO).
 */
export function keptText(
  { kept, authority }: Pick<CitizenCase, 'kept' | 'authority'>,
  language: Language,
): string {
  const w = keptWords(language);
  const { from, days, until } = kept;
  const said =
    until === undefined
      ? w[from](w.period(days))
      : w[`${from}Until`](w.period(days), longDate(until, language));
  return [said, ...(authority ? [w.authority(authority.name)] : [])].join(' ');
}
