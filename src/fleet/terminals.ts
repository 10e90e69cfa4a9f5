import { createHash, randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { AuditWriter } from '#audit';
import type { Db, TerminalTable, Tx } from '#db';
import { guessedBy, guessesOf } from '#guessing';
import { codeFrom, type KeyProvider } from '#seal';
import type { Clock } from '#time';

/** Long enough to walk from the desk to the machine, too short to be found again on a slip of paper. */
const CODE_MS = 15 * 60_000;
/** A form of the desk can be sent again as long as its session lasts, which is ten hours at most. */
const TOLD_MS = 24 * 3_600_000;
/** Being used is written down at most this often, so that reading pages does not write with each request. */
const SEEN_STEP_MS = 10 * 60_000;
const SECRET_BYTES = 32;
const SECRET = /^[\w-]{43}$/;

/** A machine that has shown its secret. */
export interface KnownTerminal {
  terminal: string;
  /** It has not been noted for a while: time to renew what the browser keeps. */
  renew: boolean;
}

/** What a terminal's row at the desk says. Never a code, never a secret. */
export interface TerminalOverview {
  terminal: string;
  /** Until when a code waits to be typed at the machine. */
  codeUntil: Date | undefined;
  /** The machine that is registered, by whose code (a subject of the staff) and since when; last use to ten minutes. */
  machine: { by: string; since: Date; seen: Date } | undefined;
}

/** What became of a code that somebody typed at a machine. */
export type Registered =
  | { ok: true; terminal: string; secret: string }
  | { ok: false; reason: 'wrong' | 'expired' | 'used' }
  | { ok: false; reason: 'slowed'; retryAfterSeconds: number };

export interface Terminals {
  /**
   * Makes a code with which one machine becomes this terminal; the one before it no longer counts.
   * @param subject who of the staff issues it
   * @param form names the form that asks for it, and cannot be guessed: sent twice, it makes one code
   * @returns the code, which only the same form is ever told, and until when it can be typed; undefined when its code
   * was used, replaced or revoked, or has ended
   */
  issue(terminal: string, subject: string, form: string): Promise<{ code: string; until: Date } | undefined>;
  /**
   * The machine at which the code is typed becomes its terminal, in the place of any other machine.
   * @param code the 15 characters
   * @param client whom to slow down: a network address; stored as a keyed hash only
   */
  register(code: string, client: string): Promise<Registered>;
  /** @returns which terminal has this secret now; undefined when it was revoked, replaced, or is none */
  find(secret: string): Promise<KnownTerminal | undefined>;
  list(): Promise<TerminalOverview[]>;
  /** @returns whether a text could be a machine's secret at all */
  couldBeSecret(text: string): boolean;
  /**
   * Ends a terminal's code and its machine's registration at once.
   * @param seen since when the machine is registered that is meant, or until when its code counts; left out: whatever there is
   * @returns `none` when there is nothing to end; `other` when something else has taken its place, which stays
   */
  revoke(terminal: string, subject: string, seen?: Date): Promise<'done' | 'none' | 'other'>;
}

interface Deps {
  db: Db;
  clock: Clock;
  keys: Pick<KeyProvider, 'index' | 'secret'>;
  audit: AuditWriter;
}

const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const staff = (subject: string): string => `staff:${subject}`;

/** @returns a terminal's row; until the end of the transaction nobody else makes a code of it, or ends it */
async function held(tx: Tx, terminal: string): Promise<Selectable<TerminalTable> | undefined> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`terminal ${terminal}`}, 0))`.execute(tx);
  return tx.selectFrom('terminal').selectAll().where('id', '=', terminal).forUpdate().executeTakeFirst();
}

/**
 * Writes down that a code was told, so that it never counts anew.
 * @returns whether that is the first time
 */
async function noteTold(tx: Tx, hash: Buffer, at: Date): Promise<boolean> {
  await tx
    .deleteFrom('terminal_code')
    .where('told_at', '<', new Date(at.getTime() - TOLD_MS))
    .execute();
  const noted = await tx
    .insertInto('terminal_code')
    .values({ code_hash: hash, told_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (noted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns whether a terminal's code can still be typed */
function isOpen(row: Pick<TerminalTable, 'code_used_at' | 'code_expires_at'>, at: Date): boolean {
  return row.code_used_at === null && row.code_expires_at > at;
}

export function createTerminals({ db, clock, keys, audit }: Deps): Terminals {
  const codeHash = (code: string): Buffer => keys.index('terminal code', code);

  /** Only for the machine that is faster: the code counts once. */
  async function take(
    tx: Tx,
    hash: Buffer,
    at: Date,
  ): Promise<{ terminal: string; secret: string } | undefined> {
    const row = await tx
      .selectFrom('terminal')
      .select(['id', 'code_by', 'secret_hash'])
      .where('code_hash', '=', hash)
      .where('code_used_at', 'is', null)
      .where('code_expires_at', '>', at)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return undefined;
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    await tx
      .updateTable('terminal')
      .set({
        ...{ code_used_at: at, secret_hash: secretHash(secret) },
        ...{ registered_by: row.code_by, registered_at: at, seen_at: at },
      })
      .where('id', '=', row.id)
      .execute();
    const detail = { replaced: row.secret_hash !== null };
    const entry = { actor: staff(row.code_by), action: 'terminal.registered', subject: row.id };
    await audit.append(tx, { at, ...entry, detail });
    return { terminal: row.id, secret };
  }

  /**
   * Counts a code that opens nothing. A code of 69 bits that lives for a quarter of an hour cannot be guessed at any pace; the
   * wait keeps strangers from filling tables. So a right code never waits, or anybody could keep a machine from being registered.
   */
  async function refuse(tx: Tx, hash: Buffer, client: string, at: Date): Promise<Registered> {
    const known = await tx
      .selectFrom('terminal')
      .select('code_used_at')
      .where('code_hash', '=', hash)
      .executeTakeFirst();
    if (known) return { ok: false, reason: known.code_used_at ? 'used' : 'expired' };
    const guesses = await guessesOf(tx, guessedBy(keys, 'tries terminal codes', client), at);
    if (guesses.waitSeconds > 0)
      return { ok: false, reason: 'slowed', retryAfterSeconds: guesses.waitSeconds };
    if ((await guesses.wrong()) === 0)
      await audit.append(tx, { at, actor: 'system', action: 'terminal.guessing', subject: 'terminalCode' });
    return { ok: false, reason: 'wrong' };
  }

  return {
    async issue(terminal, subject, form) {
      const at = clock.now();
      // Whoever holds the form can be told again; database and keys alone do not lead to it.
      const code = codeFrom(keys.secret('terminal code form'), `${terminal} ${form}`);
      const until = new Date(at.getTime() + CODE_MS);
      const issued = {
        ...{ code_hash: codeHash(code), code_by: subject, code_expires_at: until, code_used_at: null },
      };
      return db.transaction().execute(async (tx) => {
        const before = await held(tx, terminal);
        if (before?.code_hash.equals(issued.code_hash))
          return isOpen(before, at) ? { code, until: before.code_expires_at } : undefined;
        // It has had its time: a newer code took its place, or the terminal was signed off.
        if (!(await noteTold(tx, issued.code_hash, at))) return undefined;
        await tx
          .insertInto('terminal')
          .values({
            ...{ id: terminal, ...issued },
            ...{ secret_hash: null, registered_by: null, registered_at: null, seen_at: null },
          })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(issued))
          .execute();
        await audit.append(tx, {
          at,
          actor: staff(subject),
          action: 'terminal.codeIssued',
          subject: terminal,
        });
        return { code, until };
      });
    },

    register(code, client) {
      const at = clock.now();
      const hash = codeHash(code);
      return db.transaction().execute(async (tx): Promise<Registered> => {
        const taken = await take(tx, hash, at);
        return taken ? { ok: true, ...taken } : refuse(tx, hash, client, at);
      });
    },

    async find(secret) {
      if (!SECRET.test(secret)) return undefined;
      const at = clock.now();
      const hash = secretHash(secret);
      const row = await db
        .selectFrom('terminal')
        .select(['id', 'seen_at'])
        .where('secret_hash', '=', hash)
        .executeTakeFirst();
      if (!row) return undefined;
      const renew = row.seen_at === null || at.getTime() - row.seen_at.getTime() >= SEEN_STEP_MS;
      if (renew)
        await db.updateTable('terminal').set({ seen_at: at }).where('secret_hash', '=', hash).execute();
      return { terminal: row.id, renew };
    },

    couldBeSecret: (text) => SECRET.test(text),

    async list() {
      const at = clock.now();
      const rows = await db.selectFrom('terminal').selectAll().orderBy('id').execute();
      return rows.map((row) => ({
        terminal: row.id,
        codeUntil: isOpen(row, at) ? row.code_expires_at : undefined,
        machine:
          row.registered_by !== null && row.registered_at && row.seen_at
            ? { by: row.registered_by, since: row.registered_at, seen: row.seen_at }
            : undefined,
      }));
    },

    async revoke(terminal, subject, seen) {
      const at = clock.now();
      return db.transaction().execute(async (tx) => {
        const row = await held(tx, terminal);
        if (!row) return 'none';
        const marks = [row.registered_at, row.code_expires_at].map((one) => one?.getTime());
        if (seen && !marks.includes(seen.getTime())) return 'other';
        await noteTold(tx, row.code_hash, at);
        await tx.deleteFrom('terminal').where('id', '=', terminal).execute();
        await audit.append(tx, { at, actor: staff(subject), action: 'terminal.revoked', subject: terminal });
        return 'done';
      });
    },
  };
}
