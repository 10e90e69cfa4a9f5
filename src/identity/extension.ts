import type { Attribute, Means } from '#service';
import { NAMES } from './attributes.ts';
import { DOCUMENT_TYPE, METHODS, PROVED_BY } from './means.ts';
import type { Level } from './types.ts';
import { AKDB } from './xml.ts';

const CLASSIC_UI = 'https://www.akdb.de/request/2018/09/classic-ui/v1';
const QAA_LEVEL = 'urn:oid:1.2.40.0.10.2.1.1.261.94';

/** Said of every sign-in: how sure it is, and with what it was made. */
const ALWAYS = [QAA_LEVEL, PROVED_BY, DOCUMENT_TYPE];

/** @returns the authentication context BundID asks for a level with */
export function storkLevel(level: Level): string {
  return `STORK-QAA-Level-${{ low: 1, substantial: 3, high: 4 }[level]}`;
}

/**
 * BundID's own part of a request, version 2, as node-saml writes XML from objects.
 *
 * Neither the account's identifier (bPK2) nor its mailbox is ever asked for: a temporary sign-in ("Temporärer Login"),
 * which is the one for terminals because nothing of it stays at the provider, has neither.
 * People are offered only ways of signing in that the service takes. Among the German cards BundID lets nobody choose: which
 * of them it was is known from the answer.
 * @param organisation shown to people before they agree to pass their data on
 */
export function requestExtension(
  organisation: string,
  want: { level: Level; means?: readonly Means[] | undefined; attributes: readonly Attribute[] },
): Record<string, unknown> {
  const wanted = want.attributes.flatMap((attribute) =>
    NAMES[attribute].oids.map((oid) => [oid, NAMES[attribute].always] as const),
  );
  return {
    'akdb:AuthenticationRequest': {
      '@xmlns:akdb': AKDB,
      '@EnableStatusDetail': 'true',
      '@Version': '2',
      'akdb:AuthnMethods': Object.fromEntries(
        METHODS.map(({ name, levels, means }) => {
          const lawful = want.means === undefined || means.some((one) => want.means?.includes(one));
          return [
            `akdb:${name}`,
            { 'akdb:Enabled': { '#text': String(lawful && levels.includes(want.level)) } },
          ];
        }),
      ),
      'akdb:RequestedAttributes': {
        'akdb:RequestedAttribute': [
          ...new Map([...wanted, ...ALWAYS.map((oid) => [oid, false] as const)]),
        ].map(([name, required]) => ({ '@Name': name, '@RequiredAttribute': String(required) })),
      },
      'akdb:DisplayInformation': {
        'classic-ui:Version': {
          '@xmlns:classic-ui': CLASSIC_UI,
          'classic-ui:OrganizationDisplayName': { '#text': organisation },
        },
      },
    },
  };
}
