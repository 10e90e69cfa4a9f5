import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { it } from 'node:test';
import fc from 'fast-check';
import { clientAddress, countedBy } from './client.ts';

const from = (remoteAddress: string, forwarded?: string, proxies: readonly string[] = []): string =>
  clientAddress(
    { socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } } as unknown as IncomingMessage,
    proxies,
  );

it('an address of IPv6 counts as its network, however it is written', () => {
  const network = '2001:db8:1:2::/64';
  for (const one of [
    '2001:db8:1:2::1',
    '2001:DB8:0001:0002:ffff:ffff:ffff:ffff',
    '2001:db8:1:2:0:0:192.0.2.1',
    '2001:db8:1:2:3::%eth0',
  ])
    assert.equal(from(one), network, one);
  assert.notEqual(from('2001:db8:1:3::1'), network);
  assert.equal(from('::1'), '0:0:0:0::/64');
});

it('a network of IPv6 lies in one that somebody may hold whole', () => {
  const wideOf = (address: string): string | undefined => countedBy(from(address))[1]?.name;
  assert.equal(wideOf('2001:db8:1:2::1'), '2001:db8:1::/48');
  assert.equal(wideOf('2001:db8:1:ffff::1'), '2001:db8:1::/48');
  assert.equal(wideOf('2001:db8:2:2::1'), '2001:db8:2::/48');
  assert.deepEqual(countedBy(from('192.0.2.1')), [{ name: '192.0.2.1', times: 1 }]);
});

it('nobody is somebody else by another address of their network, and everybody of another network is', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
  const half = fc.tuple(group, group, group, group).map((groups) => groups.join(':'));
  fc.assert(
    fc.property(half, half, half, half, (network, other, one, two) => {
      assert.equal(from(`${network}:${one}`), from(`${network}:${two}`));
      assert.equal(from(`${network}:${one}`) === from(`${other}:${one}`), network === other);
    }),
  );
});

it('an address of IPv4 counts as itself, also in clothes of IPv6', () => {
  for (const one of ['198.51.100.7', '::ffff:198.51.100.7', '::FFFF:c633:6407', '0:0:0:0:0:ffff:c633:6407'])
    assert.equal(from(one), '198.51.100.7', one);
});

it('our own proxies are known however their address is written', () => {
  const behind = (proxy: string, known: string): string => from(proxy, '203.0.113.9, 198.51.100.7', [known]);
  assert.equal(behind('::1', '0:0:0:0:0:0:0:1'), '198.51.100.7');
  assert.equal(behind('::ffff:10.0.0.1', '10.0.0.1'), '198.51.100.7');
  assert.equal(behind('10.0.0.2', '10.0.0.1'), '10.0.0.2');
  assert.equal(from('10.0.0.1', 'no address, 10.0.0.1', ['10.0.0.1']), 'no address');
  assert.equal(from('10.0.0.1', undefined, ['10.0.0.1']), '10.0.0.1');
});
