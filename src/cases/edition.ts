import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Db, Tx } from '#db';
import { LANGUAGES, type Language } from '#language';
import {
  type CompiledService,
  calendarsOf as calendarsIn,
  type DeliveryWay,
  type QuestionKind,
} from '#service';
import type { Clock } from '#time';

/**
 * What a case needs of the service it was handed in with. It is kept as it was on that day, whatever the service says
 * later or whether there still is one. Nothing in it is about a person.
 */
export interface Terms {
  /** The service's name, in German. */
  title: string;
  leika: string | undefined;
  delivery: DeliveryWay;
  /** How the office can decide. */
  decisions: readonly string[];
  /** What the status page says in each state. */
  states: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>;
  /** Kinds of the questions, in their order, and ids of what was worked out: what a crew may see of it. */
  questions: readonly { id: string; kind: QuestionKind }[];
  computed: readonly string[];
  /** Tours that it books into, with what clerks call them. */
  calendars: readonly { calendar: string; title: string }[];
  /** Kind of the code that is the whole result, where there is one. */
  code: string | undefined;
}

/** @returns what the authority is called that decides instead of this office; undefined where this office decides */
export function authorityIn({ delivery }: Pick<Terms, 'delivery'>): string | undefined {
  if (delivery.channel === 'desk') return undefined;
  // Editions from before names were kept have the id only.
  const { name = delivery.authority }: { name?: string } = delivery;
  return name;
}

/** Of a case from before editions were kept, whose service was gone already when the first was written down. */
function unknownTerms(service: string): Terms {
  return {
    ...{ title: service, leika: undefined, delivery: { channel: 'desk' }, decisions: ['done', 'rejected'] },
    ...{ states: {}, questions: [], computed: [], calendars: [], code: undefined },
  };
}

function termsOf(service: CompiledService): Terms {
  const { title, questions } = service.texts.de;
  const slots = [...service.questions.values()].filter((question) => question.kind === 'slot');
  const states = LANGUAGES.map((language) => [language, service.texts[language].states] as const);
  return {
    title,
    leika: service.leika,
    delivery: service.delivery,
    decisions: service.decisions,
    states: Object.fromEntries(states),
    questions: [...service.questions.values()].map(({ id, kind }) => ({ id, kind })),
    calendars: slots.flatMap(calendarsIn).map(({ calendar, from, option }) => {
      const what = option === undefined ? undefined : questions[from ?? '']?.options[option];
      return { calendar, title: what ?? title };
    }),
    computed: service.computed.map(({ id }) => id),
    code: service.result.code?.id,
  };
}

/** An edition as it is stored; its id follows from everything in it. */
function editionOf(service: CompiledService) {
  const { slug, version, office } = service;
  const terms = JSON.stringify(termsOf(service));
  const schema = JSON.stringify(service.submissionSchema);
  const id = createHash('sha256')
    .update(JSON.stringify([slug, version, office, terms, schema]))
    .digest();
  return { id, service: slug, version, office, terms, submission_schema: schema };
}

/** @returns whether a case was handed in with just what the service says now */
export function isSameEdition(service: CompiledService, edition: Buffer | null): boolean {
  return edition?.equals(editionOf(service).id) ?? false;
}

/** Writes an edition down, or that it is in force again. @returns its id */
async function write(db: Db, service: CompiledService, at: Date): Promise<Buffer> {
  const edition = editionOf(service);
  await db
    .insertInto('service_edition')
    .values({ ...edition, published_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ published_at: at }))
    .execute();
  return edition.id;
}

/** Editions as the rest of this room uses them. */
export interface Editions {
  /** @returns the id under which a case that is handed in now finds what its service said */
  ensure(service: CompiledService): Promise<Buffer>;
  /** @param db a transaction that is under way, or the database */
  of(db: Db | Tx, row: { service: string; service_version: number; edition: Buffer | null }): Promise<Terms>;
}

export function createEditions(db: Db, clock: Clock): Editions {
  const written = new WeakMap<CompiledService, Promise<Buffer>>();
  // An edition never changes, so each is read once.
  const known = new Map<string, Terms>();
  return {
    ensure(service) {
      const before = written.get(service);
      if (before) return before;
      const writing = write(db, service, clock.now());
      written.set(service, writing);
      writing.catch(() => written.delete(service));
      return writing;
    },
    async of(within, row) {
      if (!row.edition) return nearestTerms(within, row.service, row.service_version);
      const key = row.edition.toString('hex');
      const before = known.get(key);
      if (before) return before;
      const found = await within
        .selectFrom('service_edition')
        .select('terms')
        .where('id', '=', row.edition)
        .executeTakeFirstOrThrow();
      const terms = found.terms as unknown as Terms;
      known.set(key, terms);
      return terms;
    },
  };
}

