/** An office with data, database and world of its own, in a folder that goes with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningFitConnect } from '#sandbox/fit-connect';
import { freePort } from '#test/free-port';
import { writeBenchCity } from '../city.ts';
import { benchCity, CITY, compiledService } from '../service.ts';
import { startWorld, type World } from '../world.ts';
import { startAuthority } from './authority.ts';
import type { Way } from './people.ts';
import { type OfficeProcess, officeProcess } from './process.ts';

/** Machines with a card terminal. */
export const MACHINES = ['rathaus-1', 'rathaus-2'];
/** To the desk and free; to the desk and paid; to another authority, with signing in, and paid. */
const SERVICES = ['sperrmuell', 'urkunden', 'fuehrungszeugnis'];

export interface Ground {
  origin: string;
  data: string;
  office: OfficeProcess;
  world: World;
  authority: RunningFitConnect;
  ways: Way[];
  close(): Promise<void>;
}

/** Starts everything and the office, and waits until it is ready. */
export async function prepare(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'amtomat-faults-'));
  const services = SERVICES.map(compiledService);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const city = join(folder, 'city', 'karlsruhe');
  writeBenchCity(CITY, city);
  const world = await startWorld(join(folder, 'world'), benchCity(), MACHINES);
  const authorityFile = join(folder, 'authority.json');
  const authority = await startAuthority(services, origin, authorityFile);
  const data = join(folder, 'data');
  const office = officeProcess([authorityFile, '--port', String(port), '--data', data], {
    ...{ PATH: process.env.PATH, HOME: folder, AMTOMAT_CITY: city, AMTOMAT_CONNECTIONS: world.connections },
    // Many citizens come from one address; what is logged of an office that is killed is not news here.
    ...{ AMTOMAT_RATE: '0', AMTOMAT_LOG: 'silent' },
  });
  await office.start();
  await world.meet(origin);
  return {
    ...{ origin, data, office, world, authority },
    ways: services.flatMap((service) =>
      service.journeys.filter(({ id }) => id === 'plain').map((journey) => ({ service, journey })),
    ),
    async close() {
      await office.stop();
      await authority.stop();
      await world.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
