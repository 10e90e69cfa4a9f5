/** What translations remember, brought up to date, and what is missing or outdated in them. */
import { type Freshness, freshnessOf, seenNow, type Texts } from './seen.ts';

/** A file with texts in one language, beside the German. */
export interface Translation {
  texts: Texts;
  seen: Texts;
  /** Whether what is not remembered yet comes from a machine. */
  byMachine: boolean;
}

/** @returns how each text of the source stands in a translation */
export function freshnessOfAll(source: Texts, own: Translation): ReadonlyMap<string, Freshness> {
  return new Map(
    [...source].map(([name, german]) => [
      name,
      freshnessOf(german, own.texts.get(name), own.seen.get(name), own.byMachine),
    ]),
  );
}

/** What somebody says of a translation: its texts are right as they are, or right and read by a person. */
export type Verdict = 'right' | 'approved';

/**
 * @param verdict on each text that stands there; without one only what was written since is remembered
 * @returns what is remembered of a translation now, by the same names
 */
export function remember(
  source: Texts,
  own: Translation,
  verdict: (name: string) => Verdict | undefined = () => undefined,
): Map<string, string> {
  const seen = new Map<string, string>();
  for (const [name, { state, machine }] of freshnessOfAll(source, own)) {
    const [german, text, before] = [source.get(name), own.texts.get(name), own.seen.get(name)];
    if (german === undefined || text === undefined) continue;
    const said = verdict(name);
    if (said) seen.set(name, seenNow(german, text, said === 'right' && machine));
    else seen.set(name, state === 'new' || before === undefined ? seenNow(german, text, machine) : before);
  }
  return seen;
}

const HEAD = `# What each text was translated from, kept by \`./amtomat texts\`. Not to be written by hand.\n`;

/** @returns the file `<language>.seen.yaml`: groups of words have a level of their own, other names stand as they are */
export function seenFile(seen: Texts, grouped: boolean): string {
  if (!grouped) return HEAD + [...seen].map(([name, entry]) => `${name}: ${entry}\n`).join('');
  const groups = new Map<string, string>();
  for (const [name, entry] of seen) {
    const [group = '', key = ''] = name.split('.');
    groups.set(group, `${groups.get(group) ?? `${group}:\n`}  ${key}: ${entry}\n`);
  }
  return HEAD + [...groups.values()].join('');
}

/** Groups that only clerks read, who work in German. */
const STAFF = /^desk\./;
/** Rooms that speak to staff and operators alone. */
const STAFF_ROOMS: ReadonlySet<string> = new Set(['desk', 'doctor']);

/** @returns the texts that are to be translated */
export function forCitizens(room: string, texts: Texts): Texts {
  if (STAFF_ROOMS.has(room)) return new Map();
  return new Map([...texts].filter(([name]) => !STAFF.test(name)));
}
