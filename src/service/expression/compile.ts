/**
 * Conditions, limits and computed values: CEL (cel-spec), parsed once, type-checked here and turned into closures.
 * The checker is ours and not the parser's because it must know what CEL's own cannot: which options a question has,
 * which answers are sure to be there, and that whole and decimal numbers are one kind.
 */

import { type ParseError, parse, serialize } from '@marcbachmann/cel-js';
import { BOOL, NOTHING, NUMBER, STRING, type ValueType } from '#kinds';
import { hint } from '#source';
import type { Expression, Read } from './expression.ts';
import { FUNCTIONS, METHODS, QUANTIFIERS, type Typed } from './functions.ts';
import { type ASTNode, consequences, ExpressionError, type Guard, guardsHave, literalOf } from './nodes.ts';
import { arithmetic, checkOption, equality, membership, type Operand, ordering } from './operators.ts';
import { comparable, describe } from './types.ts';

/** Thrown by a closure that meets a value that is not there (yet). Prepared once: it is not an error, it is an outcome. */
export const ABSENT = new Error('a value is not there yet');

/** @returns the type of a name, undefined when there is none of it; may throw ExpressionError to say why it cannot be used */
export type NameLookup = (name: string) => ValueType | undefined;

interface Context {
  lookup: NameLookup;
  names: Iterable<string>;
  locals: ReadonlyMap<string, ValueType>;
  guards: readonly Guard[];
  reads: Read[];
}

/**
 * Parses and checks one expression.
 * @param text CEL
 * @param lookup types of the names it may use
 * @param names all names, for "did you mean"
 * @throws ExpressionError saying what to do
 */
export function compileExpression(text: string, lookup: NameLookup, names: Iterable<string>): Expression {
  let node: ASTNode;
  try {
    node = parse(text).ast;
  } catch (error) {
    throw new ExpressionError(`Cannot be read: ${(error as ParseError).summary ?? 'not an expression'}.`);
  }
  const reads: Read[] = [];
  const typed = build(node, { lookup, names, locals: new Map(), guards: [], reads });
  return { ...typed, node, reads };
}

function build(node: ASTNode, context: Context): Typed {
  switch (node.op) {
    case 'value':
      return literal(node);
    case 'id':
      return identifier(node.args, context);
    case '.':
      return member(node, context);
    case '[]':
      return indexed(node, context);
    case '!_': {
      const inner = wanted(node.args, 'bool', context);
      return { type: BOOL, run: (scope) => !inner.run(scope) };
    }
    case '-_': {
      const inner = wanted(node.args, 'number', context);
      return { type: NUMBER, run: (scope) => -(inner.run(scope) as number) };
    }
    case '&&':
    case '||':
      return logical(node.op, node.args[0], node.args[1], context);
    case '?:':
      return ternary(node.args, context);
    case 'list':
      return list(node.args, context);
    case 'call':
      return call(node.args[0], node.args[1], context);
    case 'rcall':
      return method(node.args[0], node.args[1], node.args[2], context);
    case 'in':
      return membership(...operands(node.args, context));
    case '==':
    case '!=':
      return equality(node.op, ...operands(node.args, context));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordering(node.op, ...operands(node.args, context));
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(node.op, ...operands(node.args, context));
    default:
      throw new ExpressionError(`\`${serialize(node)}\` is not possible in conditions.`);
  }
}

function operands([left, right]: readonly [ASTNode, ASTNode], context: Context): [Operand, Operand] {
  return [
    { ...build(left, context), node: left },
    { ...build(right, context), node: right },
  ];
}

function wanted(node: ASTNode, kind: ValueType['kind'], context: Context): Typed {
  const typed = build(node, context);
  if (typed.type.kind === kind) return typed;
  const named = describe({ kind } as ValueType);
  throw new ExpressionError(`\`${serialize(node)}\` is ${describe(typed.type)}; here it must be ${named}.`);
}

