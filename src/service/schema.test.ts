import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  journeyJsonSchema,
  overlayJsonSchema,
  overlayTextsJsonSchema,
  serviceJsonSchema,
  textsJsonSchema,
} from './index.ts';

const schemas = {
  ...{ service: serviceJsonSchema(), texts: textsJsonSchema(), journey: journeyJsonSchema() },
  ...{ overlay: overlayJsonSchema(), 'overlay-texts': overlayTextsJsonSchema() },
};

for (const [name, schema] of Object.entries(schemas)) {
  test(`services/${name}.schema.json is what the compiler demands (else: node scripts/schemas.ts)`, () => {
    const published: unknown = JSON.parse(readFileSync(`services/${name}.schema.json`, 'utf8'));
    assert.deepEqual(published, JSON.parse(JSON.stringify(schema)));
  });
}

test('the published schema knows every kind of question and refuses keys it does not know', () => {
  const text = JSON.stringify(schemas.service);
  for (const kind of ['text', 'name', 'longText', 'chooseSome', 'country', 'slot', 'group', 'declaration']) {
    assert.match(text, new RegExp(`"const":"${kind}"`));
  }
  assert.equal(schemas.service.additionalProperties, false);
});
