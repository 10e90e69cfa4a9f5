/** The provider that signs staff in, as the settings name it. */

export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Whether the secret goes in the head of a request (`client_secret_basic`) or in its body (`client_secret_post`). */
  secretBy: 'basic' | 'post';
  /** What is asked for; undefined: standard scopes and `staff`. */
  scope: string | undefined;
  /** Names of the claims with offices and roles. */
  claims: { offices: string; roles: string };
  /** What the provider's words mean here; undefined: its words are the ids of offices, and `clerk` and `lead`. */
  offices: Readonly<Record<string, string>> | undefined;
  roles: Readonly<Record<string, string>> | undefined;
  /** After how many minutes the provider is asked again what somebody may do. */
  recheckMinutes: number;
}

const ROLES = ['clerk', 'lead'];
const RECHECK_MINUTES = '15';
/** Four times this is how long nobody's rights are confirmed at most; longer would be a working day without a question. */
const MOST_MINUTES = 60;

function readMinutes(text: string, problems: string[]): number {
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_MINUTES) return Number(text);
  problems.push(`AMTOMAT_OIDC_RECHECK="${text}" is not a whole number of minutes from 1 to ${MOST_MINUTES}`);
  return Number(RECHECK_MINUTES);
}

/** Names of directories hold commas and equals signs: entries end at a semicolon, and the last equals sign counts. */
function readMeanings(
  name: string,
  text: string | undefined,
  problems: string[],
): Readonly<Record<string, string>> | undefined {
  if (!text) return undefined;
  const entries = text
    .split(';')
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const at = entry.lastIndexOf('=');
      return [entry.slice(0, Math.max(at, 0)).trim(), entry.slice(at + 1).trim()] as const;
    });
  const bad = entries.filter(([theirs, ours]) => theirs === '' || ours === '');
  if (bad.length > 0) problems.push(`${name} must be like "their word=our id;their other word=our id"`);
  return Object.fromEntries(entries);
}

/** @returns the settings of staff sign-in; what is wrong is added to the problems */
export function readOidc(env: Readonly<Record<string, string | undefined>>, problems: string[]): OidcConfig {
  const secretBy = env.AMTOMAT_OIDC_SECRET_BY || 'basic';
  if (secretBy !== 'basic' && secretBy !== 'post') {
    problems.push(`AMTOMAT_OIDC_SECRET_BY="${secretBy}" is none of basic, post`);
  }
  const roles = readMeanings('AMTOMAT_OIDC_ROLES', env.AMTOMAT_OIDC_ROLES, problems);
  for (const role of Object.values(roles ?? {})) {
    if (role !== '' && !ROLES.includes(role)) {
      problems.push(`AMTOMAT_OIDC_ROLES: "${role}" is none of ${ROLES.join(', ')}`);
    }
  }
  const scope = env.AMTOMAT_OIDC_SCOPE || undefined;
  if (scope !== undefined && !scope.split(' ').includes('openid')) {
    problems.push('AMTOMAT_OIDC_SCOPE must hold openid');
  }
  return {
    issuer: env.AMTOMAT_OIDC_ISSUER ?? '',
    clientId: env.AMTOMAT_OIDC_CLIENT_ID ?? '',
    clientSecret: env.AMTOMAT_OIDC_CLIENT_SECRET ?? '',
    secretBy: secretBy === 'post' ? 'post' : 'basic',
    scope,
    claims: {
      offices: env.AMTOMAT_OIDC_OFFICES_CLAIM || 'offices',
      roles: env.AMTOMAT_OIDC_ROLES_CLAIM || 'roles',
    },
    offices: readMeanings('AMTOMAT_OIDC_OFFICES', env.AMTOMAT_OIDC_OFFICES, problems),
    roles,
    recheckMinutes: readMinutes(env.AMTOMAT_OIDC_RECHECK || RECHECK_MINUTES, problems),
  };
}
