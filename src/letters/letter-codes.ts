import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { type AuditWriter, appendOrCount } from '#audit';
import type { Db, LetterCodeTable, Tx } from '#db';
import { guessedBy, guessesOf, SHORT_WAIT_MS } from '#guessing';
import type { Addressee, Identified } from '#journey';
import { compare, SOURCE } from '#language';
import { codeFrom, generateKey, type KeyProvider, normaliseCode, open, seal } from '#seal';
import { addDays, type Clock, civilDate, zonedInstant } from '#time';

/**
 * A year: whoever lets many flats confirms again and again and should not wait for a letter each time; and after a year nobody
 * knows any more whether the address is still right, which is all that the code proves. For the same reason it works more than once.
 */
const VALID_DAYS = 365;
/** Whoever comes with a code that has just ended is told so; after that nothing of it is needed (Art. 5 (1) (e) DSGVO). */
const KEPT_AFTER_MS = 30 * 86_400_000;
/**
 * So many more wrong codes are everybody's together than one client's: few enough that guessing from everywhere is hopeless (69 bits),
 * and too many for one person to lock all others out.
 */
const MORE_TOGETHER = 200;

type Row = Selectable<LetterCodeTable>;

export interface LetterToIssue {
  /** Names the form that asks for it, and cannot be guessed: the same form sent twice does not issue twice. */
  form: string;
  service: string;
  office: string;
  addressee: Addressee;
  /** Who issues it: `staff:<subject>`, or `system` in a trial. */
  actor: string;
}

/** A code that was issued, without the code: nobody has it but whoever got the letter. */
export interface IssuedCode {
  id: string;
  service: string;
  office: string;
  addressee: Addressee;
  issuedAt: Date;
  /** The first instant at which it no longer counts: midnight. */
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
}

/** What became of a code that somebody typed. */
export type LetterUse =
  | { ok: true; identity: Identified }
  | { ok: false; reason: 'wrong' | 'expired' | 'revoked' }
  | { ok: false; reason: 'slowed'; retryAfterSeconds: number };

export interface LetterCodes {
  /** @returns the letter and its code, which only the same form is ever told; undefined when it was revoked since */
  issue(letter: LetterToIssue): Promise<{ id: string; code: string } | undefined>;
  /** @returns codes of these offices that have not ended long ago, by name */
  list(offices: readonly string[]): Promise<IssuedCode[]>;
  /** @returns the letter of these offices that has this code and still counts */
  find(id: string, code: string, offices: readonly string[]): Promise<IssuedCode | undefined>;
  /** Ends a code; one that was revoked before stays so. @returns whether there is such a code of these offices */
  revoke(id: string, offices: readonly string[], actor: string): Promise<boolean>;
  /**
   * Takes a code for a service. Wrong ones are slowed down, for the client and for all together; right ones wait as well then.
   * @param client whom to slow down: terminal or network address; stored as a keyed hash only
   */
  use(service: string, typed: string, client: string): Promise<LetterUse>;
  /** Destroys what ended long ago. */
  sweep(): Promise<void>;
}

interface Deps {
  db: Db;
  clock: Clock;
  keys: KeyProvider;
  audit: AuditWriter;
}

/** The end of a day, so that the day on the letter is whole. */
const expiryOf = (at: Date): Date => zonedInstant(addDays(civilDate(at), VALID_DAYS + 1), '00:00');

const ID_BYTES = 16;

