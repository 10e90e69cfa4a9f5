import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { mapTexts, printable, SUBSTITUTE, undisplayable } from './clean.ts';

/** Texts with characters of so many scripts that no font has are given up in so many rounds. */
const ROUNDS = 5;
/** Generations of cached parts to keep, so that what citizens said does not pile up in memory. */
const KEEP_CACHED = 2;

/** Where templates and fonts lie: beside this file, or in the sources when this file is part of the bundle. */
function folderOf(name: string): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'src', 'documents', name);
    if (existsSync(found)) return found;
  }
  throw new Error(`documents: the folder ${name} is missing`);
}

function createCompiler(): NodeCompiler {
  const fonts = folderOf('fonts');
  const fontBlobs = readdirSync(fonts)
    .filter((name) => name.endsWith('.ttf'))
    .map((name) => readFileSync(join(fonts, name)));
  return NodeCompiler.create({ workspace: folderOf('templates'), fontArgs: [{ fontBlobs }] });
}

function compile(compiler: NodeCompiler, template: string, data: object): Buffer {
  const file = join(folderOf('templates'), `${template}.typ`);
  // Citizens' words come in as data only; as part of the source they could be markup, or code.
  const result = compiler.compile({ mainFilePath: file, inputs: { data: JSON.stringify(data) } });
  if (!result.result) throw new Error('the template does not compile');
  return compiler.pdf(result.result, { pdfStandard: 'ua-1' });
}

/**
 * Makes the function that sets papers, as PDF/UA-1 (ISO 14289-1); it refuses to write anything less.
 * @returns undefined where a template cannot be set with the data
 */
export function createTypesetter(): (template: string, data: object) => Buffer | undefined {
  const compiler = createCompiler();
  return (template, data) => {
    let clean = mapTexts(data as Record<string, string>, printable) as object;
    try {
      for (let round = 1; ; round += 1) {
        try {
          return compile(compiler, template, clean);
        } catch (error) {
          const missing = undisplayable((error as Error).message);
          if (missing.length === 0 || round === ROUNDS) return undefined;
          clean = mapTexts(clean as Record<string, string>, (text) =>
            missing.reduce((rest, piece) => rest.replaceAll(piece, SUBSTITUTE), text),
          ) as object;
        }
      }
    } finally {
      compiler.evictCache(KEEP_CACHED);
    }
  };
}
