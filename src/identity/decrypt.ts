/** Opens an encrypted assertion (XML Encryption 1.1), whichever of the lawful ways its key was wrapped and wherever it stands. */
import { promisify } from 'node:util';
import { decrypt } from 'xml-encryption';
import { attributeOf, childrenOf, escapeXml } from '#xml';
import { IdentityError } from './types.ts';
import { allNamed, DSIG, inContext, onlyChild, SAML, textOf, XMLENC } from './xml.ts';

export const XMLENC11 = 'http://www.w3.org/2009/xmlenc11#';
export const CONTENT_CIPHERS: readonly string[] = [`${XMLENC11}aes256-gcm`, `${XMLENC11}aes128-gcm`];
/** RSA-OAEP. The SHA-1 in the first is that of its mask, where no collision is of use. */
export const KEY_CIPHERS: readonly string[] = [`${XMLENC}rsa-oaep-mgf1p`, `${XMLENC11}rsa-oaep`];
/** SHA-1 is what the standard means where nothing is said. */
const DIGESTS: readonly string[] = [`${XMLENC}sha256`, `${XMLENC}sha512`, `${DSIG}sha1`];
const MASKS: readonly string[] = ['mgf1sha1', 'mgf1sha256', 'mgf1sha512'].map((name) => `${XMLENC11}${name}`);
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}$/;

function refuseUnless(holds: boolean, detail: 'structure' | 'algorithm'): void {
  if (!holds) throw new IdentityError('invalid', detail);
}

const methodOf = (element: Element): Element => onlyChild(element, XMLENC, 'EncryptionMethod');
const algorithmOf = (element: Element): string => attributeOf(element, 'Algorithm') ?? '';

/** @returns the only child of that name as it may be written anew, or nothing where there is none */
function rewritten(method: Element, namespace: string, name: string, allowed: readonly string[]): string {
  const [child, ...more] = childrenOf(method, namespace, name);
  if (child === undefined) return '';
  const algorithm = algorithmOf(child);
  refuseUnless(more.length === 0, 'structure');
  refuseUnless(allowed.includes(algorithm), 'algorithm');
  return `<${name} xmlns="${namespace}" Algorithm="${escapeXml(algorithm)}"/>`;
}

function cipherOf(element: Element): string {
  const value = textOf(onlyChild(onlyChild(element, XMLENC, 'CipherData'), XMLENC, 'CipherValue'));
  refuseUnless(BASE64.test(value), 'structure');
  return `<CipherData><CipherValue>${value}</CipherValue></CipherData>`;
}

/** The one key: inside the data, or beside it, where a reference may lead to it and to nothing else. */
function keyOf(assertion: Element, data: Element): Element {
  const [key, ...more] = allNamed(assertion, 'EncryptedKey');
  if (key === undefined || more.length > 0) throw new IdentityError('invalid', 'structure');
  const beside = childrenOf(assertion, XMLENC, 'EncryptedKey');
  const inside = childrenOf(data, DSIG, 'KeyInfo').flatMap((info) =>
    childrenOf(info, XMLENC, 'EncryptedKey'),
  );
  refuseUnless([...beside, ...inside].includes(key), 'structure');
  const own = `#${attributeOf(key, 'Id') ?? ''}`;
  const references = allNamed(assertion, 'RetrievalMethod');
  refuseUnless(
    references.every((reference) => own !== '#' && attributeOf(reference, 'URI') === own),
    'structure',
  );
  return key;
}

/**
 * Checks shape and algorithms, and writes what is needed anew in one form.
 * @param assertion an `EncryptedAssertion`
 * @returns an `EncryptedData` with its key inside
 * @throws IdentityError `invalid` (`structure` or `algorithm`)
 */
export function encryptedDataOf(assertion: Element): string {
  refuseUnless(allNamed(assertion, 'EncryptedData').length === 1, 'structure');
  const data = onlyChild(assertion, XMLENC, 'EncryptedData');
  const cipher = algorithmOf(methodOf(data));
  refuseUnless(CONTENT_CIPHERS.includes(cipher), 'algorithm');
  const key = keyOf(assertion, data);
  const method = methodOf(key);
  refuseUnless(KEY_CIPHERS.includes(algorithmOf(method)), 'algorithm');
  const inside = [
    rewritten(method, DSIG, 'DigestMethod', DIGESTS),
    rewritten(method, XMLENC11, 'MGF', MASKS),
    ...childrenOf(method, XMLENC, 'OAEPparams').map((params) => {
      refuseUnless(BASE64.test(textOf(params)), 'structure');
      return `<OAEPparams>${textOf(params)}</OAEPparams>`;
    }),
  ].join('');
  const wrapped = `<EncryptedKey xmlns="${XMLENC}"><EncryptionMethod Algorithm="${escapeXml(algorithmOf(method))}">${inside}</EncryptionMethod>${cipherOf(key)}</EncryptedKey>`;
  return `<EncryptedData xmlns="${XMLENC}"><EncryptionMethod Algorithm="${escapeXml(cipher)}"/><KeyInfo xmlns="${DSIG}">${wrapped}</KeyInfo>${cipherOf(data)}</EncryptedData>`;
}

async function opened(data: string, key: string): Promise<string> {
  try {
    return await promisify(decrypt)(data, {
      key,
      disallowDecryptionWithInsecureAlgorithm: true,
      warnInsecureAlgorithm: false,
    });
  } catch {
    // Not passed on as cause, and always the same: what exactly did not fit is nobody's business.
    throw new IdentityError('invalid', 'decryption');
  }
}

/**
 * What was encrypted stood in the answer, so prefixes that it does not declare itself mean what they mean there
 * (XML Encryption 1.1, 4.4).
 * @param response the root of an answer whose signature has been checked, read from the signed bytes
 * @param key private RSA key as PEM
 * @returns the assertion; undefined when the answer carries none
 * @throws IdentityError `invalid` (`decryption`) when it cannot be opened, (`syntax` or `structure`) when it is not one element
 */
export async function openAssertion(response: Element, key: string): Promise<Element | undefined> {
  const [assertion] = childrenOf(response, SAML, 'EncryptedAssertion');
  if (assertion === undefined) return undefined;
  return inContext(await opened(encryptedDataOf(assertion), key), assertion);
}
