/** Two worlds with a ledger: the real one in a database, and the one in memory. What holds must hold in both. */
import { append, entry } from '#audit';
import { count } from '#lab';
import { freshOffice } from '#test/office';
import { createLedger, type Ledger } from './ledger.ts';
import { type CaseFate, discard, type Memory, memoryLedger, newCase } from './memory-ledger.fixture.ts';

export interface LedgerWorld {
  ledger: Ledger;
  now(): Date;
  pass(ms: number): void;
  /** A case that has to be paid for, with its first payment. @returns its id */
  newCase(): Promise<string>;
  /** Nobody pays: the case goes, unless money may have moved. @returns whether it went */
  discard(caseId: string): Promise<boolean>;
  fate(caseId: string): Promise<CaseFate>;
  /** @returns whether somebody of the staff has to give this payment back */
  isOwed(paymentId: string): Promise<boolean>;
  close(): Promise<void>;
}

/** The fee of every case here, in cents. */
export const FEE = 1_300;

export async function inDatabase(): Promise<LedgerWorld> {
  const office = await freshOffice();
  const { db, keys, cases } = office;
  const clock = { now: office.now };
  return {
    ledger: createLedger({ ...{ db, clock, keys, cases }, audit: { append, entry }, lab: { count } }),
    now: office.now,
    pass: (ms) => office.pass(ms),
    async newCase() {
      const handIn = { ...(await office.handIn()), payment: { cents: FEE } };
      return (await cases.submit(handIn)).caseId;
    },
    discard: (caseId) => cases.discardUnpaid(caseId),
    async fate(caseId) {
      const row = await db.selectFrom('cases').select('state').where('id', '=', caseId).executeTakeFirst();
      return row ? (row.state === 'unpaid' ? 'unpaid' : 'new') : 'gone';
    },
    async isOwed(paymentId) {
      const task = db.selectFrom('refund_task').select('id').where('payment_id', '=', paymentId);
      return (await task.executeTakeFirst()) !== undefined;
    },
    close: () => office.close(),
  };
}

export async function inMemory(): Promise<LedgerWorld> {
  const world: Memory = {
    now: Date.UTC(2026, 10, 23, 9),
    cases: new Map(),
    payments: new Map(),
    tasks: new Set(),
  };
  return {
    ledger: memoryLedger(world),
    now: () => new Date(world.now),
    pass(ms) {
      world.now += ms;
    },
    newCase: async () => newCase(world),
    discard: async (caseId) => discard(world, caseId),
    fate: async (caseId) => world.cases.get(caseId) ?? 'gone',
    isOwed: async (paymentId) => world.tasks.has(paymentId),
    async close() {},
  };
}
