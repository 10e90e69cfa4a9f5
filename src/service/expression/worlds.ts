/**
 * What can be the case on the way through a service. Answers with few values (options, yes/no) are tried out one by one,
 * every other comparison may turn out either way. So a page found unreachable is unreachable, and an answer found certain is
 * there; where there are too many cases, the outcome is "undecided" and nobody is accused.
 */
import { serialize } from '@marcbachmann/cel-js';
import type { Read } from './expression.ts';
import { type ASTNode, type Guard, hasArgument, literalOf, nodesOf } from './nodes.ts';

/** A name as far as its presence and its few possible values matter. */
export interface Fact {
  name: string;
  /** Condition of the page that asks for it; undefined when everybody is asked. */
  when: ASTNode | undefined;
  optional: boolean;
  /** All values it can have, when they are few. */
  values: readonly (string | boolean)[] | undefined;
  /** Computed values: there when all these are. */
  needs: readonly Read[] | undefined;
}

type Value = string | boolean | typeof PRESENT | typeof MISSING;
type World = ReadonlyMap<string, Value>;
type Outcome = true | false | 'stops' | 'unknown';

const PRESENT = Symbol('present');
const MISSING = Symbol('missing');
const LIMIT = 4000;

/** @returns whether some way makes all guards hold; true as well when undecided */
export function canHold(guards: readonly Guard[], facts: ReadonlyMap<string, Fact>): boolean {
  const worlds = worldsFor(guards, [], facts);
  return worlds === undefined || worlds.some((world) => satisfies(world, guards));
}

/** @returns whether the name has a value wherever the guards hold; false as well when undecided */
export function isCertain(name: string, guards: readonly Guard[], facts: ReadonlyMap<string, Fact>): boolean {
  const worlds = worldsFor(guards, [name], facts);
  if (worlds === undefined) return false;
  return worlds.every((world) => !satisfies(world, guards) || isThere(name, world, facts));
}

function satisfies(world: World, guards: readonly Guard[]): boolean {
  return guards.every(({ node, truth }) => {
    const outcome = evaluate(node, world);
    return outcome === 'unknown' || outcome === truth;
  });
}

function isThere(name: string, world: World, facts: ReadonlyMap<string, Fact>): boolean {
  const needs = facts.get(name)?.needs;
  if (needs) return needs.every((read) => isThere(read.name, world, facts));
  return world.get(name) !== MISSING;
}

/** All cases of the names that matter to the guards, in the order they are asked. */
function worldsFor(
  guards: readonly Guard[],
  names: readonly string[],
  facts: ReadonlyMap<string, Fact>,
): World[] | undefined {
  const needed = new Set<string>();
  const atoms = new Set<string>();
  const visit = (name: string): void => {
    const fact = facts.get(name);
    if (!fact || needed.has(name)) return;
    needed.add(name);
    for (const read of fact.needs ?? []) visit(read.name);
    if (fact.when) visitNode(fact.when);
  };
  const visitNode = (node: ASTNode): void => {
    for (const each of nodesOf(node)) if (each.op === 'id') visit(each.args);
    for (const atom of atomsOf(node)) atoms.add(serialize(atom));
  };
  for (const { node } of guards) visitNode(node);
  names.forEach(visit);

  let worlds: Map<string, Value>[] = [new Map()];
  for (const atom of atoms) {
    worlds = worlds.flatMap((world) => [new Map(world).set(atom, true), new Map(world).set(atom, false)]);
    if (worlds.length > LIMIT) return undefined;
  }
  for (const fact of facts.values()) {
    if (!needed.has(fact.name)) continue;
    worlds = worlds.flatMap((world) =>
      valuesIn(world, fact, facts).map((value) => new Map(world).set(fact.name, value)),
    );
    if (worlds.length > LIMIT) return undefined;
  }
  return worlds;
}

