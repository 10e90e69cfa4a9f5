/** The world outside the measured office: stand-ins in the bench's own process, so that their work is not the office's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { City } from '#city';
import { makeCertificate, startBundId } from '#sandbox/bundid';
import { type RunningPayPage, startPayPage } from '#sandbox/pay-page';
import { PASSWORD, type RunningPaymentTerminal, startPaymentTerminal } from '#sandbox/payment-terminal';
import { peopleIn } from '#sandbox/people';
import { createClock } from '#time';

export interface World {
  /** The file of connections for an office, as in `AMTOMAT_CONNECTIONS`. */
  connections: string;
  payPage: RunningPayPage;
  /** By the machine they stand beside. */
  cards: ReadonlyMap<string, RunningPaymentTerminal>;
  /** Tells the stand-ins which office asks them. */
  meet(origin: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param folder where the connections and their keys are written
 * @param city where the people live
 * @param machines terminals that have a card terminal beside them
 */
export async function startWorld(
  folder: string,
  city: City,
  machines: readonly string[] = [],
): Promise<World> {
  let metadata = '';
  const bundid = await startBundId({ port: 0, people: peopleIn(city), spMetadata: () => metadata });
  const payPage = await startPayPage({ port: 0 });
  const cards = new Map<string, RunningPaymentTerminal>();
  for (const machine of machines) cards.set(machine, await startPaymentTerminal({ port: 0 }));
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  const pair = makeCertificate('Bench', createClock());
  const own = { key: write('office.key', pair.key), certificate: write('office.crt', pair.certificate) };
  const password = write('card-terminal.password', PASSWORD);
  const connections = {
    cardTerminals: [...cards].map(([terminal, { host, port }]) => ({ terminal, host, port, password })),
    bundid: {
      metadata: write('bundid.xml', bundid.metadata),
      ...{ signing: own, decryption: own, organisation: 'Bench' },
    },
    payPage: {
      ...{ url: payPage.origin, originator: payPage.originatorId, endpoint: payPage.endPointId },
      token: write('pay-page.token', 'bench'),
    },
  };
  return {
    ...{ payPage, cards },
    connections: join(folder, write('connections.yaml', stringify(connections))),
    async meet(origin) {
      metadata = await (await fetch(`${origin}/identity/bundid/metadata`)).text();
    },
    async stop() {
      await bundid.stop();
      await payPage.stop();
      for (const card of cards.values()) await card.stop();
    },
  };
}
