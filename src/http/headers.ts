/** What a page may do in a browser: load our own files and send forms to us, nothing else. No inline script or style. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/**
 * @param formTargets origins besides our own that a form may end up at, for example the sign-in provider's
 * @returns the value of `Content-Security-Policy`
 */
export function contentSecurityPolicy(formTargets: readonly string[] = []): string {
  return [...POLICY, `form-action ${["'self'", ...formTargets].join(' ')}`].join('; ');
}

const FEATURES = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'hid', 'midi'];
const TWO_YEARS_SECONDS = 63_072_000;

/**
 * The headers of every answer; an answer that sets one of them itself keeps its own.
 * @param https whether people reach the office by https, so that browsers shall insist on it
 */
export function securityHeaders(https: boolean): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Permissions-Policy': FEATURES.map((feature) => `${feature}=()`).join(', '),
    'Cache-Control': 'no-store',
    ...(https ? { 'Strict-Transport-Security': `max-age=${TWO_YEARS_SECONDS}; includeSubDomains` } : {}),
  };
}
