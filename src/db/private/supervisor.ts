import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { address, openKeeper, usedByOthers } from './access.ts';
import { openCluster } from './cluster.ts';
import { shutDown, startOrAdopt } from './server.ts';

const HEAL_PAUSES_MS = [0, 200, 1_000, 5_000];

export interface PrivateOptions {
  /** Search path for programs, as in the environment. */
  searchPath: string;
  /** Data may be lost and three hundred connections are allowed. */
  forTests?: boolean;
  /** Told what happens after the start, without personal data. */
  say?: (line: string) => void;
  /** Ends the wait for a server that recovers from a power cut; it goes on by itself and is adopted later. */
  stopped?: AbortSignal | undefined;
}

/** A PostgreSQL of the office's own. */
export interface PrivatePostgres {
  /** Address for the office: owner of its database, not superuser. */
  url: string;
  /** Address for making databases, in tests. */
  adminUrl: string;
  /** It was running already, because an office node died or another one uses it. */
  adopted: boolean;
  /** Stops it, unless another program still uses it. @returns whether it was stopped */
  stop(): Promise<boolean>;
}

/**
 * Starts or adopts the PostgreSQL in a folder and watches over it: when it dies, it is started again.
 * It survives a killed office and is adopted by the next one.
 * @param place the folder that holds the cluster, made when it is missing
 * @throws Error saying what to do when there is no PostgreSQL or it does not start
 */
export async function startPrivatePostgres(place: string, options: PrivateOptions): Promise<PrivatePostgres> {
  const { forTests = false, say = () => {} } = options;
  const cluster = openCluster(place, options.searchPath, !forTests);
  const { server, adopted } = await startOrAdopt(cluster, forTests, options.stopped);
  const socket = server.socketFolder;
  let stopping = false;
  let healing: Promise<void> | undefined;
  let keeper = await openKeeper(socket);
  watch();

  function watch(): void {
    keeper.once('end', () => {
      if (!stopping) healing = heal();
    });
  }

  async function heal(): Promise<void> {
    say('the private PostgreSQL is gone');
    for (let attempt = 0; !stopping; attempt += 1) {
      await pause(HEAL_PAUSES_MS[Math.min(attempt, HEAL_PAUSES_MS.length - 1)]);
      const back = await revive();
      if (back) return say('the private PostgreSQL is back');
      say('the private PostgreSQL does not come back yet');
    }
  }

  async function revive(): Promise<pg.Client | undefined> {
    try {
      await startOrAdopt(cluster, forTests);
      keeper = await openKeeper(socket);
      watch();
      return keeper;
    } catch {
      return undefined;
    }
  }

  return {
    url: address(socket, 'amtomat', 'amtomat'),
    adminUrl: address(socket, 'postgres', 'postgres'),
    adopted,
    async stop() {
      stopping = true;
      await healing;
      await keeper.end();
      if (await usedByOthers(socket)) return false;
      await shutDown(cluster);
      if (socket !== cluster.folder) rmSync(socket, { recursive: true, force: true });
      return true;
    },
  };
}
