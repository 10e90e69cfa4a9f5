import { constants, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);
/** RSASSA-PSS with SHA-256 (RFC 9231, 2.3.10), as BSI TR-03116-4 wants it. */
export const PSS = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';
/** SAML 2.0 Bindings 3.4.3. */
const LONGEST_RELAY = 80;

/**
 * Puts a request into an address, signed (SAML 2.0 Bindings 3.4.4.1).
 * @param xml the request
 * @param relay comes back with the answer, or undefined
 * @param key private RSA key as PEM
 * @throws RangeError when `relay` has more than 80 bytes
 */
export async function redirectUrl(
  ssoUrl: string,
  xml: string,
  relay: string | undefined,
  key: string,
): Promise<string> {
  if (relay !== undefined && Buffer.byteLength(relay) > LONGEST_RELAY)
    throw new RangeError(`a relay state has at most ${LONGEST_RELAY} bytes`);
  const request = (await deflate(Buffer.from(xml))).toString('base64');
  const parts = [
    ['SAMLRequest', request],
    ...(relay === undefined ? [] : [['RelayState', relay]]),
    ['SigAlg', PSS],
  ];
  const query = parts.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&');
  const signature = sign('sha256', Buffer.from(query), {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
  const join = ssoUrl.includes('?') ? '&' : '?';
  return `${ssoUrl}${join}${query}&Signature=${encodeURIComponent(signature.toString('base64'))}`;
}
