/** A compiled expression, and what can be said about it without evaluating it. */
import { OF_THE_DAY, type Typed } from './functions.ts';
import { type ASTNode, consequences, type Guard, hasArgument, nodesOf } from './nodes.ts';

/** A name that an expression reads, and what is known to hold where it does. */
export interface Read {
  name: string;
  guards: readonly Guard[];
}

export interface Expression extends Typed {
  node: ASTNode;
  reads: readonly Read[];
}

/** @returns whether the expression names nothing at all, nor asks for the day or the calendar */
export function isConstant(expression: Expression): boolean {
  return nodesOf(expression.node).every(
    (node) => node.op !== 'id' && !(node.op === 'call' && OF_THE_DAY.has(node.args[0])),
  );
}

/** @returns what holds when the expression is true */
export function guardsOf(node: ASTNode): Guard[] {
  return consequences(node, true);
}

/** @returns whether the guards make the name certain without looking at the pages */
export function certainByGuard(read: Read): boolean {
  return read.guards.some(({ node, truth }) => {
    const argument = hasArgument(node);
    return truth && argument?.op === 'id' && argument.args === read.name;
  });
}
