/** What node-saml does for the room: write requests, check signatures, decrypt. Loaded with the first sign-in. */
import { SAML, type SamlConfig, SamlStatusError } from '@node-saml/node-saml';
import { IdentityError } from './types.ts';

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

export type Checker = (samlResponse: string) => Promise<string | undefined>;

/**
 * @returns checks the signature over the whole answer and decrypts what is in it: the assertion as XML, taken from the
 * signed bytes only; undefined when the answer is validly signed but carries a status instead.
 * Throws IdentityError `invalid` (`signature`) otherwise.
 */
export function createChecker(options: {
  entityId: string;
  acsUrl: string;
  certificates: readonly string[];
  decryptionKey: string;
}): Checker {
  const config: SamlConfig = {
    issuer: options.entityId,
    callbackUrl: options.acsUrl,
    idpCert: [...options.certificates],
    decryptionPvk: options.decryptionKey,
    wantAuthnResponseSigned: true,
    wantAssertionsSigned: false,
    // Times and audience are checked afterwards, by the office's clock.
    acceptedClockSkewMs: -1,
    audience: false,
  };
  const saml = new SAML(config);
  return async (samlResponse) => {
    try {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: samlResponse });
      const assertion = profile?.getAssertionXml?.();
      if (assertion !== undefined) return assertion;
    } catch (error) {
      if (error instanceof SamlStatusError) return undefined;
      // Not passed on as cause: messages of parsers quote what they could not read.
    }
    throw new IdentityError('invalid', 'signature');
  };
}
