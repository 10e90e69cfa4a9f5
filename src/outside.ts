/** The world outside the office, as far as this office is connected with it. */
import type { Hono } from 'hono';
import type { Catalogue } from '#catalogue';
import { type City, officeNameOf } from '#city';
import { type Connections, programVersion } from '#config';
import type { Db } from '#db';
import { checkChain, type FitConnectSettings } from '#delivery';
import { createBundId, createReplayGuard, type IdentityProvider, readProviderMetadata } from '#identity';
import type { LetterCodes } from '#letters';
import { type CardTerminal, createPayPage, createZvtTerminal, type PayPage } from '#payment';
import { createFaer, type FaerAnswer, type FaerQuery, type Register } from '#registers';
import type { Clock } from '#time';
import type { Equipment } from '#visit';

/** Whom the office can reach, and how. What is missing is not there. */
export interface Outside {
  identity: readonly IdentityProvider[];
  /** By the machine they stand beside. */
  cardTerminals: ReadonlyMap<string, CardTerminal>;
  payPage: { client: PayPage; origin: string } | undefined;
  /** Comes when its keys are ready. */
  fitConnect: Promise<FitConnectSettings> | undefined;
  faer: Register<FaerQuery, FaerAnswer> | undefined;
  deviceAt: Equipment['deviceAt'];
  /** What the terminals' own programs sign their word with. */
  deviceKey: Uint8Array | undefined;
  /** Where authorities' portals lead in a trial office, by portal id. */
  standIns: ReadonlyMap<string, string>;
  /** The page on which stand-ins are told how to behave; never in production. */
  panel: ((own: Practice) => Hono) | undefined;
}

/** What of the office itself is practised with in a trial. */
export interface Practice {
  catalogue: Pick<Catalogue, 'services'>;
  letterCodes: Pick<LetterCodes, 'issue' | 'find'>;
}

/** What connections need of the office. */
export interface Inside {
  db: Db;
  clock: Clock;
  city: City;
  /** Origin under which people reach the office. */
  publicUrl: string;
}

/** How far the clocks of BundID and of this office may be apart. */
const SKEW_SECONDS = 60;

/** @returns the office's side of BundID */
export function bundIdOf(
  given: NonNullable<Connections['bundid']>,
  { db, clock, publicUrl }: Inside,
): IdentityProvider {
  return createBundId({
    entityId: given.entityId ?? `${publicUrl}/identity/bundid/metadata`,
    acsUrl: `${publicUrl}/identity/bundid/acs`,
    idp: readProviderMetadata(given.metadata),
    ...{ signing: given.signing, decryption: given.decryption, organisation: given.organisation },
    ...{ clock, replay: createReplayGuard(db), clockSkewSeconds: SKEW_SECONDS },
  });
}

/** @returns what the office calls itself towards authorities */
export function senderOf(city: City): Pick<FitConnectSettings, 'sender' | 'version'> {
  return { sender: officeNameOf(city), version: programVersion() };
}

function fitConnectOf(given: NonNullable<Connections['fitConnect']>, city: City): FitConnectSettings {
  const authorities = Object.entries(given.authorities).map(([id, { destination, region }]) => [
    id,
    { destinationId: destination, region },
  ]);
  return {
    ...{ tokenUrl: given.tokenUrl, api: given.api, clientId: given.clientId },
    clientSecret: given.clientSecret.trim(),
    authorities: Object.fromEntries(authorities),
    ...(given.replyKey && { replies: { keys: [JSON.parse(given.replyKey) as object] } }),
    certificates: checkChain(given.trusted.split(/(?<=-----END CERTIFICATE-----)\s*/).filter(Boolean)),
    ...senderOf(city),
  };
}

/** @throws Error when it is none */
function deviceKeyOf(text: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32) throw new Error('the key of devices is not 32 bytes in base64');
  return key;
}

/**
 * Connects the office as its settings say.
 * @throws Error of whatever cannot be used: metadata, a key, an address
 */
export function connectOutside(connections: Connections, inside: Inside): Outside {
  const { bundid, cardTerminals = [], payPage, fitConnect, faer, devices } = connections;
  return {
    identity: bundid ? [bundIdOf(bundid, inside)] : [],
    cardTerminals: new Map(
      cardTerminals.map(({ terminal, host, port, password }) => [
        terminal,
        createZvtTerminal({ host, port, password: password.trim() }),
      ]),
    ),
    payPage: payPage && {
      client: createPayPage({
        ...{ url: payPage.url, originatorId: payPage.originator, endPointId: payPage.endpoint },
        authorization: payPage.token.trim(),
      }),
      origin: new URL(payPage.url).origin,
    },
    fitConnect: fitConnect && Promise.resolve(fitConnectOf(fitConnect, inside.city)),
    faer:
      faer &&
      createFaer({ origin: faer.url, key: Buffer.from(faer.key.trim(), 'base64'), clock: inside.clock }),
    // Each terminal serves its own, under the same address; nobody's phone does.
    deviceAt: (device, terminal) => (terminal !== undefined && device === 'eid' ? devices?.eid : undefined),
    deviceKey: devices && deviceKeyOf(devices.key),
    standIns: new Map(),
    panel: undefined,
  };
}
