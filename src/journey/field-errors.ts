import { type KindError, nameOfPart } from '#kinds';
import type { FieldError } from './types.ts';

/** @returns errors at their form fields */
export function fieldErrors(field: string, errors: readonly KindError[]): FieldError[] {
  return errors.map(({ part, code, params }) => ({
    field: nameOfPart(field, part),
    code,
    own: false,
    params,
  }));
}
