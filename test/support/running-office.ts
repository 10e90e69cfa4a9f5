/**
 * The whole office, wired as in production, on a port and a database of its own, with a clock that tests move.
 * Runs inside the test's process; what browsers load must have been built (`node scripts/build.ts`).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type City, loadCity } from '#city';
import { loadConfig } from '#config';
import { createDb, type Db } from '#db';
import { createLog } from '#log';
import { openStandIns, type StandIns } from '#sandbox/office';
import { makeKeys } from '#seal';
import { freshDatabase, type TestDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { keepKeys, takeKeptKeys } from '#test/kept-keys';
import { createClock } from '#time';
import { assets } from '#web';
import type { Outside } from '../../src/outside.ts';
import { type OpenOffice, openOffice, type Tried } from '../../src/server.ts';

export interface RunningOffice {
  /** `http://127.0.0.1:<port>`, also after a restart. */
  readonly origin: string;
  db: Db;
  databaseUrl: string;
  /** The data folder: keys, anchors of the audit record. */
  data: string;
  /** Where measures are served, when AMTOMAT_METRICS says so. */
  readonly metrics: string | undefined;
  /** What the door answers, by method and pattern. */
  readonly routes: OpenOffice['routes'];
  /** The world outside a trial office, to tell it how to behave. @throws Error where it has none: in production */
  readonly standIns: StandIns;
  now(): Date;
  /** Moves the office's clock. */
  pass(milliseconds: number): void;
  /** Sets the office's clock to an instant, from which it runs on. */
  setClock(instant: string): void;
  /** Runs something at another time, then sets the clock back. */
  at<T>(instant: string, work: () => Promise<T>): Promise<T>;
  /** Runs every recurring job once and delivers what is due, until nothing is on its way any more. */
  work(): Promise<void>;
  /** Runs every recurring job once and tries once to deliver what is due, whether it arrives or not. */
  tryWork(): Promise<void>;
  /** Everything logged so far, one line of JSON each, at the most talkative level that citizens' offices run with. */
  logged(): string;
  /**
   * Ends the office and opens it again on the same data; the authorities outside stay as they are.
   * @param servicesFolder what services it has from then on; the same as before when left out
   * @param meanwhile what happens while it is closed
   */
  restart(servicesFolder?: string, meanwhile?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Monday, 23 November 2026, 10:00 in Karlsruhe: the day the example journeys are written for. */
export const MONDAY = '2026-11-23T10:00:00+01:00';

/** @returns whether no case is on its way any more */
async function isDelivered(db: Db): Promise<boolean> {
  const open = await db.selectFrom('outbox').select('id').where('state', '=', 'waiting').execute();
  return open.length === 0;
}

/** A database that the test has made itself. */
function givenDatabase(url: string): TestDatabase {
  const db = createDb(url);
  return { db, url, drop: () => db.destroy() };
}

/** The stand-ins outlive each opening of the office, and the last ones are told how to behave. */
function createWorld() {
  const closing = new AsyncDisposableStack();
  let standIns: StandIns | undefined;
  let fitConnect: Outside['fitConnect'];
  const connect: NonNullable<Tried['connect']> = async (config, ground) => {
    const { dataFolder } = config;
    const opened = await openStandIns({ ...ground, closing, dataFolder });
    opened.standIns.fitConnect.then(
      () => keepKeys(dataFolder),
      // An office may be closed before it has any.
      () => undefined,
    );
    // What was sent to authorities before a restart is still with them afterwards.
    const { fitConnect: known = opened.standIns.fitConnect } = standIns ?? {};
    standIns = { ...opened.standIns, fitConnect: known };
    fitConnect ??= opened.outside.fitConnect;
    return { ...opened.outside, fitConnect };
  };
  return {
    connect,
    get standIns() {
      if (!standIns) throw new Error('this office has no stand-ins');
      return standIns;
    },
    close: () => closing.disposeAsync(),
  };
}

/**
 * @param env settings beside those of a test, as the environment would give them
 * @param changes what is different in the city's data
 * @param servicesFolder its services; those of this repository when left out
 * @throws Error when the assets have not been built
 */
export async function startRunningOffice(
  env: Record<string, string> = {},
  changes: Partial<City> = {},
  servicesFolder?: string,
): Promise<RunningOffice> {
  if (!assets().built) throw new Error('dist/assets is missing: run node scripts/build.ts');
  const real = createClock();
  let offset = 0;
  const now = (): Date => new Date(real.now().getTime() + offset);
  const setClock = (instant: string): void => {
    offset = Date.parse(instant) - real.now().getTime();
  };
  setClock(MONDAY);
  const database = env.DATABASE_URL ? givenDatabase(env.DATABASE_URL) : await freshDatabase();
  const data = mkdtempSync(join(tmpdir(), 'amtomat-office-'));
  const rate = env.AMTOMAT_ENV === 'production' ? '100000' : '0';
  const settings = { AMTOMAT_RATE: rate, DATABASE_URL: database.url, ...env };
  const { city: found } = loadCity('city/karlsruhe');
  if (!found) throw new Error('the city has problems');
  const city = { ...found, ...changes };
  // In production somebody has made them before.
  makeKeys(join(data, 'keys'), [...city.offices.keys()]);
  takeKeptKeys(data);
  const world = createWorld();
  const lines: string[] = [];
  const log = createLog('info', { now }, { write: (line: string) => void lines.push(line) });
  let folder = servicesFolder;
  const open = (port = '0'): Promise<OpenOffice> => {
    const found = loadConfig(settings, ['--port', port, '--data', data]);
    const config = { ...found, servicesFolder: folder ?? found.servicesFolder };
    const isTrial = config.sandbox && Object.keys(config.connections).length === 0;
    return openOffice(config, city, { now }, log, isTrial ? { connect: world.connect } : {});
  };
  const tidy = async (): Promise<void> => {
    await world.close();
    await database.drop();
    rmSync(data, { recursive: true, force: true });
  };
  let office = await open().catch(async (error: unknown) => {
    await tidy();
    throw error;
  });
  return {
    get origin() {
      return office.origin;
    },
    get metrics() {
      return office.metrics;
    },
    get routes() {
      return office.routes;
    },
    get standIns() {
      return world.standIns;
    },
    ...{ db: database.db, databaseUrl: database.url, data, now, setClock },
    pass(milliseconds) {
      offset += milliseconds;
    },
    async at(instant, work) {
      const kept = offset;
      setClock(instant);
      try {
        return await work();
      } finally {
        offset = kept;
      }
    },
    async work() {
      await office.work();
      await eventually('every case is delivered', () => isDelivered(database.db));
    },
    tryWork: () => office.work(),
    logged: () => lines.join(''),
    async restart(services = folder, meanwhile = async () => undefined) {
      folder = services;
      await office.close();
      await meanwhile();
      office = await open(new URL(office.origin).port);
    },
    async close() {
      await office.close();
      await tidy();
    },
  };
}
