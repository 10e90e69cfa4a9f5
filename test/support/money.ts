/**
 * Who takes money outside the office, running beside it so that they outlive it, and what must hold between their books,
 * the ledger and the cases.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '#db';
import { dayReport } from '#payment';
import { type RunningPayPage, startPayPage } from '#sandbox/pay-page';
import {
  type DeviceTimes,
  PASSWORD,
  type RunningPaymentTerminal,
  startPaymentTerminal,
} from '#sandbox/payment-terminal';
import { eventually } from '#test/eventually';
import { civilDate } from '#time';

/** The machines of Karlsruhe's site. */
export const MACHINES = ['rathaus-1', 'rathaus-2'] as const;
export type Machine = (typeof MACHINES)[number];

export interface Money {
  card(machine: Machine): RunningPaymentTerminal;
  page: RunningPayPage;
  /** Settings of an office that is connected with them. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** @param times how patient the card terminals are; quick when left out */
export async function startMoney(times: Partial<DeviceTimes> = {}): Promise<Money> {
  const folder = mkdtempSync(join(tmpdir(), 'amtomat-money-'));
  const [first, second, page] = await Promise.all([
    startPaymentTerminal({ port: 0, times: { customerMs: 400, ...times } }),
    startPaymentTerminal({ port: 0, times: { customerMs: 400, ...times } }),
    startPayPage({ port: 0 }),
  ]);
  const cards = { 'rathaus-1': first, 'rathaus-2': second };
  writeFileSync(join(folder, 'password'), PASSWORD);
  writeFileSync(join(folder, 'token'), 'Bearer practice');
  const file = join(folder, 'connections.yaml');
  const line = (machine: Machine): string =>
    `  - { terminal: ${machine}, host: 127.0.0.1, port: ${cards[machine].port}, password: password }\n`;
  const { origin, originatorId, endPointId } = page;
  const pay = `{ url: "${origin}", originator: ${originatorId}, endpoint: ${endPointId}, token: token }`;
  writeFileSync(file, `cardTerminals:\n${MACHINES.map(line).join('')}payPage: ${pay}\n`);
  return {
    card: (machine) => cards[machine],
    page,
    env: { AMTOMAT_CONNECTIONS: file },
    async stop() {
      await Promise.all([first.stop(), second.stop(), page.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Money that moved, told the same way by those who moved it and by the office. */
const told = (lines: readonly string[]): string[] => [...lines].sort();
const sumOf = (cents: readonly number[]): number => cents.reduce((sum, one) => sum + one, 0);

function paymentsOf(db: Db) {
  return db.selectFrom('payment').selectAll().orderBy('seq').execute();
}

/** Waits until nobody has to find out any more what became of a payment. */
export const decided = (db: Db): Promise<void> =>
  eventually('every payment is decided', async () => {
    const open = await db
      .selectFrom('payment')
      .select('id')
      .where('state', 'in', ['pending', 'unknown'])
      .execute();
    return open.length === 0;
  });

/** What the card terminals and the pay page took is what the ledger says was paid, one by one. */
async function assertBooks(db: Db, money: Money): Promise<void> {
  const payments = await paymentsOf(db);
  for (const machine of MACHINES) {
    const bank = money.card(machine).ledger();
    const card = payments.filter(({ way, terminal }) => way === 'card' && terminal === machine);
    const inLedger = (state: 'paid' | 'reversed') =>
      told(
        card
          .filter((one) => one.state === state && (state === 'paid' || one.reversed_by === 'terminal'))
          .map((one) => `${one.trace}/${one.receipt_number}: ${one.amount_cents}`),
      );
    const inBank = (state: 'paid' | 'reversed') =>
      told(
        bank
          .filter((one) => one.state === state)
          .map((one) => `${one.trace}/${one.receiptNumber}: ${one.amountCents}`),
      );
    assert.deepEqual(inLedger('paid'), inBank('paid'), `${machine}: what was paid`);
    const reversed = new Set(inBank('reversed'));
    const strange = inLedger('reversed').filter((one) => !reversed.has(one));
    assert.deepEqual(strange, [], `${machine}: what was given back`);
    assert.ok(
      bank.every(({ state }) => state !== 'authorised'),
      `${machine}: nothing hangs in the air`,
    );
  }
  const paid = payments.filter(({ way, state }) => way === 'page' && state === 'paid');
  assert.deepEqual(
    told(paid.map(({ id, amount_cents }) => `${id}: ${amount_cents}`)),
    told(
      money.page
        .transactions()
        .filter(({ status }) => status === 'PAYED')
        .map(({ requestId, cents }) => `${requestId}: ${cents}`),
    ),
    'pay page: what was paid',
  );
}

/** Handed in and paid for once, or neither; money without a case is a task for somebody. */
async function assertCases(db: Db): Promise<void> {
  const { rows: wrong } = await sql<object>`
    SELECT c.number, c.state, count(p.id)::int AS paid FROM cases c
    LEFT JOIN payment p ON p.case_id = c.id AND p.state = 'paid' AND NOT p.stray
    GROUP BY c.id HAVING count(p.id) <> CASE WHEN c.state = 'unpaid' THEN 0 ELSE 1 END`.execute(db);
  assert.deepEqual(wrong, [], 'every case that is handed in is paid for once, every other one not at all');
  const { rows: lost } = await sql<object>`
    SELECT p.reference, p.stray FROM payment p LEFT JOIN cases c ON c.id = p.case_id
    LEFT JOIN refund_task t ON t.payment_id = p.id
    WHERE p.state = 'paid' AND ((p.stray AND t.id IS NULL) OR (NOT p.stray AND c.id IS NULL))`.execute(db);
  assert.deepEqual(lost, [], 'no money without a case or a refund task');
  const { rows: entered } = await sql<object>`
    SELECT c.number FROM cases c WHERE
      (SELECT count(*) FROM audit_entry WHERE subject = c.id::text AND action = 'case.submitted')
        <> CASE WHEN c.state = 'unpaid' THEN 0 ELSE 1 END
      OR (SELECT count(*) FROM outbox WHERE case_id = c.id)
        <> CASE WHEN c.state = 'unpaid' THEN 0 ELSE 1 END`.execute(db);
  assert.deepEqual(entered, [], 'what is paid for comes in once, and goes to its office once');
}

/** The report of every day on which there were payments adds up to what the others have. */
async function assertReport(db: Db, money: Money): Promise<void> {
  const payments = await paymentsOf(db);
  const days = new Set(payments.map(({ created_at }) => civilDate(created_at)));
  const reports = await Promise.all([...days].map((day) => dayReport(db, day)));
  assert.equal(sumOf(reports.map(({ openCount }) => openCount)), 0);
  const cards = MACHINES.flatMap((machine) => money.card(machine).ledger());
  const pages = money.page.transactions().filter(({ status }) => status === 'PAYED');
  const taken = [
    ...cards.filter(({ state }) => state === 'paid').map(({ amountCents }) => amountCents),
    ...pages.map(({ cents }) => cents),
  ];
  assert.equal(sumOf(reports.map(({ netCents }) => netCents)), sumOf(taken), 'the report, to the cent');
  assert.equal(
    sumOf(reports.map(({ paidCount, reversedCount }) => paidCount - reversedCount)),
    taken.length,
    'the report, payment by payment',
  );
  for (const machine of MACHINES) {
    const own = reports.flatMap(({ lines }) => lines).filter(({ terminal }) => terminal === machine);
    const bank = money.card(machine).ledger();
    assert.equal(
      sumOf(own.map(({ netCents }) => netCents)),
      sumOf(bank.filter(({ state }) => state === 'paid').map(({ amountCents }) => amountCents)),
      `${machine}: its line of the report`,
    );
  }
}

/** Waits until all is decided, then compares everybody's books. @throws AssertionError where they do not agree */
export async function assertMoneyAgrees(db: Db, money: Money): Promise<void> {
  await decided(db);
  await assertBooks(db, money);
  await assertCases(db);
  await assertReport(db, money);
}
