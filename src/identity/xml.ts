import { DOMParser } from '@xmldom/xmldom';
import { IdentityError } from './types.ts';

export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
export const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
/** Of BundID's own elements and attributes. */
export const AKDB = 'https://www.akdb.de/request/2018/09';

/** Any declaration of a document type or an entity; comments and CDATA are no declarations. */
const DECLARATION = /<!(?!--|\[CDATA\[)/;

/**
 * Parses XML strictly: what is not well-formed or declares a document type is refused before anything is expanded.
 * @returns the root element
 * @throws IdentityError `invalid` (`syntax`)
 */
export function parseXml(text: string): Element {
  if (DECLARATION.test(text)) throw new IdentityError('invalid', 'syntax');
  let broken = false;
  const complain = (): void => {
    broken = true;
  };
  let root: Element | null;
  try {
    const errorHandler = { warning: complain, error: complain, fatalError: complain };
    root = new DOMParser({ errorHandler }).parseFromString(text, 'text/xml')?.documentElement ?? null;
  } catch {
    root = null;
  }
  if (broken || root === null) throw new IdentityError('invalid', 'syntax');
  return root;
}

function isElement(node: Node): node is Element {
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

/**
 * @returns the element's only child of that name
 * @throws IdentityError `invalid` (`structure`) when there is none, or more than one
 */
export function onlyChild(element: Element, namespace: string, name: string): Element {
  const [child, ...more] = childrenOf(element, namespace, name);
  if (child === undefined || more.length > 0) throw new IdentityError('invalid', 'structure');
  return child;
}

/** @returns every element below of that local name, in any namespace: for rules that must not be got around by one */
export function allNamed(root: Element, name: string): Element[] {
  return Array.from(root.getElementsByTagNameNS('*', name));
}

/** @returns what each prefix means at an element, by the name of the attribute that declares it; the nearest one counts */
function declarationsAt(element: Element): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let node: Node | null = element; node !== null && isElement(node); node = node.parentNode) {
    for (const { name, value } of Array.from(node.attributes)) {
      if (/^xmlns(?:$|:)/.test(name) && !found.has(name)) found.set(name, value);
    }
  }
  return found;
}

/**
 * Parses a part of a document that was cut out of it, as strictly as a whole one.
 * @param text one element, with or without an XML declaration before it
 * @param place the element it stood in
 * @throws IdentityError `invalid` (`syntax`, or `structure` when it is not one element)
 */
export function inContext(text: string, place: Element): Element {
  const declarations = [...declarationsAt(place)].map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
  const content = text.replace(/^\uFEFF?<\?xml\s[^>]*\?>/, '');
  const context = parseXml(`<context${declarations.join('')}>${content}</context>`);
  const [element, ...more] = Array.from(context.childNodes).filter(isElement);
  if (element === undefined || more.length > 0) throw new IdentityError('invalid', 'structure');
  return element;
}

/** @returns the element's text without the space around it */
export function textOf(element: Element): string {
  return (element.textContent ?? '').trim();
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
