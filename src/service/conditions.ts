/** Conditions, limits and computed values of one service: which names they may use where, and what is certain there. */
import { type CompiledQuestion, type Condition, DATE, kindOf, type Scope, type ValueType } from '#kinds';
import type { SourcePath } from '#source';
import {
  ABSENT,
  canHold,
  certainByGuard,
  compileExpression,
  describe,
  type Expression,
  ExpressionError,
  type Fact,
  type Guard,
  guardsOf,
  isCertain,
  type Read,
} from './expression/index.ts';

/** Something a condition can name. */
export interface Name {
  id: string;
  type: ValueType;
  /** Page (by position) that asks for it or completes it. */
  page: number;
  what: 'question' | 'computed value';
}

/** Where an expression stands. */
export interface Standpoint {
  /** Names of pages before this position can be used. */
  before: number;
  /** What holds there: the page's own condition. */
  guards: readonly Guard[];
  /** Questions of the same entry of a group, by id. */
  entry?: ReadonlyMap<string, CompiledQuestion>;
  /** Names that are there for sure: the question whose limit it is. */
  certain?: readonly string[];
}

export type Complain = (path: SourcePath, message: string) => void;

/** Knows the names of a service and compiles the expressions that use them. */
export class Conditions {
  readonly #names = new Map<string, Name>();
  readonly #facts = new Map<string, Fact>();
  readonly #pageIds: readonly string[];
  readonly #declared: ReadonlyMap<string, number>;

  /**
   * @param pageIds all pages in order
   * @param declared the page (by position) of everything that will be added
   */
  constructor(pageIds: readonly string[], declared: ReadonlyMap<string, number>) {
    this.#pageIds = pageIds;
    this.#declared = declared;
  }

  addQuestion(question: CompiledQuestion, page: number, when: Expression | undefined): void {
    const type = kindOf(question).valueType(question);
    this.#names.set(question.id, { id: question.id, type, page, what: 'question' });
    const few = type.kind === 'option' && type.options.size <= 12 ? [...type.options] : undefined;
    this.#facts.set(question.id, {
      name: question.id,
      when: when?.node,
      optional: question.optional,
      values: type.kind === 'bool' ? (type.only ? [true] : [true, false]) : few,
      needs: undefined,
    });
  }

  addComputed(id: string, page: number, expression: Expression): void {
    this.#names.set(id, { id, type: expression.type, page, what: 'computed value' });
    this.#facts.set(id, {
      name: id,
      when: undefined,
      optional: false,
      values: expression.type.kind === 'bool' ? [true, false] : undefined,
      needs: expression.reads.filter((read) => read.name !== 'today' && !certainByGuard(read)),
    });
  }

  /** A computed value whose expression is wrong: known by name, so that its users are not accused as well. */
  addBroken(id: string, page: number, type: ValueType): void {
    this.#names.set(id, { id, type, page, what: 'computed value' });
    this.#facts.set(id, { name: id, when: undefined, optional: false, values: undefined, needs: [] });
  }

  name(id: string): Name | undefined {
    return this.#names.get(id);
  }

  names(): IterableIterator<string> {
    return this.#names.keys();
  }

  /** @returns whether the name has a value wherever the guards hold */
  certain(id: string, guards: readonly Guard[]): boolean {
    return isCertain(id, guards, this.#facts);
  }

  /** @returns whether a condition can hold on some way through the service */
  possible(expression: Expression): boolean {
    return canHold(guardsOf(expression.node), this.#facts);
  }

  /**
   * @param text CEL, or a YAML boolean or number
   * @param complain told what is wrong
   * @param mayBeMissing computed values simply do not exist while something they need is missing
   * @returns undefined after complaining
   */
  compile(
    text: string | boolean | number,
    place: Standpoint,
    complain: (message: string) => void,
    mayBeMissing = false,
  ): Expression | undefined {
    let expression: Expression;
    try {
      const names = [...(place.entry?.keys() ?? []), ...this.#names.keys(), 'today'];
      expression = compileExpression(String(text), (name) => this.#typeAt(name, place), names);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      complain(error.message);
      return undefined;
    }
    const unsure = mayBeMissing ? undefined : expression.reads.find((read) => !this.#sure(read, place));
    if (unsure) {
      complain(`\`${unsure.name}\` may have no answer here: write \`has(${unsure.name}) && …\`.`);
      return undefined;
    }
    return expression;
  }

  #typeAt(name: string, place: Standpoint): ValueType | undefined {
    if (name === 'today') return DATE;
    const inEntry = place.entry?.get(name);
    if (inEntry) return kindOf(inEntry).valueType(inEntry);
    const page = this.#declared.get(name) ?? -1;
    if (page >= place.before) {
      throw new ExpressionError(
        `\`${name}\` belongs to page \`${this.#pageIds[page]}\`, which does not come before this: use earlier answers only.`,
      );
    }
    return this.#names.get(name)?.type;
  }

  #sure(read: Read, place: Standpoint): boolean {
    if (read.name === 'today' || place.certain?.includes(read.name) || certainByGuard(read)) return true;
    const inEntry = place.entry?.get(read.name);
    if (inEntry) return !inEntry.optional;
    return isCertain(read.name, [...place.guards, ...read.guards], this.#facts);
  }
}

/** Complains unless the expression is of the kind. */
export function demandKind(
  expression: Expression,
  kind: ValueType['kind'],
  complain: (message: string) => void,
): boolean {
  const type = expression.type.kind === 'option' ? 'string' : expression.type.kind;
  if (type === kind) return true;
  complain(`This is ${describe(expression.type)}; it must be ${describe({ kind } as ValueType)}.`);
  return false;
}

/** @returns the condition as a function that says `whenMissing` where a value it needs is not there */
export function conditionOf(expression: Expression, whenMissing: boolean): Condition {
  return (scope) => {
    const value = evaluate(expression, scope);
    return value === undefined ? whenMissing : value === true;
  };
}

/** @returns the value, or undefined while something it needs is missing */
export function evaluate(expression: Expression, scope: Scope): unknown {
  try {
    return expression.run(scope);
  } catch (error) {
    if (error === ABSENT) return undefined;
    throw error;
  }
}
