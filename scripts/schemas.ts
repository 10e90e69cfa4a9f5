/**
 * Writes what follows from the data: the JSON Schemas that give editors completion, the types of all words, and what translations
 * remember of their German where both were written anew. `node scripts/schemas.ts`; tests keep them in step.
 */
import { existsSync, globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProgram, remember, roomPairs, seenFile, typeFiles } from '#language';
import {
  journeyJsonSchema,
  overlayJsonSchema,
  overlayTextsJsonSchema,
  readServiceFolder,
  serviceFolders,
  serviceJsonSchema,
  textPairsOf,
  textsJsonSchema,
} from '#service';

const folder = join(import.meta.dirname, '..', 'services');
const schemas = {
  ...{ service: serviceJsonSchema(), texts: textsJsonSchema(), journey: journeyJsonSchema() },
  ...{ overlay: overlayJsonSchema(), 'overlay-texts': overlayTextsJsonSchema() },
};

for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(join(folder, `${name}.schema.json`), `${JSON.stringify(schema, undefined, 2)}\n`);
}
for (const [path, text] of typeFiles()) writeFileSync(inProgram(path), text);
for (const { source, own, file, seenFile: path, grouped } of [
  ...roomPairs().pairs,
  ...[folder, ...globSync(join(folder, '..', 'city', '*', 'services'))]
    .flatMap(serviceFolders)
    .flatMap((each) => textPairsOf(readServiceFolder(each))),
]) {
  if (existsSync(inProgram(file))) writeFileSync(inProgram(path), seenFile(remember(source, own), grouped));
}