/** The letter's id follows from its form, and nothing leads back from it. */
function idOf(form: string): string {
  const hex = createHash('sha256').update(`letter ${form}`).digest().toString('hex', 0, ID_BYTES);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const place = (id: string): string => `letter-code/${id}/addressee`;

function opened(keys: KeyProvider, row: Row): IssuedCode {
  const key = keys.unwrap(row.office, row.id, { keyId: row.key_id, wrapped: row.wrapped_key });
  const addressee = JSON.parse(open(key, row.sealed, place(row.id)).toString('utf8')) as Addressee;
  return {
    ...{ id: row.id, service: row.service, office: row.office, addressee },
    ...{ issuedAt: row.issued_at, expiresAt: row.expires_at },
    ...{ usedAt: row.used_at, revokedAt: row.revoked_at },
  };
}

async function stillCounts(tx: Tx, id: string, at: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('letter_code')
    .select('id')
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row !== undefined;
}

async function isOf(tx: Tx, id: string, offices: readonly string[]): Promise<boolean> {
  const row = await tx
    .selectFrom('letter_code')
    .select('id')
    .where('id', '=', id)
    .where('office', 'in', offices)
    .executeTakeFirst();
  return row !== undefined;
}

export function createLetterCodes(deps: Deps): LetterCodes {
  const { db, clock, keys, audit } = deps;
  const hashOf = (code: string): Buffer => keys.index('letter code', code);

  return {
    async issue({ form, service, office, addressee, actor }) {
      const at = clock.now();
      const id = idOf(form);
      // Whoever holds the form can be told again; database and keys alone do not lead to it.
      const code = codeFrom(keys.secret('letter code form'), form);
      const dataKey = generateKey();
      const { keyId, wrapped } = keys.wrap(office, id, dataKey);
      return db.transaction().execute(async (tx) => {
        const issued = await tx
          .insertInto('letter_code')
          .values({
            ...{ id, service, office, code_hash: hashOf(code), key_id: keyId, wrapped_key: wrapped },
            sealed: seal(dataKey, JSON.stringify(addressee), place(id)),
            ...{ issued_at: at, expires_at: expiryOf(at) },
            ...{ used_at: null, revoked_at: null },
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (issued) await audit.append(tx, { at, actor, action: 'letter.issued', subject: id });
        else if (!(await stillCounts(tx, id, at))) return undefined;
        return { id, code };
      });
    },

    async list(offices) {
      if (offices.length === 0) return [];
      const rows = await db.selectFrom('letter_code').selectAll().where('office', 'in', offices).execute();
      // Sealed names can only be put in order here.
      return rows
        .map((row) => opened(keys, row))
        .sort((a, b) => compare(a.addressee.name, b.addressee.name, SOURCE) || +b.issuedAt - +a.issuedAt);
    },

    async find(id, code, offices) {
      const row = await db
        .selectFrom('letter_code')
        .selectAll()
        .where('code_hash', '=', hashOf(code))
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', clock.now())
        .executeTakeFirst();
      return row?.id === id && offices.includes(row.office) ? opened(keys, row) : undefined;
    },

    async revoke(id, offices, actor) {
      const at = clock.now();
      if (offices.length === 0) return false;
      return db.transaction().execute(async (tx) => {
        const revoked = await tx
          .updateTable('letter_code')
          .set({ revoked_at: at })
          .where('id', '=', id)
          .where('office', 'in', offices)
          .where('revoked_at', 'is', null)
          .returning('id')
          .executeTakeFirst();
        if (revoked) await audit.append(tx, { at, actor, action: 'letter.revoked', subject: id });
        return revoked !== undefined || (await isOf(tx, id, offices));
      });
    },

    async use(service, typed, client) {
      const code = normaliseCode(typed);
      // A check character that does not fit is a slip, not a guess.
      if (!code) return { ok: false, reason: 'wrong' };
      const at = clock.now();
      return db.transaction().execute((tx) => useWithin(tx, { service, hash: hashOf(code), client, at }));
    },

    async sweep() {
      const before = new Date(clock.now().getTime() - KEPT_AFTER_MS);
      await db
        .deleteFrom('letter_code')
        .where((is) => is.or([is('expires_at', '<', before), is('revoked_at', '<', before)]))
        .execute();
    },
  };

  async function useWithin(
    tx: Tx,
    { service, hash, client, at }: { service: string; hash: Buffer; client: string; at: Date },
  ): Promise<LetterUse> {
    const own = guessedBy(keys, 'tries letter codes', client);
    const all = {
      ...{ subject: keys.index('tries letter codes', 'all'), more: MORE_TOGETHER, longest: SHORT_WAIT_MS },
      promisedTo: keys.index('tries letter codes promised', client),
    };
    const guesses = await guessesOf(tx, [...own, all], at);
    if (guesses.waitSeconds > 0)
      return { ok: false, reason: 'slowed', retryAfterSeconds: guesses.waitSeconds };
    const row = await tx
      .selectFrom('letter_code')
      .selectAll()
      .where('code_hash', '=', hash)
      .where('service', '=', service)
      .executeTakeFirst();
    if (!row) {
      if ((await guesses.wrong()) === 0)
        await appendOrCount(tx, { at, actor: 'system', action: 'letter.guessing', subject: 'letterCode' });
      return { ok: false, reason: 'wrong' };
    }
    if (row.revoked_at) return { ok: false, reason: 'revoked' };
    if (row.expires_at <= at) return { ok: false, reason: 'expired' };
    await tx.updateTable('letter_code').set({ used_at: at }).where('id', '=', row.id).execute();
    await audit.append(tx, { at, actor: 'citizen', action: 'letter.used', subject: row.id });
    const { addressee } = opened(keys, row);
    const identity: Identified = {
      ...{ provider: 'letterCode', level: 'low', means: 'letterCode', at: at.toISOString() },
      ...{ attributes: {}, addressee },
    };
    return { ok: true, identity };
  }
}
