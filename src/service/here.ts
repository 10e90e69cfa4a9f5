/** What services take from the municipality that offers them: its facts in texts, its addresses in example journeys. */

import { amount, germanIn, type Language } from '#language';
import { hint } from '#source';
import { PLACEHOLDER } from './placeholders.ts';

/** An office as far as services ask for it. */
interface OfficeHere {
  id: string;
  name: string;
  address: string;
  /** What it does here beside what its id says: services name tasks, not offices. */
  tasks: readonly string[];
}

/** A municipality as services see it; `City` has all of it. */
export interface Municipality {
  /** Its folder: what it says itself of a service is in `services/<slug>/`. */
  folder: string;
  name: string;
  phone115: string;
  offices: ReadonlyMap<string, OfficeHere>;
  /** Services that are not done here (`none`), by slug. */
  services: Readonly<Record<string, string>>;
  /** Services that take a code by letter here. */
  letterCodes: readonly string[];
  /** Addresses for example journeys, by name. */
  sample: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** @returns the office that has this id or does this task */
export function officeFor({ offices }: Pick<Municipality, 'offices'>, name: string): OfficeHere | undefined {
  return offices.get(name) ?? [...offices.values()].find(({ tasks }) => tasks.includes(name));
}

/** No question may be called so: in texts it is the city. */
export const CITY = 'city';

/** @returns whether a placeholder in a text is about the city, and not about an answer */
export const isOfCity = (name: string): boolean => name.split('.')[0] === CITY;

/** What stands for a placeholder, by its name without braces. */
export type Facts = Readonly<Record<string, string>>;

/** @returns what texts of a service may say of the city: `{city}`, `{city.phone}`, `{city.office}`, `{city.officeAddress}`, `{city.fee}` */
export function textFacts(
  here: Municipality,
  { office, fee }: { office: string; fee: { cents: number } },
  language: Language,
): Facts {
  const found = officeFor(here, office);
  return {
    [CITY]: here.name,
    'city.phone': here.phone115,
    // An office that is not there is a mistake of its own.
    'city.office': germanIn(language, found?.name ?? office),
    'city.officeAddress': germanIn(language, found?.address ?? office),
    'city.fee': amount(fee.cents, language),
  };
}

/** @returns what example journeys may say: `{city}`, and the parts of each address of `sample.yaml`, such as `{centre.street}` */
export function journeyFacts({ name, sample }: Municipality): Facts {
  const parts = Object.entries(sample).flatMap(([address, facts]) =>
    Object.entries(facts).map(([part, fact]) => [`${address}.${part}`, fact] as const),
  );
  return { ...Object.fromEntries(parts), [CITY]: name };
}

/**
 * Says the city's facts wherever they are asked for.
 * @param value anything read from a file; it is not changed
 * @param means whether a placeholder is about the city at all; others stay for answers
 * @param unknown is told of each that is, and that nothing stands for
 */
export function withFacts<T>(
  value: T,
  facts: Facts,
  means: (name: string) => boolean,
  unknown: (path: (string | number)[], message: string) => void,
): T {
  const path: (string | number)[] = [];
  const say = (text: string): string =>
    text.includes('{')
      ? text.replace(PLACEHOLDER, (whole, name: string) => {
          const fact = facts[name];
          if (fact !== undefined || !means(name)) return fact ?? whole;
          unknown([...path], `there is no \`{${name}}\` in this city.${hint(name, Object.keys(facts))}`);
          return whole;
        })
      : text;
  const step = (key: string | number, inner: unknown): unknown => {
    path.push(key);
    const said = visit(inner);
    path.pop();
    return said;
  };
  const visit = (inner: unknown): unknown => {
    if (typeof inner === 'string') return say(inner);
    if (Array.isArray(inner)) return inner.map((each, index) => step(index, each));
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, step(key, each)]));
  };
  return visit(value) as T;
}
