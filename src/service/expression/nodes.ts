/** Small helpers over the parser's syntax tree. */
import { type ASTNode, serialize } from '@marcbachmann/cel-js';

export type { ASTNode };

/** A condition known to be true (or false) where an expression is evaluated. */
export interface Guard {
  node: ASTNode;
  truth: boolean;
}

/** An author's mistake in an expression; the message says what to do. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** @returns the text an author wrote for a literal string or a plain whole or decimal number; undefined for anything else */
export function literalOf(node: ASTNode): string | number | boolean | undefined {
  if (node.op === '-_') {
    const inner = literalOf(node.args);
    return typeof inner === 'number' ? -inner : undefined;
  }
  if (node.op !== 'value') return undefined;
  const value = node.args;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

/** @returns the argument of `has(…)`, or undefined when the node is no such call */
export function hasArgument(node: ASTNode): ASTNode | undefined {
  return node.op === 'call' && node.args[0] === 'has' ? node.args[1][0] : undefined;
}

/** @returns what follows from a condition being true (or false), taken apart as far as logic allows */
export function consequences(node: ASTNode, truth: boolean): Guard[] {
  if (node.op === '!_') return consequences(node.args, !truth);
  if ((node.op === '&&' && truth) || (node.op === '||' && !truth)) {
    return [...consequences(node.args[0], truth), ...consequences(node.args[1], truth)];
  }
  return [{ node, truth }];
}

/** @returns whether one of the guards says that this name or path has a value */
export function guardsHave(guards: readonly Guard[], path: string): boolean {
  return guards.some(({ node, truth }) => {
    const argument = hasArgument(node);
    return truth && argument !== undefined && serialize(argument) === path;
  });
}

/** @returns every node under this one, itself first */
export function* nodesOf(node: ASTNode): Generator<ASTNode> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case '!_':
    case '-_':
      return [node.args];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    default:
      return node.args;
  }
}
