/** The people of the try-out identity provider. Invented; each stands for one role at the desk. */
export interface Person {
  /** User name on the plain form, and the stable subject (`sub`) the desk sees. */
  sub: string;
  name: string;
  /** What the person does, in German, for the sign-in page. */
  description: string;
  offices: readonly string[];
  roles: readonly ('clerk' | 'lead')[];
}

export const PEOPLE: readonly Person[] = [
  {
    sub: 'oa',
    name: 'Olga Amberger',
    description: 'Sachbearbeitung im Ordnungs- und Bürgeramt',
    offices: ['oa'],
    roles: ['clerk'],
  },
  {
    sub: 'standesamt',
    name: 'Stella Amann',
    description: 'Sachbearbeitung im Standesamt',
    offices: ['standesamt'],
    roles: ['clerk'],
  },
  {
    sub: 'tsk',
    name: 'Timo Sauter',
    description: 'Sachbearbeitung im Team Sauberes Karlsruhe',
    offices: ['tsk'],
    roles: ['clerk'],
  },
  {
    sub: 'lead',
    name: 'Lena Adler',
    description: 'Teamleitung aller Ämter',
    offices: ['oa', 'standesamt', 'tsk'],
    roles: ['clerk', 'lead'],
  },
];

/** The password of everybody on the plain form. It protects nothing: the provider exists for trying things out. */
export const TRY_OUT_PASSWORD = 'ausprobieren';

/** @returns the person of that user name, or undefined */
export function personOf(sub: string): Person | undefined {
  return PEOPLE.find((person) => person.sub === sub);
}
