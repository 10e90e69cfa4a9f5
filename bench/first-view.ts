/** What a fresh browser loads to show the first page: the page and what it refers to, as transferred. */
import { createClient, findAll, parseHtml } from '#play';

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

/** Fonts and pictures a stylesheet names; a browser may need fewer. */
const namedInCss = (css: string): string[] =>
  [...css.matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)].map(([, url = '']) => url);

/** @param origin the office; the page is its home */
export async function measureFirstView(origin: string): Promise<FirstView> {
  const client = createClient(origin);
  const parts = new Map<string, number>();
  const load = async (url: string): Promise<void> => {
    const { pathname, search, protocol } = new URL(url, origin);
    const path = pathname + search;
    if (protocol === 'data:' || parts.has(path)) return;
    const answer = await client.get(path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    parts.set(path, answer.transferred);
    const text = answer.body.toString('utf8');
    const type = answer.headers['content-type'] ?? '';
    const further = type.startsWith('text/html')
      ? referencesOf(text)
      : type.startsWith('text/css')
        ? namedInCss(text)
        : [];
    for (const reference of further)
      if (reference) await load(new URL(reference, new URL(path, origin)).href);
  };
  await load('/');
  client.close();
  const list = [...parts].map(([path, bytes]) => ({ path, bytes }));
  return { bytes: list.reduce((sum, part) => sum + part.bytes, 0), requests: list.length, parts: list };
}
