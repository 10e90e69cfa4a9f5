/** What a service costs and how long it takes, as two short facts that are read at a glance, with what else there is to say of each. */
import { type Language, price, saidInItsLanguage, waitingTime, withoutMarks } from '#language';
import type { CompiledService } from '#service';
import { words } from './words.ts';

/** A fact, and what the texts of the service say beside it. */
interface Fact {
  fact: string;
  note: string | undefined;
}

/** Where the first part of a sentence ends: at a sign with a space behind it, so not inside `12,50`. */
const PART = /[,;.،؛]\s+/u;

/** @returns the first part of a text, and all that follows it */
function inTwo(text: string, language: Language): Fact {
  const said = (which: (part: string) => string): string => saidInItsLanguage(text, language, which);
  const first = said((part) => part.split(PART)[0] ?? '');
  const rest = said((part) => part.split(PART).slice(1).join(', ').replace(/\.$/, ''));
  return { fact: first, note: withoutMarks(rest) === '' ? undefined : rest };
}

/** Whether the authority's own portal takes it instead: fee and minutes of the definition are not those of the portal. */
const isElsewhere = ({ fulfilment, portal }: CompiledService): boolean =>
  fulfilment === 'portal' && portal !== undefined;

/** @returns what it costs: what its fee is here, elsewhere what the texts say first */
export function costOf(service: CompiledService, language: Language): Fact {
  const told = inTwo(service.texts[language].cost, language);
  if (isElsewhere(service)) return told;
  const { cents, each } = service.fee;
  const w = words(language);
  if (cents === 0) return { fact: w.free, note: told.note };
  const sum = price(cents, language);
  return { fact: each === undefined ? sum : w.from({ sum }), note: told.note };
}

/** @returns how long it takes at the screen, and what comes afterwards */
export function timeOf(service: CompiledService, language: Language): Fact {
  const told = inTwo(service.texts[language].duration, language);
  return isElsewhere(service) ? told : { ...told, fact: waitingTime(service.minutes * 60, language) };
}
