import { editDistance } from '#typed';

/** Every setting of an office. A name that only looks like one of them would leave what was meant unset without a word. */
const SETTINGS: readonly string[] = [
  ...['AMTOMAT_CITY', 'AMTOMAT_CLOCK', 'AMTOMAT_CONNECTIONS', 'AMTOMAT_ENV', 'AMTOMAT_KEYS', 'AMTOMAT_LOG'],
  ...['AMTOMAT_METRICS', 'AMTOMAT_OIDC_CLIENT_ID', 'AMTOMAT_OIDC_CLIENT_SECRET', 'AMTOMAT_OIDC_ISSUER'],
  ...['AMTOMAT_OIDC_OFFICES', 'AMTOMAT_OIDC_OFFICES_CLAIM', 'AMTOMAT_OIDC_RECHECK', 'AMTOMAT_OIDC_ROLES'],
  ...['AMTOMAT_OIDC_ROLES_CLAIM', 'AMTOMAT_OIDC_SCOPE', 'AMTOMAT_OIDC_SECRET_BY', 'AMTOMAT_PROXY'],
  ...['AMTOMAT_PUBLIC_URL', 'AMTOMAT_RATE', 'AMTOMAT_SIGNER'],
];

/** Of tests, pictures and this repository's own scripts; no office reads them. */
const TOOLS = /^AMTOMAT_(?:TEST_\w+|SEED|CHROMIUM|BARE(?:_\w+)?)$/;

/** What Kubernetes tells every container of a service that is called "amtomat"; nobody has set it. */
function isOfCluster(name: string, value: string): boolean {
  return (
    /^AMTOMAT_(?:SERVICE_(?:HOST|PORT)|PORT_\d+_(?:TCP|UDP))(?:_\w+)?$/.test(name) ||
    (name === 'AMTOMAT_PORT' && /^(?:tcp|udp):\/\//.test(value))
  );
}

/** Another word altogether is no slip of the hand. */
const MOST_TYPOS = 6;

function nearest(name: string): string {
  const all = SETTINGS.map((known) => ({ known, far: editDistance(known, name.toUpperCase(), MOST_TYPOS) }));
  const [best] = all.filter(({ far }) => far <= MOST_TYPOS).sort((a, b) => a.far - b.far);
  return best ? `; the nearest is ${best.known}` : '; docs/operations.md names all';
}

/** @returns one line for each variable that looks like a setting and is none; never its value, which may be a secret */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value === undefined ||
    !/^AMTOMAT_/i.test(name) ||
    SETTINGS.includes(name) ||
    TOOLS.test(name) ||
    isOfCluster(name, value)
      ? []
      : [`${name} is no setting${nearest(name)}`],
  );
}
