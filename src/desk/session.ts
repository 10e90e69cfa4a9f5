import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Tx } from '#db';
import { open, seal } from '#seal';
import type { Clock } from '#time';
import type { Tokens } from './ask-again.ts';
import type { StaffIdentity } from './claims.ts';

/** Somebody signed in at the desk, as every request finds them. */
export interface Staff extends StaffIdentity {
  /** Token that every form of this session carries. */
  csrf: string;
  /** Sees alarms of the office and sets parked deliveries going again. */
  lead: boolean;
  /** When the provider last said what this person may do. */
  confirmedAt: Date;
}

/** What begins a session. */
export interface NewSession {
  identity: StaffIdentity;
  sid: string | undefined;
  tokens: Tokens;
  /** The form token of a session that this one goes on from: pages that are open stay usable. */
  csrf?: string | undefined;
}

/** A session, as a lead sees it. */
export interface SessionLine {
  id: string;
  subject: string;
  name: string;
  offices: readonly string[];
  since: Date;
  seen: Date;
}

export interface StaffSessions {
  /** @returns the secret for the cookie; the database keeps only its hash */
  begin(session: NewSession): Promise<string>;
  /** @returns who holds this secret, or undefined when the session ended, was idle too long or never was */
  find(secret: string): Promise<Staff | undefined>;
  /**
   * Takes asking the provider upon itself, when it is time and nobody else is doing it.
   * @returns what to ask with
   */
  claimCheck(secret: string): Promise<{ tokens: Tokens; confirmedAt: Date } | undefined>;
  /** Writes down what the provider has said. */
  confirm(secret: string, identity: StaffIdentity, tokens: Tokens): Promise<void>;
  /** The provider is asked again after so many milliseconds, with these tokens. */
  putOff(secret: string, tokens: Tokens, ms: number): Promise<void>;
  /** @returns the names of people who have signed in at least once, by subject */
  names(subjects: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** @returns sessions of people who work in at least one of these offices, the last used first */
  list(offices: readonly string[]): Promise<SessionLine[]>;
  /** @returns whether this session was there to be ended */
  end(secret: string): Promise<boolean>;
  /** Ends one that {@link list} has shown. @returns whose it was */
  endById(tx: Tx, id: string, offices: readonly string[]): Promise<string | undefined>;
  /** Ends what the provider has ended: one of its sessions, or all of a person. @returns whose each was */
  endOf(tx: Tx, of: { sub: string | undefined; sid: string | undefined }): Promise<string[]>;
  /** @returns the name by which a lead ends the session of this secret */
  idOf(secret: string): string;
}

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 10 * 3_600_000;
/** Being seen is written down at most this often, so that reading pages does not write with each request. */
const SEEN_STEP_MS = 60_000;
/** Longer than the provider is waited for. */
const CHECK_MS = 30_000;
const SECRET_BYTES = 32;
const TOKENS = 'staff_session/tokens';
const ID = /^[\w-]{43}$/;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const keyOf = (secret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', 'amtomat staff tokens', SECRET_BYTES));
const earlier = (now: Date, ms: number): Date => new Date(now.getTime() - ms);
const sealed = (secret: string, tokens: Tokens): Buffer =>
  seal(keyOf(secret), JSON.stringify(tokens), TOKENS);

/** @returns whether roles and offices give any access to the desk */
export function mayUseDesk(identity: Pick<StaffIdentity, 'offices' | 'roles'>): boolean {
  return identity.offices.length > 0 && identity.roles.some((role) => role === 'clerk' || role === 'lead');
}

/** @returns somebody with those of their offices that this city has */
export function withinCity(identity: StaffIdentity, offices: ReadonlyMap<string, unknown>): StaffIdentity {
  return { ...identity, offices: identity.offices.filter((office) => offices.has(office)) };
}

/**
 * Sessions of staff: 30 minutes without a request or 10 hours end them.
 * @param deps.every after so many milliseconds the provider is asked again what somebody may do
 */
export function createSessions(deps: { db: Db; clock: Clock; every: number }): StaffSessions {
  const { db, clock, every } = deps;
  const alive = (now: Date) => sql<boolean>`expires_at > ${now} AND seen_at > ${earlier(now, IDLE_MS)}`;
  const rename = (subject: string, name: string) =>
    db
      .insertInto('staff')
      .values({ subject, name, seen_at: clock.now() })
      .onConflict((one) => one.column('subject').doUpdateSet({ name, seen_at: clock.now() }))
      .execute();
  return {
    async begin({ identity: { subject, name, offices, roles }, sid = null, tokens, csrf }) {
      const now = clock.now();
      await db
        .deleteFrom('staff_session')
        .where(sql<boolean>`NOT (${alive(now)})`)
        .execute();
      await rename(subject, name);
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      await db
        .insertInto('staff_session')
        .values({
          ...{ id_hash: hashOf(secret), subject, name, offices, roles, sid },
          csrf: csrf ?? randomBytes(SECRET_BYTES).toString('base64url'),
          tokens: sealed(secret, tokens),
          ...{ created_at: now, seen_at: now, confirmed_at: now },
          check_at: new Date(now.getTime() + every),
          expires_at: new Date(now.getTime() + ABSOLUTE_MS),
        })
        .execute();
      return secret;
    },
    async find(secret) {
      const now = clock.now();
      const row = await db
        .selectFrom('staff_session')
        .select(['subject', 'name', 'offices', 'roles', 'csrf', 'seen_at', 'confirmed_at'])
        .where('id_hash', '=', hashOf(secret))
        .where(alive(now))
        .executeTakeFirst();
      if (!row || !mayUseDesk(row)) return undefined;
      if (row.seen_at < earlier(now, SEEN_STEP_MS)) {
        await db
          .updateTable('staff_session')
          .set({ seen_at: now })
          .where('id_hash', '=', hashOf(secret))
          .execute();
      }
      const { subject, name, offices, roles, csrf, confirmed_at: confirmedAt } = row;
      return { subject, name, offices, roles, csrf, lead: roles.includes('lead'), confirmedAt };
    },
    async claimCheck(secret) {
      const now = clock.now();
      const row = await db
        .updateTable('staff_session')
        .set({ check_at: new Date(now.getTime() + CHECK_MS) })
        .where('id_hash', '=', hashOf(secret))
        .where('check_at', '<=', now)
        .returning(['tokens', 'confirmed_at'])
        .executeTakeFirst();
      if (!row) return undefined;
      const tokens = JSON.parse(open(keyOf(secret), row.tokens, TOKENS).toString('utf8')) as Tokens;
      return { tokens, confirmedAt: row.confirmed_at };
    },
    async confirm(secret, { subject, name, offices, roles }, tokens) {
      const now = clock.now();
      // A provider that renews without saying the name again has not renamed anybody.
      const renamed = name === subject ? {} : { name };
      await db
        .updateTable('staff_session')
        .set({
          ...{ ...renamed, offices, roles, tokens: sealed(secret, tokens), confirmed_at: now },
          check_at: new Date(now.getTime() + every),
        })
        .where('id_hash', '=', hashOf(secret))
        .execute();
      if (renamed.name !== undefined) await rename(subject, renamed.name);
    },
    async putOff(secret, tokens, ms) {
      await db
        .updateTable('staff_session')
        .set({ tokens: sealed(secret, tokens), check_at: new Date(clock.now().getTime() + ms) })
        .where('id_hash', '=', hashOf(secret))
        .execute();
    },
    async names(subjects) {
      if (subjects.length === 0) return new Map();
      const rows = await db
        .selectFrom('staff')
        .select(['subject', 'name'])
        .where('subject', 'in', [...new Set(subjects)])
        .execute();
      return new Map(rows.map((row) => [row.subject, row.name]));
    },
    async list(offices) {
      const rows = await db
        .selectFrom('staff_session')
        .select(['id_hash', 'subject', 'name', 'offices', 'created_at', 'seen_at'])
        .where(alive(clock.now()))
        .where(sql<boolean>`offices && ${sql.val([...offices])}::text[]`)
        .orderBy('seen_at', 'desc')
        .orderBy('id_hash')
        .execute();
      return rows.map(({ id_hash, created_at: since, seen_at: seen, ...row }) => ({
        ...{ ...row, since, seen },
        id: id_hash.toString('base64url'),
      }));
    },
    async end(secret) {
      const { numDeletedRows } = await db
        .deleteFrom('staff_session')
        .where('id_hash', '=', hashOf(secret))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async endById(tx, id, offices) {
      if (!ID.test(id)) return undefined;
      const row = await tx
        .deleteFrom('staff_session')
        .where('id_hash', '=', Buffer.from(id, 'base64url'))
        .where(sql<boolean>`offices && ${sql.val([...offices])}::text[]`)
        .returning('subject')
        .executeTakeFirst();
      return row?.subject;
    },
    async endOf(tx, { sub, sid }) {
      if (sub === undefined && sid === undefined) return [];
      const rows = await tx
        .deleteFrom('staff_session')
        .where((is) =>
          is.and([
            ...(sub === undefined ? [] : [is('subject', '=', sub)]),
            // Where the provider has named no session when somebody signed in, it may be this one.
            ...(sid === undefined
              ? []
              : [is.or([is('sid', '=', sid), ...(sub === undefined ? [] : [is('sid', 'is', null)])])]),
          ]),
        )
        .returning('subject')
        .execute();
      return rows.map(({ subject }) => subject);
    },
    idOf: (secret) => hashOf(secret).toString('base64url'),
  };
}
