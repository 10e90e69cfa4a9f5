/** What a provider says of a person, in whichever way it says it, as the desk wants to know it. Pure. */
import { z } from 'zod';

/** Who the identity provider says is sitting there. */
export interface StaffIdentity {
  subject: string;
  name: string;
  offices: string[];
  roles: string[];
}

/** Where a provider says offices and roles, and what its words for them mean here. */
export interface ClaimSettings {
  /** Names of the claims; a dot leads into an object (`realm_access.roles`). `offices` and `roles` when left out. */
  claims?: { offices: string; roles: string };
  /** The provider's words (groups, as a rule) and the office or role they stand for; as they are when left out. */
  offices?: Readonly<Record<string, string>> | undefined;
  roles?: Readonly<Record<string, string>> | undefined;
}

const MOST_VALUES = 1_000;
const LONGEST_NAME = 200;
// OpenID Connect Core 2: at most 255 ASCII characters.
const subjectShape = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const nameShape = z.string().trim().min(1).max(LONGEST_NAME);
/** Many providers say a list of one as a string. */
const valuesShape = z
  .union([z.string().transform((one) => [one]), z.array(z.string()).max(MOST_VALUES)])
  .transform((values) => values.map((one) => one.trim()).filter(Boolean));

type Claims = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function at(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split('.')
    .reduce<unknown>(
      (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      claims,
    );
}

const names = (settings: ClaimSettings) => settings.claims ?? { offices: 'offices', roles: 'roles' };

/** @returns whether something is missing that the provider may say elsewhere (its userinfo endpoint) */
export function isIncomplete(claims: Claims, settings: ClaimSettings): boolean {
  const { offices, roles } = names(settings);
  return [offices, roles, 'name'].some((name) => at(claims, name) === undefined);
}

/** @returns whether nothing at all is said of offices or of roles, which is not the same as none */
export function lacksRights(claims: Claims, settings: ClaimSettings): boolean {
  const { offices, roles } = names(settings);
  return [offices, roles].some((name) => at(claims, name) === undefined);
}

function valuesOf(
  claims: Claims,
  name: string,
  meanings: Readonly<Record<string, string>> | undefined,
): string[] {
  const values = valuesShape.safeParse(at(claims, name)).data ?? [];
  if (!meanings) return [...new Set(values)];
  return [...new Set(values.flatMap((one) => (Object.hasOwn(meanings, one) ? [meanings[one] ?? ''] : [])))];
}

/**
 * @param claims of the ID token and of the userinfo endpoint together
 * @returns the person; without offices or roles where the provider says none that is known here
 * @throws ZodError when there is no valid subject
 */
export function readClaims(claims: Claims, settings: ClaimSettings): StaffIdentity {
  const { offices, roles } = names(settings);
  const subject = subjectShape.parse(claims.sub);
  const [name = subject] = [claims.name, claims.preferred_username].flatMap((one) => {
    const { data } = nameShape.safeParse(one);
    return data === undefined ? [] : [data];
  });
  return {
    subject,
    name,
    offices: valuesOf(claims, offices, settings.offices),
    roles: valuesOf(claims, roles, settings.roles),
  };
}
