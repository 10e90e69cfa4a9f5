import type { IncomingMessage } from 'node:http';

/**
 * Who is asking, as an address to count by. Never logged and never stored in plain.
 * @param proxies addresses of our own reverse proxies; only they are believed about others
 */
export function clientAddress(incoming: IncomingMessage, proxies: readonly string[]): string {
  const direct = plain(incoming.socket.remoteAddress ?? '');
  if (!proxies.includes(direct)) return direct;
  const forwarded = incoming.headers['x-forwarded-for'];
  const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  // From the nearest hop outwards, the first one that is not ours; what stands before it anybody may have written.
  for (const hop of hops.reverse()) {
    const address = plain(hop.trim());
    if (address !== '' && !proxies.includes(address)) return address;
  }
  return direct;
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
  if (proxies.includes(direct) || !(direct === '::1' || /^127(?:\.\d+){3}$/.test(direct))) return false;
  if (!OWN_NAMES.test(incoming.headers.host ?? '')) return false;
  return PASSED_ON.every((name) => incoming.headers[name] === undefined);
}

/** IPv4 addresses come in IPv6 clothes when the server listens on both. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
