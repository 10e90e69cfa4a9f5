import { type CitizenCase, isClosed } from '#cases';
import { longDate } from '#journey';
import type { Language } from '#service';
import { keptWords } from './kept-words.ts';

/**
 * How long the office keeps what was said, in a sentence or two: the number of the service as it was when the case was handed
 * in, from when it counts, and the last day where that is known (Art. 13 Abs. 2 Buchst. a DSGVO).
 */
export function keptText(
  { kept, authority, state }: Pick<CitizenCase, 'kept' | 'authority' | 'state'>,
  language: Language,
): string {
  const w = keptWords(language);
  const { from, days, until, held } = kept;
  const open = !isClosed(state);
  const counted =
    until === undefined
      ? w[from](w.period(days))
      : w[`${from}Until`](w.period(days), longDate(until, language));
  // What began to run with its delivery ends later when it was closed later: then only the day is sure.
  const day =
    from === 'delivered' && until !== undefined && !open ? w.until(longDate(until, language)) : counted;
  const checked = from === 'delivered' && open ? [w.checked] : [];
  return [
    day,
    ...checked,
    ...(held ? [w.held] : []),
    ...(authority ? [w.authority(authority.name)] : []),
  ].join(' ');
}
