/** The way through a service in a few names: which page belongs to which, and what is wrong with them. */
import { hint, type Source } from '#source';
import { isPaid } from './fee.ts';
import type { Report } from './report.ts';
import type { ServiceFile } from './schema.ts';
import { type CompiledService, PAYING } from './types.ts';

/** With so many pages a way is long enough to lose sight of its end. */
const LONG_WAY = 10;

/** Complains about a long way without sections, and about sections that begin nowhere or go back. */
export function checkSections(source: Source<ServiceFile>, report: Report): void {
  const { sections, pages, fee } = source.value;
  if (!sections) {
    if (pages.filter(({ kind }) => kind !== 'finish').length >= LONG_WAY)
      report.add(
        source,
        [],
        'sections are missing: name the way through the pages in three to five `sections:`',
      );
    return;
  }
  const ids = pages.map(({ id }) => id);
  const places = [...ids, ...(isPaid(fee) ? [PAYING] : [])];
  let last = -1;
  for (const [index, { id, from }] of sections.entries()) {
    const at = places.indexOf(from);
    const path = ['sections', index, 'from'];
    if (at < 0) report.add(source, path, `there is no page \`${from}\`.${hint(from, places)}`);
    else if (index === 0 && at > 0)
      report.add(source, path, `the first section begins at the first page, \`${ids[0]}\``);
    else if (at <= last)
      report.add(source, path, `section \`${id}\` begins before the one that stands before it`);
    last = Math.max(last, at);
  }
}

/**
 * @param page a page's id, or {@link PAYING}, which stands in the last section
 * @returns in which section somebody is, counted from 0; undefined where the service has none
 */
export function sectionAt(
  service: Pick<CompiledService, 'sections' | 'pages'>,
  page: string,
): number | undefined {
  const { sections, pages } = service;
  const placeOf = (id: string): number => {
    const at = pages.findIndex((one) => one.id === id);
    return at < 0 ? pages.length : at;
  };
  const at = sections.findLastIndex(({ from }) => placeOf(from) <= placeOf(page));
  return at < 0 ? undefined : at;
}
