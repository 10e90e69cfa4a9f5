/** What answers and other values are in conditions. All numbers are doubles. */
export type ValueType =
  /** `only`: there is no other value, as with something that people confirm. */
  | { kind: 'bool'; only?: true }
  | { kind: 'number' }
  | { kind: 'string' }
  | { kind: 'date' }
  /** Day, or day and month, may be unknown. */
  | { kind: 'partialDate' }
  | { kind: 'option'; options: ReadonlySet<string> }
  | { kind: 'counts'; options: ReadonlySet<string>; values: OptionNumbers }
  | { kind: 'list'; item: ValueType }
  | { kind: 'record'; fields: Readonly<Record<string, RecordField>> }
  | { kind: 'nothing' };

/** Numbers a definition attached to options: option id -> name -> number. */
export type OptionNumbers = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface RecordField {
  type: ValueType;
  optional: boolean;
}

export const BOOL: ValueType = { kind: 'bool' };
export const NUMBER: ValueType = { kind: 'number' };
export const STRING: ValueType = { kind: 'string' };
export const DATE: ValueType = { kind: 'date' };
export const PARTIAL_DATE: ValueType = { kind: 'partialDate' };
export const NOTHING: ValueType = { kind: 'nothing' };

/** @returns the fields of a record that are texts and always there */
export function textFields(...names: string[]): Record<string, RecordField> {
  return Object.fromEntries(names.map((name) => [name, { type: STRING, optional: false }]));
}