/** For a case without an edition: that of the nearest version which was published later or earlier. */
async function nearestTerms(db: Db | Tx, service: string, version: number): Promise<Terms> {
  const found = await db
    .selectFrom('service_edition')
    .select('terms')
    .where('service', '=', service)
    .orderBy(sql`abs(version - ${version})`)
    .orderBy('published_at', 'desc')
    .executeTakeFirst();
  return found ? (found.terms as unknown as Terms) : unknownTerms(service);
}

/**
 * Writes down what the services of an office that opens say of their cases, for good; cases from before that was done
 * are given the edition of their version. Several nodes may do so at once.
 * @param services as they are defined, also those that the city leads to a portal today
 */
export async function publishServices(
  db: Db,
  clock: Clock,
  services: readonly CompiledService[],
): Promise<void> {
  for (const service of services) {
    if (service.fulfilment !== 'case') continue;
    const edition = await write(db, service, clock.now());
    await db
      .updateTable('cases')
      .set({ edition })
      .where('edition', 'is', null)
      .where('service', '=', service.slug)
      .where('service_version', '=', service.version)
      .execute();
  }
}

/**
 * @param services what an office for real people offers
 * @returns one line for each service that sends something else to another authority than was published under its version
 */
export async function changedUnderVersion(db: Db, services: readonly CompiledService[]): Promise<string[]> {
  const found: string[] = [];
  for (const { slug, version, delivery, submissionSchema: schema, fulfilment } of services) {
    if (fulfilment !== 'case' || delivery.channel === 'desk') continue;
    const before = await submissionSchema(db, slug, version);
    if (before && !isDeepStrictEqual(before, JSON.parse(JSON.stringify(schema))))
      found.push(
        `services/${slug}: what is sent to the authority has changed since version ${version} was published: raise \`version\``,
      );
  }
  return found;
}

/** A version of a service that another authority was, or is, told of. */
export interface PublishedSchema {
  service: string;
  version: number;
  leika: string | undefined;
  title: string;
  delivery: DeliveryWay;
  schema: Record<string, unknown>;
}

/** @returns every version of every service that was ever published here, each as it was published last */
export async function publishedSchemas(db: Db): Promise<PublishedSchema[]> {
  const rows = await db
    .selectFrom('service_edition')
    .distinctOn(['service', 'version'])
    .selectAll()
    .orderBy('service')
    .orderBy('version')
    .orderBy('published_at', 'desc')
    .execute();
  return rows.map((row) => {
    const { leika, title, delivery } = row.terms as unknown as Terms;
    const { service, version } = row;
    return { service, version, leika, title, delivery, schema: row.submission_schema };
  });
}

/** @returns the schema of what was handed in with this version, also when there is a newer one or none any more */
export async function submissionSchema(
  db: Db,
  service: string,
  version: number,
): Promise<Record<string, unknown> | undefined> {
  const row = await db
    .selectFrom('service_edition')
    .select('submission_schema')
    .where('service', '=', service)
    .where('version', '=', version)
    .orderBy('published_at', 'desc')
    .executeTakeFirst();
  return row?.submission_schema;
}

/** @returns the calendars that cases of these offices were ever booked into, with what clerks call them */
export async function calendarsOf(
  db: Db,
  offices: readonly string[],
): Promise<{ calendar: string; title: string }[]> {
  const found = new Map<string, string>();
  for (const { calendars } of await termsOfOffices(db, offices))
    for (const { calendar, title } of calendars) if (!found.has(calendar)) found.set(calendar, title);
  return [...found].map(([calendar, title]) => ({ calendar, title }));
}

/** @returns the kinds of codes that were ever given to cases of these offices */
export async function codeKindsOf(db: Db, offices: readonly string[]): Promise<string[]> {
  return [...new Set((await termsOfOffices(db, offices)).flatMap(({ code }) => code ?? []))];
}

/** Latest first. */
async function termsOfOffices(db: Db, offices: readonly string[]): Promise<Terms[]> {
  if (offices.length === 0) return [];
  const rows = await db
    .selectFrom('service_edition')
    .select('terms')
    .where('office', 'in', offices)
    .orderBy('published_at', 'desc')
    .orderBy('version', 'desc')
    .orderBy('service')
    .execute();
  return rows.map(({ terms }) => terms as unknown as Terms);
}

/** @returns the German names of all services there ever were, by id */
export async function serviceTitles(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('service_edition')
    .distinctOn('service')
    .select(['service', sql<string>`terms->>'title'`.as('title')])
    .orderBy('service')
    .orderBy('published_at', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return new Map(rows.map(({ service, title }) => [service, title]));
}
