/** A trial office: everything outside is a stand-in on this machine. Loaded only where the settings allow it. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { publishedSchemas } from '#cases';
import type { City } from '#city';
import type { FitConnectSettings } from '#delivery';
import type { Log } from '#log';
import { createPayPage, createZvtTerminal } from '#payment';
import { createFaer } from '#registers';
import { type RunningAusweisApp, startAusweisApp, virtualCard } from '#sandbox/ausweisapp';
import { AUTHORITY } from '#sandbox/authorities';
import { makeCertificate, type RunningBundId, startBundId } from '#sandbox/bundid';
import {
  generateKeys,
  type JwkPair,
  type RunningFitConnect,
  readJwk,
  startFitConnect,
} from '#sandbox/fit-connect';
import { panelRoutes, practiceLetters } from '#sandbox/panel';
import { type RunningPayPage, startPayPage } from '#sandbox/pay-page';
import { PASSWORD, type RunningPaymentTerminal, startPaymentTerminal } from '#sandbox/payment-terminal';
import { landlordIn, peopleIn } from '#sandbox/people';
import { startPortals } from '#sandbox/portals';
import { type RunningRegisters, startRegisters } from '#sandbox/registers';
import { startDeviceServer } from '#terminal';
import { bundIdOf, type Inside, type Outside, senderOf } from '../../src/outside.ts';
import { schemaUrlOf } from '../../src/parcels.ts';

type Certificate = ReturnType<typeof makeCertificate>;

interface Ground extends Inside {
  /** Where the stand-ins keep their keys, so that only the first start has to make them. */
  dataFolder: string;
  log: Log;
  closing: AsyncDisposableStack;
}

/** The stand-ins themselves, for whoever tells them how to behave. */
export interface StandIns {
  bundid: RunningBundId;
  registers: RunningRegisters;
  ausweisapp: RunningAusweisApp;
  terminals: readonly { terminal: string; running: RunningPaymentTerminal }[];
  payPage: RunningPayPage;
  /** What the terminal's own program signs its word with. */
  deviceKey: Uint8Array;
  /** Comes when its keys are ready. */
  fitConnect: Promise<RunningFitConnect>;
}

/** Amtlicher Regionalschlüssel: the Gemeindeschlüssel with the place of its association, which is its own town. */
const regionOf = ({ ags }: City): string => `${ags.slice(0, 5)}0000${ags.slice(5)}`;

/** @returns what was kept; undefined where there is nothing, or nothing whole: keys of stand-ins are made anew at no loss */
function readKept(folder: string, name: string, has: readonly string[]): Record<string, unknown> | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(keptFile(folder, name), 'utf8'));
    const isWhole = typeof found === 'object' && found !== null && has.every((one) => one in found);
    return isWhole ? (found as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const keptFile = (folder: string, name: string): string => join(folder, 'stand-ins', `${name}.json`);

/** Keeps something for the next start, whole or not at all; where nothing can be written, it is made anew then. */
function keep(folder: string, name: string, made: unknown): void {
  const file = keptFile(folder, name);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    rmSync(`${file}.new`, { force: true });
  }
}

/** A certificate takes long to make: made once, and kept beside the database. */
function keptCertificate(folder: string, name: string, make: () => Certificate): Certificate {
  const known = readKept(folder, name, ['key', 'certificate']);
  if (known) return known as unknown as Certificate;
  const made = make();
  keep(folder, name, made);
  return made;
}

type Keys = Awaited<ReturnType<typeof generateKeys>>;
const FIT_CONNECT = 'fit-connect';
const KEY_NAMES = ['service', 'encryption', 'signing', 'office'] satisfies (keyof Keys)[];

/** The RSA keys of the delivery service's world take seconds to make. */
async function fitConnectKeys(folder: string): Promise<Keys> {
  const jwks = readKept(folder, FIT_CONNECT, KEY_NAMES) as
    | Record<string, Record<string, unknown>>
    | undefined;
  if (jwks)
    return Object.fromEntries(
      Object.entries(jwks).map(([name, jwk]) => [name, readJwk(jwk)]),
    ) as unknown as Keys;
  const keys = await generateKeys();
  const pairs = Object.entries(keys) as [string, JwkPair][];
  keep(folder, FIT_CONNECT, Object.fromEntries(pairs.map(([name, { privateJwk }]) => [name, privateJwk])));
  return keys;
}

/** The authority takes every version that was ever published, as real ones do for cases that are on their way. */
async function offered({ db, publicUrl }: Ground) {
  return (await publishedSchemas(db)).flatMap(({ service, version, leika, title, delivery, schema }) =>
    delivery.channel === 'desk' || leika === undefined
      ? []
      : [{ leika, name: title, schemaUri: schemaUrlOf(publicUrl, service, version), schema }],
  );
}

