/** Writes the JSON Schemas that give editors completion: `node scripts/schemas.ts`. A test keeps them in step. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journeyJsonSchema, serviceJsonSchema, textsJsonSchema } from '#service';

const folder = join(import.meta.dirname, '..', 'services');
const schemas = { service: serviceJsonSchema(), texts: textsJsonSchema(), journey: journeyJsonSchema() };

for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(join(folder, `${name}.schema.json`), `${JSON.stringify(schema, undefined, 2)}\n`);
}
