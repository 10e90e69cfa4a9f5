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

/** IPv4 addresses come in IPv6 clothes when the server listens on both. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
