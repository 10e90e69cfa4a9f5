import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { attributeOf } from '#xml';
import { ACS_URL, ENTITY_ID, type Stage, setStage } from './bundid.fixture.ts';
import { MetadataError, readProviderMetadata } from './index.ts';
import { allNamed, parseXml } from './xml.ts';

let stage: Stage;
before(async () => {
  stage = await setStage();
});
after(() => stage.stop());

describe('metadata of the provider', () => {
  it('say its name, its address and whose signature counts', () => {
    const { origin, metadata } = stage.standIn;
    const { entityId, ssoUrl, certificates } = readProviderMetadata(metadata);
    assert.deepEqual([entityId, ssoUrl], [`${origin}/saml/metadata`, `${origin}/saml/sso`]);
    assert.equal(stage.office.origin, origin);
    assert.equal(certificates.length, 1);
    assert.equal(new X509Certificate(certificates[0] ?? '').subject, 'CN=Übungs-BundID');
  });

  it('count all certificates that may sign, each once, and none for encryption', () => {
    const key = /<md:KeyDescriptor[\s\S]*?<\/md:KeyDescriptor>/.exec(stage.standIn.metadata)?.[0] ?? '';
    const twice = stage.standIn.metadata.replace(key, key + key.replace(' use="signing"', ''));
    assert.equal(readProviderMetadata(twice).certificates.length, 1);
    const encryption = stage.standIn.metadata.replace('use="signing"', 'use="encryption"');
    assert.throws(() => readProviderMetadata(encryption), /no certificate for signatures/);
  });

  it('are refused with a reason when they cannot be used', () => {
    const { metadata } = stage.standIn;
    for (const [xml, reason] of [
      ['', /well-formed/],
      ['<a>', /well-formed/],
      [metadata.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>'), /well-formed/],
      ['<a/>', /no EntityDescriptor/],
      [stage.office.metadata(), /no identity provider/],
      [metadata.replace('HTTP-Redirect', 'SOAP'), /no address/],
      [metadata.replace(/Location="[^"]*"/, 'Location="javascript:alert(1)"'), /no address/],
      [metadata.replace(/Certificate>MII/, 'Certificate>AAA'), /certificate cannot be read/],
    ] as const) {
      assert.throws(
        () => readProviderMetadata(xml),
        (error: unknown) => error instanceof MetadataError && reason.test(error.message),
        String(reason),
      );
    }
  });
});

it('metadata of the office say where answers go and what it can decrypt', () => {
  const root = parseXml(stage.office.metadata());
  assert.equal(attributeOf(root, 'entityID'), ENTITY_ID);
  const [acs] = allNamed(root, 'AssertionConsumerService');
  assert.equal(acs && attributeOf(acs, 'Location'), ACS_URL);
  const uses = allNamed(root, 'KeyDescriptor').map((key) => attributeOf(key, 'use'));
  assert.deepEqual(uses, ['signing', 'encryption']);
  const methods = allNamed(root, 'EncryptionMethod').map((method) => attributeOf(method, 'Algorithm'));
  assert.deepEqual(methods, [
    'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    'http://www.w3.org/2009/xmlenc11#rsa-oaep',
    'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  ]);
  const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
  for (const method of allNamed(root, 'EncryptionMethod').slice(0, 2)) {
    const [digest] = allNamed(method, 'DigestMethod');
    assert.equal(digest && attributeOf(digest, 'Algorithm'), SHA256);
  }
  const [mask] = allNamed(root, 'MGF');
  assert.equal(mask && attributeOf(mask, 'Algorithm'), 'http://www.w3.org/2009/xmlenc11#mgf1sha256');
  const [extensions] = allNamed(root, 'Extensions');
  const named = (name: string): (string | undefined)[] =>
    extensions ? allNamed(extensions, name).map((one) => attributeOf(one, 'Algorithm')) : [];
  assert.equal(named('SigningMethod')[0], 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1');
  assert.equal(named('DigestMethod')[0], SHA256);
  assert.ok(
    ![...named('SigningMethod'), ...named('DigestMethod')].some((one) => /sha1$|md5/.test(one ?? '')),
  );
  assert.ok(methods.every((method) => !/cbc|rsa-1_5/.test(method ?? '')));
  const [name] = allNamed(root, 'OrganizationDisplayName');
  assert.equal(name?.textContent, 'Stadt Karlsruhe & Söhne');
});
