/** Pieces of the JSON Schema (2020-12) that another authority gets of a submission. */
import type { AnyQuestion } from './question.ts';

export type JsonSchema = Record<string, unknown>;

export interface ObjectSchema extends JsonSchema {
  properties: Record<string, JsonSchema>;
  required: readonly string[];
}

/** @returns an object with these properties and no others */
export function objectSchema(
  properties: Record<string, JsonSchema>,
  required: readonly string[] = Object.keys(properties),
): ObjectSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** @returns the question's bounds under the keywords that its answer has for them */
export function bounds(question: Pick<AnyQuestion, 'min' | 'max'>, min: string, max: string): JsonSchema {
  const least = question.min === undefined ? {} : { [min]: question.min };
  return question.max === undefined ? least : { ...least, [max]: question.max };
}

export const DAY_SCHEMA: JsonSchema = { type: 'string', format: 'date' };
export const TEXT_SCHEMA: JsonSchema = { type: 'string' };

/** @returns the answers to these questions, where some may be left open */
export function answersSchema<Q extends Pick<AnyQuestion, 'id' | 'optional'>>(
  questions: readonly Q[],
  schemaOf: (question: Q) => JsonSchema,
): ObjectSchema {
  return objectSchema(
    Object.fromEntries(questions.map((question) => [question.id, schemaOf(question)])),
    questions.filter(({ optional }) => !optional).map(({ id }) => id),
  );
}
