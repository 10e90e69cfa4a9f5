/** What the documents say must be so: examples work, links lead somewhere, one version everywhere. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { loadCity } from '#city';
import { readConfig } from '#config';
import { createDb } from '#db';
import { isLanguage } from '#language';
import { makeCertificate } from '#sandbox/bundid';
import { journeyJsonSchema, serviceJsonSchema, textsJsonSchema } from '#service';
import { createClock } from '#time';

import { connectOutside, senderOf } from '../src/outside.ts';

const root = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'amtomat-docs-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const { city } = loadCity(join(root, 'city/karlsruhe'));
assert.ok(city);
const clock = createClock(0);

/** What stands in the files that the example names. */
function contents(): Record<string, string> {
  const { key, certificate } = makeCertificate('Stadt Musterstadt', clock);
  const base64 = certificate.replace(/-----[A-Z ]+-----|\s/g, '');
  const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  return {
    'bundid/idp-metadata.xml': `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example"><IDPSSODescriptor>
<KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/></IDPSSODescriptor></EntityDescriptor>`,
    'bundid/signing.key': key,
    'bundid/signing.crt': certificate,
    'bundid/decryption.key': key,
    'bundid/decryption.crt': certificate,
    'zvt.password': '123456\n',
    'paypage.token': 'Bearer of-nothing\n',
    'fit-connect/secret': 'of-nothing\n',
    'fit-connect/reply.jwk': JSON.stringify({ ...jwk, kid: 'reply' }),
    'fit-connect/roots.pem': `${certificate}\n${certificate}`,
    'faer.key': Buffer.alloc(32).toString('base64'),
    'device.key': Buffer.alloc(32, 1).toString('base64'),
  };
}

describe('docs/operations.md', () => {
  it('shows connections that a real office can be opened with', async () => {
    const [, example] = /## Connections[\s\S]*?```yaml\n([\s\S]*?)```/.exec(read('docs/operations.md')) ?? [];
    assert.ok(example);
    for (const [name, text] of Object.entries(contents())) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text, { mode: 0o600 });
    }
    const file = join(folder, 'connections.yaml');
    writeFileSync(file, example);
    const { config, problems } = readConfig({ AMTOMAT_CONNECTIONS: file, AMTOMAT_ENV: 'production' }, []);
    assert.deepEqual(
      problems.filter((problem) => problem.includes(file)),
      [],
    );
    const db = createDb('postgresql://nobody@127.0.0.1:1/nothing');
    const publicUrl = 'https://amt.example.de';
    const outside = connectOutside(config.connections, { db, clock, city, publicUrl });
    assert.deepEqual([...outside.cardTerminals.keys()], ['rathaus-1', 'rathaus-2']);
    assert.match(
      outside.identity[0]?.metadata() ?? '',
      /entityID="https:\/\/amt\.example\.de\/identity\/bundid\/metadata"/,
    );
    assert.ok(outside.payPage && outside.faer && (await outside.fitConnect)?.replies);
    await db.destroy();
  });
});

/** Every key and every word that a schema allows. */
function wordsOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value)) found.add(name);
    if (key === 'enum') for (const word of value) found.add(String(word));
    if (key === 'const') found.add(String(value));
    wordsOf(value, found);
  }
  return found;
}

const mentions = (text: string, word: string): boolean => new RegExp(`(?<!\\w)${word}(?!\\w)`).test(text);

describe('docs/services.md', () => {
  const text = read('docs/services.md');

  for (const [file, schema] of [
    ['service.yaml', serviceJsonSchema()],
    ['texts', textsJsonSchema()],
    ['journeys', journeyJsonSchema()],
  ] as const) {
    it(`knows everything that can stand in ${file}`, () => {
      // Which languages there are is said in languages.yaml, and a new one touches no document.
      const words = [...wordsOf(schema)].filter((word) => !isLanguage(word));
      assert.ok(words.length > 10);
      assert.deepEqual(
        words.filter((word) => !mentions(text, word)),
        [],
      );
    });
  }
});

describe('all documents', () => {
  const documents = [
    ...['README.md', 'README.de.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
    ...[
      'docs/languages.md',
      'docs/operations.md',
      'docs/second-city.md',
      'docs/services.md',
      'publiccode.yml',
    ],
  ];

  for (const document of documents) {
    it(`${document} leads to files that exist`, () => {
      const text = read(document);
      const links = [...text.matchAll(/\]\(([^)#:]+)\)|src="([^":]+)"|- (docs\/pictures\/\S+)/g)].map(
        ([, link, source, picture]) => link ?? source ?? picture ?? '',
      );
      const missing = links.filter((link) => !existsSync(join(root, dirname(document), link)));
      assert.deepEqual(missing, []);
    });
  }

  it('say one version', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    assert.equal(senderOf(city).version, version);
    assert.ok(read('publiccode.yml').includes(`softwareVersion: "${version}"`));
    assert.match(read('CHANGELOG.md'), new RegExp(`^## ${version.replaceAll('.', '\\.')} `, 'm'));
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> };
    assert.equal(lock.packages['']?.version, version);
  });
});
