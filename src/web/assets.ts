import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { themeCss } from './theme.ts';

export type Encoding = 'br' | 'gzip' | 'identity';

export interface Asset {
  type: string;
  body: Record<Encoding, Uint8Array<ArrayBuffer>>;
}

export interface Assets {
  /** Whether the build has made them; without, pages work but are not styled. */
  built: boolean;
  /** @returns an asset by the path it is served under; every path names its content and can be kept for ever */
  get(path: string): Asset | undefined;
  /** Address of the citizens' style sheet in a city's colour. */
  css(accent: string): string;
  /** Address of the desk's style sheet in a city's colour. */
  deskCss(accent: string): string;
  /** Address of the islands. */
  js: string;
  icon: string;
  /** Fonts that every page needs, to be loaded early. */
  fonts: readonly string[];
}

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const BASE = '/assets/';
/** So many colours are kept compressed; a city has one. Whoever asks for more colours gets them unpacked. */
const COLOURS_KEPT = 8;

interface Manifest {
  site: string;
  desk: string;
  js: string;
  icon: string;
  fonts: string[];
  files: string[];
}

function findFolder(): string | undefined {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'dist', 'assets');
    if (existsSync(join(candidate, 'manifest.json'))) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

function read(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(file));
}

function load(folder: string, name: string): Asset {
  const file = join(folder, name);
  const identity = read(file);
  const packed = existsSync(`${file}.br`);
  return {
    type: TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    body: {
      identity,
      br: packed ? read(`${file}.br`) : identity,
      gzip: packed ? read(`${file}.gz`) : identity,
    },
  };
}

function coloured(asset: Asset, accent: string, pack: boolean): Asset {
  const identity = new Uint8Array(Buffer.concat([asset.body.identity, Buffer.from(themeCss(accent))]));
  const br = pack ? new Uint8Array(brotliCompressSync(identity)) : identity;
  const gzip = pack ? new Uint8Array(gzipSync(identity)) : identity;
  return { type: asset.type, body: { identity, br, gzip } };
}

/** Loads what the build made; styles are served with the city's colour appended, so that it costs no request. */
function loadAssets(folder: string): Assets {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const files = new Map(manifest.files.map((name) => [name, load(folder, name)]));
  const sheets = new Map<string, Asset>();
  const address = (name: string, accent: string) =>
    `${BASE}${name.replace(/\.css$/, '')}.${accent.replace('#', '').toLowerCase()}.css`;
  return {
    built: true,
    js: BASE + manifest.js,
    icon: BASE + manifest.icon,
    fonts: manifest.fonts.map((name) => BASE + name),
    css: (accent) => address(manifest.site, accent),
    deskCss: (accent) => address(manifest.desk, accent),
    get(path) {
      if (!path.startsWith(BASE)) return undefined;
      const name = path.slice(BASE.length);
      const [, sheet, accent] = /^([a-z]+\.[0-9a-f]+)\.([0-9a-f]{6})\.css$/.exec(name) ?? [];
      if (sheet === undefined || accent === undefined) return files.get(name);
      const plain = files.get(`${sheet}.css`);
      const kept = sheets.get(name);
      if (plain === undefined || kept !== undefined) return kept;
      const keep = sheets.size < COLOURS_KEPT;
      const asset = coloured(plain, accent, keep);
      if (keep) sheets.set(name, asset);
      return asset;
    },
  };
}

const NOT_BUILT: Assets = {
  built: false,
  js: `${BASE}site.js`,
  icon: `${BASE}icon.svg`,
  fonts: [],
  css: () => `${BASE}site.css`,
  deskCss: () => `${BASE}desk.css`,
  get: () => undefined,
};

let loaded: Assets | undefined;

/** @returns style sheets, islands and fonts, kept in memory; looked for in `dist/assets` above this module */
export function assets(): Assets {
  if (loaded !== undefined) return loaded;
  const folder = findFolder();
  return folder === undefined ? NOT_BUILT : useAssets(folder);
}

/** Makes all pages use the assets of one folder, which {@link assets} would not find by itself. */
export function useAssets(folder: string): Assets {
  loaded = loadAssets(folder);
  return loaded;
}

/** @returns a short name for content: equal names mean equal bytes */
export function contentHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}
