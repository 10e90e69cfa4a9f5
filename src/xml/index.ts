/** XML from outside, read strictly. Whoever looks at one takes what is here, so that nobody reads it in another way. */
import { DOMParser } from '@xmldom/xmldom';

/** Any declaration of a document type or an entity; comments and CDATA are no declarations. */
const DECLARATION = /<!(?!--|\[CDATA\[)/;

/** The text is no XML that is read here. */
export class XmlError extends Error {
  override name = 'XmlError';
}

/** Comments, CDATA and instructions; or a tag, in whose quotes anything but `<` may stand. */
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/?[^\s<>"'/!?][^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*>/y;

/** Whether elements stand deeper within each other, or cannot be told apart. One pass; the parser takes the square of the depth. */
function isDeeperThan(most: number, text: string): boolean {
  let depth = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', MARKUP.lastIndex)) {
    MARKUP.lastIndex = at;
    const [markup] = MARKUP.exec(text) ?? [];
    if (markup === undefined) return true;
    if (markup.startsWith('</')) depth -= 1;
    else if (/^<[^!?]/.test(markup) && !markup.endsWith('/>')) depth += 1;
    if (depth > most) return true;
  }
  return false;
}

/**
 * Parses XML strictly: what is not well-formed or declares a document type is refused before anything is expanded.
 * @param mostDepth how many elements may stand within each other, where nothing else bounds it
 * @returns the root element; elements know their `lineNumber`
 * @throws XmlError
 */
export function readXml(text: string, mostDepth?: number): Element {
  if (DECLARATION.test(text)) throw new XmlError('declares a document type or an entity');
  if (mostDepth !== undefined && isDeeperThan(mostDepth, text))
    throw new XmlError(`not well-formed, or deeper than ${mostDepth} elements`);
  let broken = false;
  let line: string | undefined;
  const complain = (message: unknown): void => {
    broken = true;
    line ??= /@#\[line:(\d+)/.exec(String(message))?.[1];
  };
  let root: Element | null;
  try {
    const errorHandler = { warning: complain, error: complain, fatalError: complain };
    root =
      new DOMParser({ errorHandler, locator: {} }).parseFromString(text, 'text/xml')?.documentElement ?? null;
  } catch {
    root = null;
  }
  if (broken || root === null)
    throw new XmlError(line ? `not well-formed at line ${line}` : 'not well-formed');
  return root;
}

/** @returns whether a node is an element */
export function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** @returns whether the element has that name in that namespace; the prefix says nothing */
export function isNamed(element: Element, namespace: string, name: string): boolean {
  return element.namespaceURI === namespace && element.localName === name;
}

/** @returns the element's own children of that name, in order */
export function childrenOf(element: Element, namespace: string, name: string): Element[] {
  return Array.from(element.childNodes)
    .filter(isElement)
    .filter((child) => isNamed(child, namespace, name));
}

/** @returns the attribute's value, or undefined when it is not there */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.getAttributeNode(name)?.value;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** @returns the text as it may stand in XML, in an element or in quotes */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
