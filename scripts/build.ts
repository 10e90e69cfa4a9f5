/**
 * `node scripts/build.ts [--production]` builds `dist/`: the program, those that open files and set papers, with chunks
 * for what is loaded later, and what browsers load. A build for production has no stand-ins, and needs none of their
 * packages nor any other that only development wants.
 */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { buildAssets } from './assets.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Says that `dist/` has no stand-ins, so that a trial builds anew. */
const MARK = join(dist, '.production');

/** Native programs and WebAssembly, which stay in node_modules. */
const NATIVE = ['sharp', '@neslinesli93/qpdf-wasm', 'libheif-js', '@myriaddreamin/typst-ts-node-compiler'];
/** Packages that only stand-ins need, and one that the driver of the database can do without. */
const NOT_BUNDLED = ['oidc-provider', 'ws', 'pg-native'];
/** What a trial loads and production never does. */
const STAND_INS = ['#sandbox/oidc', '#sandbox/office'];

/** @returns how the program is bundled */
export function programOptions(production: boolean): BuildOptions & { metafile: true } {
  return {
    absWorkingDir: root,
    entryPoints: {
      amtomat: 'src/cli/main.ts',
      apart: 'src/files/apart.ts',
      typeset: 'src/documents/typeset.ts',
    },
    outdir: dist,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: '#jsx',
    external: [...NATIVE, ...NOT_BUNDLED, ...(production ? STAND_INS : [])],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    // Packages in the older module format ask for Node's own modules with `require`.
    banner: {
      js: "import { createRequire as amtomatRequire } from 'node:module'; const require = amtomatRequire(import.meta.url);",
    },
  };
}

if (import.meta.main) {
  const production = process.argv.includes('--production');
  if (existsSync(dist)) {
    // The compile cache may be open in a running office; chunks of older builds are only in the way.
    for (const name of readdirSync(dist))
      if (name !== '.cache') rmSync(join(dist, name), { recursive: true });
  }
  await buildAssets();
  if (production) writeFileSync(MARK, '');
  await build(programOptions(production));
}
