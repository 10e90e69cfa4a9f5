import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkChain } from '#delivery';
import type { PublicJwk } from './jwk.ts';

// A root, an issuer below it, a destination's certificate below that (until 2036), and a root of somebody else.
const pems = readFileSync(
  join(import.meta.dirname, '../../../test/fixtures/fit-connect-chain.pem'),
  'utf8',
).match(/-----BEGIN[\s\S]+?-----END.+/g);
const [root = '', sub = '', leaf = '', other = ''] = pems ?? [];
const at = new Date('2030-01-01T12:00:00Z');

function keyOf(pem: string, ...chain: string[]): PublicJwk {
  const { n = '', e = '' } = new X509Certificate(pem).publicKey.export({ format: 'jwk' });
  const x5c = chain.map((one) => new X509Certificate(one).raw.toString('base64'));
  return { kty: 'RSA', alg: 'RSA-OAEP-256', key_ops: ['wrapKey'], kid: 'x', n, e, x5c };
}

describe('the certificates of a key', () => {
  it('are trusted when they lead to a root, with the root among them or without', async () => {
    const trusts = checkChain([other, root]);
    assert.equal(await trusts(keyOf(leaf, leaf, sub, root), at), true);
    assert.equal(await trusts(keyOf(leaf, leaf, sub), at), true);
  });

  it('are not trusted otherwise', async () => {
    const trusts = checkChain([root]);
    const { x5c: _, ...bare } = keyOf(leaf);
    const chains: Record<string, PublicJwk> = {
      'no certificate': bare,
      'an empty list': keyOf(leaf),
      'the certificate of another key': keyOf(other, leaf, sub, root),
      'a gap': keyOf(leaf, leaf, root),
      'the wrong order': keyOf(leaf, leaf, root, sub),
      'somebody else at the end': keyOf(leaf, leaf, sub, other),
      'its own root': keyOf(other, other),
      garbage: { ...keyOf(leaf), x5c: ['AAAA'] },
    };
    for (const [what, key] of Object.entries(chains)) assert.equal(await trusts(key, at), false, what);
    assert.equal(await checkChain([other])(keyOf(leaf, leaf, sub, root), at), false, 'no root of ours');
    assert.equal(await checkChain([])(keyOf(leaf, leaf, sub, root), at), false, 'no root at all');
  });

  it('are trusted within their dates only', async () => {
    const trusts = checkChain([root]);
    const key = keyOf(leaf, leaf, sub, root);
    assert.equal(await trusts(key, new Date('2026-01-01T12:00:00Z')), false);
    assert.equal(await trusts(key, new Date('2040-01-01T12:00:00Z')), false, 'only its own has ended');
    assert.equal(await trusts(key, new Date('2127-01-01T12:00:00Z')), false);
  });
});
