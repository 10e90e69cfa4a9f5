/** What a fresh browser loads to show the first page: the page and what it refers to, as transferred. */
import { createClient, findAll, parseHtml, textOf } from '#play';

export interface FirstView {
  bytes: number;
  requests: number;
  parts: { path: string; bytes: number }[];
}

function referencesOf(html: string): string[] {
  return findAll(parseHtml(html), () => true).flatMap(({ tag, attributes }) => {
    const loaded = /\b(stylesheet|preload|modulepreload|icon|manifest)\b/.test(attributes.rel ?? '');
    if (tag === 'link') return loaded ? [attributes.href ?? ''] : [];
    if (tag === 'use') return [attributes.href ?? ''];
    return ['script', 'img', 'iframe', 'source'].includes(tag) ? [attributes.src ?? ''] : [];
  });
}

/** @returns whether a browser needs a font for this text: one of its characters lies in the face's `unicode-range` */
function isNeeded(face: string, text: string): boolean {
  const [, ranges] = /unicode-range:([^;}]+)/i.exec(face) ?? [];
  if (ranges === undefined) return true;
  const spans = [...ranges.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(([, from = '', to = from]) => [
    Number.parseInt(from, 16),
    Number.parseInt(to, 16),
  ]);
  return [...new Set(text)].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return spans.some(([from = 0, to = 0]) => code >= from && code <= to);
  });
}

const urlsIn = (css: string): string[] =>
  [...css.matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)].map(([, url = '']) => url);

/** Pictures a stylesheet names, and those of its fonts that the page's text needs. */
function namedInCss(css: string, text: string): string[] {
  const face = /@font-face\s*\{[^}]*\}/g;
  const fonts = (css.match(face) ?? []).filter((one) => isNeeded(one, text));
  return [...fonts.flatMap(urlsIn), ...urlsIn(css.replace(face, ''))];
}

/** @param origin the office; the page is its home */
export async function measureFirstView(origin: string): Promise<FirstView> {
  const client = createClient(origin);
  const parts = new Map<string, number>();
  let page = '';
  const load = async (url: string): Promise<void> => {
    const { pathname, search, protocol } = new URL(url, origin);
    const path = pathname + search;
    if (protocol === 'data:' || parts.has(path)) return;
    const answer = await client.get(path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    parts.set(path, answer.transferred);
    const text = answer.body.toString('utf8');
    const type = answer.headers['content-type'] ?? '';
    if (type.startsWith('text/html')) page = text;
    const further = type.startsWith('text/html') ? referencesOf(text) : [];
    if (type.startsWith('text/css')) further.push(...namedInCss(text, textOf(parseHtml(page))));
    for (const one of further) if (one) await load(new URL(one, new URL(path, origin)).href);
  };
  await load('/');
  client.close();
  const list = [...parts].map(([path, bytes]) => ({ path, bytes }));
  return { bytes: list.reduce((sum, part) => sum + part.bytes, 0), requests: list.length, parts: list };
}
