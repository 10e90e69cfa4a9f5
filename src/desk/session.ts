import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '#db';
import type { Clock } from '#time';
import type { StaffIdentity } from './claims.ts';

/** Somebody signed in at the desk, as every request finds them. */
export interface Staff extends StaffIdentity {
  /** Token that every form of this session carries. */
  csrf: string;
  /** Sees alarms of the office and sets parked deliveries going again. */
  lead: boolean;
}

export interface StaffSessions {
  /** @returns the secret for the cookie; the database keeps only its hash */
  begin(identity: StaffIdentity): Promise<string>;
  /** @returns who holds this secret, or undefined when the session ended, was idle too long or never was */
  find(secret: string): Promise<Staff | undefined>;
  /** @returns the names of people who have signed in at least once, by subject */
  names(subjects: readonly string[]): Promise<ReadonlyMap<string, string>>;
  end(secret: string): Promise<void>;
}

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 10 * 3_600_000;
/** Being seen is written down at most this often, so that reading pages does not write with each request. */
const SEEN_STEP_MS = 60_000;
const SECRET_BYTES = 32;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const earlier = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** @returns whether roles and offices give any access to the desk */
export function mayUseDesk(identity: StaffIdentity): boolean {
  return identity.offices.length > 0 && identity.roles.some((role) => role === 'clerk' || role === 'lead');
}

/** Sessions of staff: 30 minutes without a request or 10 hours end them. */
export function createSessions({ db, clock }: { db: Db; clock: Clock }): StaffSessions {
  return {
    async begin({ subject, name, offices, roles }) {
      const now = clock.now();
      await db
        .deleteFrom('staff_session')
        .where((is) => is.or([is('expires_at', '<=', now), is('seen_at', '<=', earlier(now, IDLE_MS))]))
        .execute();
      await db
        .insertInto('staff')
        .values({ subject, name, seen_at: now })
        .onConflict((one) => one.column('subject').doUpdateSet({ name, seen_at: now }))
        .execute();
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      await db
        .insertInto('staff_session')
        .values({
          id_hash: hashOf(secret),
          subject,
          name,
          offices,
          roles,
          csrf: randomBytes(SECRET_BYTES).toString('base64url'),
          created_at: now,
          seen_at: now,
          expires_at: new Date(now.getTime() + ABSOLUTE_MS),
        })
        .execute();
      return secret;
    },
    async find(secret) {
      const now = clock.now();
      const row = await db
        .selectFrom('staff_session')
        .select(['subject', 'name', 'offices', 'roles', 'csrf', 'seen_at'])
        .where('id_hash', '=', hashOf(secret))
        .where('expires_at', '>', now)
        .where('seen_at', '>', earlier(now, IDLE_MS))
        .executeTakeFirst();
      if (!row || !mayUseDesk(row)) return undefined;
      if (row.seen_at < earlier(now, SEEN_STEP_MS)) {
        await db
          .updateTable('staff_session')
          .set({ seen_at: now })
          .where('id_hash', '=', hashOf(secret))
          .execute();
      }
      const { subject, name, offices, roles, csrf } = row;
      return { subject, name, offices, roles, csrf, lead: roles.includes('lead') };
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
    async end(secret) {
      await db.deleteFrom('staff_session').where('id_hash', '=', hashOf(secret)).execute();
    },
  };
}
