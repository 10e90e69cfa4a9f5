/**
 * An office with real storage, keys, audit record and outbox for tests of what happens to cases: one service with every
 * kind of result, a clock that tests move, and a booking room of a few lines.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { append } from '#audit';
import {
  type CaseBooking,
  type Cases,
  type CaseWords,
  createCases,
  createDeskChannel,
  type HandIn,
} from '#cases';
import type { Db, Tx } from '#db';
import { createDelivery, type Delivery } from '#delivery';
import type { Walk } from '#journey';
import { count } from '#lab';
import { createFileKeys, type KeyProvider } from '#seal';
import type { Answers, CompiledQuestion, CompiledService, Language, ServiceTexts } from '#service';
import { freshDatabase } from '#test/database';
import { addDays, civilDate, type IsoDate, zonedInstant } from '#time';

/** Words that must be found nowhere but inside seals. */
export const CANARIES = ['Kanarienđ', 'Zwitscherstraße', 'Vogelfrei-Notiz', 'kanaria.pdf', 'Piepmatzantwort'];

const question = (id: string, kind: CompiledQuestion['kind']): CompiledQuestion => ({
  id,
  kind,
  optional: false,
  options: [],
  optionValues: {},
  optionPictograms: {},
  min: undefined,
  max: undefined,
  counted: false,
  within: 'anywhere',
  accept: [],
  maxBytes: 1_000_000,
  calendar: kind === 'slot' ? 'tour' : undefined,
  areaFrom: undefined,
  autocomplete: undefined,
  questions: [],
  limits: [],
});

function texts(language: Language): ServiceTexts {
  return {
    title: `Abholung (${language})`,
    summary: '',
    cost: '',
    duration: '',
    needs: [],
    about: [],
    keywords: [],
    pages: {},
    questions: {},
    computed: {},
    result: {
      title: 'Termin gebucht',
      next: ['Am {pickup} kommen wir.', 'Bitte; stellen, Sie\\es hinaus.'],
      document: `Bestätigung (${language})`,
      documentText: 'Für {familyName} wird bestätigt:',
      code: 'Zuordnungsmerkmal',
      codeHelp: 'Bitte geben Sie es weiter.',
      calendar: 'Abholung',
    },
    states: {},
  };
}

/** @returns a service with a slot, a file, a code, a document, a calendar entry and an allowance */
export function testService(changes: Partial<CompiledService> = {}): CompiledService {
  const questions = [
    question('familyName', 'name'),
    question('street', 'text'),
    question('mandate', 'file'),
    question('pickup', 'slot'),
  ];
  return {
    slug: 'abholung',
    version: 3,
    leika: undefined,
    office: 'tsk',
    legalBasis: ['Satzung'],
    identity: 'none',
    fee: { cents: 0, legalBasis: undefined },
    minutes: 5,
    pictogram: 'sofa',
    fulfilment: 'case',
    places: [],
    retention: { start: 'closed', days: 90, legalBasis: 'Satzung' },
    pages: [],
    questions: new Map(questions.map((one) => [one.id, one])),
    computed: [],
    entitlement: {
      page: 'p',
      holder: ['familyName'],
      period: 'year',
      scopeFrom: undefined,
      limits: { '*': 1 },
    },
    result: {
      code: { id: 'zuordnungsmerkmal', days: 14 },
      document: { id: 'confirmation', fields: ['familyName', 'street'] },
      calendar: { slot: 'pickup', starts: '19:00', ends: '06:30', dayOffset: -1 },
    },
    decisions: ['done', 'rejected'],
    texts: { de: texts('de'), en: texts('en'), leicht: texts('leicht') },
    journeys: [],
    submissionSchema: {},
    ...changes,
  };
}

const readable = (answer: unknown): string =>
  typeof answer === 'string' ? answer : ((answer as { date?: string }).date ?? JSON.stringify(answer));

const walkOf = (service: CompiledService, answers: Answers): Walk => ({
  service,
  pages: [],
  next: undefined,
  answers,
  computed: {},
  complete: new Set(),
});

const plainWords: CaseWords = {
  walk: (service, progress) => walkOf(service, progress.answers),
  fillText: (text, walked) => text.replace(/\{(\w+)\}/g, (_, id: string) => readable(walked.answers[id])),
  review: (_, walked, language) => [
    {
      page: 'all',
      title: `Angaben (${language})`,
      lines: Object.entries(walked.answers).map(([field, answer]) => ({
        field,
        label: `Frage ${field}`,
        value: readable(answer),
        file: undefined,
      })),
    },
  ],
};

/** No place or allowance is left. */
export class NothingLeftError extends Error {}

async function takePlace(tx: Tx, slotId: string, by: number): Promise<IsoDate> {
  const row = await tx
    .updateTable('slot')
    .set((eb) => ({ taken: eb('taken', '+', by) }))
    .where('id', '=', slotId)
    .$if(by > 0, (query) => query.whereRef('taken', '<', 'capacity'))
    .returning('date')
    .executeTakeFirst();
  if (!row) throw new NothingLeftError('no place left');
  return row.date;
}

