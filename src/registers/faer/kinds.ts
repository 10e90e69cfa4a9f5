/**
 * What stands in the Fahreignungsregister (FAER), and which rule each kind of entry follows.
 * Numbers are those of § 28 Abs. 3 StVG (what is stored), § 4 Abs. 2 StVG (points) and § 29 StVG (how long).
 */

/** From when a period runs: § 29 Abs. 4 and 5 StVG. */
type Start = 'final' | 'licence' | 'banEnd';

interface Rule {
  points: 0 | 1 | 2 | 3;
  /** A decision about a Straftat or Ordnungswidrigkeit. */
  offence: boolean;
  /** Period of § 29 Abs. 1 Satz 2 StVG in months; left out where something else than a period ends the entry. */
  months?: 30 | 60 | 120;
  /** `final`: the day it became final (seminars: day of the certificate); `licence`: a new licence, 5 years later at the latest. */
  start: Start;
  /** § 29 Abs. 6 Satz 2 StVG: stays a year longer (§ 28 Abs. 3 Nr. 1 and Nr. 3 Buchst. a and c). */
  overlay: boolean;
  /** § 29 Abs. 6 StVG: not deleted while a licence on probation is stored (Nr. 3 Buchst. a and c). */
  keptInProbation: boolean;
  /**
   * What ends an entry instead of a period: a measure with the offences or the Probezeit (§ 29 Abs. 1 Satz 3 and 4 StVG),
   * a provisional one when it is lifted (§ 63 Abs. 2 FeV).
   */
  endsWith?: 'offences' | 'probation' | 'lifting';
  /** Leaves the person without a licence until a new one is issued. */
  takesLicence: boolean;
}

const PLAIN: Rule = {
  points: 0,
  offence: false,
  start: 'final',
  overlay: false,
  keptInProbation: false,
  takesLicence: false,
};

export const KIND_RULES = {
  /** Ordnungswidrigkeit, 1 point: § 28 Abs. 3 Nr. 3 Buchst. a, c; § 29 Abs. 1 Satz 2 Nr. 1 Buchst. a. */
  minorOffence: { ...PLAIN, points: 1, offence: true, months: 30, overlay: true, keptInProbation: true },
  /** Ordnungswidrigkeit, 2 points: § 29 Abs. 1 Satz 2 Nr. 2 Buchst. b. */
  seriousOffence: { ...PLAIN, points: 2, offence: true, months: 60, overlay: true, keptInProbation: true },
  /** Ordnungswidrigkeit without points but with Fahrverbot: § 28 Abs. 3 Nr. 3 Buchst. b; § 29 Abs. 1 Satz 2 Nr. 1 Buchst. b. */
  drivingBan: { ...PLAIN, offence: true, months: 30 },
  /** Straftat, 2 points: § 28 Abs. 3 Nr. 1; § 29 Abs. 1 Satz 2 Nr. 2 Buchst. a. */
  crime: { ...PLAIN, points: 2, offence: true, months: 60, overlay: true },
  /** Straftat with Entziehung or isolierte Sperre, 3 points: § 28 Abs. 3 Nr. 1; § 29 Abs. 1 Satz 2 Nr. 3 Buchst. a. */
  crimeWithdrawal: {
    ...PLAIN,
    points: 3,
    offence: true,
    months: 120,
    start: 'licence',
    overlay: true,
    takesLicence: true,
  },
  /** Straftat without points but with Fahrverbot: § 28 Abs. 3 Nr. 2; § 29 Abs. 1 Satz 2 Nr. 2 Buchst. a. */
  courtBan: { ...PLAIN, offence: true, months: 60 },
  /** Straftat without points but with Entziehung or Sperre: § 28 Abs. 3 Nr. 2; § 29 Abs. 1 Satz 2 Nr. 3 Buchst. a. */
  courtWithdrawal: { ...PLAIN, offence: true, months: 120, start: 'licence', takesLicence: true },
  /** Vorläufige Entziehung by a criminal court (§ 111a StPO): § 28 Abs. 3 Nr. 2, at its end. Nothing is decided yet. */
  provisionalWithdrawal: { ...PLAIN, endsWith: 'lifting' },
  /** Beschlagnahme, Sicherstellung, Verwahrung of the Führerschein (§ 94 StPO): § 28 Abs. 3 Nr. 9. */
  seizure: { ...PLAIN, endsWith: 'lifting' },
  /** Verbot or Beschränkung for vehicles that need no licence: § 29 Abs. 1 Satz 2 Nr. 2 Buchst. c, Abs. 5 Satz 2. */
  vehicleBan: { ...PLAIN, months: 60, start: 'banEnd' },
  /** Versagung and Entziehung for lack of fitness, Verzicht: § 28 Abs. 3 Nr. 5 to 8; § 29 Abs. 1 Satz 2 Nr. 3 Buchst. b, Abs. 5 Satz 1. */
  refusal: { ...PLAIN, months: 120, start: 'licence', takesLicence: true },
  withdrawal: { ...PLAIN, months: 120, start: 'licence', takesLicence: true },
  waiver: { ...PLAIN, months: 120, start: 'licence', takesLicence: true },
  /** Versagung and Entziehung for other reasons than lack of fitness: § 29 Abs. 5 waits for fitness only, so they start at once. */
  otherRefusal: { ...PLAIN, months: 120, takesLicence: true },
  otherWithdrawal: { ...PLAIN, months: 120, takesLicence: true },
  /** Fahreignungsseminar (§ 4a StVG), the one that can take a point away: § 29 Abs. 1 Satz 2 Nr. 2 Buchst. d. */
  seminar: { ...PLAIN, months: 60 },
  /** Aufbauseminar, besonderes Aufbauseminar, verkehrspsychologische Beratung: the same letter. */
  course: { ...PLAIN, months: 60 },
  /** Ermahnung and Verwarnung: § 4 Abs. 5 Satz 1 Nr. 1 and 2. */
  admonition: { ...PLAIN, endsWith: 'offences' },
  warning: { ...PLAIN, endsWith: 'offences' },
  /** Measures in the Probezeit: § 2a Abs. 2 Satz 1 Nr. 1 and 2. */
  probationCourse: { ...PLAIN, endsWith: 'probation' },
  probationWarning: { ...PLAIN, endsWith: 'probation' },
} as const satisfies Record<string, Rule>;

export type EntryKind = keyof typeof KIND_RULES;

export const ENTRY_KINDS = Object.keys(KIND_RULES) as readonly EntryKind[];

/** @returns the rule a kind of entry follows */
export function ruleOf(kind: EntryKind): Rule {
  return KIND_RULES[kind];
}
