/** Functions and methods that conditions may use. What is not in these lists does not exist; `matches()` is left out because a pattern can hang. */

import { BOOL, DATE, NUMBER, STRING, type ValueType } from '#kinds';
import { hint } from '#source';
import {
  addDays,
  daysBetween,
  deadline,
  earliestDay,
  type Holidays,
  isIsoDate,
  isPeriod,
  latestDay,
} from '#time';
import { isNoName } from '#typed';
import type { ASTNode } from './nodes.ts';
import { ExpressionError, literalOf } from './nodes.ts';
import { addressLine, sameAddress, sameNames } from './same.ts';
import { describe, partialHint } from './types.ts';

/** A part of an expression whose type is known and that can be evaluated. */
export interface Typed {
  type: ValueType;
  run(scope: Readonly<Record<string, unknown>>): unknown;
}

interface Call {
  name: string;
  args: readonly Typed[];
  nodes: readonly ASTNode[];
}

type Build = (call: Call) => Typed;

function demand(call: Call, ...kinds: readonly ValueType['kind'][]): void {
  if (call.args.length !== kinds.length) {
    throw new ExpressionError(`\`${call.name}()\` takes ${kinds.length} values, not ${call.args.length}.`);
  }
  call.args.forEach((arg, index) => {
    const wanted = kinds[index];
    const fits = arg.type.kind === wanted || (wanted === 'string' && arg.type.kind === 'option');
    if (!fits) {
      throw new ExpressionError(
        `\`${call.name}()\` needs a ${wanted} as value ${index + 1}, not ${describe(arg.type)}.${partialHint(arg.type)}`,
      );
    }
  });
}

/** A function of values of fixed kinds. */
function plain(
  kinds: readonly ValueType['kind'][],
  type: ValueType,
  work: (...values: never[]) => unknown,
): Build {
  return (call) => {
    demand(call, ...kinds);
    const [first, second] = call.args;
    const apply = work as (...values: unknown[]) => unknown;
    if (first === undefined) return { type, run: () => apply() };
    if (second === undefined) return { type, run: (scope) => apply(first.run(scope)) };
    return { type, run: (scope) => apply(first.run(scope), second.run(scope)) };
  };
}

/** @returns whole years from a birth date to a day, negative before it; people born on 29 February grow older on 1 March (§ 188 BGB) */
export function ageOn(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  return Array.isArray(value) ? value.length : Object.keys(value as object).length;
}

const size: Build = ({ name, args }) => {
  const [only] = args;
  if (only === undefined || args.length !== 1 || !['string', 'list', 'counts'].includes(only.type.kind)) {
    throw new ExpressionError(`\`${name}()\` needs one text or one list.`);
  }
  return { type: NUMBER, run: (scope) => sizeOf(only.run(scope)) };
};

const total: Build = ({ args, nodes }) => {
  const [items] = args;
  const key = nodes[1] && literalOf(nodes[1]);
  if (items?.type.kind !== 'counts' || typeof key !== 'string' || args.length !== 2) {
    throw new ExpressionError(
      '`total()` needs a counted question and the name of a number of its options: `total(items, "volume")`.',
    );
  }
  const values = items.type.values;
  const names = new Set(Object.values(values).flatMap((numbers) => Object.keys(numbers)));
  if (!names.has(key)) {
    throw new ExpressionError(`No option has a number called \`${key}\`.${hint(key, names)}`);
  }
  return {
    type: NUMBER,
    run: (scope) => {
      let sum = 0;
      for (const [option, count] of Object.entries(items.run(scope) as Record<string, number>)) {
        sum += count * (values[option]?.[key] ?? 0);
      }
      // Decimal fractions such as 0.4 have no exact double: without this, ten times 0.4 would not be 4.
      return Math.round(sum * 1e6) / 1e6;
    },
  };
};

const count: Build = ({ args }) => {
  const [items] = args;
  if (args.length !== 1 || (items?.type.kind !== 'counts' && items?.type.kind !== 'list')) {
    throw new ExpressionError('`count()` needs one question whose answers are several: `count(items)`.');
  }
  return {
    type: NUMBER,
    run: (scope) => {
      const value = items.run(scope);
      if (Array.isArray(value)) return value.length;
      return Object.values(value as Record<string, number>).reduce((sum, each) => sum + each, 0);
    },
  };
};

const dateLiteral: Build = ({ nodes }) => {
  const text = nodes[0] && literalOf(nodes[0]);
  if (nodes.length !== 1 || typeof text !== 'string' || !isIsoDate(text)) {
    throw new ExpressionError('`date()` needs one date that exists, written as `date("2026-12-31")`.');
  }
  return { type: DATE, run: () => text };
};

