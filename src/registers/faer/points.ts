/**
 * How long entries stay in the Fahreignungsregister, and how many points they add up to: §§ 4 and 29 StVG.
 * Pure. Every date is a civil date; a period that runs from a day ends with the day of the same number (§ 187 Abs. 1,
 * § 188 Abs. 2 and 3 BGB), and on that day the entry still counts. "Beginnt mit dem Tag der Rechtskraft" (§ 29 Abs. 4)
 * can also be read so that everything ends a day earlier; nobody must think himself free of points too soon, so the
 * careful answer is given.
 */
import { addDays, addMonths, type IsoDate } from '#time';
import { type EntryKind, ruleOf } from './kinds.ts';

/** What the law looks at in one entry. */
export interface PointsEntry {
  kind: EntryKind;
  /** Tattag: of every Straftat and Ordnungswidrigkeit. */
  actedOn?: IsoDate | undefined;
  /** Rechtskraft or Unanfechtbarkeit; of a seminar the day of its certificate, of a waiver the day it was received. */
  finalOn: IsoDate;
  /** The decision was set aside: § 29 Abs. 3 StVG. */
  annulledOn?: IsoDate | undefined;
  /** End of a ban on vehicles that need no licence; the day on which a provisional measure was lifted. */
  endedOn?: IsoDate | undefined;
}

export interface PointsLicence {
  /** A licence on probation is stored until then (§ 2a StVG). */
  probationUntil?: IsoDate | undefined;
  /** The last licence issued after withdrawal, Sperre or waiver. */
  reissue?: { on: IsoDate; pointsKept: boolean } | undefined;
  /** A licence may never be issued again: § 29 Abs. 2 StVG. */
  barredForever: boolean;
}

/** What is stored about one person. The order of the entries means nothing. */
export interface PointsRecord {
  entries: readonly PointsEntry[];
  licence: PointsLicence;
  diedOn?: IsoDate | undefined;
}

/** When an entry ends. A date that is left out lies nowhere yet, or is not known. */
export interface Expiry {
  /** Last day of its period: the last day on which it counts. */
  tilgung: IsoDate | undefined;
  /** Last day on which it is stored; never before `tilgung`. */
  loeschung: IsoDate | undefined;
  /** Both come earlier when a new licence is issued before five years are over. */
  atTheLatest: boolean;
}

const YEAR = 12;
const FIVE_YEARS = 5 * YEAR;
/** § 4 Abs. 7 StVG: up to so many points a seminar takes one away. */
const SEMINAR_UP_TO = 5;

function earlier(one: IsoDate | undefined, other: IsoDate | undefined): IsoDate | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

/** § 29 Abs. 4 and 5 StVG. */
function startOf(entry: PointsEntry, { reissue }: PointsLicence): IsoDate | undefined {
  switch (ruleOf(entry.kind).start) {
    case 'final':
      return entry.finalOn;
    case 'licence': {
      const issued = reissue && reissue.on >= entry.finalOn ? reissue.on : undefined;
      return earlier(addMonths(entry.finalOn, FIVE_YEARS), issued);
    }
    case 'banEnd':
      return entry.endedOn && addMonths(entry.endedOn, FIVE_YEARS);
  }
}

/** Measures end when the licence is withdrawn, else with what they were taken for: § 29 Abs. 1 Satz 3 and 4 StVG. */
function endOfMeasure(entry: PointsEntry, record: PointsRecord): IsoDate | undefined {
  if (ruleOf(entry.kind).endsWith === 'lifting') return entry.endedOn;
  const withdrawn = record.entries
    .filter(({ kind, finalOn }) => ruleOf(kind).takesLicence && finalOn >= entry.finalOn)
    .map(({ finalOn }) => finalOn)
    .reduce<IsoDate | undefined>(earlier, undefined);
  const { probationUntil } = record.licence;
  if (ruleOf(entry.kind).endsWith === 'probation') {
    return earlier(withdrawn, probationUntil && addMonths(probationUntil, YEAR));
  }
  const offences = record.entries
    .filter(({ kind }) => ruleOf(kind).offence)
    .map((offence) => expiryOf(offence, record).tilgung);
  const open = offences.some((end) => end === undefined);
  const last = open ? undefined : (offences.sort().at(-1) ?? entry.finalOn);
  return earlier(withdrawn, last);
}

/** The periods alone, before what cuts them short. */
function ordinaryExpiry(entry: PointsEntry, record: PointsRecord): Omit<Expiry, 'atTheLatest'> {
  const nothing = { tilgung: undefined, loeschung: undefined };
  // § 29 Abs. 2 StVG: whoever may never drive again keeps every entry.
  if (record.licence.barredForever) return nothing;
  const rule = ruleOf(entry.kind);
  const start = startOf(entry, record.licence);
  const tilgung = rule.months ? start && addMonths(start, rule.months) : endOfMeasure(entry, record);
  if (tilgung === undefined) return nothing;
  const loeschung = rule.overlay ? addMonths(tilgung, YEAR) : tilgung;
  const { probationUntil } = record.licence;
  const held = rule.keptInProbation && probationUntil !== undefined && probationUntil > loeschung;
  return { tilgung, loeschung: held ? probationUntil : loeschung };
}

/**
 * Tilgung and Löschung of an entry: § 29 StVG.
 * @param record everything stored about the person; measures end with what they were taken for
 */
