/**
 * Whether a document has a shape, found out quickly: texts are many, and hardly any is wrong. It only ever says yes where the shape
 * itself would give back the very same value; everything else the shape decides, and explains.
 */
import { z } from 'zod';
import { isGroup } from './group.ts';

type Fits = (value: unknown) => boolean;
const known = new WeakMap<z.core.$ZodType, Fits>();

/** @returns what tells whether the shape would take a value as it is; `false` says nothing */
export function fitsOf(shape: z.core.$ZodType): Fits {
  const found = known.get(shape);
  if (found) return found;
  const fits = derive(shape);
  known.set(shape, fits);
  return fits;
}

function derive(shape: z.core.$ZodType): Fits {
  const { checks = [] } = shape._zod.def;
  if (shape instanceof z.ZodOptional) return optional(fitsOf(shape.def.innerType));
  if (shape instanceof z.ZodString && !('format' in shape.def)) return long(checks, isString) ?? asked(shape);
  if (shape instanceof z.ZodArray) return long(checks, listOf(fitsOf(shape.def.element))) ?? asked(shape);
  if (checks.length > 0) return asked(shape);
  if (
    shape instanceof z.ZodRecord &&
    shape.keyType instanceof z.ZodString &&
    !shape.keyType.def.checks?.length
  )
    return recordOf(fitsOf(shape.def.valueType));
  if (shape instanceof z.ZodObject && shape.def.catchall?._zod.def.type === 'never')
    return groupOf(shape.def.shape);
  if (shape instanceof z.ZodUnion && !(shape instanceof z.ZodDiscriminatedUnion)) {
    const all = shape.def.options.map(fitsOf);
    return (value) => all.some((fits) => fits(value));
  }
  return shape instanceof z.ZodUnknown ? () => true : asked(shape);
}

/** Any other shape says it itself; what it would change, it has to. */
function asked(shape: z.core.$ZodType): Fits {
  return (value) => {
    const read = z.safeParse(shape, value);
    return read.success && read.data === value;
  };
}

const isString = (value: unknown): value is string => typeof value === 'string';

const optional =
  (fits: Fits): Fits =>
  (value) =>
    value === undefined || fits(value);

const listOf =
  (fits: Fits) =>
  (value: unknown): value is unknown[] =>
    Array.isArray(value) && value.every(fits);

/** @returns undefined where more is demanded than a least length */
function long(
  checks: readonly z.core.$ZodCheck<never>[],
  fits: (value: unknown) => value is string | unknown[],
): Fits | undefined {
  let least = 0;
  for (const { _zod } of checks) {
    const { check, minimum } = _zod.def as { check: string; minimum?: unknown };
    if (check !== 'min_length' || typeof minimum !== 'number') return undefined;
    least = Math.max(least, minimum);
  }
  return (value) => fits(value) && value.length >= least;
}

function recordOf(fits: Fits): Fits {
  return (value) => {
    if (!isGroup(value)) return false;
    for (const key of Object.keys(value)) if (!fits(value[key])) return false;
    return true;
  };
}

function groupOf(shape: z.core.$ZodShape): Fits {
  const parts = new Map(Object.entries(shape).map(([key, part]) => [key, fitsOf(part)]));
  const needed = Object.keys(shape).filter((key) => !(shape[key] instanceof z.ZodOptional));
  return (value) => {
    if (!isGroup(value)) return false;
    for (const key of Object.keys(value)) if (!parts.get(key)?.(value[key])) return false;
    return needed.every((key) => Object.hasOwn(value, key));
  };
}
