import { asTyped } from '#typed';

/** Form fields as they arrived: every value sent under a name, in order. */
export type FormFields = Readonly<Record<string, readonly string[]>>;

/** More entries than any group of people fills by hand; beyond it a form is an attack. */
export const MOST_ENTRIES = 200;

/** The form fields of one question: the field itself, and parts such as `moveIn.day`. */
export class Input {
  readonly #form: FormFields;
  readonly name: string;

  constructor(form: FormFields, name: string) {
    this.#form = form;
    this.name = name;
  }

  all(part = ''): readonly string[] {
    const field = part === '' ? this.name : `${this.name}.${part}`;
    return Object.hasOwn(this.#form, field) ? (this.#form[field] ?? []) : [];
  }

  /** @returns the first value without what cannot be seen and without spaces around it; '' when none was sent */
  one(part = ''): string {
    return asTyped(this.all(part)[0] ?? '').trim();
  }

  /** @returns the fields of a question of one entry, where this is a group */
  inner(index: number, id: string): Input {
    return new Input(this.#form, `${this.name}[${index}].${id}`);
  }

  /**
   * @param others names of fields that count as well
   * @returns the entries of a group that were sent, by index, in order; a sane number of them
   */
  entries(others: readonly string[]): number[] {
    const sent = new Set<number>();
    const start = `${this.name}[`;
    for (const name of [...Object.keys(this.#form), ...others]) {
      if (!name.startsWith(start)) continue;
      const index = /^(\d{1,3})\]\./.exec(name.slice(start.length))?.[1];
      if (index !== undefined && Number(index) < MOST_ENTRIES) sent.add(Number(index));
    }
    return [...sent].sort((one, other) => one - other);
  }

  /** @returns whether nothing stands in its fields, but for parts that were filled in for the person */
  isBlank(filledIn: readonly string[]): boolean {
    const own = filledIn.map((part) => `${this.name}.${part}`);
    return Object.entries(this.#form).every(
      ([sent, values]) =>
        (sent !== this.name && !sent.startsWith(`${this.name}.`)) ||
        own.includes(sent) ||
        values.every((value) => value.trim() === ''),
    );
  }
}
