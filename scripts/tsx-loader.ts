/** Lets Node run .tsx files directly in tests and scripts: `node --import ./scripts/tsx-loader.ts file.tsx`. */
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const load = createRequire(import.meta.url);
/** Where Node keeps what it has compiled, this keeps what was translated: every test file is a process that needs the same. */
const kept = process.env.NODE_COMPILE_CACHE;

function translated(file: string, text: string): string {
  // Loaded only when it is needed: it starts a process of its own.
  const { transformSync } = load('esbuild') as typeof import('esbuild');
  return transformSync(text, {
    loader: 'tsx',
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: '#jsx',
    sourcefile: file,
    sourcemap: 'inline',
  }).code;
}

function keptOrTranslated(folder: string, file: string): string {
  const text = readFileSync(file, 'utf8');
  const place = join(folder, `tsx-${hash('sha1', `${file}\n${text}`)}.js`);
  try {
    return readFileSync(place, 'utf8');
  } catch {
    const code = translated(file, text);
    mkdirSync(folder, { recursive: true });
    // Others read at the same time: whole or not at all.
    const draft = `${place}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, place);
    return code;
  }
}

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    const file = fileURLToPath(url);
    const source =
      kept === undefined ? translated(file, readFileSync(file, 'utf8')) : keptOrTranslated(kept, file);
    return { format: 'module', source, shortCircuit: true };
  },
});
