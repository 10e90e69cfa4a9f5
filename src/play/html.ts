/** Pages as trees, read by the rules by which browsers read them (HTML Standard), for somebody without script. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export interface HtmlElement {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: (HtmlElement | string)[];
  parent: HtmlElement | undefined;
}

type Node = DefaultTreeAdapterTypes.ChildNode;

function fill(element: HtmlElement, nodes: readonly Node[]): HtmlElement {
  for (const node of nodes) {
    if ('value' in node) element.children.push(node.value);
    if (!('tagName' in node)) continue;
    const attributes = Object.fromEntries(
      node.attrs.map(({ prefix, name, value }) => [prefix ? `${prefix}:${name}` : name, value]),
    );
    const child = { tag: node.tagName, attributes, children: [], parent: element };
    element.children.push(fill(child, node.childNodes));
  }
  return element;
}

/**
 * Reads an HTML document into a tree, whatever is wrong with it: the same tree that a browser makes of it.
 * @returns a root element with the tag `#document`
 */
export function parseHtml(html: string): HtmlElement {
  const root: HtmlElement = { tag: '#document', attributes: {}, children: [], parent: undefined };
  return fill(root, parse(html, { scriptingEnabled: false }).childNodes);
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
