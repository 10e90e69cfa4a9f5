import { type Write, writing } from '#db';
import { LANGUAGES, type Language } from '#language';
import type { IsoDate } from '#time';

/** What is counted, and the values each may have. There is no free text: a value that is not listed is refused. */
const MEASURES = {
  'visit.started': ['terminal', 'phone'],
  'visit.ended': ['finished', 'stopped', 'idle', 'moved'],
  'case.submitted': ['case'],
  'case.decided': ['done', 'rejected'],
  'case.withdrawn': ['case'],
  /** Somebody identified, at which level, or it was refused. */
  identity: ['low', 'substantial', 'high', 'refused'],
  /** Somebody left for another authority's portal, and how they say it went. */
  'portal.left': ['left'],
  'portal.back': ['done', 'later', 'problem', 'other'],
  /** A way ended without anything handed in. */
  'service.finished': ['finished'],
  /** A register answered at once, or not. */
  'register.asked': ['answered', 'failed'],
  'payment.paid': ['card', 'page'],
  'payment.failed': ['card', 'page'],
  'payment.reversed': ['card', 'page'],
} as const satisfies Record<string, readonly string[]>;

export type MeasureName = keyof typeof MEASURES;

export interface Measure<N extends MeasureName = MeasureName> {
  day: IsoDate;
  name: N;
  /** Slug of the service, or `-` where there is none. */
  service: string;
  /** Site id from the city's data. */
  site: string;
  language: Language;
  value: (typeof MEASURES)[N][number];
}

const ID = /^[a-z0-9][a-z0-9-]{0,59}$|^-$/;

/**
 * Counts one fact; to be written in the transaction that makes it true.
 * @throws Error when name, value or ids are not on the lists; the message does not repeat the value
 */
export function count<N extends MeasureName>(measure: Measure<N>): Write {
  if (!Object.hasOwn(MEASURES, measure.name)) throw new Error('lab: not a measure');
  const values: readonly string[] = MEASURES[measure.name];
  if (!values.includes(measure.value)) throw new Error(`lab: not a value of ${measure.name}`);
  if (!ID.test(measure.service) || !ID.test(measure.site)) throw new Error('lab: not an id');
  if (!LANGUAGES.includes(measure.language)) throw new Error('lab: not a language');
  const { day, name, service, site, language, value } = measure;
  return [{ does: writing.insertInto('measure').values({ day, name, service, site, language, value }) }];
}

/** What whoever counts facts is given. */
export interface MeasureWriter {
  count: typeof count;
}