export function expiryOf(entry: PointsEntry, record: PointsRecord): Expiry {
  const { tilgung, loeschung } = ordinaryExpiry(entry, record);
  // § 29 Abs. 3 StVG: death and annulment end everything that day, whatever periods and bans say.
  const cut = earlier(entry.annulledOn, record.diedOn);
  const lastDay = cut && addDays(cut, -1);
  const { barredForever, reissue } = record.licence;
  const open = ruleOf(entry.kind).start === 'licence' && !(reissue && reissue.on >= entry.finalOn);
  return {
    tilgung: earlier(tilgung, lastDay),
    loeschung: earlier(loeschung, lastDay),
    atTheLatest: open && !barredForever && lastDay === undefined,
  };
}

/**
 * § 4 Abs. 3 StVG: a new licence ends the points of what had become final before it, except after a withdrawal
 * in the Probezeit (`pointsKept`). What becomes final on the very day of the issue is not before it, and goes on counting.
 */
export function lapsedByNewLicence(entry: PointsEntry, { reissue }: PointsLicence, date: IsoDate): boolean {
  return reissue !== undefined && !reissue.pointsKept && entry.finalOn < reissue.on && reissue.on <= date;
}

/**
 * @returns the points of an entry that count on a date. Points arise on the day of the act once it is final
 *   (§ 4 Abs. 2 Satz 3 StVG) and count until the Tilgung, no longer in the Überliegefrist
 */
export function countingPoints(entry: PointsEntry, record: PointsRecord, date: IsoDate): number {
  const { tilgung } = expiryOf(entry, record);
  const begun = (entry.actedOn ?? entry.finalOn) <= date;
  const over = tilgung !== undefined && date > tilgung;
  return begun && !over && !lapsedByNewLicence(entry, record.licence, date) ? ruleOf(entry.kind).points : 0;
}

/** Points on a date when these seminars take one away each, from what had been done before their certificate. */
function pointsAfter(seminars: readonly IsoDate[], record: PointsRecord, date: IsoDate): number {
  let total = 0;
  let from: IsoDate = '';
  const add = (until: IsoDate): void => {
    for (const entry of record.entries) {
      const on = entry.actedOn ?? entry.finalOn;
      if (on > from && on <= until) total += countingPoints(entry, record, date);
    }
    from = until;
  };
  for (const certificate of seminars) {
    add(certificate);
    // Nobody has less than no points, and a point taken away once is not taken from what is done later.
    total = Math.max(0, total - 1);
  }
  add(date);
  return total;
}

/**
 * Seminars that take a point away: 1 to 5 points on the day of the certificate, and none in the five years before.
 * § 4 Abs. 7 StVG.
 * @returns days of their certificates up to a date, in order
 */
export function effectiveSeminars(record: PointsRecord, date: IsoDate): readonly IsoDate[] {
  const certificates = record.entries
    .filter(({ kind, annulledOn }) => kind === 'seminar' && annulledOn === undefined)
    .map(({ finalOn }) => finalOn)
    .filter((on) => on <= date)
    .sort();
  const effective: IsoDate[] = [];
  for (const certificate of certificates) {
    const last = effective.at(-1);
    if (last !== undefined && certificate <= addMonths(last, FIVE_YEARS)) continue;
    const points = pointsAfter(effective, record, certificate);
    if (points >= 1 && points <= SEMINAR_UP_TO) effective.push(certificate);
  }
  return effective;
}

/** @returns Punktestand on a date; 0 or more. § 4 Abs. 2, 3 and 7, § 29 StVG. */
export function pointsOn(record: PointsRecord, date: IsoDate): number {
  return pointsAfter(effectiveSeminars(record, date), record, date);
}

/** Steps of the Fahreignungs-Bewertungssystem: § 4 Abs. 4 and 5 StVG. */
export const STEPS = ['none', 'noted', 'admonition', 'warning', 'withdrawal'] as const;
export type PointsStep = (typeof STEPS)[number];

/** Points at which each step begins. */
export const STEP_FROM: Readonly<Record<PointsStep, number>> = {
  none: 0,
  noted: 1,
  admonition: 4,
  warning: 6,
  withdrawal: 8,
};

/** @returns the step a number of points has reached */
export function stepOf(points: number): PointsStep {
  return STEPS.findLast((step) => points >= STEP_FROM[step]) ?? 'none';
}

/** Whether a Fahreignungsseminar would take a point away now: § 4 Abs. 7 StVG. */
export type SeminarOption =
  | { code: 'possible' | 'noPoints' | 'tooManyPoints' | 'noLicence' }
  /** The last one was too short ago; possible again after that day. */
  | { code: 'used'; until: IsoDate };

/** @param points Punktestand on that date */
export function seminarOption(record: PointsRecord, points: number, date: IsoDate): SeminarOption {
  const { reissue, barredForever } = record.licence;
  const without = record.entries.some(
    ({ kind, finalOn }) => ruleOf(kind).takesLicence && !(reissue && reissue.on >= finalOn),
  );
  if (without || barredForever) return { code: 'noLicence' };
  if (points === 0) return { code: 'noPoints' };
  if (points > SEMINAR_UP_TO) return { code: 'tooManyPoints' };
  const last = effectiveSeminars(record, date).at(-1);
  const until = last && addMonths(last, FIVE_YEARS);
  return until !== undefined && date <= until ? { code: 'used', until } : { code: 'possible' };
}

/**
 * @returns the first later day on which fewer points count, and how many then; undefined when that is not known
 */
export function nextFall(record: PointsRecord, date: IsoDate): { on: IsoDate; points: number } | undefined {
  const now = pointsOn(record, date);
  const days = record.entries
    .flatMap((entry) => expiryOf(entry, record).tilgung ?? [])
    .filter((end) => end >= date)
    .map((end) => addDays(end, 1))
    .sort();
  for (const on of days) {
    const points = pointsOn(record, on);
    if (points < now) return { on, points };
  }
  return undefined;
}
