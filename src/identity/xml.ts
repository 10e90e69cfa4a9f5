import { childrenOf, escapeXml, isElement, readXml } from '#xml';
import { IdentityError } from './types.ts';

export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
export const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
/** Of BundID's own elements and attributes. */
export const AKDB = 'https://www.akdb.de/request/2018/09';

/**
 * @returns the root element
 * @throws IdentityError `invalid` (`syntax`) for whatever is no XML that may be looked at
 */
export function parseXml(text: string): Element {
  try {
    return readXml(text);
  } catch {
    throw new IdentityError('invalid', 'syntax');
  }
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
