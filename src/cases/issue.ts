/** Papers that the office has issued, and how anybody who holds one finds out that it is genuine. */
import { hkdfSync } from 'node:crypto';
import { appendOrCount } from '#audit';
import type { Tx } from '#db';
import { type DocumentOffice, officeOnPaper } from '#documents';
import { ALARM_AT, guessesOf } from '#guessing';
import { completed, type Language, languageOf } from '#language';
import { newCode, normaliseCode, normaliseNumber, open, SealError, sameBytes, seal } from '#seal';
import { TransitionError } from './errors.ts';
import { guessedAt, type Screen } from './guessed.ts';
import { PAPER_LANGUAGES, sealContent } from './kept-words.ts';
import type { CaseContext } from './ports.ts';
import type { Unlocked } from './read.ts';
import type { CaseContent, OfficialPaper } from './sealed.ts';

/** What stands on a paper, as it was printed. */
export interface PrintedPaper {
  city: string;
  office: DocumentOffice;
  title: string;
  text: string;
  fields: readonly { label: string; value: string }[];
}

const placeOf = (caseId: string, language: string): string => `issued-paper/${caseId}/${language}`;

/**
 * The key of one printed paper. It follows from the code on the paper and a secret of the office: neither a copy of the
 * database nor the office alone can read what was printed once the case is gone.
 */
function keyOf({ keys }: CaseContext, code: string, place: string): Buffer {
  return Buffer.from(hkdfSync('sha256', code, keys.secret('issued paper'), place, 32));
}

function printedIn(context: CaseContext, office: string, { shown }: CaseContent, language: Language) {
  const { document } = shown[language];
  if (!document) throw new Error('a service without a document issues none');
  const { title, text, fields } = document;
  return {
    city: context.city.name,
    office: officeOnPaper(context.city.offices, office),
    title,
    text,
    fields,
  };
}

/**
 * Issues the paper of a case in every language whose words people have read, each with a code of its own, so that each is compared word for word.
 * @returns the case's content with those codes, sealed
 */
export async function issue(
  tx: Tx,
  context: CaseContext,
  { row, seals }: Unlocked,
  content: CaseContent,
  at: Date,
): Promise<Buffer> {
  const codes = completed<string>(
    Object.fromEntries(PAPER_LANGUAGES.map((language) => [language, newCode()])),
  );
  const rows = PAPER_LANGUAGES.map((language) => {
    const printed: PrintedPaper = printedIn(context, row.office, content, language);
    const place = placeOf(row.id, language);
    const key = keyOf(context, codes[language], place);
    return {
      case_id: row.id,
      language,
      code_hash: context.keys.index('issued paper', codes[language]),
      sealed: seal(key, JSON.stringify(printed), place),
      issued_at: at,
      deleted_at: null,
      revoked_at: null,
    };
  });
  await tx.insertInto('issued_paper').values(rows).execute();
  const issued = { at: at.toISOString(), codes };
  const paper: OfficialPaper = { entries: [], ...content.paper, issued };
  return sealContent(seals, languageOf(row.language), { ...content, paper });
}

/**
 * Takes an issued paper back, in every language: whoever holds it is told so from now on, also when the case is gone.
 * @returns the case's content, ready for a paper with other codes, sealed
 * @throws TransitionError when there is no paper that anybody could rely on
 */
export async function revoke(
  tx: Tx,
  { row, seals }: Unlocked,
  content: CaseContent,
  at: Date,
): Promise<Buffer> {
  const { issued, ...paper } = content.paper ?? { entries: [] };
  if (!issued) throw new TransitionError();
  await tx
    .updateTable('issued_paper')
    .set({ revoked_at: at })
    .where('case_id', '=', row.id)
    .where('revoked_at', 'is', null)
    .execute();
  const revoked = [...(paper.revoked ?? []), { issuedAt: issued.at, at: at.toISOString() }];
  return sealContent(seals, languageOf(row.language), { ...content, paper: { ...paper, revoked } });
}