/** Dates known as well as they can be: what these functions take may be known in part. */
function knownDates(call: Call, most: 1 | 2): [Typed, Typed | undefined] {
  const [first, second] = call.args;
  if (first === undefined || call.args.length > most)
    throw new ExpressionError(`\`${call.name}()\` takes one date${most === 2 ? ' or two' : ''}.`);
  for (const each of call.args)
    if (each.type.kind !== 'partialDate') demand({ ...call, args: [each] }, 'date');
  return [first, second];
}

/**
 * `age(birthDate)` today, `age(birthDate, marriedOn)` on another day. Of dates known in part: the age that is certain, as if
 * the person were born on the last day of the one, and it were the first of the other.
 */
const age: Build = (call) => {
  const [birth, on] = knownDates(call, 2);
  return {
    type: NUMBER,
    run: (scope) =>
      ageOn(
        latestDay(birth.run(scope) as string),
        on === undefined ? (scope.today as string) : earliestDay(on.run(scope) as string),
      ),
  };
};

/** Under this name the scope holds the calendar; no question can be called so. */
export const HOLIDAYS = '@isHoliday';

/** `deadline(moveOut, 2, "weeks")`: the last day in time. The way of counting is written out, so that it is checked here. */
const lastDayInTime: Build = ({ name, args: [from, count], nodes }) => {
  const period = nodes[2] === undefined ? 'days' : literalOf(nodes[2]);
  const counted = typeof period === 'string' && isPeriod(period) ? period : undefined;
  if (from?.type.kind !== 'date' || count?.type.kind !== 'number' || !counted || nodes.length > 3) {
    throw new ExpressionError(
      `\`${name}()\` needs a date, a number and perhaps "days", "weeks", "months" or "years": \`deadline(moveOut, 2, "weeks")\`.${partialHint(...(from ? [from.type] : []))}`,
    );
  }
  return {
    type: DATE,
    run: (scope) =>
      deadline(
        from.run(scope) as string,
        Math.trunc(count.run(scope) as number),
        counted,
        scope[HOLIDAYS] as Holidays,
      ),
  };
};

/** Of a date known in part as well: the year is always known. */
const year: Build = (call) => {
  const [date] = knownDates(call, 1);
  return { type: NUMBER, run: (scope) => Number((date.run(scope) as string).slice(0, 4)) };
};

/** The first or last day that a date may be; of a whole date, itself. */
function endOf(end: (date: string) => string): Build {
  return (call) => {
    const [date] = knownDates(call, 1);
    return { type: DATE, run: (scope) => end(date.run(scope) as string) };
  };
}

export const FUNCTIONS: Readonly<Record<string, Build>> = {
  addDays: plain(['date', 'number'], DATE, (date: string, days: number) => addDays(date, Math.trunc(days))),
  age,
  count,
  date: dateLiteral,
  deadline: lastDayInTime,
  earliest: endOf(earliestDay),
  latest: endOf(latestDay),
  daysBetween: plain(['date', 'date'], NUMBER, (from: string, to: string) => daysBetween(from, to)),
  size,
  total,
  year,
};

type Address = Readonly<Record<string, string>>;

/** A method of addresses; further values are addresses, too. */
function ofAddresses(count: 1 | 2, type: ValueType, work: (...addresses: Address[]) => unknown): Build {
  return ({ name, args }) => {
    const all = args.every((arg) => arg.type.kind === 'record' && Object.hasOwn(arg.type.fields, 'street'));
    if (args.length !== count || !all)
      throw new ExpressionError(
        `\`.${name}()\` needs an address: \`dwelling.${name}(${count === 2 ? 'home' : ''})\`.`,
      );
    return { type, run: (scope) => work(...args.map((arg) => arg.run(scope) as Address)) };
  };
}

/** Functions whose outcome depends on the day or on the calendar of the office. */
export const OF_THE_DAY: ReadonlySet<string> = new Set(['age', 'deadline']);

export const METHODS: Readonly<Record<string, Build>> = {
  contains: plain(['string', 'string'], BOOL, (text: string, part: string) => text.includes(part)),
  endsWith: plain(['string', 'string'], BOOL, (text: string, part: string) => text.endsWith(part)),
  isNoName: plain(['string'], BOOL, (text: string) => isNoName(text) || !/\p{L}/u.test(text)),
  line: ofAddresses(1, STRING, addressLine),
  lowerAscii: plain(['string'], STRING, (text: string) => text.toLowerCase()),
  size,
  sameAddress: ofAddresses(2, BOOL, sameAddress),
  sameNames: plain(['string', 'string'], BOOL, sameNames),
  startsWith: plain(['string', 'string'], BOOL, (text: string, part: string) => text.startsWith(part)),
  words: plain(['string'], { kind: 'list', item: STRING }, (text: string) =>
    text.split(/\s+/u).filter(Boolean),
  ),
};

/** Methods that walk a list with a name for each entry. */
export const QUANTIFIERS: ReadonlySet<string> = new Set(['exists', 'all', 'exists_one', 'filter']);