function tinyBooking(db: Db, now: () => Date): CaseBooking {
  const slotOf = (on: Db | Tx, caseId: string) =>
    on
      .selectFrom('booking')
      .innerJoin('slot', 'slot.id', 'booking.slot_id')
      .select(['slot.id', 'slot.date', 'slot.calendar', 'slot.area'])
      .where('case_id', '=', caseId)
      .where('state', '=', 'confirmed')
      .executeTakeFirst();
  return {
    async confirm(tx, visitId, slotId, caseId) {
      await takePlace(tx, slotId, 1);
      await tx
        .insertInto('booking')
        .values({
          id: randomUUID(),
          slot_id: slotId,
          state: 'confirmed',
          visit_id: visitId,
          case_id: caseId,
          held_until: null,
          created_at: now(),
        })
        .execute();
    },
    async ofCase(caseId) {
      const row = await slotOf(db, caseId);
      return row && { slot: { slot: row.id, date: row.date }, calendar: row.calendar, area: row.area };
    },
    async cancel(tx, caseId) {
      const row = await slotOf(tx, caseId);
      if (!row) return;
      await takePlace(tx, row.id, -1);
      await tx.updateTable('booking').set({ state: 'cancelled' }).where('case_id', '=', caseId).execute();
    },
    async move(tx, caseId, slotId) {
      const row = await slotOf(tx, caseId);
      const date = await takePlace(tx, slotId, 1);
      if (row) await takePlace(tx, row.id, -1);
      await tx.updateTable('booking').set({ slot_id: slotId }).where('case_id', '=', caseId).execute();
      return { slot: slotId, date };
    },
    entitlement: {
      async use(tx, service, answers, caseId) {
        const holder = Buffer.from(String(answers.familyName)).reverse();
        const row = await tx
          .insertInto('entitlement_use')
          .values({ service: service.slug, scope: '*', period: '2026', holder, ordinal: 1, case_id: caseId })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!row) throw new NothingLeftError('allowance used up');
      },
      async giveBack(tx, caseId) {
        await tx.deleteFrom('entitlement_use').where('case_id', '=', caseId).execute();
      },
    },
  };
}

export interface TestOffice {
  db: Db;
  keys: KeyProvider;
  cases: Cases;
  delivery: Delivery;
  service: CompiledService;
  now(): Date;
  /** Moves the office's clock. */
  pass(milliseconds: number): void;
  slot(days: number, capacity?: number): Promise<{ id: string; date: IsoDate }>;
  /** A hand-in with canaries in every part of it; each has another person, so that allowances do not meet. */
  handIn(changes?: Partial<HandIn>): Promise<HandIn>;
  /** The same database and keys, started anew, as another node or after a crash. */
  restarted(changes?: { append?: typeof append }): Cases;
  /** Everything in the database as one text, binary columns also as characters. */
  dump(): Promise<string>;
  close(): Promise<void>;
}

/** @param service what is handed in; also all that the catalogue has */
export async function freshOffice(service: CompiledService = testService()): Promise<TestOffice> {
  const database = await freshDatabase();
  const { db } = database;
  const folder = mkdtempSync(join(tmpdir(), 'office-'));
  const keys = createFileKeys(folder);
  let now = zonedInstant('2026-11-23', '10:00').getTime();
  const clock = { now: () => new Date(now) };
  const log = { warn() {}, error() {} };
  const channels = [createDeskChannel({ db, clock, audit: { append } })];
  const delivery = createDelivery({ db, clock, log, channels });
  const start = (changes: { append?: typeof append } = {}): Cases =>
    createCases({
      db,
      clock,
      keys,
      catalogue: { get: (slug) => (slug === service.slug ? service : undefined) },
      city: {
        name: 'Karlsruhe',
        offices: new Map([
          ['tsk', { name: 'Team Sauberes Karlsruhe', address: 'Ottostr. 21, 76227 Karlsruhe' }],
        ]),
      },
      booking: tinyBooking(db, clock.now),
      delivery,
      audit: { append: changes.append ?? append },
      lab: { count },
      words: plainWords,
      publicUrl: 'https://amt.example',
    });
  let people = 0;

  const office: TestOffice = {
    db,
    keys,
    delivery,
    service,
    cases: start(),
    now: () => new Date(now),
    pass(milliseconds) {
      now += milliseconds;
    },
    async slot(days, capacity = 100) {
      const id = randomUUID();
      const date = addDays(civilDate(new Date(now)), days);
      await db
        .insertInto('slot')
        .values({ id, calendar: 'tour', area: `a${id}`, date, capacity, taken: 0 })
        .execute();
      return { id, date };
    },
    async handIn(changes = {}) {
      people += 1;
      const slot = await office.slot(20);
      const file = randomUUID();
      const answers: Answers = {
        familyName: `Kanarienđ${people}`,
        street: `Zwitscherstraße ${people}`,
        mandate: { file, name: 'kanaria.pdf', mediaType: 'application/pdf', bytes: 3 },
        pickup: { slot: slot.id, date: slot.date },
      };
      return {
        submissionKey: randomUUID(),
        service,
        submission: { service: service.slug, version: service.version, answers, computed: {} },
        walked: walkOf(service, answers),
        language: 'de',
        site: 'rathaus',
        visitId: randomUUID(),
        files: [
          {
            id: file,
            name: 'kanaria.pdf',
            mediaType: 'application/pdf',
            content: Buffer.from('Vogelfrei-Notiz'),
          },
        ],
        ...changes,
      };
    },
    restarted: start,
    async dump() {
      const { rows } = await sql<{ name: string }>`
        SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`.execute(db);
      let text = '';
      for (const { name } of rows) {
        const table = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(db);
        for (const row of table.rows) {
          for (const value of Object.values(row)) {
            text += Buffer.isBuffer(value)
              ? `${value.toString('utf8')} ${value.toString('latin1')}\n`
              : `${JSON.stringify(value)}\n`;
          }
        }
      }
      return text;
    },
    async close() {
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
  return office;
}
