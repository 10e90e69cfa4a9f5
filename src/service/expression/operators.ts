/** Operators of conditions: what they may stand between, and what they do. */

import { serialize } from '@marcbachmann/cel-js';
import { BOOL, NUMBER, STRING } from '#kinds';
import { hint } from '#source';
import { earliestDay, latestDay } from '#time';
import type { Typed } from './functions.ts';
import { type ASTNode, ExpressionError, literalOf } from './nodes.ts';
import { comparable, describe, partialHint } from './types.ts';

/** One side of an operator, with its source for messages. */
export interface Operand extends Typed {
  node: ASTNode;
}

export function checkOption(value: string, options: ReadonlySet<string>): void {
  if (options.has(value)) return;
  const some = options.size > 12 ? '' : ` It has ${[...options].join(', ')}.`;
  throw new ExpressionError(`\`"${value}"\` is not one of its options.${hint(value, options)}${some}`);
}

function checkPair(left: Operand, right: Operand): void {
  if (!comparable(left.type, right.type)) {
    const dates =
      partialHint(left.type, right.type) ||
      ([left.type.kind, right.type.kind].includes('date') ? ' Write dates as `date("2026-12-31")`.' : '');
    throw new ExpressionError(
      `\`${serialize(left.node)}\` is ${describe(left.type)} and \`${serialize(right.node)}\` is ${describe(right.type)}: they cannot be compared.${dates}`,
    );
  }
  const values = [literalOf(left.node), literalOf(right.node)];
  if (left.type.kind === 'option' && typeof values[1] === 'string') checkOption(values[1], left.type.options);
  if (right.type.kind === 'option' && typeof values[0] === 'string')
    checkOption(values[0], right.type.options);
}

export function equality(op: '==' | '!=', first: Operand, second: Operand): Typed {
  checkPair(first, second);
  return op === '=='
    ? { type: BOOL, run: (scope) => first.run(scope) === second.run(scope) }
    : { type: BOOL, run: (scope) => first.run(scope) !== second.run(scope) };
}

const isDate = ({ type }: Operand): boolean => type.kind === 'date' || type.kind === 'partialDate';

/**
 * The order of dates of which one may be known in part: it holds when it may be so, for some day that each of them may
 * be. A limit then refuses only what cannot be; `!(a > b)` says that a is certainly not after b.
 */
function possibleOrder(op: '<' | '<=' | '>' | '>=', first: Operand, second: Operand): Typed {
  if (op === '>' || op === '>=') return possibleOrder(op === '>' ? '<' : '<=', second, first);
  const ends = (scope: Readonly<Record<string, unknown>>): [string, string] => [
    earliestDay(first.run(scope) as string),
    latestDay(second.run(scope) as string),
  ];
  const holds = op === '<' ? (a: string, b: string) => a < b : (a: string, b: string) => a <= b;
  return { type: BOOL, run: (scope) => holds(...ends(scope)) };
}

export function ordering(op: '<' | '<=' | '>' | '>=', first: Operand, second: Operand): Typed {
  const kind = first.type.kind;
  if (isDate(first) && isDate(second) && (kind === 'partialDate' || kind !== second.type.kind))
    return possibleOrder(op, first, second);
  if (kind !== second.type.kind || (kind !== 'number' && kind !== 'date')) {
    checkPair(first, second);
    throw new ExpressionError(
      `Only numbers and dates have an order; \`${serialize(first.node)}\` is ${describe(first.type)}.`,
    );
  }
  type Ordered = string | number;
  const compare = {
    '<': (a: Ordered, b: Ordered) => a < b,
    '<=': (a: Ordered, b: Ordered) => a <= b,
    '>': (a: Ordered, b: Ordered) => a > b,
    '>=': (a: Ordered, b: Ordered) => a >= b,
  }[op];
  return { type: BOOL, run: (scope) => compare(first.run(scope) as Ordered, second.run(scope) as Ordered) };
}

export function membership(needle: Operand, stack: Operand): Typed {
  const value = literalOf(needle.node);
  if (stack.type.kind === 'counts') {
    if (typeof value === 'string') checkOption(value, stack.type.options);
    return {
      type: BOOL,
      run: (scope) => ((stack.run(scope) as Record<string, number>)[needle.run(scope) as string] ?? 0) > 0,
    };
  }
  if (stack.type.kind !== 'list') {
    throw new ExpressionError(
      `\`in\` needs a list on the right, and \`${serialize(stack.node)}\` is ${describe(stack.type)}.`,
    );
  }
  const item = stack.type.item;
  if (item.kind !== 'nothing' && !comparable(needle.type, item)) {
    throw new ExpressionError(
      `\`${serialize(needle.node)}\` is ${describe(needle.type)}, the list holds ${describe(item)}.`,
    );
  }
  if (typeof value === 'string' && item.kind === 'option') checkOption(value, item.options);
  if (needle.type.kind === 'option' && stack.node.op === 'list') {
    for (const each of stack.node.args) {
      const text = literalOf(each);
      if (typeof text === 'string') checkOption(text, needle.type.options);
    }
  }
  return { type: BOOL, run: (scope) => (stack.run(scope) as unknown[]).includes(needle.run(scope)) };
}

export function arithmetic(op: '+' | '-' | '*' | '/' | '%', first: Operand, second: Operand): Typed {
  const kinds = [first.type.kind, second.type.kind];
  if (op === '+' && kinds.every((kind) => kind === 'string' || kind === 'option')) {
    return { type: STRING, run: (scope) => `${first.run(scope)}${second.run(scope)}` };
  }
  if (kinds.some((kind) => kind !== 'number')) {
    const dates = kinds.includes('date')
      ? ' For dates use `addDays(date, 7)` or `daysBetween(from, to)`.'
      : '';
    throw new ExpressionError(
      `\`${op}\` needs two numbers, not ${describe(first.type)} and ${describe(second.type)}.${dates}`,
    );
  }
  const work = {
    '+': (a: number, b: number) => a + b,
    '-': (a: number, b: number) => a - b,
    '*': (a: number, b: number) => a * b,
    '/': (a: number, b: number) => a / b,
    '%': (a: number, b: number) => a % b,
  }[op];
  return { type: NUMBER, run: (scope) => work(first.run(scope) as number, second.run(scope) as number) };
}
