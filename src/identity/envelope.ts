/**
 * Looks at an answer before its signature is checked: shape, algorithms, addressee. Nothing here is believed until
 * the signature over exactly this text has been checked; but what has not this shape need not be checked at all.
 */

import { attributeOf, childrenOf, isNamed } from '#xml';
import { encryptedDataOf } from './decrypt.ts';
import { IdentityError } from './types.ts';
import { allNamed, DSIG, onlyChild, parseXml, SAML, SAMLP, textOf, XMLENC } from './xml.ts';

/**
 * Longest answer that is looked at, in characters of base64: several times what a real one has, and less than the door
 * lets in, so that whoever comes with a longer one is told so on the page they come from.
 */
const LONGEST = 120_000;
/** Most tags that are parsed: ten times what a real answer has. Deeply nested ones cost the square of their number. */
const MOST_TAGS = 2_000;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** BSI TR-03116-4 and TR-02102-1: no SHA-1, no PKCS #1 v1.5 encryption, no CBC. */
export const SIGNATURES: readonly string[] = [
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
];
export const DIGESTS: readonly string[] = [`${XMLENC}sha256`, `${XMLENC}sha512`];
const CANONICAL = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const TRANSFORMS = [`${DSIG}enveloped-signature`, CANONICAL];
export interface Envelope {
  inResponseTo: string | undefined;
  /** Top status code first, then the one inside it. */
  status: readonly string[];
}

function refuseUnless(holds: boolean, detail: IdentityError['detail']): void {
  if (!holds) throw new IdentityError('invalid', detail);
}

/**
 * @param samlResponse the form field as it came
 * @returns the XML in it
 * @throws IdentityError `invalid`
 */
export function decodeResponse(samlResponse: string): string {
  refuseUnless(samlResponse.length <= LONGEST, 'size');
  refuseUnless(BASE64.test(samlResponse), 'syntax');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(samlResponse, 'base64'),
    );
  } catch {
    throw new IdentityError('invalid', 'syntax');
  }
}

function algorithmsOf(root: Element, name: string): (string | undefined)[] {
  return allNamed(root, name).map((element) => attributeOf(element, 'Algorithm'));
}

function allIn(found: readonly (string | undefined)[], allowed: readonly string[]): boolean {
  return found.length > 0 && found.every((one) => one !== undefined && allowed.includes(one));
}

/** One signature in all the document, as the root's own child, over the root: leaves nothing to wrap. */
function checkSignatureShape(root: Element): void {
  const signatures = allNamed(root, 'Signature');
  refuseUnless(signatures.length > 0, 'signature');
  refuseUnless(signatures.length === 1, 'structure');
  const signature = onlyChild(root, DSIG, 'Signature');
  const info = onlyChild(signature, DSIG, 'SignedInfo');
  const reference = onlyChild(info, DSIG, 'Reference');
  const id = attributeOf(root, 'ID') ?? '';
  refuseUnless(/^[A-Za-z_][\w.-]{0,255}$/.test(id), 'structure');
  refuseUnless(attributeOf(reference, 'URI') === `#${id}`, 'structure');
  refuseUnless(childrenOf(signature, DSIG, 'Object').length === 0, 'structure');
  refuseUnless(allIn(algorithmsOf(signature, 'SignatureMethod'), SIGNATURES), 'algorithm');
  refuseUnless(allIn(algorithmsOf(signature, 'CanonicalizationMethod'), [CANONICAL]), 'algorithm');
  refuseUnless(allIn(algorithmsOf(signature, 'DigestMethod'), DIGESTS), 'algorithm');
  refuseUnless(allIn(algorithmsOf(signature, 'Transform'), TRANSFORMS), 'algorithm');
}

function checkEncryption(root: Element): void {
  refuseUnless(allNamed(root, 'Assertion').length === 0, 'notEncrypted');
  const encrypted = childrenOf(root, SAML, 'EncryptedAssertion');
  refuseUnless(allNamed(root, 'EncryptedAssertion').length === encrypted.length, 'structure');
  refuseUnless(allNamed(root, 'Response').length === 0 && encrypted.length <= 1, 'structure');
  const [assertion] = encrypted;
  if (assertion === undefined) return;
  encryptedDataOf(assertion);
}

function statusOf(root: Element): string[] {
  const codes: string[] = [];
  let [code] = childrenOf(onlyChild(root, SAMLP, 'Status'), SAMLP, 'StatusCode');
  while (code !== undefined && codes.length < 3) {
    codes.push(attributeOf(code, 'Value') ?? '');
    [code] = childrenOf(code, SAMLP, 'StatusCode');
  }
  return codes;
}

/**
 * @param xml what was decoded
 * @param expected who answers, and where
 * @throws IdentityError `invalid` when it has not the shape of an answer from there to here
 */
export function inspectEnvelope(xml: string, expected: { issuer: string; destination: string }): Envelope {
  refuseUnless(xml.split('<', MOST_TAGS + 2).length <= MOST_TAGS + 1, 'size');
  const root = parseXml(xml);
  refuseUnless(isNamed(root, SAMLP, 'Response') && attributeOf(root, 'Version') === '2.0', 'structure');
  checkSignatureShape(root);
  checkEncryption(root);
  refuseUnless(textOf(onlyChild(root, SAML, 'Issuer')) === expected.issuer, 'issuer');
  refuseUnless(attributeOf(root, 'Destination') === expected.destination, 'destination');
  return { inResponseTo: attributeOf(root, 'InResponseTo'), status: statusOf(root) };
}
