/** Whether the date of a slot question can be chosen where it stands. */
import type { QuestionOf } from '#kinds';
import { hint, type Source, type SourcePath } from '#source';
import type { Conditions } from './conditions.ts';
import type { Guard } from './expression/index.ts';
import type { Report } from './report.ts';
import type { ServiceFile } from './schema.ts';

/** Where a slot question stands, and what is certain there. */
export interface SlotPlace {
  page: number;
  guards: readonly Guard[];
  path: SourcePath;
}

/** Complains about a slot whose address or calendar is not sure to be known. */
export function checkSlot(
  slot: QuestionOf<'slot'>,
  { page, guards, path }: SlotPlace,
  source: Source<ServiceFile>,
  conditions: Conditions,
  report: Report,
): void {
  const add = (key: string, message: string, more: SourcePath = []) =>
    report.add(source, [...path, key, ...more], message);
  const before = source.value.pages.slice(0, page).flatMap((each) => each.questions ?? []);
  const area = before.find((each) => each.id === slot.areaFrom);
  if (area?.kind !== 'address') {
    add('areaFrom', `\`areaFrom: ${slot.areaFrom}\` must be an address question on an earlier page`);
  } else if (!conditions.certain(area.id, guards)) {
    add('areaFrom', `not everybody who comes here has answered \`${area.id}\`: give the page a \`when\``);
  }
  const { from, of } = slot.calendar;
  if (from === undefined) return;
  const chosen = before.find((each) => each.id === from);
  if (chosen?.kind !== 'chooseOne' || !conditions.certain(from, guards)) {
    add('calendar', `\`from: ${from}\` must be a \`chooseOne\` on an earlier page that everybody answers`, [
      'from',
    ]);
    return;
  }
  const options = chosen.options.map(({ id }) => id);
  for (const id of options)
    if (!(id in of)) add('calendar', `whoever chooses \`${id}\` has no calendar`, ['of']);
  for (const id of Object.keys(of))
    if (!options.includes(id))
      add('calendar', `\`${id}\` is not an option of \`${from}\`.${hint(id, options)}`, ['of', id]);
}
