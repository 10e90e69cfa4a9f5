/** Builds `dist/`: the program, those that open files and set papers, with chunks for what is loaded later, and what browsers load. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Native programs and WebAssembly, and what only the stand-ins need: stay in node_modules. */
const EXTERNAL = [
  ...['sharp', '@neslinesli93/qpdf-wasm', 'libheif-js', '@myriaddreamin/typst-ts-node-compiler'],
  ...['oidc-provider', 'pg-native', 'ws'],
];

async function buildProgram(): Promise<void> {
  await build({
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
    external: EXTERNAL,
    legalComments: 'none',
    logLevel: 'warning',
    // Packages in the older module format ask for Node's own modules with `require`.
    banner: {
      js: "import { createRequire as amtomatRequire } from 'node:module'; const require = amtomatRequire(import.meta.url);",
    },
  });
}

/** Browser assets have a builder of their own. */
async function buildBrowserAssets(): Promise<void> {
  const file = join(import.meta.dirname, 'assets.ts');
  if (!existsSync(file)) return;
  const { buildAssets } = (await import(pathToFileURL(file).href)) as { buildAssets(): Promise<unknown> };
  await buildAssets();
}

if (existsSync(dist)) {
  // The compile cache may be open in a running office; chunks of older builds are only in the way.
  for (const name of readdirSync(dist)) if (name !== '.cache') rmSync(join(dist, name), { recursive: true });
}
await buildBrowserAssets();
await buildProgram();
