import { DOMParser } from '@xmldom/xmldom';

export const NS = {
  akdb: 'https://www.akdb.de/request/2018/09',
  classicUi: 'https://www.akdb.de/request/2018/09/classic-ui/v1',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  md: 'urn:oasis:names:tc:SAML:2.0:metadata',
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
} as const;

/** @returns the root @throws Error when it is not well-formed or declares a document type */
export function parse(xml: string): Element {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Error('a document type is not welcome');
  const complain = (): never => {
    throw new Error('not well-formed');
  };
  const errorHandler = { warning: complain, error: complain, fatalError: complain };
  return new DOMParser({ errorHandler }).parseFromString(xml, 'text/xml').documentElement;
}

/** @returns every element of that name below */
export function all(root: Element, namespace: string, name: string): Element[] {
  return Array.from(root.getElementsByTagNameNS(namespace, name));
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
