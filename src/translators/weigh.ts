/** What comes back from translators, beside what stands here now: what is taken, what is left, and what is wrong. */
import { freshnessOf, type Pair, seenNow } from '#language';
import type { Problem } from '#source';
import type { Unit, UnitFile } from './read.ts';

/** One text that changes, or that somebody has approved as it stands. */
export interface Change {
  pair: Pair;
  name: string;
  text: string;
  /** What is remembered of it from now on: the German that it was translated from. */
  seen: string;
  isNew: boolean;
}

/** What becomes of a file that came back. */
export interface Verdicts {
  changes: readonly Change[];
  /** Nothing may be written while there is one. */
  problems: readonly Problem[];
  /** Texts that are kept, or left, for somebody to look at. */
  told: readonly Problem[];
}

/** Marks that scripts need (joiners, directions, where a word may be parted); whatever else cannot be seen has no business in a text. */
const UNSEEN = /(?![\n\t\u00ad\u061c\u200c-\u200f\u2060])(?:\p{Default_Ignorable_Code_Point}|\p{Cc}|\p{Cs})/u;

function wrongIn(pair: Pair, name: string, text: string): string[] {
  const unseen = UNSEEN.exec(text)?.[0].codePointAt(0);
  if (unseen !== undefined)
    return [`there is a sign that cannot be seen, U+${unseen.toString(16).toUpperCase().padStart(4, '0')}`];
  return pair.wrongIn(name, text);
}

/** Tools take the space around a text away, or add some: it is that of the text which stood there. */
function withSpaceOf(model: string, text: string): string {
  const [before = ''] = /^\s*/.exec(model) ?? [];
  const [after = ''] = /\s*$/.exec(model) ?? [];
  return before + text.trim() + after;
}

/** Whether somebody has said that a text is right which was in doubt. */
function approval(pair: Pair, unit: Unit, german: string, own: string): string | undefined {
  if (unit.state !== 'done') return undefined;
  const { state, machine } = freshnessOf(german, own, pair.own.seen.get(unit.name), pair.own.byMachine);
  const mended = state === 'stale' && unit.source === german;
  return machine || mended ? seenNow(unit.source, own, false) : undefined;
}

interface Verdict {
  change?: Change;
  problems?: readonly string[];
  told?: string;
}

/** Whoever writes a machine's text anew has read it, and many tools leave its state as it was. */
function isByMachine(pair: Pair, { name, state }: Unit): boolean {
  if (state !== 'unread') return state === 'machine';
  const [german = '', own] = [pair.source.get(name), pair.own.texts.get(name)];
  return !freshnessOf(german, own, pair.own.seen.get(name), pair.own.byMachine).machine;
}

/** A text that is not the one which was sent out. */
function weighNew(pair: Pair, unit: Unit, german: string, text: string): Verdict {
  const { name, source, sent } = unit;
  const own = pair.own.texts.get(name);
  if (sent === seenNow(source, text, false)) return {};
  if (unit.state === 'unfinished') return { told: 'still needs work, as the file says: left as it was' };
  if (sent !== undefined && sent !== seenNow(source, own ?? '', false))
    return { told: 'was written anew here since it was sent out: left as it is here' };
  const problems = wrongIn(pair, name, text);
  const change = { pair, name, text, seen: seenNow(source, text, isByMachine(pair, unit)), isNew: true };
  if (source === german) return problems.length > 0 ? { problems } : { change };
  if (problems.length > 0)
    return { told: 'the German has changed since, and this does not fit it: left out' };
  return { change, told: 'the German has changed since: kept as outdated, the German stands in its place' };
}

function weighUnit(pair: Pair, unit: Unit): Verdict {
  const german = pair.source.get(unit.name);
  if (unit.target === undefined || unit.target.trim() === '') return {};
  if (german === undefined) return { told: 'is no text of this office any more: left out' };
  const own = pair.own.texts.get(unit.name);
  const text = withSpaceOf(own ?? german, unit.target);
  if (text !== own) return weighNew(pair, unit, german, text);
  const seen = approval(pair, unit, german, own);
  return seen === undefined ? {} : { change: { pair, name: unit.name, text, seen, isNew: false } };
}

/**
 * @param file name of the XLIFF file, for what is said of it
 * @param found what stands in it
 * @param pairs the texts of its language as they are now
 */
export function weigh(file: string, found: readonly UnitFile[], pairs: readonly Pair[]): Verdicts {
  const changes: Change[] = [];
  const problems: Problem[] = [];
  const told: Problem[] = [];
  const known = new Map(pairs.map((pair) => [pair.file, pair]));
  const seen = new Set<string>();
  for (const { original, units, line } of found) {
    const pair = known.get(original);
    if (!pair) problems.push({ file, line, message: `\`${original}\` is no file with texts of this office` });
    if (!pair) continue;
    for (const unit of units) {
      const place = `${original}: \`${unit.name}\``;
      const say = (message: string): Problem => ({ file, line: unit.line, message: `${place}: ${message}` });
      if (seen.has(place)) problems.push(say('is there twice'));
      seen.add(place);
      const verdict = weighUnit(pair, unit);
      if (verdict.change) changes.push(verdict.change);
      if (verdict.told !== undefined) told.push(say(verdict.told));
      problems.push(...(verdict.problems ?? []).map(say));
    }
  }
  return { changes, problems, told };
}
