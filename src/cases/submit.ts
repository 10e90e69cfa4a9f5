import { randomUUID } from 'node:crypto';
import { type Db, type Tx, together, writing } from '#db';
import { filesIn } from '#journey';
import { roomWords, SOURCE } from '#language';
import { newNumber } from '#seal';
import type { CompiledService } from '#service';
import type { IsoDate } from '#time';
import { enter } from './activate.ts';
import { contentOf, slotsIn } from './content.ts';
import { dueOn, endOfPeriod } from './due.ts';
import { eventOf } from './events.ts';
import { insertFiles } from './files.ts';
import { sealContent } from './kept-words.ts';
import type { CaseContext } from './ports.ts';
import type { HandIn, Receipt } from './types.ts';
import type { Words } from './words/keys.ts';

interface Prepared {
  id: string;
  at: Date;
  accessHash: Buffer;
  keyId: string;
  wrapped: Buffer;
  content: Buffer;
  edition: Buffer;
  due: IsoDate;
}

/**
 * Writes the case's row under a number that is free.
 * @returns the number, or undefined when this draft was already handed in
 */
async function insertCase(tx: Tx, input: HandIn, prepared: Prepared): Promise<string | undefined> {
  const { service } = input;
  for (;;) {
    const number = newNumber();
    const inserted = await tx
      .insertInto('cases')
      .values({
        id: prepared.id,
        number,
        service: service.slug,
        service_version: service.version,
        office: service.office,
        site: input.site,
        language: input.language,
        state: isDue(input) ? 'unpaid' : 'new',
        assigned_to: null,
        key_id: prepared.keyId,
        wrapped_key: prepared.wrapped,
        content: prepared.content,
        access_hash: prepared.accessHash,
        submission_key: input.submissionKey,
        created_at: prepared.at,
        updated_at: prepared.at,
        delivered_at: null,
        closed_at: null,
        retain_from: service.retention?.start ?? 'closed',
        retain_days: service.retention?.days ?? 0,
        destroy_at: null,
        edition: prepared.edition,
        due_on: prepared.due,
        version: 1,
      })
      // Waits for a hand-in of the same draft that is under way, and then does nothing.
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted) return number;
    if (await findBySubmission(tx, input.submissionKey)) return undefined;
  }
}

function findBySubmission(db: Db | Tx, submissionKey: string) {
  return db
    .selectFrom('cases')
    .select(['id', 'number', 'created_at as createdAt', 'state'])
    .where('submission_key', '=', submissionKey)
    .executeTakeFirst();
}

/** For the clerk alone: nobody at a screen learns who has ordered before. */
const BEYOND_ALLOWANCE = roomWords<Words>('cases')('desk')(SOURCE).beyondAllowance;

/**
 * @param db the transaction that the answer must hold for, or the database
 * @returns what whoever handed this draft in takes along, or undefined when it was not handed in
 */
export async function handedIn(
  { codes }: Pick<CaseContext, 'codes'>,
  db: Db | Tx,
  service: CompiledService,
  submissionKey: string,
): Promise<Receipt | undefined> {
  const written = await findBySubmission(db, submissionKey);
  if (!written) return undefined;
  const { id: caseId, number, createdAt, state } = written;
  const kind = service.result.code?.id;
  return {
    ...{ caseId, number, createdAt },
    accessCode: codes.access(submissionKey),
    code: kind === undefined ? undefined : codes.lookup(kind, submissionKey),
    unpaid: state === 'unpaid',
  };
}

/** @returns whether the draft of this name was handed in, also when the case is closed by now */
export async function isHandedIn(db: Db, submissionKey: string): Promise<boolean> {
  const written = await findBySubmission(db, submissionKey);
  return written !== undefined && written.state !== 'unpaid';
}

const isDue = ({ payment }: HandIn): boolean => payment !== undefined && payment.cents > 0;

/**
 * Takes a case in: one transaction writes it sealed, confirms the booking, uses up the allowance, puts it on its way
 * to the office, counts it and appends to the audit record. The same draft again gives the same receipt.
 * Where something has to be paid, the case is only written, together with the intended payment; {@link activate} does the
 * rest.
 * @throws SlotLostError, EntitlementUsedError; nothing of the case is left then
 */
export async function submit(context: CaseContext, input: HandIn): Promise<Receipt> {
  const { db, clock, vault, codes, words } = context;
  const { service, submission, submissionKey } = input;
  if (service.fulfilment !== 'case' || !service.retention) {
    throw new Error(`${service.slug}: this service does not take cases`);
  }
  const id = randomUUID();
  const at = clock.now();
  const { seals, wrapped } = vault.create(service.office, id);
  const accessCode = codes.access(submissionKey);
  const code = service.result.code && {
    ...service.result.code,
    value: codes.lookup(service.result.code.id, submissionKey),
  };
  const content = contentOf(service, submission, input.walked, words, input.language);
  const prepared: Prepared = {
    id,
    at,
    accessHash: codes.accessHash(accessCode),
    keyId: wrapped.keyId,
    wrapped: wrapped.wrapped,
    content: sealContent(seals, input.language, content),
    edition: await context.editions.ensure(service),
    due: dueOn(input, at, (date) => context.city.isHoliday(date) !== undefined),
  };
  const named = new Set(filesIn(submission.answers).map(({ file }) => file));
  const files = input.files.filter((file) => named.has(file.id));

  const written = await db.transaction().execute(async (tx) => {
    const number = await insertCase(tx, input, prepared);
    if (number === undefined) return findBySubmission(tx, submissionKey);
    await input.wanted?.(tx);
    await insertFiles(tx, seals, { caseId: id, origin: 'citizen', at, files });
    if (code) {
      const expires = endOfPeriod(at, code.days, (date) => context.city.isHoliday(date) !== undefined);
      const hash = codes.lookupHash(code.id, code.value);
      await tx
        .insertInto('lookup_code')
        .values({ hash, kind: code.id, office: service.office, case_id: id, expires_at: expires })
        .execute();
    }
    for (const { slot } of slotsIn(service, submission).values()) {
      await context.booking.confirm(tx, input.visitId, slot, id);
    }
    const within = await context.booking.entitlement.use(tx, service, submission.answers, id);
    const { office, slug, version } = service;
    const entering = {
      id,
      number,
      service: slug,
      version,
      office,
      site: input.site,
      language: input.language,
      delivery: service.delivery,
    };
    if (input.payment && isDue(input)) {
      const { cents } = input.payment;
      const due = { ...entering, caseId: id, caseNumber: number, cents, at };
      await together(tx, ...context.payments.intend(due));
    } else await together(tx, ...enter(context, seals, { ...entering, files: files.length, at }));
    if (!within) {
      const note = { caseId: id, at, kind: 'note', actorKind: 'system', actor: null } as const;
      const toDecide = writing.updateTable('cases').set({ to_decide: true }).where('id', '=', id);
      await together(tx, [{ does: toDecide }], eventOf(seals, { ...note, body: { text: BEYOND_ALLOWANCE } }));
    }
    return { id, number, createdAt: at, state: isDue(input) ? 'unpaid' : 'new' };
  });
  if (!written) throw new Error('the case of this draft is gone');
  if (written.state !== 'unpaid') context.outbox.wake();
  return {
    caseId: written.id,
    number: written.number,
    accessCode,
    code: code?.value,
    createdAt: written.createdAt,
    unpaid: written.state === 'unpaid',
  };
}