/** @returns undefined when what is kept was changed: then nothing can be confirmed any more */
function printedOf(context: CaseContext, code: string, sealed: Buffer, place: string) {
  try {
    return JSON.parse(open(keyOf(context, code, place), sealed, place).toString()) as PrintedPaper;
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/** @returns a paper as it was issued, in its language, for printing it again; undefined when there is none */
export async function readIssued(
  context: CaseContext,
  caseId: string,
  code: string,
): Promise<{ language: Language; printed: PrintedPaper } | undefined> {
  const row = await context.db
    .selectFrom('issued_paper')
    .select(['sealed', 'language'])
    .where('case_id', '=', caseId)
    .where('code_hash', '=', context.keys.index('issued paper', code))
    .executeTakeFirst();
  if (!row?.sealed) return undefined;
  const language = languageOf(row.language);
  const printed = printedOf(context, code, row.sealed, placeOf(caseId, language));
  return printed && { language, printed };
}

/** What was printed goes with the case; that and when a paper was issued stays, so that nobody is told it never was. */
export async function forgetPapers(tx: Tx, caseIds: readonly string[], at: Date): Promise<void> {
  await tx
    .updateTable('issued_paper')
    .set({ sealed: null, deleted_at: at })
    .where('case_id', 'in', caseIds)
    .where('deleted_at', 'is', null)
    .execute();
}

export type PaperChecked =
  | { kind: 'genuine'; issuedAt: Date; language: Language; paper: PrintedPaper }
  /** It was issued, and the office has taken it back: it is worth nothing, whatever it says. */
  | { kind: 'revoked'; issuedAt: Date; revokedAt: Date }
  /** It was issued, but nothing of what stood there is kept any more. */
  | { kind: 'deleted'; issuedAt: Date; deletedAt: Date }
  | { kind: 'unknown' }
  | { kind: 'slowed'; retryAfterSeconds: number };

/**
 * Finds the paper that number and code belong to. Unknown numbers and wrong codes look the same; guessing is slowed down
 * as on the status page. Neither service nor clerk is needed for it, and nobody is told that it was asked.
 * @param number as typed
 * @param code as typed; a slip that the check character shows does not count as a guess
 * @param client what to slow down besides the number; stored as a keyed hash only
 * @param screen whether that is a terminal of the office
 */
export async function checkPaper(
  context: CaseContext,
  number: string,
  code: string,
  client: string,
  screen: Screen = 'own',
): Promise<PaperChecked> {
  const { db, clock, keys } = context;
  const [knownNumber, knownCode] = [normaliseNumber(number), normaliseCode(code)];
  if (!knownNumber || !knownCode) return { kind: 'unknown' };
  const at = clock.now();
  const hash = keys.index('issued paper', knownCode);
  const guessed = guessedAt(keys, 'tries paper', knownNumber, client, screen);
  const [{ subject: byNumber }] = guessed;
  return db.transaction().execute(async (tx): Promise<PaperChecked> => {
    const guesses = await guessesOf(tx, guessed, at);
    if (guesses.waitSeconds > 0) return { kind: 'slowed', retryAfterSeconds: guesses.waitSeconds };
    const rows = await tx
      .selectFrom('issued_paper')
      .innerJoin('cases', 'cases.id', 'issued_paper.case_id')
      .selectAll('issued_paper')
      .where('cases.number', '=', knownNumber)
      .execute();
    const found = rows.find((row) => sameBytes(row.code_hash, hash));
    if (found) {
      await guesses.right(byNumber);
      const { case_id, issued_at: issuedAt, deleted_at, revoked_at: revokedAt, sealed } = found;
      if (revokedAt) return { kind: 'revoked', issuedAt, revokedAt };
      if (!sealed) return { kind: 'deleted', issuedAt, deletedAt: deleted_at ?? issuedAt };
      const language = found.language as Language;
      const paper = printedOf(context, knownCode, sealed, placeOf(case_id, language));
      return paper ? { kind: 'genuine', issuedAt, language, paper } : { kind: 'unknown' };
    }
    if ((await guesses.wrong()) !== undefined)
      await appendOrCount(tx, {
        ...{ at, actor: 'system', action: 'paper.guessing', subject: 'paper' },
        detail: { wrong: ALARM_AT },
      });
    return { kind: 'unknown' };
  });
}
