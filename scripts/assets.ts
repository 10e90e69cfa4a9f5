/** Makes style sheets, islands and fonts: cut to what is used, named after their content, compressed beforehand. */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { PurgeCSS } from 'purgecss';
import subsetFont from 'subset-font';
import { about, LANGUAGES } from '#language';
import { contentHash } from '../src/web/assets.ts';

const ROOT = join(import.meta.dirname, '..');
const KERN = join(ROOT, 'node_modules/@kern-ux/native/dist');
const NOTO_ARABIC = join(ROOT, 'node_modules/@fontsource/noto-sans-arabic/files');
const BROWSERS = ['chrome109', 'firefox115', 'safari15.6'];
/** Features that names need: kerning, marks on letters, digits of equal width, a zero that is no O. */
const FONT_FEATURES = ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'tnum', 'zero'];
/** How Arabic letters join, by where they stand in a word. */
const JOINING = ['isol', 'init', 'medi', 'fina', 'rlig', 'liga', 'calt', 'curs'];
const SUBSET = {
  targetFormat: 'woff2' as const,
  keepFeatures: [...FONT_FEATURES, ...JOINING],
  noHinting: true,
};
const WEIGHTS = { 400: 'Regular', 600: 'SemiBold' } as const;
const BASIC = `${characters([[0x20, 0x7e]])}ÄÖÜäöüßẞ§€°²³–—…·‘’‚“”„×\u00a0\u00ad`;
/** The Latin letters of DIN 91379 with their marks, and what stands between them. */
const EXTENDED_RANGES: readonly (readonly [number, number])[] = [
  [0xa1, 0x24f],
  [0x259, 0x259],
  [0x2b9, 0x2cc],
  [0x300, 0x36f],
  [0x1e00, 0x1eff],
  [0x2010, 0x2044],
  [0x20a0, 0x20bf],
];

/** The letters and signs of Arabic script, of all languages that write in it. */
const ARABIC = characters([[0x600, 0x6ff]]);

function characters(ranges: readonly (readonly [number, number])[]): string {
  return ranges
    .flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)),
    )
    .join('');
}

/** CSS `unicode-range` for a set of characters. */
function unicodeRange(text: string): string {
  const codes = [...new Set(text)].map((one) => one.codePointAt(0) ?? 0).sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const code of codes) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  const hex = (code: number) => code.toString(16).toUpperCase();
  return ranges.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(',');
}

interface Output {
  /** Writes a file under a name with its content's hash, plain and compressed. */
  write(name: string, extension: string, content: string | Uint8Array): string;
  files: string[];
}

function createOutput(folder: string): Output {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  return {
    files,
    write(name, extension, content) {
      const bytes = Buffer.from(content);
      const file = `${name}.${contentHash(bytes)}.${extension}`;
      writeFileSync(join(folder, file), bytes);
      if (extension !== 'woff2') {
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        writeFileSync(join(folder, `${file}.br`), brotliCompressSync(bytes, { params }));
        writeFileSync(join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }));
      }
      files.push(file);
      return file;
    },
  };
}

/** Two weights, each in a small file for German and a larger one that only rarer letters load. */
async function makeFonts(output: Output): Promise<{ css: string; basic: string[] }> {
  const extended = [...characters(EXTENDED_RANGES)].filter((one) => !BASIC.includes(one)).join('');
  const basic: string[] = [];
  let css = '';
  for (const [weight, cut] of Object.entries(WEIGHTS)) {
    const font = readFileSync(join(KERN, `fonts/fira-sans/FiraSans-${cut}.woff2`));
    for (const [part, text] of [
      ['', BASIC],
      ['x', extended],
    ] as const) {
      const subset = await subsetFont(font, text, SUBSET);
      const file = output.write(`fira${weight}${part}`, 'woff2', subset);
      if (part === '') basic.push(file);
      css += fontFace('Fira Sans', weight, file, text);
    }
  }
  return { css: css + (await arabicFonts(output)), basic };
}

const fontFace = (family: string, weight: string, file: string, text: string): string =>
  `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url("/assets/${file}")format("woff2");unicode-range:${unicodeRange(text)}}`;

/**
 * Arabic script, which only pages in such a language load, and a very small file for its letters in the names of languages,
 * which stand on every page.
 */
async function arabicFonts(output: Output): Promise<string> {
  const named = [...LANGUAGES.map((one) => about(one).name).join('')].filter((one) => ARABIC.includes(one));
  let css = '';
  for (const weight of Object.keys(WEIGHTS)) {
    const font = readFileSync(join(NOTO_ARABIC, `noto-sans-arabic-arabic-${weight}-normal.woff2`));
    const whole = output.write(`arabic${weight}`, 'woff2', await subsetFont(font, ARABIC, SUBSET));
    css += fontFace('Noto Sans Arabic', weight, whole, ARABIC);
    const names = output.write(`names${weight}`, 'woff2', await subsetFont(font, named.join(''), SUBSET));
    css += fontFace('Names of Languages', weight, names, named.join(''));
  }
  return css;
}

/** KERN's style sheet cut to the classes that our components use, in a layer below our own. */
async function cutKern(): Promise<string> {
  const css = readFileSync(join(KERN, 'kern.min.css'), 'utf8').replace(/^@charset[^;]*;/, '');
  const sources = globSync('src/**/*.{tsx,ts}', { cwd: ROOT }).filter((file) => !file.includes('.test.'));
  const [cut] = await new PurgeCSS().purge({
    css: [{ raw: css }],
    content: sources.map((file) => ({ raw: readFileSync(join(ROOT, file), 'utf8'), extension: 'tsx' })),
    safelist: { standard: ['html', 'body'] },
    variables: true,
    keyframes: true,
    fontFace: true,
  });
  if (cut === undefined) throw new Error('KERN could not be cut');
  const empty = /@media[^{}]*\{(?:\s*:root\{\})?\}|:root\{\}/g;
  return `@layer kern{${cut.css.replace(empty, '').replace(empty, '')}}`;
}

async function bundle(entry: string, before = ''): Promise<string> {
  const result = await build({
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: BROWSERS,
    legalComments: 'none',
    logLevel: 'warning',
    ...(before === '' ? {} : { banner: { css: before } }),
  });
  const text = result.outputFiles[0]?.text;
  if (text === undefined) throw new Error(`nothing came out of ${entry}`);
  return text.trim();
}

/**
 * Builds everything under `/assets/` into a folder and writes `manifest.json` beside it.
 * @param folder where to; emptied first
 * @throws Error when a style sheet would need an image from inside itself, which the pages' policy refuses
 */
export async function buildAssets(folder = join(ROOT, 'dist/assets')): Promise<void> {
  const output = createOutput(folder);
  const fonts = await makeFonts(output);
  const kern = await cutKern();
  const sheet = async (name: string) => {
    const css = await bundle(`src/web/styles/${name}.css`, fonts.css + kern);
    if (css.includes('data:')) throw new Error(`${name}.css holds an image as data: address`);
    return output.write(name, 'css', css);
  };
  const manifest = {
    site: await sheet('site'),
    desk: await sheet('desk'),
    js: output.write('site', 'js', await bundle('src/web/islands/index.ts')),
    icon: output.write('icon', 'svg', readFileSync(join(ROOT, 'src/web/styles/icon.svg'))),
    fonts: fonts.basic,
    files: output.files,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

if (import.meta.main) await buildAssets();
