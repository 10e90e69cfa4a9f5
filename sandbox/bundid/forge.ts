/** Answers that an attacker or a broken provider could send. None of them may ever identify anybody. */
import {
  answerXml,
  attributeXml,
  honestParts,
  type Parts,
  refusalXml,
  type Signer,
  signXml,
} from './answer.ts';
import { makeCertificate } from './certificate.ts';
import type { Person } from './persons.ts';
import type { Asked } from './request.ts';
import { escapeXml, NS } from './xml.ts';

const HOUR_MS = 3_600_000;

interface Scene {
  signer: Signer;
  asked: Asked;
  victim: Person;
  now: Date;
}
type Forger = (scene: Scene) => string | Promise<string>;

const partsOf = ({ signer, asked, victim, now }: Scene): Parts => honestParts(signer, asked, victim, now);

/** An answer in which one thing is not as it should be; signed by the provider all the same. */
function changed(change: (parts: Parts, scene: Scene) => Partial<Parts>): Forger {
  return (scene) => {
    const parts = partsOf(scene);
    return answerXml({ ...parts, ...change(parts, scene) }, scene.asked);
  };
}

const honest = changed(() => ({}));

/** A validly signed answer, changed afterwards. */
function tampered(change: (xml: string) => string): Forger {
  return async (scene) => change(await honest(scene));
}

const shifted = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);
const SURNAME = 'urn:oid:2.5.4.4';

/** Attributes that make the person somebody else. */
const otherPerson = (): Partial<Parts> => ({
  attributes: attributeXml(SURNAME, 'surname', 'Mallory', 'HOCH'),
});

const KEY = /<(?:\w+:)?EncryptedKey[\s\S]*?<\/(?:\w+:)?EncryptedKey>/;

/** An answer that the provider itself has signed, however odd it is. */
function signedAnew(change: (xml: string) => string): Forger {
  return async (scene) => {
    const parts = partsOf(scene);
    const bare = await answerXml({ ...parts, signed: false }, scene.asked);
    return signXml(change(bare), parts.signer, parts.signatureAlgorithm);
  };
}

const SIGNATURE = /<ds:Signature[\s\S]*<\/ds:Signature>/;

/** Signature wrapping: the attacker holds an honest answer and moves its signed part to where only the signature looks. */
function wrapped(
  build: (pieces: { evil: string; signature: string; bare: string; whole: string }) => string,
  sameId = false,
): Forger {
  return async (scene) => {
    const parts = partsOf(scene);
    const whole = await answerXml(parts, scene.asked);
    const signature = SIGNATURE.exec(whole)?.[0] ?? '';
    const bare = whole.replace(signature, '');
    const own = { ...partsOf(scene), ...otherPerson(), signed: false };
    const evil = await answerXml(sameId ? { ...own, responseId: parts.responseId } : own, scene.asked);
    return build({ evil, signature, bare, whole });
  };
}

const AFTER_ISSUER = '</saml:Issuer>';
/** Puts something where a signature stands: as the root's child, after the issuer. */
const insert = (into: string, what: string): string =>
  into.replace(AFTER_ISSUER, () => `${AFTER_ISSUER}${what}`);
const insideSignature = (signature: string, what: string): string =>
  signature.replace('</ds:Signature>', () => `<ds:Object>${what}</ds:Object></ds:Signature>`);
const extensions = (what: string): string => `<samlp:Extensions>${what}</samlp:Extensions>`;

const DOCTYPE = '<!DOCTYPE samlp:Response [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';

