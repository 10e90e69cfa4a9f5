/** BundID's side by pysaml2, xmlsec1 and cryptography, where Debian's packages are installed: SAML that nobody here wrote. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  createBundId,
  createReplayGuard,
  IdentityError,
  type IdentityProvider,
  type IdentityRequest,
  readProviderMetadata,
} from '#identity';
import { makeCertificate } from '#sandbox/bundid';
import { freshDatabase } from '#test/database';
import { type Asked, hasPysaml2, type Peer, startPysaml2, type Wrapping } from '#test/pysaml2';
import { createClock } from '#time';

const ACS_URL = 'https://amt.example.org/identity/bundid/acs';
const ENTITY_ID = 'https://amt.example.org/identity/bundid/metadata';
const IDP = 'https://idp.example.org/metadata';
const WANT = { level: 'high', attributes: ['familyName', 'givenNames', 'birthDate'] } as const;
const ERIKA = {
  'urn:oid:2.5.4.4': 'Mustermann',
  'urn:oid:2.5.4.42': 'Erika Ärmel',
  'urn:oid:1.2.40.0.10.2.1.1.55': '1964-08-12',
  'urn:oid:1.2.40.0.10.2.1.1.261.94': 'STORK-QAA-Level-4',
  'urn:oid:1.3.6.1.4.1.25484.494450.2': 'eID',
  'urn:oid:1.2.40.0.10.2.1.1.552255': 'ID',
};
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
const XMLENC11 = 'http://www.w3.org/2009/xmlenc11#';
const HOUR_MS = 3_600_000;

const WRAPPINGS: Readonly<Record<string, Wrapping>> = {
  'rsa-oaep-mgf1p with SHA-1': {
    ...{ algorithm: `${XMLENC}rsa-oaep-mgf1p`, digest: 'sha1', mask: 'sha1', place: 'inside' },
  },
  'rsa-oaep-mgf1p with SHA-256': {
    ...{ algorithm: `${XMLENC}rsa-oaep-mgf1p`, digest: 'sha256', mask: 'sha1', place: 'inside' },
  },
  'xmlenc11 with SHA-256 for both': {
    ...{ algorithm: `${XMLENC11}rsa-oaep`, digest: 'sha256', mask: 'sha256', place: 'inside' },
  },
  'xmlenc11 with SHA-512 and a mask of SHA-1': {
    ...{ algorithm: `${XMLENC11}rsa-oaep`, digest: 'sha512', mask: 'sha1', place: 'inside' },
  },
  'a label': {
    ...{ algorithm: `${XMLENC11}rsa-oaep`, digest: 'sha256', mask: 'sha256', place: 'inside', label: 'amt' },
  },
  'the key beside the data': {
    ...{ algorithm: `${XMLENC}rsa-oaep-mgf1p`, digest: 'sha256', mask: 'sha1', place: 'beside' },
  },
  'the key beside the data, with references both ways': {
    ...{ algorithm: `${XMLENC11}rsa-oaep`, digest: 'sha256', mask: 'sha256', place: 'referred' },
  },
};

interface Pieces {
  /** A whole answer, and its parts. */
  xml: string;
  root: string;
  signature: string;
  encrypted: string;
  /** The encrypted assertion of another answer, which anybody could have made: the office's key is public. */
  other: string;
}

function piece(xml: string, name: string): string {
  return new RegExp(`<(\\w+:)?${name}[ >][\\s\\S]*</(\\w+:)?${name}>`).exec(xml)?.[0] ?? assert.fail(name);
}

const inside = (root: string, added: string): string => root.replace(/(<\w+:Response[^>]*>)/, `$1${added}`);
const renamed = (root: string): string => root.replace(/ ID="[^"]*"/, ' ID="id-evil"');
const EXTENSIONS = '<x:Extensions xmlns:x="urn:oasis:names:tc:SAML:2.0:protocol">';

/** Ways of showing a signature over one thing and meaning another (signature wrapping). */
const WRAPPED: Readonly<Record<string, (pieces: Pieces) => string>> = {
  'the assertion of another in its place': ({ xml, encrypted, other }) => xml.replace(encrypted, other),
  'the assertion of another before it': ({ xml, encrypted, other }) =>
    xml.replace(encrypted, other + encrypted),
  'the assertion of another after it': ({ xml, encrypted, other }) =>
    xml.replace(encrypted, encrypted + other),
  'the signed answer among the extensions of another': ({ root, signature, encrypted, other }) =>
    inside(
      renamed(root).replace(signature, '').replace(encrypted, other),
      `${EXTENSIONS}${root}</x:Extensions>`,
    ),
  'the signed answer in its own signature': ({ root, signature, encrypted, other }) => {
    const object = `<d:Object xmlns:d="http://www.w3.org/2000/09/xmldsig#">${root.replace(signature, '')}</d:Object>`;
    const holding = signature.replace(/<\/(\w+:)?Signature>$/, (end) => object + end);
    return renamed(root)
      .replace(encrypted, other)
      .replace(signature, () => holding);
  },
  'the signed answer after a forged one of the same name': ({ root, signature, encrypted, other }) =>
    inside(root.replace(signature, '').replace(encrypted, other), `${EXTENSIONS}${root}</x:Extensions>`),
  'another name for the root': ({ root }) => renamed(root),
  'the signature inside the assertion': ({ root, signature, encrypted }) =>
    root.replace(signature, '').replace(encrypted, () => encrypted.replace(/>/, `>${signature}`)),
  'two signatures': ({ root, signature }) => root.replace(signature, () => signature + signature),
  'a plain assertion beside the encrypted one': ({ xml, encrypted }) =>
    xml.replace(
      encrypted,
      () => `${encrypted}<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"/>`,
    ),
};

