/** The authority that submissions go to: a stand-in in the bench's own process, which outlives every office. */
import { writeFileSync } from 'node:fs';
import { AUTHORITY } from '#sandbox/authorities';
import { type RunningFitConnect, startFitConnect } from '#sandbox/fit-connect';
import type { CompiledService } from '#service';
import { schemaUrlOf } from '../../src/parcels.ts';

/** Karlsruhe's Amtlicher Regionalschlüssel. */
const REGION = '082120000000';

/**
 * @param origin of the office, which names the schemas of what is sent
 * @param file where the office reads how to reach the authority
 */
export async function startAuthority(
  services: readonly CompiledService[],
  origin: string,
  file: string,
): Promise<RunningFitConnect> {
  const offered = services.flatMap(({ slug, version, leika, texts, delivery }) =>
    delivery.channel === 'desk' || leika === undefined
      ? []
      : [{ leika, name: texts.de.title, schemaUri: schemaUrlOf(origin, slug, version) }],
  );
  const running = await startFitConnect({ port: 0, services: offered, works: 'at once' });
  const settings = {
    ...{ tokenUrl: running.tokenUrl, api: running.origin, ...running.clients.office },
    authorities: { [AUTHORITY]: { destinationId: running.destinationId, region: REGION } },
    replies: { keys: [running.keys.office.privateJwk] },
  };
  writeFileSync(file, JSON.stringify(settings), { mode: 0o600 });
  return running;
}
