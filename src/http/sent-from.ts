/**
 * What a browser says of the page that a request was sent from: one of this office (`own`), none at all, as when somebody
 * types an address (`none`), another's (`other`), or only its origin; undefined when it says nothing.
 */
export type SentFrom = 'own' | 'none' | 'other' | { origin: string } | undefined;

/**
 * Fetch Metadata where the browser sends it, else the Origin header. Not both: under `Referrer-Policy: no-referrer`
 * browsers call even the own origin `null`.
 * @param header a header by its name in small letters
 */
export function sentFrom(header: (name: string) => string | null | undefined): SentFrom {
  const site = header('sec-fetch-site') ?? undefined;
  if (site !== undefined) return site === 'same-origin' ? 'own' : site === 'none' ? 'none' : 'other';
  const origin = header('origin') ?? undefined;
  return origin === undefined ? undefined : { origin };
}