function literal(node: ASTNode): Typed {
  const value = literalOf(node);
  if (value === undefined) throw new ExpressionError(`\`${serialize(node)}\` is not possible in conditions.`);
  const type = typeof value === 'number' ? NUMBER : typeof value === 'boolean' ? BOOL : STRING;
  return { type, run: () => value };
}

function identifier(name: string, context: Context): Typed {
  const local = context.locals.get(name);
  const type = local ?? context.lookup(name);
  if (type === undefined) {
    throw new ExpressionError(
      `\`${name}\` is not the id of a question or computed value.${hint(name, context.names)}`,
    );
  }
  if (local === undefined) context.reads.push({ name, guards: context.guards });
  return {
    type,
    run: (scope) => {
      const value = scope[name];
      if (value === undefined) throw ABSENT;
      return value;
    },
  };
}

function member(node: ASTNode & { op: '.' }, context: Context): Typed {
  const base = build(node.args[0], context);
  const { type, optional, run } = fieldOf(base, node.args[1]);
  const path = serialize(node);
  if (optional && !guardsHave(context.guards, path)) {
    throw new ExpressionError(`\`${path}\` may be missing: write \`has(${path}) && …\`.`);
  }
  return {
    type,
    run: (scope) => {
      const value = run(scope);
      if (value === undefined) throw ABSENT;
      return value;
    },
  };
}

/** A field of a record, or how many there are of an option; `run` gives undefined when a field is missing. */
function fieldOf(base: Typed, field: string): Typed & { optional: boolean } {
  const type = base.type;
  if (type.kind === 'counts') return { ...countOf(base, type.options, field), optional: false };
  if (type.kind !== 'record') {
    throw new ExpressionError(`${describe(type)} has no field \`${field}\`.`);
  }
  const found = Object.hasOwn(type.fields, field) ? type.fields[field] : undefined;
  if (!found) {
    throw new ExpressionError(`There is no field \`${field}\`.${hint(field, Object.keys(type.fields))}`);
  }
  return { ...found, run: (scope) => (base.run(scope) as Record<string, unknown>)[field] };
}

/** How many of an option: none counts as 0. */
function countOf(base: Typed, options: ReadonlySet<string>, option: string): Typed {
  checkOption(option, options);
  return { type: NUMBER, run: (scope) => (base.run(scope) as Record<string, number>)[option] ?? 0 };
}

function indexed(node: ASTNode & { op: '[]' }, context: Context): Typed {
  const [left, right] = node.args;
  const base = build(left, context);
  const key = literalOf(right);
  if (base.type.kind === 'counts' && typeof key === 'string') return countOf(base, base.type.options, key);
  if (base.type.kind !== 'list')
    throw new ExpressionError(`\`${serialize(left)}\` has no entries to pick from.`);
  const index = wanted(right, 'number', context);
  return {
    type: base.type.item,
    run: (scope) => {
      const value = (base.run(scope) as unknown[])[index.run(scope) as number];
      if (value === undefined) throw ABSENT;
      return value;
    },
  };
}

function logical(op: '&&' | '||', left: ASTNode, right: ASTNode, context: Context): Typed {
  const first = wanted(left, 'bool', context);
  const guards = [...context.guards, ...consequences(left, op === '&&')];
  const second = wanted(right, 'bool', { ...context, guards });
  return op === '&&'
    ? { type: BOOL, run: (scope) => first.run(scope) === true && second.run(scope) === true }
    : { type: BOOL, run: (scope) => first.run(scope) === true || second.run(scope) === true };
}

