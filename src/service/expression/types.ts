/** What authors are told about types of answers. */
import type { ValueType } from '#kinds';

/** @returns the type as an author would call it */
export function describe(type: ValueType): string {
  switch (type.kind) {
    case 'bool':
      return 'yes/no';
    case 'option':
      return 'an option';
    case 'counts':
      return 'counted options';
    case 'list':
      return `a list of ${describe(type.item)}`;
    case 'record':
      return 'a group of fields';
    case 'partialDate':
      return 'a date that may be known in part';
    case 'nothing':
      return 'nothing';
    default:
      return `a ${type.kind}`;
  }
}

/** @returns what to do about a date known in part where a whole one is needed; nothing for other types */
export function partialHint(...types: readonly ValueType[]): string {
  return types.some(({ kind }) => kind === 'partialDate')
    ? ' Say which day counts where it is not known: `earliest(…)` or `latest(…)`.'
    : '';
}

/** @returns whether values of both types can be compared with == and held in one list */
export function comparable(left: ValueType, right: ValueType): boolean {
  const texts = ['string', 'option'];
  if (texts.includes(left.kind) && texts.includes(right.kind)) return true;
  return left.kind === right.kind && ['bool', 'number', 'date'].includes(left.kind);
}
