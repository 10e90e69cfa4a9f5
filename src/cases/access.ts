import { appendOrCount } from '#audit';
import { type Tx, together } from '#db';
import { ALARM_AT, guessesOf } from '#guessing';
import { normaliseCode, normaliseNumber, sameBytes } from '#seal';
import type { CaseCodes } from './codes.ts';
import { eventOf } from './events.ts';
import { guessedAt, type Screen } from './guessed.ts';
import type { CaseContext } from './ports.ts';
import type { GuessingAlarm, OpenResult } from './types.ts';

/** An alarm stays on the staff's page for a day. */
const ALARM_SHOWN_MS = 24 * 3_600_000;
const NOBODY = Buffer.alloc(32);

async function tellStaff(
  tx: Tx,
  context: CaseContext,
  about: { caseId: string | undefined; by: 'number' | 'client'; at: Date },
): Promise<void> {
  const { caseId, by, at } = about;
  const row = caseId
    ? await tx.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst()
    : undefined;
  const seals = row && context.vault.unlock(row);
  if (row && seals) {
    const guessed = { caseId: row.id, at, kind: 'guessing', actorKind: 'system', actor: null } as const;
    await together(tx, eventOf(seals, guessed));
  }
  await appendOrCount(tx, {
    at,
    actor: 'system',
    action: 'status.guessing',
    subject: row?.id ?? 'status',
    detail: { by, wrong: ALARM_AT },
  });
}

/** Destroyed cases of earlier versions of this program have lost their hash; it follows from the draft's id. */
function hashOf(row: { access_hash: Buffer; submission_key: string }, codes: CaseCodes): Buffer {
  return row.access_hash.length > 0 ? row.access_hash : codes.accessHash(codes.access(row.submission_key));
}

/**
 * Opens a case for the citizen who has its number and code. Unknown numbers and wrong codes look the same and take
 * the same way. After some wrong codes for a number or from a client tries are slowed down, also right ones, but nobody
 * is locked out by what strangers try (see {@link guessedAt}); the tenth is told to the staff. A case that waits for its payment is not opened, nor one
 * whose time is over, and says so.
 * @param number as typed
 * @param code as typed; a check character that does not fit is a slip, not a guess, and does not count
 * @param client what to slow down besides the number: terminal or network address; stored as a keyed hash only
 * @param screen whether that is a terminal of the office
 */
export async function openWithCode(
  context: CaseContext,
  number: string,
  code: string,
  client: string,
  screen: Screen = 'own',
): Promise<OpenResult> {
  const { db, clock, keys, codes } = context;
  const knownNumber = normaliseNumber(number);
  const knownCode = normaliseCode(code);
  if (!knownNumber || !knownCode) return { ok: false, reason: 'wrong' };
  const at = clock.now();
  const hash = codes.accessHash(knownCode);
  const guessed = guessedAt(keys, 'tries', knownNumber, client, screen);
  const [{ subject: byNumber }] = guessed;

  return db.transaction().execute(async (tx): Promise<OpenResult> => {
    const guesses = await guessesOf(tx, guessed, at);
    if (guesses.waitSeconds > 0)
      return { ok: false, reason: 'slowed', retryAfterSeconds: guesses.waitSeconds };
    const row = await tx
      .selectFrom('cases')
      .select(['id', 'access_hash', 'state', 'submission_key', 'destroyed_at'])
      .where('number', '=', knownNumber)
      .executeTakeFirst();
    const right = sameBytes(row ? hashOf(row, codes) : NOBODY, hash);
    if (right && row) {
      await guesses.right(byNumber);
      if (row.destroyed_at) return { ok: false, reason: 'destroyed', at: row.destroyed_at };
      return row.state === 'unpaid' ? { ok: false, reason: 'unpaid' } : { ok: true, caseId: row.id };
    }
    const told = await guesses.wrong();
    const by = told === 0 ? 'number' : 'client';
    if (told !== undefined) await tellStaff(tx, context, { caseId: row?.id, by, at });
    return { ok: false, reason: 'wrong' };
  });
}

/** @returns cases of these offices on which many wrong codes were tried within a day, latest first */
export async function guessingAlarms(
  context: CaseContext,
  offices: readonly string[],
): Promise<GuessingAlarm[]> {
  return context.db
    .selectFrom('case_event')
    .innerJoin('cases', 'cases.id', 'case_event.case_id')
    .select(['cases.id as caseId', 'cases.number', 'case_event.at'])
    .where('case_event.kind', '=', 'guessing')
    .where('cases.state', '<>', 'unpaid')
    .where('case_event.at', '>', new Date(context.clock.now().getTime() - ALARM_SHOWN_MS))
    .where('cases.office', 'in', offices.length > 0 ? offices : [''])
    .orderBy('case_event.at', 'desc')
    .limit(50)
    .execute();
}
