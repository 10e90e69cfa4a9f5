import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

const GROUPS = 8;
const NETWORK_GROUPS = 4;
const WIDE_GROUPS = 3;
/** IPv4 addresses come in IPv6 clothes when the server listens on both (RFC 4291, 2.5.5.2). */
const MAPPED = /^(?:0:){5}ffff:/;
const LOOPBACK = '0:0:0:0:0:0:0:1';

/**
 * Who is asking, as an address to count by. Never logged and never stored in plain. Of an IPv6 address it is the network
 * (/64): every household has one of those, and as many addresses in it as it likes.
 * @param proxies addresses of our own reverse proxies; only they are believed about others
 */
export function clientAddress(incoming: IncomingMessage, proxies: readonly string[]): string {
  const ours = new Set(proxies.map(plain));
  const direct = plain(incoming.socket.remoteAddress ?? '');
  if (!ours.has(direct)) return networkOf(direct);
  const forwarded = incoming.headers['x-forwarded-for'];
  const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  // From the nearest hop outwards, the first one that is not ours; what stands before it anybody may have written.
  for (const hop of hops.reverse()) {
    const address = plain(hop.trim());
    if (address !== '' && !ours.has(address)) return networkOf(address);
  }
  return networkOf(direct);
}

/** What proxies and tunnels write down about whom they speak for. */
const PASSED_ON = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/** What this machine calls itself: whoever asked for another name came by a proxy, or by a name that leads here by a trick. */
const OWN_NAMES = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i;

/**
 * @param proxies addresses of our own reverse proxies: who comes through them comes from elsewhere
 * @returns whether the browser runs on this machine. Only the connection itself says so; a header can only speak against it.
 */
export function isOnThisMachine(incoming: IncomingMessage, proxies: readonly string[]): boolean {
  const direct = plain(incoming.socket.remoteAddress ?? '');
  if (proxies.map(plain).includes(direct)) return false;
  if (direct !== LOOPBACK && !/^127(?:\.\d+){3}$/.test(direct)) return false;
  if (!OWN_NAMES.test(incoming.headers.host ?? '')) return false;
  return PASSED_ON.every((name) => incoming.headers[name] === undefined);
}

/** @returns the address in the one way of writing it: IPv6 as eight groups, IPv4 as it is */
function plain(address: string): string {
  // Asked for every request, and most are IPv4: whether it is IPv6 is dear to find out.
  if (!address.includes(':')) return address;
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(bare);
  const [, before = bare, ...bytes] = dotted ?? [];
  const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
  const text = dotted ? `${before}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}` : bare;
  const [head = '', tail] = text.toLowerCase().split('::');
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  const known = [...(first ?? []), ...(last ?? [])].length;
  const zeros = Array<string>(tail === undefined ? 0 : GROUPS - known).fill('0');
  const groups = [...(first ?? []), ...zeros, ...(last ?? [])].map((group) =>
    Number.parseInt(group, 16).toString(16),
  );
  return MAPPED.test(groups.join(':')) ? fromGroups(groups.slice(-2)) : groups.join(':');
}

function fromGroups(groups: readonly string[]): string {
  return groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((value) => [value >> 8, value & 0xff])
    .join('.');
}

/** So many clients' worth is for all networks of one /48 together: a house with many flats, a campus. */
export const NETWORKS_OF_ONE = 8;

/** By what something is counted, and how many clients' worth of it there is. */
export interface CountedBy {
  name: string;
  times: number;
}

/**
 * The one rule for everything that a client has an end of: rates, bodies and papers under way, shares of an hour, wrong codes. A client
 * counts as itself; and because whoever is given many networks could be as many clients (a provider hands out up to
 * 65,536 at once, a /48, RFC 6177), all networks of one /48 together count as a few.
 * @param client as `clientAddress` tells it, or a name that ends so
 * @returns the client's own first; what belongs to an IPv4 address is its own alone
 */
export function countedBy(client: string): readonly CountedBy[] {
  const own = { name: client, times: 1 };
  if (!client.endsWith('::/64')) return [own];
  const wide = `${client.split(':').slice(0, WIDE_GROUPS).join(':')}::/48`;
  return [own, { name: wide, times: NETWORKS_OF_ONE }];
}

function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  return `${address.split(':').slice(0, NETWORK_GROUPS).join(':')}::/64`;
}
