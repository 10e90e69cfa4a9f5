/** What another authority receives, as JSON Schema. */
import { answersSchema, type CompiledQuestion, type JsonSchema, kindOf, objectSchema } from '#kinds';
import { TOLD_MEANS } from './means.ts';
import type { Computed } from './types.ts';

const COMPUTED: Readonly<Record<Computed['type'], JsonSchema>> = {
  number: { type: 'number' },
  text: { type: 'string' },
  bool: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
};

/** What this office adds to what people say; no question's id begins like this. */
const added = (letterCode: boolean): Record<string, JsonSchema> => ({
  _identity: objectSchema({
    provider: { type: 'string' },
    level: { enum: ['low', 'substantial', 'high'] },
    // Only where it can happen: authorities have been told the others, and of most services this never comes.
    means: { enum: TOLD_MEANS.filter((one) => letterCode || one !== 'letterCode') },
    at: { type: 'string', format: 'date-time' },
  }),
  _fee: objectSchema({ cents: { type: 'integer', minimum: 0 }, exemption: { type: 'string' } }, ['cents']),
});

/**
 * @param always questions that everybody is asked
 * @param all all questions, in order
 * @param computed values worked out from the answers
 * @param letterCode whether people may show a code by letter
 * @returns JSON Schema 2020-12 of what another authority receives: the answers, the values worked out from them, how
 * sure it is who handed it in (`_identity`), and what was due and has been paid (`_fee`)
 */
export function submissionSchemaOf(
  title: string,
  always: ReadonlySet<string>,
  all: readonly CompiledQuestion[],
  computed: readonly Computed[],
  letterCode: boolean,
): JsonSchema {
  const { properties, required } = answersSchema(all, (question) => kindOf(question).schema(question));
  const worked = Object.fromEntries(computed.map(({ id, type }) => [id, COMPUTED[type]]));
  return {
    ...{ $schema: 'https://json-schema.org/draft/2020-12/schema', title },
    ...objectSchema(
      { ...properties, ...worked, ...added(letterCode) },
      required.filter((name) => always.has(name)),
    ),
  };
}
