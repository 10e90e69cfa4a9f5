/** Reads sign-in requests as the real BundID does, and refuses what it would refuse. */
import { constants, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { all, NS, parse } from './xml.ts';

/** A service that may send people here. */
export interface Service {
  entityId: string;
  acsUrls: readonly string[];
  signing: readonly string[];
  encryption: string;
}

/** What a service asked for, checked. */
export interface Asked {
  id: string;
  service: Service;
  acsUrl: string;
  organisation: string;
  /** 1 to 4. */
  level: number;
  /** Ways of signing in that the service takes, by their names. */
  methods: readonly string[];
  /** Names of attributes (OIDs). */
  attributes: readonly string[];
  relay: string | undefined;
}

/** Why a request is refused; shown on the page, because whoever sees it here is trying things out. */
export class RequestRefused extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`request refused: ${reason}`);
    this.reason = reason;
  }
}

function refuseUnless(holds: boolean, reason: string): void {
  if (!holds) throw new RequestRefused(reason);
}

const LONGEST = 64 * 1024;
const OLDEST_MS = 5 * 60_000;
const PSS = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';
const PLAIN: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': 'sha512',
};

function certificatesFor(root: Element, use: string): string[] {
  return all(root, NS.md, 'KeyDescriptor')
    .filter((key) => [use, ''].includes(key.getAttribute('use') ?? ''))
    .flatMap((key) => all(key, NS.ds, 'X509Certificate'))
    .map((certificate) =>
      new X509Certificate(Buffer.from(certificate.textContent ?? '', 'base64')).toString(),
    );
}

/** @returns what a service's SAML metadata says @throws Error when it is not complete */
export function readServiceMetadata(xml: string): Service {
  const root = parse(xml);
  const signing = certificatesFor(root, 'signing');
  const [encryption] = certificatesFor(root, 'encryption');
  const acsUrls = all(root, NS.md, 'AssertionConsumerService').map(
    (acs) => acs.getAttribute('Location') ?? '',
  );
  const entityId = root.getAttribute('entityID') ?? '';
  if (!entityId || !encryption || signing.length === 0 || acsUrls.length === 0)
    throw new Error('service metadata are not complete');
  return { entityId, acsUrls, signing, encryption };
}

/** The query as it was sent: the signature is over the letters, not over what they mean. */
function rawFields(query: string): Map<string, string> {
  return new Map(
    query.split('&').map((field) => {
      const at = field.indexOf('=');
      return [field.slice(0, at), field.slice(at + 1)];
    }),
  );
}

function isSigned(fields: ReadonlyMap<string, string>, service: Service): boolean {
  const text = ['SAMLRequest', 'RelayState', 'SigAlg']
    .filter((name) => fields.has(name))
    .map((name) => `${name}=${fields.get(name)}`)
    .join('&');
  const algorithm = decodeURIComponent(fields.get('SigAlg') ?? '');
  const signature = Buffer.from(decodeURIComponent(fields.get('Signature') ?? ''), 'base64');
  const hash = algorithm === PSS ? 'sha256' : PLAIN[algorithm];
  if (hash === undefined) return false;
  const padding = algorithm === PSS ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return service.signing.some((certificate) =>
    verify(hash, Buffer.from(text), { key: createPublicKey(certificate), padding }, signature),
  );
}

function inflate(fields: ReadonlyMap<string, string>): Element {
  try {
    const packed = Buffer.from(decodeURIComponent(fields.get('SAMLRequest') ?? ''), 'base64');
    return parse(inflateRawSync(packed, { maxOutputLength: LONGEST }).toString('utf8'));
  } catch {
    throw new RequestRefused('unreadable');
  }
}

function one(root: Element, namespace: string, name: string): string {
  return all(root, namespace, name)[0]?.textContent?.trim() ?? '';
}

/** Elements of `akdb:AuthnMethods`; each holds `akdb:Enabled`. */
const METHODS = ['Benutzername', 'eID', 'eIDAS', 'Elster'];

function extensionOf(root: Element): { organisation: string; methods: string[]; attributes: string[] } {
  const [extension] = all(root, NS.akdb, 'AuthenticationRequest');
  if (extension?.getAttribute('Version') !== '2') throw new RequestRefused('no extension');
  const organisation = one(extension, NS.classicUi, 'OrganizationDisplayName');
  refuseUnless(organisation !== '', 'no organisation');
  const attributes = all(extension, NS.akdb, 'RequestedAttribute').map(
    (name) => name.getAttribute('Name') ?? '',
  );
  refuseUnless(attributes.length > 0, 'no attributes');
  const methods = METHODS.filter((name) => one(extension, NS.akdb, name) === 'true');
  refuseUnless(methods.length > 0, 'no way to sign in');
  return { organisation, methods, attributes };
}

/**
 * @param query without its question mark
 * @param service who may ask
 * @param ssoUrl address of this sign-in
 * @param now milliseconds
 * @throws RequestRefused
 */
export function readRequest(query: string, service: Service, ssoUrl: string, now: number): Asked {
  const fields = rawFields(query);
  const root = inflate(fields);
  refuseUnless(root.namespaceURI === NS.samlp && root.localName === 'AuthnRequest', 'no request');
  refuseUnless(one(root, NS.saml, 'Issuer') === service.entityId, 'unknown service');
  refuseUnless(isSigned(fields, service), 'not signed');
  refuseUnless(root.getAttribute('Destination') === ssoUrl, 'other destination');
  const issued = Date.parse(root.getAttribute('IssueInstant') ?? '');
  refuseUnless(Math.abs(now - issued) < OLDEST_MS, 'too old');
  const acsUrl = root.getAttribute('AssertionConsumerServiceURL') ?? '';
  refuseUnless(service.acsUrls.includes(acsUrl), 'unknown answer address');
  const [context] = all(root, NS.samlp, 'RequestedAuthnContext');
  refuseUnless(context?.getAttribute('Comparison') === 'minimum', 'no level');
  const level = Number(/^STORK-QAA-Level-([1-4])$/.exec(one(root, NS.saml, 'AuthnContextClassRef'))?.[1]);
  refuseUnless(level >= 1, 'no level');
  const id = root.getAttribute('ID') ?? '';
  refuseUnless(id !== '', 'no request');
  const relay = fields.get('RelayState');
  return {
    ...{ id, service, acsUrl, level, ...extensionOf(root) },
    relay: relay === undefined ? undefined : decodeURIComponent(relay),
  };
}
