/** A small reader for well-formed HTML such as this office sends: enough to find forms and facts, not a browser. */

export interface HtmlElement {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: (HtmlElement | string)[];
  parent: HtmlElement | undefined;
}

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Elements whose content is text whatever it looks like. */
const RAW_TEXT = new Set(['script', 'style', 'textarea', 'title']);
const TOKEN =
  /<!--[\s\S]*?-->|<![^>]*>|<\/([a-z][^\s>]*)\s*>|<([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return NAMED[name] ?? all;
  });
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE))
    attributes[name.toLowerCase()] = decode(double ?? single ?? bare ?? '');
  return attributes;
}

/** @returns where the text of a raw text element ends */
function endOfRawText(html: string, tag: string, from: number): number {
  const end = html.toLowerCase().indexOf(`</${tag}`, from);
  return end < 0 ? html.length : end;
}

/**
 * Reads an HTML document into a tree.
 * @param html every element closed or void, attributes quoted; anything else is read as well as possible
 * @returns a root element with the tag `#document`
 */
export function parseHtml(html: string): HtmlElement {
  const root: HtmlElement = { tag: '#document', attributes: {}, children: [], parent: undefined };
  let current = root;
  let position = 0;
  const token = new RegExp(TOKEN);
  const addText = (end: number): void => {
    if (end > position) current.children.push(decode(html.slice(position, end)));
  };
  for (let match = token.exec(html); match; match = token.exec(html)) {
    addText(match.index);
    position = token.lastIndex;
    const [, closed, opened, attributes = ''] = match;
    if (closed) current = closeElement(current, closed.toLowerCase());
    if (!opened) continue;
    const tag = opened.toLowerCase();
    const element: HtmlElement = {
      tag,
      attributes: readAttributes(attributes),
      children: [],
      parent: current,
    };
    current.children.push(element);
    if (VOID.has(tag) || attributes.endsWith('/')) continue;
    current = element;
    if (!RAW_TEXT.has(tag)) continue;
    const end = endOfRawText(html, tag, position);
    addText(end);
    position = end;
    token.lastIndex = end;
  }
  addText(html.length);
  return root;
}

function closeElement(current: HtmlElement, tag: string): HtmlElement {
  for (let element: HtmlElement | undefined = current; element; element = element.parent)
    if (element.tag === tag) return element.parent ?? element;
  return current;
}

/** @returns every element below that fits, in document order */
export function findAll(from: HtmlElement, fits: (element: HtmlElement) => boolean): HtmlElement[] {
  return from.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(fits(child) ? [child] : []), ...findAll(child, fits)],
  );
}

/** @returns the text of an element as a reader sees it: one space where there was white space */
export function textOf(element: HtmlElement): string {
  const collect = (one: HtmlElement | string): string =>
    typeof one === 'string' ? one : one.children.map(collect).join('');
  return collect(element).replace(/\s+/g, ' ').trim();
}