function ternary([test, yes, no]: readonly [ASTNode, ASTNode, ASTNode], context: Context): Typed {
  const condition = wanted(test, 'bool', context);
  const then = build(yes, { ...context, guards: [...context.guards, ...consequences(test, true)] });
  const other = build(no, { ...context, guards: [...context.guards, ...consequences(test, false)] });
  if (then.type.kind !== other.type.kind && !comparable(then.type, other.type)) {
    throw new ExpressionError(
      `Both sides of \`? :\` must be of one kind, not ${describe(then.type)} and ${describe(other.type)}.`,
    );
  }
  const type = then.type.kind === other.type.kind ? then.type : STRING;
  return { type, run: (scope) => (condition.run(scope) ? then.run(scope) : other.run(scope)) };
}

function list(nodes: readonly ASTNode[], context: Context): Typed {
  const items = nodes.map((each) => build(each, context));
  const first = items[0]?.type ?? NOTHING;
  const odd = items.findIndex((each) => !comparable(first, each.type));
  if (odd >= 0) throw new ExpressionError('The entries of a list must all be of one kind.');
  return { type: { kind: 'list', item: first }, run: (scope) => items.map((each) => each.run(scope)) };
}

function call(name: string, nodes: readonly ASTNode[], context: Context): Typed {
  if (name === 'has') return has(nodes[0], context);
  const make = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!make) {
    throw new ExpressionError(
      `There is no function \`${name}()\`.${hint(name, ['has', ...Object.keys(FUNCTIONS)])}`,
    );
  }
  return make({ name, nodes, args: nodes.map((each) => build(each, context)) });
}

function has(argument: ASTNode | undefined, context: Context): Typed {
  if (argument?.op === 'id') {
    const name = argument.args;
    identifier(name, { ...context, reads: [] });
    return { type: BOOL, run: (scope) => scope[name] !== undefined };
  }
  if (argument?.op !== '.') throw new ExpressionError('`has()` needs the id of a question: `has(phone)`.');
  const base = build(argument.args[0], context);
  const field = fieldOf(base, argument.args[1]);
  return { type: BOOL, run: (scope) => field.run(scope) !== undefined };
}

function method(name: string, receiver: ASTNode, nodes: readonly ASTNode[], context: Context): Typed {
  if (QUANTIFIERS.has(name)) return quantifier(name, receiver, nodes, context);
  const make = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!make) {
    const known = [...QUANTIFIERS, ...Object.keys(METHODS)];
    throw new ExpressionError(`There is no function \`.${name}()\`.${hint(name, known)}`);
  }
  const all = [receiver, ...nodes];
  return make({ name, nodes: all, args: all.map((each) => build(each, context)) });
}

function quantifier(name: string, receiver: ASTNode, nodes: readonly ASTNode[], context: Context): Typed {
  const over = build(receiver, context);
  const [variable, body] = nodes;
  if (over.type.kind !== 'list' || variable?.op !== 'id' || body === undefined || nodes.length !== 2) {
    throw new ExpressionError(`\`.${name}()\` needs a list: \`persons.${name}(p, p.age < 18)\`.`);
  }
  const local = variable.args;
  if ([...context.names].includes(local)) {
    throw new ExpressionError(`\`${local}\` is also a question: take another letter for the entry.`);
  }
  const item = over.type.item;
  const locals = new Map([...context.locals, [local, item]]);
  const test = wanted(body, 'bool', { ...context, locals });
  const each = (scope: Readonly<Record<string, unknown>>) => (entry: unknown) => {
    const inner = Object.create(scope) as Record<string, unknown>;
    inner[local] = entry;
    return test.run(inner) === true;
  };
  const entries = (scope: Readonly<Record<string, unknown>>) => over.run(scope) as unknown[];
  switch (name) {
    case 'exists':
      return { type: BOOL, run: (scope) => entries(scope).some(each(scope)) };
    case 'all':
      return { type: BOOL, run: (scope) => entries(scope).every(each(scope)) };
    case 'exists_one':
      return { type: BOOL, run: (scope) => entries(scope).filter(each(scope)).length === 1 };
    default:
      return { type: over.type, run: (scope) => entries(scope).filter(each(scope)) };
  }
}
