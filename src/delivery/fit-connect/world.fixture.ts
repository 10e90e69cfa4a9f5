import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { together } from '#db';
import { createFitConnectChannel, type FitConnectSettings, type Parcel } from '#delivery';
import { type FitConnectKeys, type RunningFitConnect, startFitConnect } from '#sandbox/fit-connect';
import { freshDatabase, type TestDatabase } from '#test/database';
import { createWayOut, type WayOut } from '#test/way-out';

export const LEIKA = '99029001012000';
export const SCHEMA_URI = 'https://schema.example/fuehrungszeugnis/1.0.0/schema.json';
const SCHEMA = {
  type: 'object',
  required: ['family-name', 'purpose'],
  properties: { 'family-name': { type: 'string' }, purpose: { enum: ['private', 'authority'] } },
  additionalProperties: false,
};

/** What the callbacks were told, in the order of its transactions. */
export interface Heard {
  kind: string;
  caseId: string;
  detail: string[];
}

export interface World {
  database: TestDatabase;
  service: RunningFitConnect;
  channel: ReturnType<typeof createFitConnectChannel>;
  delivery: WayOut;
  /** Everything that was logged, as one text. */
  logged(): string;
  /** Moves the one clock. */
  pass(ms: number): void;
  now(): Date;
  /** A case with what it sends. */
  newCase(parcel?: Partial<Parcel>): Promise<string>;
  /** Puts a new case into the outbox. */
  enqueue(parcel?: Partial<Parcel>): Promise<string>;
  /** Another channel on the same database, as on another node. */
  another(settings?: Partial<FitConnectSettings>): World['channel'];
  heard(): Promise<Heard[]>;
  /** Kinds of callbacks that fail after they have done their work. */
  failing: Set<string>;
  stop(): Promise<void>;
}

export const PERSON = 'Đặng-Müller';

export async function createWorld(
  keys: FitConnectKeys,
  options: Partial<FitConnectSettings> = {},
): Promise<World> {
  let now = Date.UTC(2026, 10, 23, 9);
  const clock = { now: () => new Date(now) };
  const database = await freshDatabase();
  const { db } = database;
  await sql`CREATE TABLE heard (seq serial, kind text, case_id uuid, detail text[])`.execute(db);
  const service = await startFitConnect({
    ...{ port: 0, clock, keys, works: 'when told' },
    services: [{ leika: LEIKA, name: 'Führungszeugnis', schemaUri: SCHEMA_URI, schema: SCHEMA }],
  });
  const lines: unknown[] = [];
  const log = {
    warn: (...line: unknown[]) => void lines.push(line),
    error: (...line: unknown[]) => void lines.push(line),
  };
  const parcels = new Map<string, Parcel>();
  const failing = new Set<string>();
  const note =
    (kind: string) =>
    async (tx: typeof db, caseId: string, detail: readonly string[] = []): Promise<void> => {
      await sql`INSERT INTO heard (kind, case_id, detail) VALUES (${kind}, ${caseId}, ${detail})`.execute(tx);
      if (failing.has(kind)) throw new Error(PERSON);
    };
  const settings: FitConnectSettings = {
    ...{ tokenUrl: service.tokenUrl, api: service.origin, ...service.clients.office },
    ...{ sender: 'Digitales Bürgerbüro Karlsruhe', version: '0.1.0' },
    authorities: { bfj: { destinationId: service.destinationId, region: '082120000000' } },
    replies: { keys: [keys.office.privateJwk] },
    certificates: async () => true,
    ...options,
  };
  const another = (other: Partial<FitConnectSettings> = {}) =>
    createFitConnectChannel(
      { ...settings, ...other },
      {
        ...{ db, clock, log },
        source: {
          async open(caseId) {
            const parcel = parcels.get(caseId);
            if (!parcel) throw new Error('no such case');
            return parcel;
          },
        },
        received: {
          submitted: note('submitted'),
          accepted: note('accepted'),
          rejected: note('rejected'),
          reply: (tx, caseId, reply) =>
            note('reply')(tx, caseId, [
              reply.text,
              ...reply.files.map((file) => `${file.name} ${file.mediaType} ${file.content.toString('utf8')}`),
            ]),
          refused: (tx, caseId, code) => note('refused')(tx, caseId, [code]),
        },
      },
    );
  const channel = another();
  const delivery = createWayOut({ db, clock, log, channels: [channel] });

  async function newCase(parcel: Partial<Parcel> = {}): Promise<string> {
    const id = randomUUID();
    await sql`INSERT INTO cases (id, number, service, service_version, office, site, language, state, access_hash,
      submission_key, created_at, updated_at) VALUES (${id}, ${id}, 's', 1, 'o', 's', 'de', 'new', '', ${id},
      ${clock.now()}, ${clock.now()})`.execute(db);
    parcels.set(id, {
      ...{ number: 'KA-2026-000123', service: 'Führungszeugnis', leika: LEIKA, authority: 'bfj' },
      json: { 'family-name': PERSON, purpose: 'private' },
      ...{ schemaUri: SCHEMA_URI, date: '2026-11-23' },
      files: [
        {
          id: 'proof',
          name: 'Nachweis.pdf',
          mediaType: 'application/pdf',
          content: Buffer.from('%PDF proof'),
        },
        { id: 'photo', name: 'Foto.png', mediaType: 'image/png', content: Buffer.from('PNG photo') },
      ],
      ...parcel,
    });
    return id;
  }

  return {
    ...{ database, service, channel, delivery, newCase, another, failing },
    logged: () => JSON.stringify(lines),
    pass: (ms) => {
      now += ms;
    },
    now: clock.now,
    async enqueue(parcel) {
      const id = await newCase(parcel);
      await together(db, delivery.enqueue(id, channel.id));
      return id;
    },
    async heard() {
      const { rows } =
        await sql<Heard>`SELECT kind, case_id AS "caseId", detail FROM heard ORDER BY seq`.execute(db);
      return rows;
    },
    async stop() {
      await service.stop();
      await database.drop();
    },
  };
}
