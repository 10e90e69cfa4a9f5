/**
 * An office with real storage, keys, booking, audit record and outbox for tests of what happens to cases: one service
 * with every kind of result, a tour every day, and a clock that tests move.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { append, entry } from '#audit';
import { createBooking } from '#booking';
import {
  arriving,
  type CaseDeps,
  type Cases,
  type CaseView,
  type CaseWords,
  createCases,
  createDeskChannel,
  type HandIn,
} from '#cases';
import type { Db } from '#db';
import { createPapers, createTypst, SIGNERS } from '#documents';
import { ANY_CITY, brokenRules, readAnswer, readableAnswer, type Walk } from '#journey';
import { compileQuestion } from '#kinds';
import { count } from '#lab';
import { inEvery, type Language } from '#language';
import { createCasePayments } from '#payment';
import { createFileKeys, type KeyProvider } from '#seal';
import type { Answers, CompiledService, ServiceTexts, SlotAnswer } from '#service';
import { freshDatabase } from '#test/database';
import { createWayOut, type WayOut } from '#test/way-out';
import { addDays, civilDate, type IsoDate, zonedInstant } from '#time';

/** Words that must be found nowhere but inside seals. */
export const CANARIES = ['Kanarienđ', 'Zwitscherstraße', 'Vogelfrei-Notiz', 'kanaria.pdf', 'Piepmatzantwort'];

function texts(language: Language): ServiceTexts {
  return {
    title: `Abholung (${language})`,
    summary: '',
    cost: '',
    duration: '',
    needs: [],
    about: [],
    keywords: [],
    sections: {},
    pages: {},
    questions: {},
    computed: {},
    result: {
      title: 'Termin gebucht',
      next: ['Am {pickup} kommen wir.', 'Bitte; stellen, Sie\\es hinaus.'],
      document: `Bestätigung (${language})`,
      documentText: 'Für {familyName} wird bestätigt:',
      labels: {},
      code: 'Zuordnungsmerkmal',
      codeHelp: 'Bitte geben Sie es weiter.',
      calendar: 'Abholung',
      undecided: undefined,
    },
    states: {},
    fee: undefined,
    portal: undefined,
  };
}

/** @returns a service with a slot, a file, a code, a document, a calendar entry and an allowance */
export function testService(changes: Partial<CompiledService> = {}): CompiledService {
  const questions = [
    compileQuestion({ id: 'familyName', kind: 'name' }),
    compileQuestion({ id: 'street', kind: 'text' }),
    compileQuestion({ id: 'mandate', kind: 'file', maxBytes: 1_000_000 }),
    compileQuestion({ id: 'pickup', kind: 'slot', calendar: 'tour', areaFrom: 'street' }),
  ];
  return {
    slug: 'abholung',
    version: 3,
    leika: undefined,
    office: 'tsk',
    legalBasis: ['Satzung'],
    identity: 'none',
    fee: { cents: 0, legalBasis: undefined, each: undefined, further: undefined, exemptions: [] },
    minutes: 5,
    pictogram: 'sofa',
    fulfilment: 'case',
    sections: [],
    delivery: { channel: 'desk' },
    register: undefined,
    portal: undefined,
    places: [],
    retention: { start: 'closed', days: 90, legalBasis: 'Satzung' },
    dueDays: 14,
    pages: [],
    questions: new Map(questions.map((one) => [one.id, one])),
    computed: [],
    entitlement: {
      page: 'p',
      holder: ['familyName'],
      answer: undefined,
      further: undefined,
      period: 'year',
      scopeFrom: undefined,
      limits: { '*': 1 },
    },
    result: {
      code: { id: 'zuordnungsmerkmal', days: 14 },
      document: { id: 'confirmation', fields: ['familyName', 'street'], decided: false },
      calendar: { slot: 'pickup', starts: '19:00', ends: '06:30', dayOffset: -1 },
      next: [],
    },
    decisions: ['done', 'rejected'],
    texts: inEvery(texts),
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
  fee: {
    ...{ cents: service.fee.cents, count: 1, eachCents: service.fee.cents },
    ...{ furtherCents: service.fee.cents, exemption: undefined },
  },
  steps: service.result.next.map(({ day }, line) => {
    const booked = day && (answers[day.of] as SlotAnswer | undefined);
    return { line, day: booked && { date: addDays(booked.date, day.days), fromBooked: day.days } };
  }),
  identity: undefined,
});