const FORGERS = {
  unsigned: changed(() => ({ signed: false })),
  unsignedStatus: ({ signer, asked, now }) => refusalXml(signer, asked, 'cancelled', now, false),
  wrongKey: changed(({ signer }, { now }) => ({
    signer: { ...signer, ...makeCertificate('Mallory', { now: () => now }) },
  })),
  signedInsideOnly: changed(({ signer }, { now }) => ({
    assertionSigner: signer,
    signer: { ...signer, ...makeCertificate('Mallory', { now: () => now }) },
  })),
  weakSignature: changed(() => ({ signatureAlgorithm: SHA1 })),
  wrongIssuer: changed(({ issuer }) => ({ issuer: `${issuer}/other` })),
  wrongIssuerInside: changed(({ assertionIssuer }) => ({ assertionIssuer: `${assertionIssuer}/other` })),
  wrongAudience: changed(() => ({ audience: 'https://other-office.example.org' })),
  wrongRecipient: changed(() => ({ recipient: 'https://other-office.example.org/acs' })),
  wrongDestination: changed(() => ({ destination: 'https://other-office.example.org/acs' })),
  otherRequest: changed(() => ({ inResponseTo: '_other', confirmedRequest: '_other' })),
  otherRequestInside: changed(() => ({ confirmedRequest: '_other' })),
  expired: changed(({ issuedAt }) => ({
    notBefore: shifted(issuedAt, -2 * HOUR_MS),
    notOnOrAfter: shifted(issuedAt, -HOUR_MS),
  })),
  confirmationExpired: changed(({ issuedAt }) => ({ confirmedUntil: shifted(issuedAt, -HOUR_MS) })),
  notYetValid: changed(({ issuedAt }) => ({
    notBefore: shifted(issuedAt, HOUR_MS),
    notOnOrAfter: shifted(issuedAt, 2 * HOUR_MS),
  })),
  oldSignIn: changed(({ signedInAt }) => ({ signedInAt: shifted(signedInAt, -HOUR_MS) })),
  lowLevel: changed(() => ({ level: 1 })),
  passwordAsHigh: changed(({ attributes }) => ({
    attributes: attributes.replace('>eID<', '>Benutzername<'),
  })),
  unknownLevel: changed(({ attributes }) => ({
    level: 9,
    attributes: attributes.replaceAll('STORK-QAA-Level-4', 'STORK-QAA-Level-9'),
  })),
  differentLevels: changed(({ attributes }) => ({
    attributes: attributes.replaceAll('STORK-QAA-Level-4', 'STORK-QAA-Level-3'),
  })),
  doubledAttribute: changed(({ attributes }) => ({ attributes: attributes + otherPerson().attributes })),
  unencrypted: changed(() => ({ encrypted: false })),
  weakContentCipher: changed(() => ({ contentCipher: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' })),
  weakKeyCipher: changed(() => ({ keyCipher: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5' })),
  foreignKey: ({ signer, asked, victim, now }) => {
    const { certificate } = makeCertificate('Another office', { now: () => now });
    const parts = honestParts(signer, asked, victim, now);
    return answerXml(parts, { ...asked, service: { ...asked.service, encryption: certificate } });
  },
  brokenPadding: signedAnew((xml) =>
    xml.replace(/(CipherValue>)[^<]+/, (_, open) => `${open}${Buffer.alloc(256, 7).toString('base64')}`),
  ),
  weakKeyDigest: signedAnew((xml) =>
    xml.replace(/(DigestMethod Algorithm=")[^"]+/, '$1http://www.w3.org/2001/04/xmldsig-more#md5'),
  ),
  twoKeys: signedAnew((xml) => {
    const key = KEY.exec(xml)?.[0] ?? '';
    return xml.replace('</saml:EncryptedAssertion>', () => `${key}</saml:EncryptedAssertion>`);
  }),
  keyFromElsewhere: signedAnew((xml) =>
    xml.replace(KEY, `<ds:RetrievalMethod xmlns:ds="${NS.ds}" URI="https://evil.example/key"/>$&`),
  ),
  keyAmongExtensions: signedAnew((xml) => {
    const key = KEY.exec(xml)?.[0] ?? '';
    return insert(xml.replace(key, ''), extensions(key));
  }),
  tamperedFrame: tampered((xml) =>
    xml.replace(/ IssueInstant="[^"]*"/, ' IssueInstant="2020-01-01T00:00:00Z"'),
  ),
  tamperedCipher: tampered((xml) => {
    const at = xml.lastIndexOf('CipherValue>') - 40;
    return `${xml.slice(0, at)}${xml[at] === 'A' ? 'B' : 'A'}${xml.slice(at + 1)}`;
  }),
  swappedAssertion: async (scene) => {
    const pick = /<saml:EncryptedAssertion[\s\S]*<\/saml:EncryptedAssertion>/;
    const own = await answerXml({ ...partsOf(scene), ...otherPerson() }, scene.asked);
    return (await honest(scene)).replace(pick, () => pick.exec(own)?.[0] ?? '');
  },
  doctype: tampered((xml) => `<!DOCTYPE samlp:Response SYSTEM "file:///etc/passwd">${xml}`),
  entityBomb: tampered((xml) => DOCTYPE + xml.replace(AFTER_ISSUER, `&b;${AFTER_ISSUER}`)),
  brokenXml: tampered((xml) => xml.slice(0, -20)),
  deepXml: tampered((xml) => insert(xml, '<a>'.repeat(9_000) + '</a>'.repeat(9_000))),
  oversized: tampered((xml) => insert(xml, `<a>${'x'.repeat(400_000)}</a>`)),
  wrapped1: wrapped(({ evil, signature, bare }) => insert(evil, insideSignature(signature, bare))),
  wrapped2: wrapped(({ evil, signature, bare }) => insert(evil, signature + bare)),
  wrapped3: wrapped(({ evil, whole }) => insert(evil, extensions(whole))),
  wrapped4: wrapped(({ evil, whole }) => {
    const own = /<saml:EncryptedAssertion[\s\S]*<\/saml:EncryptedAssertion>/.exec(evil)?.[0] ?? '';
    return whole.replace('<saml:EncryptedAssertion', () => `${own}<saml:EncryptedAssertion`);
  }),
  wrapped5: wrapped(({ evil, signature, bare }) => insert(evil, insideSignature(signature, bare)), true),
  wrapped6: wrapped(({ evil, signature, bare }) => insert(evil, signature + extensions(bare)), true),
  wrapped7: wrapped(({ evil, signature, whole }) => insert(evil, signature + extensions(whole))),
  wrapped8: wrapped(({ evil, whole }) =>
    whole.replace('</samlp:Response>', () => `${evil}</samlp:Response>`),
  ),
} satisfies Record<string, Forger>;

export type Forgery = keyof typeof FORGERS;
export const FORGERIES = Object.keys(FORGERS) as Forgery[];

/** @returns the forged answer as XML */
export async function forgedXml(forgery: Forgery, scene: Scene): Promise<string> {
  const forger: Forger = FORGERS[forgery];
  return forger(scene);
}

/** @returns the provider's metadata as XML */
export function metadataXml(signer: Signer, ssoUrl: string): string {
  const certificate = signer.certificate.replace(/-----[A-Z ]+-----|\s/g, '');
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${NS.md}" xmlns:ds="${NS.ds}" entityID="${escapeXml(signer.entityId)}"><md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="${NS.samlp}"><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${escapeXml(ssoUrl)}"/></md:IDPSSODescriptor></md:EntityDescriptor>
`;
}
