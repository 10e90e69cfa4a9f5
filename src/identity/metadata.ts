import { X509Certificate } from 'node:crypto';
import { CONTENT_CIPHERS, KEY_CIPHER } from './envelope.ts';
import { IdentityError, type IdentityProviderDescription } from './types.ts';
import {
  attributeOf,
  childrenOf,
  DSIG,
  escapeXml,
  isNamed,
  METADATA,
  parseXml,
  SAMLP,
  textOf,
} from './xml.ts';

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

/** The metadata of an identity provider cannot be used. */
export class MetadataError extends Error {
  constructor(reason: string) {
    super(`identity provider metadata: ${reason}`);
    this.name = 'MetadataError';
  }
}

function toPem(base64: string): string {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).toString();
  } catch {
    throw new MetadataError('a certificate cannot be read');
  }
}

function certificatesOf(descriptor: Element): string[] {
  return childrenOf(descriptor, METADATA, 'KeyDescriptor')
    .filter((key) => attributeOf(key, 'use') !== 'encryption')
    .flatMap((key) => childrenOf(key, DSIG, 'KeyInfo'))
    .flatMap((info) => childrenOf(info, DSIG, 'X509Data'))
    .flatMap((data) => childrenOf(data, DSIG, 'X509Certificate'))
    .map((certificate) => toPem(textOf(certificate)));
}

function parse(xml: string): Element {
  try {
    const root = parseXml(xml);
    if (!isNamed(root, METADATA, 'EntityDescriptor'))
      throw new MetadataError('the root is no EntityDescriptor');
    return root;
  } catch (error) {
    throw error instanceof IdentityError ? new MetadataError('not well-formed XML') : error;
  }
}

/**
 * Reads the metadata file of an identity provider (SAML 2.0 Metadata). Whoever puts the file there vouches for it:
 * a signature in it is not checked.
 * @throws MetadataError when the address of the sign-in (HTTP-Redirect), a signing certificate or the name is missing
 */
export function readProviderMetadata(xml: string): IdentityProviderDescription {
  const root = parse(xml);
  const entityId = attributeOf(root, 'entityID') ?? '';
  const [descriptor] = childrenOf(root, METADATA, 'IDPSSODescriptor');
  if (entityId === '' || descriptor === undefined)
    throw new MetadataError('it describes no identity provider');
  const ssoUrl = childrenOf(descriptor, METADATA, 'SingleSignOnService')
    .filter((service) => attributeOf(service, 'Binding') === REDIRECT)
    .map((service) => attributeOf(service, 'Location') ?? '')[0];
  if (ssoUrl === undefined || !/^https?:/.test(ssoUrl) || !URL.canParse(ssoUrl))
    throw new MetadataError('no address for sign-in by HTTP-Redirect');
  const certificates = [...new Set(certificatesOf(descriptor))];
  if (certificates.length === 0) throw new MetadataError('no certificate for signatures');
  return { entityId, ssoUrl, certificates };
}

function keyDescriptor(use: 'signing' | 'encryption', certificate: string, methods = ''): string {
  const base64 = new X509Certificate(certificate).raw.toString('base64');
  return `<md:KeyDescriptor use="${use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</md:KeyDescriptor>`;
}

/**
 * Metadata of the office as service provider (SAML 2.0 Metadata 2.4.4).
 * @param office `signing` and `decryption` are certificates as PEM
 */
export function writeOfficeMetadata(office: {
  entityId: string;
  acsUrl: string;
  organisation: string;
  signing: string;
  decryption: string;
}): string {
  const methods = [KEY_CIPHER, ...CONTENT_CIPHERS]
    .map((algorithm) => `<md:EncryptionMethod Algorithm="${algorithm}"/>`)
    .join('');
  const name = escapeXml(office.organisation);
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${METADATA}" xmlns:ds="${DSIG}" entityID="${escapeXml(office.entityId)}">
<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="false" protocolSupportEnumeration="${SAMLP}">
${keyDescriptor('signing', office.signing)}
${keyDescriptor('encryption', office.decryption, methods)}
<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>
<md:AssertionConsumerService index="0" isDefault="true" Binding="${POST}" Location="${escapeXml(office.acsUrl)}"/>
</md:SPSSODescriptor>
<md:Organization>
<md:OrganizationName xml:lang="de">${name}</md:OrganizationName>
<md:OrganizationDisplayName xml:lang="de">${name}</md:OrganizationDisplayName>
<md:OrganizationURL xml:lang="de">${escapeXml(new URL(office.acsUrl).origin)}</md:OrganizationURL>
</md:Organization>
</md:EntityDescriptor>
`;
}