/** One for all offices of a test, so that its processes are started once. */
const typst = createTypst();

const plainWords: CaseWords = {
  walk: (service, progress) => walkOf(service, progress.answers),
  rules: brokenRules,
  readAnswer: (question, field, form) => readAnswer(question, field, form, ANY_CITY),
  readable: (question, answer, options, language) =>
    readableAnswer(question, question.id, answer, { questions: { [question.id]: { options } } }, language),
  dates: (date) => [date],
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

const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  calendar: 'tour',
  area: 'mitte',
  weekday,
  capacity: 1_000,
  leadDays: 1,
  horizonDays: 60,
  changeUntil: { days: 1, time: '12:00' },
}));

export interface TestOffice {
  db: Db;
  keys: KeyProvider;
  cases: Cases;
  /** The outbox and what works it off. */
  delivery: WayOut;
  service: CompiledService;
  now(): Date;
  /** Moves the office's clock. */
  pass(milliseconds: number): void;
  /** The first tour at least so many days ahead, if wanted without a place left. */
  slot(days: number, full?: boolean): Promise<{ id: string; date: IsoDate }>;
  /** A hand-in with canaries in every part of it; each has another person, so that allowances do not meet. */
  handIn(changes?: Partial<HandIn>): Promise<HandIn>;
  /** A case opened as its office sees it; undefined when there is none, or nothing is left of it. */
  view(caseId: string): Promise<CaseView | undefined>;
  /** The same database and keys, started anew, as another node or after a crash. */
  restarted(changes?: {
    append?: typeof append;
    entry?: typeof entry;
    catalogue?: CaseDeps['catalogue'];
  }): Cases;
  /** Everything in the database as one text, binary columns also as characters. */
  dump(): Promise<string>;
  close(): Promise<void>;
}

/**
 * @param service what is handed in; also all that the catalogue has
 * @param words how answers are said; briefly when left out
 */
export async function freshOffice(
  service: CompiledService = testService(),
  words: CaseWords = plainWords,
): Promise<TestOffice> {
  const database = await freshDatabase();
  const { db } = database;
  const folder = mkdtempSync(join(tmpdir(), 'office-'));
  const keys = createFileKeys(folder);
  let now = zonedInstant('2026-11-23', '10:00').getTime();
  const clock = { now: () => new Date(now) };
  const log = { warn() {}, error() {} };
  const channels = [
    createDeskChannel({ db, clock, audit: { append, entry } }),
    arriving({ db, clock, audit: { append, entry } }, { id: 'fit-connect', deliver: async () => {} }),
  ];
  const booking = createBooking({ db, city: { tours: everyDay, closedFor: () => undefined }, clock, keys });
  const delivery = createWayOut({ db, clock, log, channels });
  const city = {
    name: 'Karlsruhe',
    offices: new Map([['tsk', { name: 'Team Sauberes Karlsruhe', address: 'Ottostr. 21, 76227 Karlsruhe' }]]),
    isHoliday: () => undefined,
  };
  const papers = createPapers(city, SIGNERS.none, typst);
  const start: TestOffice['restarted'] = (changes = {}) =>
    createCases({
      db,
      clock,
      keys,
      catalogue: changes.catalogue ?? { get: (slug) => (slug === service.slug ? service : undefined) },
      city,
      booking,
      outbox: delivery,
      audit: { append: changes.append ?? append, entry: changes.entry ?? entry },
      lab: { count },
      payments: createCasePayments({ audit: { append, entry }, lab: { count } }),
      words,
      papers,
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
    async slot(days, full = false) {
      await booking.ensureSlots();
      const slot = await db
        .selectFrom('slot')
        .select(['id', 'date'])
        .where('date', '>=', addDays(civilDate(new Date(now)), days))
        .orderBy('date')
        .executeTakeFirstOrThrow();
      if (full) await sql`UPDATE slot SET taken = capacity WHERE id = ${slot.id}`.execute(db);
      return slot;
    },
    async handIn(changes = {}) {
      people += 1;
      const person = people;
      const slot = await office.slot(20);
      const file = randomUUID();
      const answers: Answers = {
        familyName: `Kanarienđ${person}`,
        street: `Zwitscherstraße ${person}`,
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
    async view(caseId) {
      const staff = { subject: 'somebody', offices: [service.office] };
      const opened = await office.cases.forStaff(caseId, staff, 'test');
      return opened?.kind === 'open' ? opened.view : undefined;
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
