/** Writes answers as the real BundID does: signed as a whole, with an encrypted assertion. */
import { createPublicKey, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { SignedXml } from 'xml-crypto';
import { type EncryptOptions, encrypt } from 'xml-encryption';
import { type Facts, type Person, STORK } from './persons.ts';
import type { Asked } from './request.ts';
import { escapeXml, NS } from './xml.ts';

export interface Signer {
  entityId: string;
  key: string;
  certificate: string;
}

/** Everything an answer is made of, so that a forger can change any of it. */
export interface Parts {
  signer: Signer;
  signatureAlgorithm: string;
  signed: boolean;
  /** Signs the assertion itself too, before it is encrypted; the real one leaves it at the whole. */
  assertionSigner: Signer | undefined;
  encrypted: boolean;
  contentCipher: EncryptOptions['encryptionAlgorithm'];
  keyCipher: string;
  /** Digest of OAEP, and of its mask where the algorithm leaves a choice. */
  keyDigest: 'sha1' | 'sha256' | 'sha512';
  keyMask: 'sha1' | 'sha256' | 'sha512' | undefined;
  /** Where the wrapped key stands: in the data, or beside it, with or without a reference. */
  keyPlace: 'inside' | 'beside' | 'referred';
  responseId: string;
  assertionId: string;
  issuer: string;
  /** The one inside the assertion. */
  assertionIssuer: string;
  destination: string;
  recipient: string;
  audience: string;
  inResponseTo: string;
  /** The one inside the assertion. */
  confirmedRequest: string;
  issuedAt: Date;
  signedInAt: Date;
  notBefore: Date;
  notOnOrAfter: Date;
  /** Until when the bearer may use it: the end inside the subject. */
  confirmedUntil: Date;
  level: number;
  /** XML of the attributes. */
  attributes: string;
}

/** How the key of an assertion is wrapped, and where it stands. */
export type Wrapping = Pick<Parts, 'keyCipher' | 'keyDigest' | 'keyMask' | 'keyPlace'>;

const OIDS: Readonly<Record<keyof Facts, string>> = {
  surname: 'urn:oid:2.5.4.4',
  givenName: 'urn:oid:2.5.4.42',
  birthName: 'urn:oid:1.2.40.0.10.2.1.1.225566',
  birthdate: 'urn:oid:1.2.40.0.10.2.1.1.55',
  placeOfBirth: 'urn:oid:1.3.6.1.5.5.7.9.2',
  nationality: 'urn:oid:1.2.40.0.10.2.1.1.225577',
  postalAddress: 'urn:oid:2.5.4.16',
  postalCode: 'urn:oid:2.5.4.17',
  localityName: 'urn:oid:2.5.4.7',
  Country: 'urn:oid:1.2.40.0.10.2.1.1.225599',
  personalTitle: 'urn:oid:0.9.2342.19200300.100.1.40',
  mail: 'urn:oid:0.9.2342.19200300.100.1.3',
  documentType: 'urn:oid:1.2.40.0.10.2.1.1.552255',
};
const QAA_LEVEL = 'urn:oid:1.2.40.0.10.2.1.1.261.94';
const PROVED_BY = 'urn:oid:1.3.6.1.4.1.25484.494450.2';
const VALID_MS = 5 * 60_000;
const PSS = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

const newId = (): string => `_${randomBytes(20).toString('hex')}`;

/** @returns one attribute as XML */
export function attributeXml(oid: string, name: string, value: string, trust: string): string {
  return `<saml:Attribute xmlns:akdb="${NS.akdb}" FriendlyName="${name}" Name="${oid}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" akdb:TrustLevel="${trust}"><saml:AttributeValue>${escapeXml(value)}</saml:AttributeValue></saml:Attribute>`;
}

/** An e-mail address stands on no card: people typed it into their account. */
function trustOf(name: string, level: number): string {
  if (name === 'mail') return 'UNTERGEORDNET';
  return { 3: 'SUBSTANTIELL', 4: 'HOCH' }[level] ?? 'NORMAL';
}

function attributesOf(person: Person, asked: Asked, level: number): string {
  const told = Object.entries(person.facts).map(([name, value]) => ({ name, value: String(value) }));
  const wanted = told.flatMap(({ name, value }) => {
    const oid = OIDS[name as keyof Facts];
    return asked.attributes.includes(oid) ? [attributeXml(oid, name, value, trustOf(name, level))] : [];
  });
  const qaa = attributeXml(QAA_LEVEL, 'EID-CITIZEN-QAA-LEVEL', `STORK-QAA-Level-${level}`, 'NORMAL');
  const way = attributeXml(PROVED_BY, 'AssertionProvedBy', person.means, 'NORMAL');
  const technical = [
    ...(asked.attributes.includes(QAA_LEVEL) ? [qaa] : []),
    ...(asked.attributes.includes(PROVED_BY) ? [way] : []),
  ];
  return [...wanted, ...technical].join('');
}

/** @returns what an honest answer for this person is made of */
export function honestParts(signer: Signer, asked: Asked, person: Person, now: Date): Parts {
  const level = STORK[person.means];
  return {
    ...{ signer, signed: true, assertionSigner: undefined, encrypted: true, level },
    signatureAlgorithm: PSS,
    contentCipher: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    keyCipher: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    ...({ keyDigest: 'sha1', keyMask: undefined, keyPlace: 'inside' } as const),
    responseId: newId(),
    assertionId: newId(),
    issuer: signer.entityId,
    assertionIssuer: signer.entityId,
    destination: asked.acsUrl,
    recipient: asked.acsUrl,
    audience: asked.service.entityId,
    inResponseTo: asked.id,
    confirmedRequest: asked.id,
    issuedAt: now,
    signedInAt: now,
    notBefore: now,
    notOnOrAfter: new Date(now.getTime() + VALID_MS),
    confirmedUntil: new Date(now.getTime() + VALID_MS),
    attributes: attributesOf(person, asked, level),
  };
}

export function assertionXml(parts: Parts): string {
  const window = `NotBefore="${parts.notBefore.toISOString()}" NotOnOrAfter="${parts.notOnOrAfter.toISOString()}"`;
  return `<saml:Assertion xmlns:saml="${NS.saml}" ID="${parts.assertionId}" IssueInstant="${parts.issuedAt.toISOString()}" Version="2.0"><saml:Issuer>${escapeXml(parts.assertionIssuer)}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">${newId()}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="${parts.confirmedRequest}" NotOnOrAfter="${parts.confirmedUntil.toISOString()}" Recipient="${escapeXml(parts.recipient)}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions ${window}><saml:AudienceRestriction><saml:Audience>${escapeXml(parts.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${parts.signedInAt.toISOString()}"><saml:AuthnContext><saml:AuthnContextClassRef>STORK-QAA-Level-${parts.level}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${parts.attributes}</saml:AttributeStatement></saml:Assertion>`;
}

/** Moves the wrapped key to where some providers have it. */
function placed(data: string, place: Parts['keyPlace']): string {
  const key = /<(\w+:)?EncryptedKey[\s\S]*?<\/(\w+:)?EncryptedKey>/.exec(data)?.[0] ?? '';
  if (place === 'inside') return data;
  const id = newId();
  const named = key.replace('EncryptedKey', `EncryptedKey xmlns="${NS.ds}" Id="${id}"`);
  const reference = `<ds:RetrievalMethod xmlns:ds="${NS.ds}" Type="http://www.w3.org/2001/04/xmlenc#EncryptedKey" URI="#${id}"/>`;
  return data.replace(key, () => (place === 'referred' ? reference : '')) + named;
}

/** Encrypts for the certificate of the service's metadata. */
async function encrypted(xml: string, certificate: string, parts: Parts): Promise<string> {
  const data = await promisify(encrypt)(xml, {
    rsa_pub: createPublicKey(certificate).export({ type: 'spki', format: 'pem' }).toString(),
    pem: certificate,
    encryptionAlgorithm: parts.contentCipher,
    // The library knows more than its types.
    keyEncryptionAlgorithm: parts.keyCipher as EncryptOptions['keyEncryptionAlgorithm'],
    ...{ keyEncryptionDigest: parts.keyDigest, keyEncryptionMgf: parts.keyMask },
    disallowEncryptionWithInsecureAlgorithm: false,
    warnInsecureAlgorithm: false,
  });
  return `<saml:EncryptedAssertion xmlns:saml="${NS.saml}">${placed(data, parts.keyPlace)}</saml:EncryptedAssertion>`;
}

type Frame = Pick<Parts, 'responseId' | 'inResponseTo' | 'destination' | 'issuer' | 'issuedAt'>;

function responseXml(frame: Frame, status: string, content: string): string {
  return `<samlp:Response xmlns:samlp="${NS.samlp}" ID="${frame.responseId}" InResponseTo="${frame.inResponseTo}" IssueInstant="${frame.issuedAt.toISOString()}" Destination="${escapeXml(frame.destination)}" Version="2.0"><saml:Issuer xmlns:saml="${NS.saml}">${escapeXml(frame.issuer)}</saml:Issuer><samlp:Status>${status}</samlp:Status>${content}</samlp:Response>`;
}

/** Signs the root, as its own child after the issuer. */
export function signXml(xml: string, signer: Signer, signatureAlgorithm: string): string {
  const signing = new SignedXml({
    privateKey: signer.key,
    publicCert: signer.certificate,
    signatureAlgorithm,
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  signing.addReference({
    xpath: '/*',
    transforms: [`${NS.ds}enveloped-signature`, EXCLUSIVE],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  const location = { reference: "/*/*[local-name(.)='Issuer']", action: 'after' } as const;
  signing.computeSignature(xml, { prefix: 'ds', location });
  return signing.getSignedXml();
}

const STATUS = 'urn:oasis:names:tc:SAML:2.0:status:';

/** @returns the answer as XML */
export async function answerXml(parts: Parts, asked: Asked): Promise<string> {
  const plain = assertionXml(parts);
  const by = parts.assertionSigner;
  const assertion = by ? signXml(plain, by, parts.signatureAlgorithm) : plain;
  const content = parts.encrypted ? await encrypted(assertion, asked.service.encryption, parts) : assertion;
  const xml = responseXml(parts, `<samlp:StatusCode Value="${STATUS}Success"/>`, content);
  return parts.signed ? signXml(xml, parts.signer, parts.signatureAlgorithm) : xml;
}

/** A no: cancelled by the person, refused by the provider, or the level cannot be reached with that means. */
export type No = 'cancelled' | 'refused' | 'levelTooLow';
const NO: Readonly<Record<No, readonly [string, string]>> = {
  cancelled: ['Requester', 'AuthnFailed'],
  refused: ['Responder', 'AuthnFailed'],
  levelTooLow: ['Responder', 'NoAuthnContext'],
};

/** @returns a signed answer without an assertion, as XML */
export function refusalXml(signer: Signer, asked: Asked, no: No, now: Date, signed = true): string {
  const [top, second] = NO[no];
  const frame = {
    responseId: newId(),
    inResponseTo: asked.id,
    destination: asked.acsUrl,
    issuer: signer.entityId,
    issuedAt: now,
  };
  const status = `<samlp:StatusCode Value="${STATUS}${top}"><samlp:StatusCode Value="${STATUS}${second}"/></samlp:StatusCode>`;
  const xml = responseXml(frame, status, '');
  return signed ? signXml(xml, signer, PSS) : xml;
}