function valuesIn(world: World, fact: Fact, facts: ReadonlyMap<string, Fact>): readonly Value[] {
  const some: readonly Value[] = fact.values ?? [PRESENT];
  if (fact.needs) {
    return fact.needs.every((read) => isThere(read.name, world, facts)) ? some : [MISSING];
  }
  const asked = fact.when === undefined ? true : evaluate(fact.when, world);
  if (asked === false || asked === 'stops') return [MISSING];
  return asked === true && !fact.optional ? some : [...some, MISSING];
}

function atomsOf(node: ASTNode): ASTNode[] {
  if (node.op === '&&' || node.op === '||') return node.args.flatMap(atomsOf);
  if (node.op === '!_') return atomsOf(node.args);
  return isSimple(node) ? [] : [node];
}

/** Forms whose outcome follows from the values in a world. */
function isSimple(node: ASTNode): boolean {
  if (node.op === 'value' || node.op === 'id') return true;
  if (hasArgument(node)?.op === 'id') return true;
  return comparisonOf(node) !== undefined;
}

/** `x == "a"`, `"a" != x` and `x in ["a", "b"]`, as a name and the values it is compared with. */
function comparisonOf(node: ASTNode): { name: string; values: unknown[]; equal: boolean } | undefined {
  if (node.op === '==' || node.op === '!=') {
    const [left, right] = node.args;
    const [name, other] = left.op === 'id' ? [left, right] : [right, left];
    const value = literalOf(other);
    if (name.op !== 'id' || (typeof value !== 'string' && typeof value !== 'boolean')) return undefined;
    return { name: name.args, values: [value], equal: node.op === '==' };
  }
  if (node.op === 'in' && node.args[0].op === 'id' && node.args[1].op === 'list') {
    const values = node.args[1].args.map(literalOf);
    if (values.every((value) => value !== undefined)) return { name: node.args[0].args, values, equal: true };
  }
  return undefined;
}

function evaluate(node: ASTNode, world: World): Outcome {
  if (node.op === '&&' || node.op === '||') {
    const stop = node.op === '||';
    const left = evaluate(node.args[0], world);
    if (left === stop || left === 'stops') return left;
    const right = evaluate(node.args[1], world);
    return left === 'unknown' ? 'unknown' : right;
  }
  if (node.op === '!_') {
    const inner = evaluate(node.args, world);
    return typeof inner === 'boolean' ? !inner : inner;
  }
  if (node.op === 'value') return node.args === true;
  const had = hasArgument(node);
  if (had?.op === 'id') return presence(world.get(had.args));
  if (node.op === 'id') return truthOf(world.get(node.args));
  const compared = comparisonOf(node);
  if (compared) return compare(world.get(compared.name), compared);
  return atom(node, world);
}

function presence(value: Value | undefined): Outcome {
  return value === undefined ? 'unknown' : value !== MISSING;
}

function truthOf(value: Value | undefined): Outcome {
  if (value === MISSING) return 'stops';
  return typeof value === 'boolean' ? value : 'unknown';
}

function compare(value: Value | undefined, compared: { values: unknown[]; equal: boolean }): Outcome {
  if (value === MISSING) return 'stops';
  if (value === undefined || value === PRESENT) return 'unknown';
  return compared.values.includes(value) === compared.equal;
}

/** Any other comparison: it turns out as this world has it, unless it reads something missing. */
function atom(node: ASTNode, world: World): Outcome {
  const nodes = [...nodesOf(node)];
  const readsMissing = nodes.some((each) => each.op === 'id' && world.get(each.args) === MISSING);
  if (readsMissing) return nodes.some((each) => LAZY.has(each.op)) ? 'unknown' : 'stops';
  const value = world.get(serialize(node));
  return typeof value === 'boolean' ? value : 'unknown';
}

/** Forms that need not read all they mention. */
const LAZY: ReadonlySet<string> = new Set(['&&', '||', '?:', 'call', 'rcall']);
