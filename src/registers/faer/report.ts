import { addMonths, type IsoDate } from '#time';
import { type EntryKind, ruleOf } from './kinds.ts';
import {
  countingPoints,
  expiryOf,
  lapsedByNewLicence,
  nextFall,
  type PointsRecord,
  type PointsStep,
  pointsOn,
  type SeminarOption,
  seminarOption,
  stepOf,
} from './points.ts';
import type { FaerAnswer, FaerEntry } from './protocol.ts';

/**
 * counts: its points count; stored: no points, but stored; lapsed: a new licence ended its points;
 * waiting: in the Überliegefrist, counts no more; overdue: should be deleted by now.
 */
export type EntryState = 'counts' | 'stored' | 'lapsed' | 'waiting' | 'overdue';

export interface ReportEntry {
  id: string;
  kind: EntryKind;
  state: EntryState;
  /** What the decision gave, whether it still counts or not. */
  points: number;
  offence: string | undefined;
  authority: string;
  reference: string;
  actedOn: IsoDate | undefined;
  finalOn: IsoDate;
  /** Last day of the period; undefined when no end can be said. */
  tilgung: IsoDate | undefined;
  /** Last day on which it is stored. */
  loeschung: IsoDate | undefined;
  /** A new licence would bring both dates forward. */
  atTheLatest: boolean;
}

/** What a person is told. For screen and paper; never stored. */
export interface PointsReport {
  on: IsoDate;
  /** The register's own Punktestand. */
  points: number;
  /** Whether the entries add up to it by §§ 4 and 29 StVG. */
  addsUp: boolean;
  step: PointsStep;
  /** When fewer points will count, if nothing new is added. */
  fall: { on: IsoDate; points: number } | undefined;
  seminar: SeminarOption;
  probationUntil: IsoDate | undefined;
  barredUntil: IsoDate | undefined;
  barredForever: boolean;
  /** The latest decision first. */
  entries: readonly ReportEntry[];
}

const FIVE_YEARS = 60;

function stateOf(
  entry: FaerEntry,
  record: PointsRecord,
  { tilgung, loeschung }: Pick<ReportEntry, 'tilgung' | 'loeschung'>,
  today: IsoDate,
): EntryState {
  if (loeschung !== undefined && today > loeschung) return 'overdue';
  if (tilgung !== undefined && today > tilgung) return 'waiting';
  if (countingPoints(entry, record, today) > 0) return 'counts';
  return ruleOf(entry.kind).points > 0 && lapsedByNewLicence(entry, record.licence, today)
    ? 'lapsed'
    : 'stored';
}

function reportEntry(entry: FaerEntry, record: PointsRecord, today: IsoDate): ReportEntry {
  const { tilgung, loeschung, atTheLatest } = expiryOf(entry, record);
  return {
    id: entry.id,
    kind: entry.kind,
    state: stateOf(entry, record, { tilgung, loeschung }, today),
    points: ruleOf(entry.kind).points,
    offence: entry.offence,
    authority: entry.authority,
    reference: entry.reference,
    actedOn: entry.actedOn,
    finalOn: entry.finalOn,
    tilgung,
    loeschung,
    atTheLatest: atTheLatest && today < addMonths(entry.finalOn, FIVE_YEARS),
  };
}

/**
 * Explains a register's answer.
 * @param answer checked by the client
 * @param today the civil date in the office
 */
export function reportPoints(answer: FaerAnswer, today: IsoDate): PointsReport {
  const { points, licence } = answer;
  const addsUp = pointsOn(answer, today) === points;
  return {
    on: today,
    points,
    addsUp,
    step: stepOf(points),
    fall: addsUp ? nextFall(answer, today) : undefined,
    seminar: seminarOption(answer, points, today),
    probationUntil: licence.probationUntil,
    barredUntil: licence.barredUntil,
    barredForever: licence.barredForever,
    entries: answer.entries
      .toSorted((one, other) => (one.finalOn < other.finalOn ? 1 : one.finalOn > other.finalOn ? -1 : 0))
      .map((entry) => reportEntry(entry, answer, today)),
  };
}
