import type { Person } from './people.ts';

/** Who has an account, and what it may do now. */
export interface Directory {
  /** Everybody who ever had an account. */
  people: readonly Person[];
  /** @returns the person of that user name, or undefined when there is none or the account is closed */
  find(sub: string): Person | undefined;
  /** Gives somebody other offices, roles or a name than the list of people has; undefined closes the account. */
  change(sub: string, to: Partial<Omit<Person, 'sub'>> | undefined): void;
}

/** @returns a directory in which nothing has been changed */
export function createDirectory(people: readonly Person[]): Directory {
  const changed = new Map<string, Partial<Omit<Person, 'sub'>> | undefined>();
  return {
    people,
    find(sub) {
      const person = people.find((one) => one.sub === sub);
      if (!person || !changed.has(sub)) return person;
      const to = changed.get(sub);
      return to && { ...person, ...to };
    },
    change(sub, to) {
      changed.set(sub, to);
    },
  };
}
