import { X509Certificate } from 'node:crypto';
import { attributeOf, childrenOf, escapeXml, isNamed } from '#xml';
import { CONTENT_CIPHERS, KEY_CIPHERS, XMLENC11 } from './decrypt.ts';
import { DIGESTS, SIGNATURES } from './envelope.ts';
import { IdentityError, type IdentityProviderDescription } from './types.ts';
import { DSIG, METADATA, parseXml, SAMLP, textOf, XMLENC } from './xml.ts';

const ALGORITHMS = 'urn:oasis:names:tc:SAML:metadata:algsupport';
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

function method(algorithm: string, inside = ''): string {
  return `<md:EncryptionMethod Algorithm="${algorithm}">${inside}</md:EncryptionMethod>`;
}

/** How keys should be wrapped: with SHA-256, and with a mask of SHA-256 where the algorithm leaves a choice. */
function keyMethod(algorithm: string): string {
  const mask = algorithm.startsWith(XMLENC11)
    ? `<xenc11:MGF xmlns:xenc11="${XMLENC11}" Algorithm="${XMLENC11}mgf1sha256"/>`
    : '';
  return method(algorithm, `<ds:DigestMethod Algorithm="${XMLENC}sha256"/>${mask}`);
}

/** What may sign, and with which digests (SAML v2.0 Metadata Profile for Algorithm Support 1.0, 2.3 to 2.5). */
function signingMethods(): string {
  const digests = DIGESTS.map((algorithm) => `<alg:DigestMethod Algorithm="${algorithm}"/>`);
  const methods = SIGNATURES.map((algorithm) => `<alg:SigningMethod Algorithm="${algorithm}"/>`);
  return `<md:Extensions xmlns:alg="${ALGORITHMS}">${[...digests, ...methods].join('')}</md:Extensions>`;
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
  const methods = [
    ...KEY_CIPHERS.map(keyMethod),
    ...CONTENT_CIPHERS.map((algorithm) => method(algorithm)),
  ].join('');
  const name = escapeXml(office.organisation);
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${METADATA}" xmlns:ds="${DSIG}" entityID="${escapeXml(office.entityId)}">
${signingMethods()}
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
