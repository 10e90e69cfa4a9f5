import { type Answer, type CompiledQuestion, kindOf } from '#kinds';

/** @returns whether the value has the form of an answer to the question, inside groups as well */
export function accepts(question: CompiledQuestion, answer: Answer): boolean {
  return kindOf(question).accepts(question, answer);
}
