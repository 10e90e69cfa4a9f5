/** What people were told, held against what the office, those who take money and the authority have. */
import { sql } from 'kysely';
import { verify } from '#audit';
import type { Db } from '#db';
import type { RunningFitConnect } from '#sandbox/fit-connect';
import type { World } from '../world.ts';
import { type Left, lineOf } from './left.ts';
import type { Words } from './people.ts';

/** What must not be; each a list of numbers or ids, empty in the end. `late`: it is still on its way by itself, and not lost. */
export type Wrongs = Record<'lost' | 'doubled' | 'charged twice' | 'late' | 'stuck' | 'other', string[]>;

export interface Held {
  db: Db;
  world: World;
  authority: RunningFitConnect;
  words: Words;
  /** What has not come to its end. */
  left: Left;
  /** The anchors of the audit record, and what signs them. */
  anchors: { file: string; secret: Uint8Array };
}

const doubles = (all: readonly string[]): string[] => all.filter((one, index) => all.indexOf(one) !== index);
const missing = (all: readonly string[], from: readonly string[]): string[] => {
  const known = new Set(from);
  return all.filter((one) => !known.has(one));
};

/** @returns those that are at their end: the others are late or stuck, and nothing of them is lost */
function settled(all: readonly string[], { waits, stands }: Left): string[] {
  const open = new Set([...waits, ...stands].map(({ number }) => number));
  return all.filter((one) => !open.has(one));
}

/** Where cases are that were sent, and that the authority does not have. */
async function astray({ db, authority }: Held, numbers: readonly string[], wrongs: Wrongs): Promise<void> {
  if (numbers.length === 0) return;
  const rows = await db
    .selectFrom('cases')
    .leftJoin('outbox', 'outbox.case_id', 'cases.id')
    .leftJoin('fit_connect_submission', 'fit_connect_submission.case_id', 'cases.id')
    .select(['number', 'outbox.state', 'submission_id'])
    .where('number', 'in', numbers)
    .execute();
  for (const { number, state, submission_id } of rows) {
    const there = authority.submissions().find(({ id }) => id === submission_id)?.state ?? 'unknown';
    if (there === 'rejected') wrongs.other.push(`${number} was refused by the authority`);
    else if (state === null) wrongs.lost.push(`${number} was never put on its way`);
    else
      wrongs.lost.push(
        `${number} never came to the authority: its delivery is ${state}, its submission ${there} there`,
      );
  }
}

async function casesOf(held: Held, wrongs: Wrongs): Promise<void> {
  const { db, words, authority, left } = held;
  const cases = await db
    .selectFrom('cases')
    .select(['number', 'service', 'state'])
    .where('state', '<>', 'unpaid')
    .execute();
  const numbers = cases.map(({ number }) => number);
  const told = words.told.map(({ number }) => number);
  wrongs.lost.push(...missing(told, numbers));
  wrongs.doubled.push(...doubles(told));
  // Who was not told the end may have handed in; nobody else may have.
  const surplus = missing(numbers, told);
  wrongs.doubled.push(...surplus.slice(words.untold.length));
  const { rows: delivered } = await sql<{ number: string; times: number }>`
    SELECT c.number, count(a.seq)::int AS times FROM cases c
    LEFT JOIN audit_entry a ON a.subject = c.id::text AND a.action = 'case.delivered'
    WHERE c.state <> 'unpaid' GROUP BY c.number HAVING count(a.seq) > 1`.execute(db);
  wrongs.doubled.push(...delivered.map(({ number, times }) => `${number} delivered ${times} times`));
  const received = authority.authority.received.flatMap(({ number }) => (number ? [number] : []));
  const sent = cases.filter(({ service }) => service === 'fuehrungszeugnis').map(({ number }) => number);
  await astray(held, settled(missing(sent, received), left), wrongs);
  wrongs.doubled.push(...doubles(received).map((number) => `${number} came twice to the authority`));
  const done = cases.filter(({ state }) => state === 'done').map(({ number }) => number);
  wrongs.lost.push(...missing(words.decided, done).map((number) => `the decision on ${number}`));
}

async function moneyOf({ db, world, words, left }: Held, wrongs: Wrongs): Promise<void> {
  const payments = await db.selectFrom('payment').selectAll().execute();
  const refunds = await db.selectFrom('refund_task').select('payment_id').execute();
  const givenBack = new Set(refunds.map(({ payment_id }) => payment_id));
  const paid = payments.filter(({ state }) => state === 'paid');
  const kept = paid.filter(({ id }) => !givenBack.has(id)).map(({ reference }) => reference);
  wrongs['charged twice'].push(...doubles(kept));
  const payers = words.told.filter((one) => one.paid).map(({ number }) => number);
  const unpaid = settled(missing(payers, kept), left);
  wrongs.lost.push(...unpaid.map((number) => `the payment for ${number}`));
  for (const [terminal, card] of world.cards) {
    const bank = card.ledger();
    const taken = bank.filter(({ state }) => state === 'paid').map(({ trace }) => `${terminal}/${trace}`);
    const known = paid.filter((one) => one.terminal === terminal).map((one) => `${terminal}/${one.trace}`);
    wrongs['charged twice'].push(...missing(taken, known).map((one) => `${one} is in no ledger`));
    wrongs.lost.push(...missing(known, taken).map((one) => `money of ${one}`));
    const open = bank.filter(({ state }) => state === 'authorised');
    wrongs.stuck.push(...open.map(({ trace }) => `${terminal}/${trace} hangs in the air`));
  }
  const taken = world.payPage.transactions().filter(({ status }) => status === 'PAYED');
  const atPage = taken.map(({ requestId }) => requestId);
  const known = paid.filter(({ way }) => way === 'page').map(({ id }) => id);
  wrongs['charged twice'].push(...missing(atPage, known).map((one) => `${one} is in no ledger`));
  wrongs.lost.push(...missing(known, atPage).map((one) => `money of ${one}`));
}

/** @returns everything that must not be */
export async function compare(held: Held): Promise<Wrongs> {
  const late = held.left.waits.map(lineOf);
  const stuck = held.left.stands.map(lineOf);
  const wrongs: Wrongs = { lost: [], doubled: [], 'charged twice': [], late, stuck, other: [] };
  await casesOf(held, wrongs);
  await moneyOf(held, wrongs);
  const record = await verify(held.db, held.anchors);
  if (!record.ok) wrongs.other.push(`audit record, entry ${record.seq}: ${record.what}`);
  return wrongs;
}