const base64 = (xml: string): string => Buffer.from(xml).toString('base64');

const skip = hasPysaml2() ? false : 'not installed: python3-pysaml2 xmlsec1';

describe('pysaml2 and xmlsec1', { skip }, () => {
  const everything = new AsyncDisposableStack();
  let shift = 0;
  let office: IdentityProvider;
  let peer: Peer;

  before(async () => {
    const real = createClock();
    const clock = { now: () => new Date(real.now().getTime() + shift) };
    const folder = mkdtempSync(join(tmpdir(), 'amtomat-saml-'));
    everything.defer(() => rmSync(folder, { recursive: true, force: true }));
    const database = await freshDatabase(3);
    everything.defer(() => database.drop());
    const [ours, theirs, stranger] = ['Amt', 'IdP', 'Fremd'].map((name) => makeCertificate(name, clock));
    assert.ok(ours && theirs && stranger);
    writeFileSync(join(folder, 'idp.key'), theirs.key);
    writeFileSync(join(folder, 'idp.crt'), theirs.certificate);
    writeFileSync(join(folder, 'office.crt'), ours.certificate);
    writeFileSync(join(folder, 'stranger.crt'), stranger.certificate);
    const settings = {
      ...{ entityId: ENTITY_ID, acsUrl: ACS_URL, organisation: 'Stadt Karlsruhe & Söhne', clock },
      ...{ signing: ours, decryption: ours, clockSkewSeconds: 60 },
      replay: createReplayGuard(database.db),
    };
    // The office's metadata do not depend on the provider's, so each can be made from the other's.
    const described = {
      entityId: IDP,
      ssoUrl: 'https://idp.example.org/sso',
      certificates: [theirs.certificate],
    };
    const { metadata } = createBundId({ ...settings, idp: described });
    peer = await startPysaml2(folder, IDP, metadata());
    everything.defer(() => peer.stop());
    office = createBundId({ ...settings, idp: readProviderMetadata(peer.metadata) });
  });
  after(() => everything.disposeAsync());

  const honest = (request: IdentityRequest): Asked => ({
    inResponseTo: request.id,
    acsUrl: ACS_URL,
    audience: ENTITY_ID,
    context: 'STORK-QAA-Level-4',
    attributes: ERIKA,
  });
  const begin = async () => (await office.begin(WANT)).request;
  const answered = async (changes: Partial<Asked> = {}) => {
    const request = await begin();
    return { request, xml: await peer.answer({ ...honest(request), ...changes }) };
  };
  const refused = async (xml: string, request: IdentityRequest): Promise<string> => {
    const error: unknown = await office.complete(base64(xml), request).then(
      () => assert.fail('the answer was accepted'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof IdentityError, String(error));
    return `${error.code} ${error.detail}`;
  };
  const VOUCHED = { familyName: 'high', givenNames: 'high', birthDate: 'high' };
  const accepted = async (
    xml: string,
    request: IdentityRequest,
    vouched: object = VOUCHED,
  ): Promise<void> => {
    const { level, means, attributes, trust } = await office.complete(base64(xml), request);
    assert.deepEqual(
      { level, means, attributes, trust },
      {
        ...{ level: 'high', means: 'idCard', trust: vouched },
        attributes: { familyName: 'Mustermann', givenNames: 'Erika Ärmel', birthDate: '1964-08-12' },
      },
    );
  };

  it('read the metadata of the office, which fit the schemas', async () => {
    assert.deepEqual(await peer.readMetadata(), {
      ...{ entityId: ENTITY_ID, acsUrl: ACS_URL, signing: 1, encryption: 1 },
    });
  });

  it('write signed metadata that the office reads', () => {
    assert.match(peer.metadata, /SignatureValue>/);
    const { entityId, ssoUrl, certificates } = readProviderMetadata(peer.metadata);
    assert.deepEqual([entityId, ssoUrl, certificates.length], [IDP, 'https://idp.example.org/sso', 1]);
  });

  it('read a request, whose signature and schema hold', async () => {
    const { url, request } = await office.begin({ ...WANT, relay: 'a b&c' });
    assert.deepEqual(await peer.readRequest(url), {
      ...{ id: request.id, issuer: ENTITY_ID, acsUrl: ACS_URL, destination: 'https://idp.example.org/sso' },
      ...{ forceAuthn: 'true', contexts: ['STORK-QAA-Level-4'], relay: 'a b&c' },
    });
    await assert.rejects(peer.readRequest(url.replace('RelayState=a', 'RelayState=b')), /InvalidSignature/);
  });

  it('sign and encrypt by themselves: taken, once', async () => {
    const { xml, request } = await answered();
    await accepted(xml, request);
    assert.equal(await refused(xml, request), 'replayed used');
  });

  it('sign and encrypt in the other ways they have: taken', async () => {
    for (const changes of [
      { signAssertion: true },
      { signAlg: 'SIG_RSA_SHA512', digestAlg: 'DIGEST_SHA512' },
      { cipher: `${XMLENC11}aes128-gcm`, session: 'aes-128' },
    ]) {
      const { xml, request } = await answered(changes);
      await accepted(xml, request);
    }
  });

  it('leave it to the frame to say what a prefix means: believed as far as the signature covers it', async () => {
    const { xml, request } = await answered({ selfContained: false });
    // Exclusive canonicalisation leaves out declarations that the frame itself does not use: anybody could change them.
    await accepted(xml, request, {});
  });

  for (const [name, wrapping] of Object.entries(WRAPPINGS)) {
    it(`an assertion with ${name} is opened`, async () => {
      const { xml, request } = await answered({ wrapping });
      await accepted(xml, request);
    });
  }

  const NOT_TAKEN: Readonly<Record<string, readonly [Partial<Asked>, string]>> = {
    'not signed': [{ signResponse: false }, 'invalid signature'],
    'signed inside only': [{ signResponse: false, signAssertion: true }, 'invalid signature'],
    'not encrypted': [{ encrypt: false }, 'invalid notEncrypted'],
    'not encrypted and signed inside': [{ encrypt: false, signAssertion: true }, 'invalid structure'],
    'signed with SHA-1': [{ signAlg: 'SIG_RSA_SHA1', digestAlg: 'DIGEST_SHA1' }, 'invalid algorithm'],
    'with a digest of SHA-1': [{ digestAlg: 'DIGEST_SHA1' }, 'invalid algorithm'],
    'encrypted with Triple DES': [
      { cipher: `${XMLENC}tripledes-cbc`, session: 'des-192' },
      'invalid algorithm',
    ],
    'encrypted with AES-CBC': [{ cipher: `${XMLENC}aes256-cbc` }, 'invalid algorithm'],
    'encrypted for somebody else': [{ encryptFor: 'stranger.crt' }, 'invalid decryption'],
    'encrypted for somebody else in the newer way': [
      { encryptFor: 'stranger.crt', ...(WRAPPINGS['a label'] && { wrapping: WRAPPINGS['a label'] }) },
      'invalid decryption',
    ],
    'for another audience': [{ audience: 'https://other.example.org' }, 'invalid audience'],
    'for another address': [{ acsUrl: 'https://other.example.org/acs' }, 'invalid destination'],
    'to another request': [{ inResponseTo: '_other' }, 'unknownRequest inResponseTo'],
    'with a lower level': [{ context: 'STORK-QAA-Level-3' }, 'levelTooLow level'],
  };
  for (const [name, [changes, reason]] of Object.entries(NOT_TAKEN)) {
    it(`an answer ${name} is refused`, async () => {
      const { xml, request } = await answered(changes);
      assert.equal(await refused(xml, request), reason);
    });
  }

  for (const [name, wrap] of Object.entries(WRAPPED)) {
    it(`an answer with ${name} is refused`, async () => {
      const { xml, request } = await answered();
      const changes = { attributes: { ...ERIKA, 'urn:oid:2.5.4.4': 'Mallory' } };
      const other = piece(await peer.answer({ ...honest(request), ...changes }), 'EncryptedAssertion');
      const [root, signature] = [piece(xml, 'Response'), piece(xml, 'Signature')];
      const forged = wrap({ xml, root, signature, encrypted: piece(xml, 'EncryptedAssertion'), other });
      assert.notEqual(forged, xml);
      assert.match(await refused(forged, request), /^invalid (structure|signature|notEncrypted)$/);
      // What it was made of is good.
      await accepted(xml, request);
    });
  }

  it('an answer that comes late is refused', async (t) => {
    const { xml, request } = await answered();
    t.after(() => {
      shift = 0;
    });
    for (const late of [HOUR_MS / 6, HOUR_MS]) {
      shift = late;
      assert.equal(await refused(xml, request), 'expired tooLate');
    }
    shift = -HOUR_MS;
    assert.equal(await refused(xml, request), 'invalid notYetValid');
  });

  it('a no in words of SAML is a no', async () => {
    for (const [status, reason] of [
      ['AuthnFailed', 'refused status'],
      ['NoAuthnContext', 'levelTooLow status'],
    ] as const) {
      const request = await begin();
      const asked = { inResponseTo: request.id, acsUrl: ACS_URL };
      const xml = await peer.refuse({ ...asked, status: `urn:oasis:names:tc:SAML:2.0:status:${status}` });
      assert.equal(await refused(xml, request), reason);
    }
  });
});
