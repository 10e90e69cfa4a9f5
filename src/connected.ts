/** Whether an office for real people is connected with everything its services need. */
import type { Catalogue } from '#catalogue';
import type { City } from '#city';
import type { Connections } from '#config';
import type { CompiledService } from '#service';

/** @returns what the service needs of the world outside and does not have, in words for the operator */
function lacks(service: CompiledService, connections: Connections): string[] {
  const missing: string[] = [];
  const must = service.pages.some(({ identify }) => identify && identify.otherwise !== 'typed');
  if (must && !connections.bundid) missing.push('identifies people, and `bundid` is missing');
  if (
    service.fee.cents > 0 &&
    service.pages.length > 0 &&
    !connections.payPage &&
    !connections.cardTerminals?.length
  )
    missing.push('costs money, and there is neither `payPage` nor `cardTerminals`');
  const { delivery } = service;
  if (delivery.channel === 'fit-connect' && !connections.fitConnect?.authorities[delivery.authority])
    missing.push(
      `goes to another authority, and \`fitConnect.authorities.${delivery.authority}\` is missing`,
    );
  if (service.register === 'faer' && !connections.faer)
    missing.push('asks a register, and `faer` is missing');
  return missing;
}

/** @returns one line for each card terminal that stands beside a machine the city does not have */
export function strayTerminals({ cardTerminals = [] }: Connections, city: City): string[] {
  const machines = new Set([...city.sites.values()].flatMap(({ terminals }) => terminals));
  return cardTerminals
    .filter(({ terminal }) => !machines.has(terminal))
    .map(({ terminal }) => `cardTerminals: no site of sites.yaml has a terminal "${terminal}"`);
}

/**
 * @returns one line for everything that is missing, each saying what to do; empty when nothing is. Services at another
 * authority's portal need nothing here.
 */
export function unconnected(catalogue: Catalogue, connections: Connections): string[] {
  return catalogue.services.flatMap((service) =>
    lacks(service, connections).map(
      (what) =>
        `${service.slug} ${what} in AMTOMAT_CONNECTIONS` +
        (service.portal
          ? `; or let it be done at the portal: city.yaml, services: { ${service.slug}: portal }`
          : ''),
    ),
  );
}
