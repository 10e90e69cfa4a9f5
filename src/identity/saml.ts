/** What node-saml does for the room: write requests, check signatures. Loaded with the first sign-in. */
import { SAML } from '@node-saml/node-saml';
import { getVerifiedXml, parseDomFromString } from '@node-saml/node-saml/lib/xml.js';
import { openAssertion } from './decrypt.ts';
import { IdentityError } from './types.ts';
import { parseXml } from './xml.ts';

/** A service provider that takes the time from outside: node-saml would ask the system. */
class Request extends SAML {
  async write(issuedAt: string): Promise<string> {
    const xml = await this.generateAuthorizeRequestAsync(false, false);
    return xml.replace(/ IssueInstant="[^"]*"/, ` IssueInstant="${issuedAt}"`);
  }
}

/** @returns an AuthnRequest as XML, not signed: with the redirect binding the query is signed instead */
export function writeRequest(options: {
  id: string;
  issuedAt: string;
  entityId: string;
  acsUrl: string;
  ssoUrl: string;
  certificates: readonly string[];
  context: string;
  extension: Record<string, unknown>;
}): Promise<string> {
  const request = new Request({
    issuer: options.entityId,
    callbackUrl: options.acsUrl,
    entryPoint: options.ssoUrl,
    idpCert: [...options.certificates],
    generateUniqueId: () => options.id,
    forceAuthn: true,
    authnContext: [options.context],
    racComparison: 'minimum',
    identifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
    samlAuthnRequestExtensions: options.extension,
  });
  return request.write(options.issuedAt);
}

export type Checker = (samlResponse: string) => Promise<Element | undefined>;

/** @returns the root of what was signed, from the signed bytes only; undefined when no signature holds */
async function signedRoot(
  samlResponse: string,
  certificates: readonly string[],
): Promise<Element | undefined> {
  try {
    const xml = Buffer.from(samlResponse, 'base64').toString('utf8');
    const { documentElement } = await parseDomFromString(xml);
    const signed = getVerifiedXml(xml, documentElement, [...certificates]);
    return signed === null ? undefined : parseXml(signed);
  } catch {
    // Not passed on as cause: messages of parsers quote what they could not read.
    return undefined;
  }
}

/**
 * @returns checks the signature over the whole answer and decrypts what is in it: the assertion, taken from the signed
 * bytes only; undefined when the answer is validly signed but carries a status instead.
 * Throws IdentityError `invalid`: `signature`, or `decryption` when it is signed well and cannot be opened.
 */
export function createChecker(options: { certificates: readonly string[]; decryptionKey: string }): Checker {
  return async (samlResponse) => {
    const root = await signedRoot(samlResponse, options.certificates);
    if (!root) throw new IdentityError('invalid', 'signature');
    return openAssertion(root, options.decryptionKey);
  };
}
