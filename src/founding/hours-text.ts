/** Opening hours as people write them: `Mo-Fr 8-12, Do 14-18`. */

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** In German and English; two letters are enough. */
const NAMES: readonly (readonly string[])[] = [
  ['montags', 'mondays'],
  ['dienstags', 'tuesdays'],
  ['mittwochs', 'wednesdays'],
  ['donnerstags', 'thursdays'],
  ['freitags', 'fridays'],
  ['samstags', 'saturdays'],
  ['sonntags', 'sundays'],
];
const TIME = String.raw`(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr\b)?`;
const TO = String.raw`\s*(?:[-–]|\bbis\b)\s*`;
/** Nothing, an interval, days, or what parts them. */
const TOKEN = new RegExp(
  [
    String.raw`(?<none>\b(?:nach vereinbarung|(?:nur )?(?:mit|nach) (?:termin|vereinbarung)|geschlossen|closed)\b)`,
    `(?<times>${TIME}${TO}${TIME})`,
    String.raw`(?<parting>\s+|[,;+&/:.]|\b(?:und|and)\b|\bUhr\b)`,
    String.raw`(?<days>\p{L}{2,}\.?(?:${TO}\p{L}{2,}\.?)?)`,
  ].join('|'),
  'iuy',
);

/** Intervals by day, as `offices.yaml` and `sites.yaml` have them. */
export type Hours = Partial<Record<(typeof DAYS)[number], string[]>>;
type Day = (typeof DAYS)[number];

const dayOf = (word: string): number =>
  NAMES.findIndex((names) => names.some((name) => name.startsWith(word.toLowerCase().replace(/\.$/, ''))));

function daysOf(range: string): readonly Day[] | undefined {
  const [first = '', last = first] = range.split(new RegExp(TO, 'i'));
  const [from, to] = [dayOf(first), dayOf(last)];
  return from < 0 || to < from ? undefined : DAYS.slice(from, to + 1);
}

function intervalOf(text: string): string | undefined {
  const [, fromHour = '', fromMinute = '00', toHour = '', toMinute = '00'] =
    new RegExp(`^${TIME}${TO}${TIME}$`, 'i').exec(text) ?? [];
  const [from, to] = [`${fromHour.padStart(2, '0')}:${fromMinute}`, `${toHour.padStart(2, '0')}:${toMinute}`];
  const fits = (time: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time);
  return fits(from) && fits(to) && from < to ? `${from}-${to}` : undefined;
}

/** What is in the text, in its order; undefined where something is not understood. */
function tokensOf(text: string): { days?: string; times?: string; none?: string }[] | undefined {
  const tokens: Record<string, string>[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const { groups } = pattern.exec(text) ?? {};
    if (!groups) return undefined;
    if (groups.parting === undefined) tokens.push(groups);
  }
  return tokens;
}

function overlap(hours: Hours): boolean {
  return Object.values(hours).some((list) =>
    list.some((one, index) => index > 0 && (list[index - 1] ?? '').slice(6) >= one.slice(0, 5)),
  );
}

/**
 * @param text days and then times: `Mo-Fr 8-12, Do 14-18`, `Montag bis Freitag 8-12 und 14-16`, `Mo, Mi, Fr 8-12`; or that there are none:
 *   `nach Vereinbarung`, `Sa geschlossen`
 * @returns the hours, in order, none where the text says so; undefined where they cannot be read or overlap
 */
export function readHours(text: string): Hours | undefined {
  const hours: Hours = {};
  let days: Day[] = [];
  let isSaid = false;
  const closed = new Set<Day>();
  const tokens = tokensOf(text.trim()) ?? [];
  for (const token of tokens) {
    if (token.days !== undefined) {
      const more = daysOf(token.days);
      if (!more) return undefined;
      days = isSaid ? [...more] : [...days, ...more];
      isSaid = false;
      continue;
    }
    isSaid = true;
    if (token.none !== undefined) {
      for (const day of days) closed.add(day);
      continue;
    }
    const interval = intervalOf(token.times ?? '');
    if (interval === undefined || days.length === 0) return undefined;
    for (const day of days) hours[day] = [...(hours[day] ?? []), interval].sort();
  }
  const isBoth = [...closed].some((day) => hours[day]);
  return !isSaid || isBoth || overlap(hours) ? undefined : hours;
}
