/** Measures of the running office for whoever watches machines, in the text format of OpenMetrics; nothing of a person. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Db, during } from '#db';
import { officeFamilies, poolFamilies } from './office.ts';
import { watchProcess } from './process.ts';
import type { Requests } from './requests.ts';
import { serveMetrics } from './serve.ts';
import { type Family, gauge, openMetrics } from './text.ts';

export { type Answered, createRequests, type Requests } from './requests.ts';

/** Who asks for measures waits for a database that hangs no longer than this. */
const WITHIN_MS = 3_000;

/** What is measured, and where. */
export interface MetricsSettings {
  listen: { host: string; port: number };
  requests: Requests;
  db: Db;
  /** The office's time. */
  now(): Date;
  version: string;
}

/** @returns what the database tells, or that it does not */
async function fromDatabase({ db, now }: MetricsSettings): Promise<Family[]> {
  const late = pause(WITHIN_MS, undefined, { ref: false });
  const told = await Promise.race([
    during('look', 'metrics', () => officeFamilies(db, now())).catch(() => undefined),
    late,
  ]);
  const up = gauge('amtomat_database_up', 'Whether the database tells what is asked here.', [
    [{}, told ? 1 : 0],
  ]);
  return [up, ...(told ?? [])];
}

/**
 * Serves the measures of this process and its office.
 * @throws Error of the operating system when the port is taken or not allowed
 */
export async function openMetricsDoor(
  settings: MetricsSettings,
): Promise<{ origin: string; close(): Promise<void> }> {
  const watch = watchProcess();
  const build: Family = {
    name: 'amtomat_build',
    type: 'info',
    help: 'What runs here.',
    samples: [
      { suffix: '_info', labels: { version: settings.version, node: process.versions.node }, value: 1 },
    ],
  };
  const text = async (): Promise<string> =>
    openMetrics([
      build,
      ...settings.requests.families(),
      ...watch.families(),
      ...poolFamilies(settings.db),
      ...(await fromDatabase(settings)),
    ]);
  try {
    const server = await serveMetrics(settings.listen, text);
    const close = async (): Promise<void> => {
      watch.close();
      await server.close();
    };
    return { origin: server.origin, close };
  } catch (error) {
    watch.close();
    throw error;
  }
}