async function openFitConnect(ground: Ground, services: Awaited<ReturnType<typeof offered>>) {
  const { city, clock, closing, dataFolder } = ground;
  const made = fitConnectKeys(dataFolder);
  const starting = made.then((keys) => startFitConnect({ port: 0, clock, services, keys, works: 'at once' }));
  // Before the keys are there: an office may be closed while they are being made.
  closing.defer(async () => (await starting.catch(() => undefined))?.stop());
  const [keys, running] = await Promise.all([made, starting]);
  const settings: FitConnectSettings = {
    ...{ tokenUrl: running.tokenUrl, api: running.origin, ...running.clients.office },
    authorities: { [AUTHORITY]: { destinationId: running.destinationId, region: regionOf(city) } },
    replies: { keys: [keys.office.privateJwk] },
    // Nobody vouches for a stand-in; a real office has the roots of the Verwaltungs-PKI.
    certificates: async () => true,
    ...senderOf(city),
  };
  return { settings, running };
}

/**
 * Starts every stand-in beside the office.
 * @param ground `closing` ends them with it
 * @returns the office's connections to them, and the stand-ins
 */
export async function openStandIns(ground: Ground): Promise<{ outside: Outside; standIns: StandIns }> {
  const { city, clock, closing, dataFolder, log, publicUrl } = ground;
  const offers = await offered(ground);
  const organisation = `Stadt ${city.name} (Probebetrieb)`;
  const keys = keptCertificate(dataFolder, 'bundid-office', () => makeCertificate(organisation, clock));
  const provider = keptCertificate(dataFolder, 'bundid', () => makeCertificate('Übungs-BundID', clock));
  const [bundid, registers, ausweisapp, terminals, portals, payPage] = await Promise.all([
    startBundId({
      port: 0,
      clock,
      keys: provider,
      people: peopleIn(city),
      spMetadata: () => identity.metadata(),
    }),
    startRegisters({ port: 0, clock }),
    startAusweisApp({ port: 0 }),
    startTerminals(city, ground),
    startPortals({ port: 0 }),
    startPayPage({ port: 0 }),
  ]);
  ausweisapp.insert(virtualCard('transport'));
  const identity = bundIdOf(
    { metadata: bundid.metadata, signing: keys, decryption: keys, organisation },
    ground,
  );
  const deviceKey = randomBytes(32);
  const device = await startDeviceServer({
    ...{ port: 0, host: '127.0.0.1', officeOrigin: publicUrl, ausweisapp: ausweisapp.url },
    ...{ clock, log, accent: city.accent, city: city.name, phone: city.phone115, key: deviceKey },
  });
  for (const { stop } of [bundid, registers, ausweisapp, portals, payPage, device])
    closing.defer(() => stop());
  const fitConnect = openFitConnect(ground, offers);
  fitConnect.catch(() => log.error({}, 'the stand-in of FIT-Connect cannot be started'));
  const running = fitConnect.then((opened) => opened.running);
  const outside: Outside = {
    identity: [identity],
    cardTerminals: new Map(terminals.map(({ terminal, client }) => [terminal, client])),
    payPage: { client: createPayPage({ ...payPage, url: payPage.origin }), origin: payPage.origin },
    fitConnect: fitConnect.then(({ settings }) => settings),
    faer: createFaer({ origin: registers.origin, key: registers.key, clock }),
    // Whoever tries the office out sits at the machine with the reader, also when they play to be at home.
    deviceAt: (id) => (id === 'eid' ? device.origin : undefined),
    deviceKey,
    standIns: portals.addresses,
    panel: (own) =>
      panelRoutes({
        ...{ terminals, ausweisapp, registers, payPage },
        authority: running.then(({ authority }) => authority),
        letterCodes: practiceLetters(own, landlordIn(city)),
        people: peopleIn(city),
      }),
  };
  const standIns = { bundid, registers, ausweisapp, terminals, payPage, fitConnect: running, deviceKey };
  return { outside, standIns };
}

/** A card terminal beside every machine of the city's sites; people at home have none. */
async function startTerminals(city: City, { clock, closing }: Ground) {
  const machines = [...city.sites.values()].filter(({ alwaysOpen }) => !alwaysOpen);
  return Promise.all(
    machines.flatMap(({ terminals }) =>
      terminals.map(async (terminal) => {
        const running = await startPaymentTerminal({ port: 0, clock, times: { paceMs: 250 } });
        const client = createZvtTerminal({ host: running.host, port: running.port, password: PASSWORD });
        closing.defer(() => running.stop());
        closing.defer(() => client.close());
        return { terminal, running, client };
      }),
    ),
  );
}
