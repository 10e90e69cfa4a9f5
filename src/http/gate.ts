import type { IncomingMessage } from 'node:http';
import { clientAddress, countedBy, NETWORKS_OF_ONE } from './client.ts';
import { costOf } from './cost.ts';
import { createRateLimit } from './rate.ts';
import { sentFrom } from './sent-from.ts';

export interface GateSettings {
  production: boolean;
  /** Origin under which people reach the office, where it is known. */
  publicOrigin: string | undefined;
  proxies: readonly string[];
  /** Of one client, in what an ordinary page costs. */
  requestsPerSecond: number;
  /** Paths that another site's form may be sent to: what they take is looked at as what it is, an untrusted letter. */
  fromElsewhere: ReadonlySet<string>;
}

const SAFE_METHODS = new Set(['GET', 'HEAD']);
/** Plain pages and forms need no other. */
const METHODS = new Set([...SAFE_METHODS, 'POST']);
/** Signs that no address of ours holds and nothing behind it can keep: they would end in a header or in the database. */
const CONTROL = /^[^?]*%(?:[01][0-9a-f]|7f)/i;
/** Browsers read it as a slash, so an address that begins with it would be another's. */
const BACKSLASH = /^[^?]*\\/;
/** Asked by machines that watch the office, by its address. */
const PROBES = new Set(['/health', '/ready']);

function hostCount(incoming: IncomingMessage): number {
  return incoming.rawHeaders.filter((name, index) => index % 2 === 0 && /^host$/i.test(name)).length;
}

/**
 * Whether a request that changes something comes from another site's page. Where a browser says only an origin, that
 * has to be ours. Programs that are not browsers say nothing.
 */
function isCrossSite(incoming: IncomingMessage, settings: GateSettings): boolean {
  const { production, publicOrigin } = settings;
  if (SAFE_METHODS.has(incoming.method ?? '')) return false;
  const { headers } = incoming;
  const from = sentFrom((name) => headers[name]?.toString());
  if (typeof from !== 'object') return from === 'other';
  const { origin } = from;
  // Under `Referrer-Policy: no-referrer` our own forms send "null" too, where plain http leaves Fetch Metadata out.
  if (origin === 'null') return production;
  // Not the host alone: what another port or plain http of the same machine serves is not ours.
  const ours = production ? [publicOrigin] : [publicOrigin, `http://${headers.host}`];
  return !ours.includes(origin);
}

/**
 * Looks at a request before any page does.
 * @returns a function that gives the status to refuse a request with, or undefined to let it in
 */
export function createGate(settings: GateSettings): (incoming: IncomingMessage) => number | undefined {
  const publicHost =
    settings.production && settings.publicOrigin ? new URL(settings.publicOrigin).host : undefined;
  // Apart, so that no number of small networks makes the large one forgotten.
  const rates = [1, NETWORKS_OF_ONE].map((times) => createRateLimit(settings.requestsPerSecond * times));
  return (incoming) => {
    const url = incoming.url ?? '';
    if (!url.startsWith('/') || hostCount(incoming) !== 1) return 400;
    if (CONTROL.test(url) || BACKSLASH.test(url)) return 404;
    if (!METHODS.has(incoming.method ?? '')) return 405;
    const [client, cost] = [clientAddress(incoming, settings.proxies), costOf(incoming)];
    if (!countedBy(client).every(({ name }, at) => rates[at]?.(name, cost))) return 429;
    if (publicHost !== undefined && incoming.headers.host?.toLowerCase() !== publicHost && !PROBES.has(url)) {
      return 421;
    }
    if (settings.fromElsewhere.has(url)) return undefined;
    return isCrossSite(incoming, settings) ? 403 : undefined;
  };
}
