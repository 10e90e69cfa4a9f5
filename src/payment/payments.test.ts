import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { verify } from '#audit';
import { CaseNotFoundError } from '#cases';
import { createJobs } from '#jobs';
import { createLog } from '#log';
import { CRASH_POINTS, type CrashPoint } from '#payment';
import { eventually } from '#test/eventually';
import { CENTS, HERE, ORDER, type PayingOffice, payingOffice } from './office.fixture.ts';

let office: PayingOffice;
before(async () => {
  office = await payingOffice();
});
after(() => office.close());
beforeEach(() => {
  office.card.mood = 'approve';
  office.page.trouble(undefined);
});

const clerk = { subject: 'clerk-1', offices: ['tsk'] };
const REFUNDED = { outcome: 'refunded' } as const;
const KEPT = { outcome: 'kept', reason: 'Zurückgezogen, als die Arbeit getan war.' } as const;
const stranger = { subject: 'clerk-2', offices: ['oa'] };

async function rowsOf(caseId: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const { rows } = await sql<{ name: string; rows: number }>`
    SELECT 'case' AS name, count(*)::int AS rows FROM cases WHERE id = ${caseId}
    UNION ALL SELECT 'event', count(*)::int FROM case_event WHERE case_id = ${caseId}
    UNION ALL SELECT 'outbox', count(*)::int FROM outbox WHERE case_id = ${caseId}
    UNION ALL SELECT 'booking', count(*)::int FROM booking WHERE case_id = ${caseId}
    UNION ALL SELECT 'allowance', count(*)::int FROM entitlement_use WHERE case_id = ${caseId}
    UNION ALL SELECT 'file', count(*)::int FROM case_file WHERE case_id = ${caseId}
    UNION ALL SELECT 'code', count(*)::int FROM lookup_code WHERE case_id = ${caseId}
    UNION ALL SELECT 'submitted', count(*)::int FROM audit_entry
      WHERE subject = ${caseId} AND action = 'case.submitted'`.execute(office.db);
  for (const { name, rows: count } of rows) found[name] = count;
  return found;
}

async function begin(caseId: string, way: 'card' | 'page', payments = office.payments): Promise<string> {
  const payment = await payments.begin(caseId, way, HERE);
  assert.ok(payment);
  return payment.id;
}

const stateOf = async (caseId: string) => (await office.cases.find(caseId))?.state;
const states = async (caseId: string) => (await office.payments.ofCase(caseId)).map(({ state }) => state);

async function payByCard(caseId: string): Promise<string> {
  const id = await begin(caseId, 'card');
  assert.deepEqual(await office.payments.payByCard(id), { started: true });
  await office.decided(id);
  return id;
}

async function openPage(caseId: string): Promise<{ id: string; address: string }> {
  const id = await begin(caseId, 'page');
  const opened = await office.payments.payByPage(id, ORDER);
  assert.ok(opened.ok);
  return { id, address: opened.address };
}

describe('a case that has to be paid for', () => {
  it('is written and numbered, but nobody has it before it is paid', async () => {
    const input = { ...(await office.handIn()), payment: { cents: CENTS } };
    const receipt = await office.cases.submit(input);
    assert.equal(receipt.unpaid, true);
    const { caseId, number, accessCode } = receipt;
    assert.deepEqual(await rowsOf(caseId), {
      ...{ case: 1, event: 0, outbox: 0, booking: 1, allowance: 1, file: 1, code: 1, submitted: 0 },
    });
    const [payment] = await office.payments.ofCase(caseId);
    assert.deepEqual(
      [payment?.state, payment?.caseNumber, payment?.amountCents],
      ['intended', number, CENTS],
    );
    const scope = { offices: ['tsk'], subject: 'clerk-1' };
    const listed = await office.cases.list({ box: 'new', ...scope });
    assert.ok(!listed.some((row) => row.id === caseId));
    assert.equal((await office.cases.counts(scope)).new, listed.length);
    const code = receipt.code ?? '';
    assert.equal(await office.cases.findCode(code, { subject: 'clerk-1', offices: ['tsk'] }), undefined);
    assert.deepEqual(await office.cases.openWithCode(number, accessCode, 'c'), {
      ok: false,
      reason: 'unpaid',
    });
    await assert.rejects(office.cases.takeOver(caseId, clerk, 1), CaseNotFoundError);
    assert.equal(await office.cases.receiptPdf(caseId, accessCode, 'de'), undefined);
    assert.equal(await office.cases.documentPdf(caseId, 'de'), undefined);
    assert.deepEqual(await office.cases.submit(input), receipt, 'the same draft again');
    assert.equal((await office.payments.ofCase(caseId)).length, 1);
  });

  it('comes in with its payment: delivered, counted, written down, and opened by its code', async () => {
    office.pass(24 * 3_600_000);
    await office.payments.forgetReceipts();
    const { caseId, number, accessCode } = await office.due();
    const id = await payByCard(caseId);
    assert.equal(await stateOf(caseId), 'new');
    const rows = await rowsOf(caseId);
    assert.deepEqual([rows.event, rows.outbox, rows.submitted], [1, 1, 1]);
    assert.ok((await office.cases.openWithCode(number, accessCode, 'c')).ok);
    assert.deepEqual(await office.payments.cardReceipt(id), ['Kundenbeleg', '**** 4771']);
    assert.ok(!(await office.dump()).includes('Kundenbeleg'), 'the receipt is sealed');
    office.pass(24 * 3_600_000);
    assert.equal(await office.payments.cardReceipt(id), undefined);
    assert.equal(await office.payments.forgetReceipts(), 1);
    assert.equal(await office.payments.forgetReceipts(), 0);
    const { rows: measures } = await sql`
      SELECT 1 FROM measure WHERE name = 'payment.paid' AND value = 'card'`.execute(office.db);
    assert.ok(measures.length > 0);
    assert.equal((await verify(office.db)).ok, true);
  });

  it('goes whole when nobody pays: key, answers, booking, allowance; the ledger keeps the try', async () => {
    const before = await office.db.selectFrom('slot').select(['id', 'taken']).orderBy('id').execute();
    const { caseId, number } = await office.due();
    await office.payments.leave(caseId);
    assert.deepEqual(new Set(Object.values(await rowsOf(caseId))), new Set([0]));
    assert.equal(await office.cases.findByNumber(number), undefined);
    const slots = await office.db.selectFrom('slot').select(['id', 'taken']).orderBy('id').execute();
    assert.deepEqual(
      slots.filter(({ id }) => before.some((one) => one.id === id)),
      before,
    );
    assert.deepEqual(await states(caseId), ['failed']);
    assert.equal(await office.payments.begin(caseId, 'card', HERE), undefined);
  });

  it('goes by itself an hour after the last try, and never while money may have moved', async () => {
    office.pass(3 * 3_600_000);
    await office.cases.discardUnpaidLeft();
    const waiting = await office.due();
    const failed = await office.due();
    const open = await office.due();
    office.card.mood = 'decline';
    await payByCard(failed.caseId);
    await openPage(open.caseId);
    office.pass(59 * 60_000);
    assert.equal(await office.cases.discardUnpaidLeft(), 0);
    await payByCard(failed.caseId);
    office.pass(2 * 60_000);
    const counts = await Promise.all([
      office.cases.discardUnpaidLeft(),
      office.restarted().discardUnpaidLeft(),
    ]);
    assert.equal(counts[0] + counts[1], 1);
    assert.equal(await stateOf(waiting.caseId), undefined);
    assert.equal(await stateOf(failed.caseId), 'unpaid');
    assert.equal(await stateOf(open.caseId), 'unpaid');
    office.pass(24 * 3_600_000);
    await office.cases.discardUnpaidLeft();
    assert.equal(await stateOf(open.caseId), 'unpaid', 'the page has not been asked yet');
    await office.payments.recover();
    office.pass(61 * 60_000);
    await office.cases.discardUnpaidLeft();
    assert.equal(await stateOf(open.caseId), undefined);
    assert.equal(await office.cases.discardUnpaid(failed.caseId), false, 'it is gone already');
  });

  it('cannot be discarded once it is paid', async () => {
    const { caseId } = await office.due();
    await payByCard(caseId);
    assert.equal(await office.cases.discardUnpaid(caseId), false);
    await office.payments.leave(caseId);
    assert.equal(await stateOf(caseId), 'new');
  });
});

describe('many hands at once', () => {
  it('50 taps on the card way charge once', async () => {
    const { caseId } = await office.due();
    const charges = office.card.charged.size;
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const payment = await office.payments.begin(caseId, 'card', HERE);
        if (payment) await office.payments.payByCard(payment.id);
      }),
    );
    await office.decided((await office.payments.ofCase(caseId))[0]?.id ?? '');
    assert.deepEqual(await states(caseId), ['paid']);
    assert.equal(office.card.charged.size, charges + 1);
  });

  it('50 taps on both ways leave one payment, and it is in one place only', async () => {
    const { caseId } = await office.due();
    const before = { charges: office.card.charged.size, pages: office.page.transactions().length };
    office.card.mood = 'wait';
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const way = index % 2 === 0 ? 'card' : 'page';
        const payment = await office.payments.begin(caseId, way, HERE);
        if (payment && way === 'card') await office.payments.payByCard(payment.id);
        else if (payment) await office.payments.payByPage(payment.id, ORDER);
      }),
    );
    const payments = await office.payments.ofCase(caseId);
    assert.deepEqual(
      payments.map(({ state }) => state),
      ['pending'],
    );
    const way = payments[0]?.way;
    const pages = office.page.transactions().length - before.pages;
    assert.equal(pages, way === 'page' ? 1 : 0);
    await office.payments.abort(payments[0]?.id ?? '');
    await office.decided(payments[0]?.id ?? '');
    assert.equal(office.card.charged.size, before.charges);
  });

  it('a second person at the same card terminal waits, and the database says so too', async () => {
    office.card.mood = 'wait';
    const [one, two] = [await office.due(), await office.due()];
    const first = await begin(one.caseId, 'card');
    const second = await begin(two.caseId, 'card');
    assert.deepEqual(await office.payments.payByCard(first), { started: true });
    assert.deepEqual(await office.payments.payByCard(second), { started: false, reason: 'busy' });
    await eventually('the terminal waits for the card', async () => {
      return (await office.payments.progress(first))?.status === 'insertCard';
    });
    assert.equal((await office.payments.progress(second))?.state, 'intended');
    office.card.present();
    assert.equal((await office.decided(first)).state, 'paid');
    office.card.mood = 'approve';
    assert.deepEqual(await office.payments.payByCard(second), { started: true });
    assert.equal((await office.decided(second)).state, 'paid');
  });
});

describe('a payment that does not work', () => {
  it('says why, and the person may pay another way', async () => {
    const { caseId } = await office.due();
    office.card.mood = 'decline';
    const id = await payByCard(caseId);
    assert.equal((await office.payments.progress(id))?.reason, 'declined');
    const { id: second, address } = await openPage(caseId);
    assert.equal((await office.payments.ask(second))?.state, 'pending', 'coming back proves nothing');
    await office.decide(address, 'pay');
    assert.equal((await office.payments.progress(second))?.state, 'pending', 'only asking does');
    assert.equal((await office.payments.ask(second))?.state, 'paid');
    assert.deepEqual(await states(caseId), ['failed', 'paid']);
    assert.equal(await stateOf(caseId), 'new');
  });

  it('is stopped by the person, and nothing is charged', async () => {
    const { caseId } = await office.due();
    const charges = office.card.charged.size;
    for (const mood of ['wait', 'deaf'] as const) {
      office.card.mood = mood;
      const id = await begin(caseId, 'card');
      await office.payments.payByCard(id);
      await eventually('the terminal waits', async () => {
        return (await office.payments.progress(id))?.status === 'insertCard';
      });
      await office.payments.abort(id);
      office.card.present();
      assert.deepEqual(
        [(await office.decided(id)).state, (await office.decided(id)).reason],
        ['failed', 'givenUp'],
      );
    }
    assert.equal(office.card.charged.size, charges);
    assert.equal(await stateOf(caseId), 'unpaid');
  });

  it('on a page that loses its answer is opened again, as the same', async () => {
    const { caseId } = await office.due();
    const id = await begin(caseId, 'page');
    office.page.trouble('answerLost');
    assert.deepEqual(await office.payments.payByPage(id, ORDER), { ok: false, reason: 'unreachable' });
    office.page.trouble(undefined);
    const opened = await office.payments.payByPage(id, ORDER);
    assert.ok(opened.ok);
    assert.equal(office.page.transactions().filter(({ requestId }) => requestId === id).length, 1);
    assert.deepEqual(await office.payments.payByPage(id, ORDER), opened, 'a reload');
    await office.decide(opened.address, 'cancel');
    assert.deepEqual(await office.payments.payByPage(id, ORDER), { ok: false, reason: 'over' });
    assert.equal((await office.payments.progress(id))?.reason, 'cancelled');
  });

  it('on a page that is down, mad or late is not known until the page says so', async () => {
    const { caseId } = await office.due();
    const { id, address } = await openPage(caseId);
    for (const trouble of ['late', 'down', 'garbage', 'strange'] as const) {
      office.page.trouble(trouble);
      if (trouble === 'late') await office.decide(address, 'pay');
      if (trouble !== 'late') office.page.trouble(trouble);
      assert.ok(['pending', 'unknown'].includes((await office.payments.ask(id))?.state ?? ''), trouble);
      assert.equal(await stateOf(caseId), 'unpaid');
    }
    office.page.trouble(undefined);
    assert.equal((await office.payments.ask(id))?.state, 'paid');
    assert.equal(await stateOf(caseId), 'new');
  });

  it('on a page that answers again that nobody has paid waits for the person again, who may stop it', async () => {
    const { caseId } = await office.due();
    const { id, address } = await openPage(caseId);
    for (const trouble of ['garbage', 'strange'] as const) {
      office.page.trouble(trouble);
      assert.equal((await office.payments.ask(id))?.state, 'unknown');
      office.page.trouble(undefined);
      assert.equal((await office.payments.ask(id))?.state, 'pending', trouble);
      assert.deepEqual(await office.payments.payByPage(id, ORDER), { ok: true, address }, 'the same page');
    }
    assert.equal((await office.payments.abort(id))?.state, 'failed');
    assert.equal((await verify(office.db)).ok, true);
  });

  it('is stopped also while somebody asks its page who asked before that', async () => {
    const { caseId } = await office.due();
    const { id } = await openPage(caseId);
    office.page.trouble('slow');
    const before = office.payments.ask(id);
    await eventually('the page is being asked', async () => office.page.waiting() > 0);
    office.page.trouble(undefined);
    await office.payments.leave(caseId);
    assert.deepEqual(await states(caseId), ['failed']);
    assert.equal(await stateOf(caseId), undefined, 'the case is gone');
    await before;
  });

  it('given up on the page and paid there while the card terminal waits: the terminal stops, the case comes in', async () => {
    const { caseId } = await office.due();
    const { id, address } = await openPage(caseId);
    await office.payments.abort(id);
    office.card.mood = 'wait';
    const second = await begin(caseId, 'card');
    await office.payments.payByCard(second);
    await eventually('the terminal waits', async () => {
      return (await office.payments.progress(second))?.status === 'insertCard';
    });
    await office.decide(address, 'pay');
    office.pass(10_000);
    await office.payments.recover();
    assert.equal((await office.decided(second)).reason, 'givenUp');
    office.pass(10_000);
    await office.payments.recover();
    assert.deepEqual(await states(caseId), ['paid', 'failed']);
    assert.equal(await stateOf(caseId), 'new');
  });

  it('given up on the page and paid there all the same hands the case in while it is there', async () => {
    const { caseId } = await office.due();
    const { id, address } = await openPage(caseId);
    assert.equal((await office.payments.abort(id))?.state, 'failed');
    await office.decide(address, 'pay');
    office.pass(10_000);
    await office.payments.recover();
    assert.deepEqual(await states(caseId), ['paid']);
    assert.equal(await stateOf(caseId), 'new');
  });

  it('paid on the page when the case was paid otherwise, or is gone, becomes a task', async () => {
    for (const otherwise of [true, false]) {
      const { caseId, number } = await office.due();
      const { id, address } = await openPage(caseId);
      await office.payments.abort(id);
      if (otherwise) await payByCard(caseId);
      else await office.payments.leave(caseId);
      await office.decide(address, 'pay');
      office.pass(10_000);
      await office.payments.recover();
      const tasks = (await office.payments.refundTasks(['tsk'])).filter((task) => task.caseNumber === number);
      assert.deepEqual(
        tasks.map(({ reason, paymentId }) => [reason, paymentId]),
        [['stray', id]],
      );
      const paid = (await office.payments.ofCase(caseId)).filter(({ state }) => state === 'paid');
      assert.equal(paid.length, otherwise ? 2 : 1);
      assert.equal(await office.payments.closeRefund(tasks[0]?.id ?? '', clerk, REFUNDED), true);
    }
  });
});

/** Everything that the outside charged for a case, by the stand-ins' own books. */
function chargedFor(payments: readonly { id: string; trace: number | null }[]): number {
  const pages = office.page.transactions().filter((one) => one.status === 'PAYED');
  return payments.filter(
    ({ id, trace }) =>
      (trace !== null && office.card.charged.has(trace)) || pages.some(({ requestId }) => requestId === id),
  ).length;
}

describe('an office that stops', () => {
  const CARD = CRASH_POINTS.filter((point) => point.startsWith('card.') && point !== 'card.beat');
  const PAGE = CRASH_POINTS.filter((point) => point.startsWith('page.'));
  const LATER = CRASH_POINTS.filter((point) => point.startsWith('recover.'));

  async function assertAgreed(caseId: string): Promise<void> {
    for (let turn = 0; turn < 4; turn += 1) {
      office.pass(45_000);
      await office.payments.recover();
    }
    const payments = await office.payments.ofCase(caseId);
    const paid = payments.filter(({ state }) => state === 'paid').length;
    assert.equal(chargedFor(payments), paid, 'charged as often as paid');
    assert.equal(await stateOf(caseId), paid === 1 ? 'new' : 'unpaid');
    assert.ok(payments.every(({ state, way }) => way === 'page' || state === 'paid' || state === 'failed'));
  }

  for (const point of CARD) {
    it(`at ${point}: money and case agree, and who was not charged can pay`, async () => {
      const { caseId } = await office.due();
      const dying = office.another(point);
      const id = await begin(caseId, 'card', dying.payments);
      void dying.payments.payByCard(id);
      await dying.stopped;
      office.card.reset();
      await assertAgreed(caseId);
      if ((await stateOf(caseId)) === 'unpaid') await payByCard(caseId);
      assert.equal(await stateOf(caseId), 'new');
      await assertAgreed(caseId);
    });
  }

  for (const point of PAGE) {
    it(`at ${point}: money and case agree`, async () => {
      const { caseId } = await office.due();
      const dying = office.another(point);
      const id = await begin(caseId, 'page', dying.payments);
      const opened = dying.payments.payByPage(id, ORDER);
      if (point === 'page.asked' || point === 'page.settled') {
        const shown = await opened;
        if (shown.ok) await office.decide(shown.address, 'pay');
        void dying.payments.ask(id);
      }
      await dying.stopped;
      await assertAgreed(caseId);
      if ((await stateOf(caseId)) === 'unpaid') {
        await office.payments.abort((await office.payments.ofCase(caseId)).at(-1)?.id ?? '');
        await payByCard(caseId);
      }
      await assertAgreed(caseId);
    });
  }

  for (const point of LATER) {
    it(`at ${point}, while it looks after another that stopped: the third finishes`, async () => {
      const { caseId } = await office.due();
      const dying = office.another('card.commit.after' satisfies CrashPoint);
      void dying.payments.payByCard(await begin(caseId, 'card', dying.payments));
      await dying.stopped;
      office.card.reset();
      office.pass(25_000);
      const second = office.another(point);
      void second.payments.recover();
      await second.stopped;
      await assertAgreed(caseId);
    });
  }

  it('after the terminal made it final: the next office finds it there, and pays nothing back', async () => {
    const { caseId } = await office.due();
    const dying = office.another('card.answered');
    const id = await begin(caseId, 'card', dying.payments);
    void dying.payments.payByCard(id);
    await dying.stopped;
    assert.equal(await office.payments.recover(), 0, 'the other one may still be at it');
    assert.equal((await office.payments.ask(id))?.state, 'pending');
    office.pass(25_000);
    assert.equal((await office.payments.ask(id))?.state, 'paid');
    assert.equal(await stateOf(caseId), 'new');
  });

  it('beside its card terminal: whoever pays there next has the one before decided first', async () => {
    const [before, next] = [await office.due(), await office.due()];
    const dying = office.another('card.answered');
    void dying.payments.payByCard(await begin(before.caseId, 'card', dying.payments));
    await dying.stopped;
    const id = await begin(next.caseId, 'card');
    assert.deepEqual(await office.payments.payByCard(id), { started: false, reason: 'busy' });
    office.pass(25_000);
    assert.deepEqual(await office.payments.payByCard(id), { started: true });
    await office.decided(id);
    assert.deepEqual([await stateOf(before.caseId), await stateOf(next.caseId)], ['new', 'new']);
  });

  it('given up by the person, but standing at the terminal: it is given back there', async () => {
    const { caseId } = await office.due();
    office.card.mood = 'lostAfter';
    const dying = office.another('card.answered');
    const id = await begin(caseId, 'card', dying.payments);
    void dying.payments.payByCard(id);
    await dying.stopped;
    const givenUp = { given_up_at: office.now(), receipt_number: null, trace: null };
    await office.db.updateTable('payment').set(givenUp).where('id', '=', id).execute();
    office.card.mood = 'approve';
    for (const point of ['reverse.before', 'reverse.after'] as const) {
      office.pass(35_000);
      const other = office.another(point);
      void other.payments.recover();
      await other.stopped;
    }
    office.pass(35_000);
    await office.payments.recover();
    const [payment] = await office.payments.ofCase(caseId);
    assert.deepEqual([payment?.state, payment?.reversedBy], ['reversed', 'terminal']);
    assert.equal(chargedFor([payment ?? { id: '', trace: null }]), 0);
    assert.equal(await stateOf(caseId), 'unpaid');
    await payByCard(caseId);
  });

  it('beside a terminal that does not answer: what became of money elsewhere is found out all the same', async () => {
    const [silent, other] = [await office.due(), await office.due()];
    office.card.mood = 'lostAfter';
    const atTerminal = await begin(silent.caseId, 'card');
    await office.payments.payByCard(atTerminal);
    await eventually(
      'it is unknown',
      async () => (await office.payments.progress(atTerminal))?.state === 'unknown',
    );
    const { address } = await openPage(other.caseId);
    await office.decide(address, 'pay');
    office.card.mood = 'approve';
    const answer = Promise.withResolvers<Awaited<ReturnType<typeof office.card.last>>>();
    const last = await office.card.last();
    office.card.last = () => answer.promise;
    office.pass(45_000);
    const places = office.payments.places.map((place) => office.payments.recover(place));
    await eventually('the other case is in', async () => (await stateOf(other.caseId)) === 'new');
    assert.equal(await stateOf(silent.caseId), 'unpaid');
    answer.resolve(last);
    await Promise.all(places);
    assert.equal(await stateOf(silent.caseId), 'new');
    Reflect.deleteProperty(office.card, 'last');
  });

  it('and is open on two nodes: only one of them asks after a payment, and it is settled once', async () => {
    const { caseId } = await office.due();
    office.card.mood = 'lostAfter';
    const id = await begin(caseId, 'card');
    await office.payments.payByCard(id);
    await eventually('it is unknown', async () => (await office.payments.progress(id))?.state === 'unknown');
    office.card.mood = 'approve';
    const last = await office.card.last();
    const answer = Promise.withResolvers<typeof last>();
    let asked = 0;
    office.card.last = () => {
      asked += 1;
      return answer.promise;
    };
    const clock = { now: office.now };
    const log = createLog('fatal', clock, { write() {} });
    const nodes = [office.payments, office.another().payments].map((payments) =>
      createJobs({
        ...{ db: office.db, clock, log },
        jobs: [
          {
            ...{ name: 'payments', everyMs: 1_000, lanes: async () => payments.places },
            run: (_, place) => payments.recover(place),
          },
        ],
      }),
    );
    const ticks: Promise<void>[] = [];
    office.pass(45_000);
    for (let second = 0; second < 10; second += 1) {
      ticks.push(...nodes.map((node) => node.tick()));
      await eventually('somebody asks', async () => asked > 0);
      office.pass(1_000);
    }
    answer.resolve(last);
    await Promise.all(ticks);
    Reflect.deleteProperty(office.card, 'last');
    assert.equal(asked, 1);
    assert.equal(await stateOf(caseId), 'new');
    assert.equal((await rowsOf(caseId)).outbox, 1);
    assert.equal(chargedFor(await office.payments.ofCase(caseId)), 1);
  });

  it('with a terminal that stays away: nothing is decided, nothing discarded, and the desk hears of it', async () => {
    const { caseId } = await office.due();
    office.card.mood = 'lostBefore';
    const id = await begin(caseId, 'card');
    await office.payments.payByCard(id);
    await eventually('it is unknown', async () => (await office.payments.progress(id))?.state === 'unknown');
    office.card.mood = 'away';
    for (let turn = 0; turn < 20; turn += 1) {
      office.pass(60_000);
      await office.payments.recover();
      assert.equal(await office.cases.discardUnpaid(caseId), false);
    }
    assert.deepEqual(
      (await office.payments.unclear(['tsk'])).map((one) => one.id),
      [id],
    );
    assert.deepEqual(await office.payments.unclear(['oa']), []);
    assert.equal(await office.payments.clarify(id, stranger, false), 'none');
    assert.equal(await office.payments.clarify(id, clerk, false), 'done');
    assert.equal(await office.payments.clarify(id, clerk, false), 'before');
    assert.equal(await office.payments.clarify(id, clerk, true), 'decided');
    assert.equal(await office.payments.clarify(id, { ...clerk, subject: 'other' }, false), 'decided');
    assert.deepEqual(await states(caseId), ['failed']);
  });

  it('is decided by one of those who say at once how it ended, and the others hear that it is', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { caseId } = await office.due();
      office.card.mood = 'lostBefore';
      const id = await begin(caseId, 'card');
      await office.payments.payByCard(id);
      await eventually(
        'it is unknown',
        async () => (await office.payments.progress(id))?.state === 'unknown',
      );
      const said = await Promise.all(
        [true, false, true, false].map((paid) => office.payments.clarify(id, clerk, paid)),
      );
      // One person says the same twice when the answer was lost; with the other word it is another's, or a change of mind.
      assert.deepEqual(said.toSorted(), ['before', 'decided', 'decided', 'done']);
      const paid = said.indexOf('done') % 2 === 0;
      assert.deepEqual(await states(caseId), [paid ? 'paid' : 'failed']);
      const { rows } = await sql<{ paid: boolean }>`
        SELECT (detail->>'paid')::boolean AS paid FROM audit_entry
        WHERE action = 'payment.clarified' AND detail->>'payment' = ${id}`.execute(office.db);
      assert.deepEqual(rows, [{ paid }]);
    }
  });
});

describe('money that has to go back', () => {
  it('is a task when a paid case is rejected or withdrawn, for its own office, once', async () => {
    const rejected = await office.due();
    const withdrawn = await office.due();
    const free = await office.cases.submit(await office.handIn());
    await payByCard(rejected.caseId);
    await payByCard(withdrawn.caseId);
    const version = (await office.cases.find(rejected.caseId))?.version ?? 0;
    await office.cases.decide(rejected.caseId, clerk, version, 'rejected', 'Leider nicht.');
    await office.cases.withdraw(withdrawn.caseId);
    await office.cases.decide(free.caseId, clerk, 1, 'rejected', 'Leider nicht.');
    const tasks = (await office.payments.refundTasks(['tsk'])).map(({ caseNumber, reason }) => [
      caseNumber,
      reason,
    ]);
    assert.deepEqual(tasks, [
      [rejected.number, 'rejected'],
      [withdrawn.number, 'withdrawn'],
    ]);
    assert.deepEqual(await office.payments.refundTasks(['oa']), []);
    assert.equal(await office.payments.refundOf(free.caseId), undefined);
    const task = await office.payments.refundOf(rejected.caseId);
    assert.equal(await office.payments.closeRefund(task?.id ?? '', stranger, REFUNDED), false);
    const two = [clerk, { ...clerk, subject: 'other' }];
    const closed = await Promise.all(
      Array.from({ length: 25 }, () => two).map((both) =>
        Promise.all(both.map((by) => office.payments.closeRefund(task?.id ?? '', by, REFUNDED))),
      ),
    );
    const won = closed[0]?.[0] === true;
    // Whoever it was may say so again: the answer may have been lost.
    assert.ok(closed.every(([first, second]) => first === won && second === !won));
    assert.deepEqual(await states(rejected.caseId), ['reversed']);
    const { rows } = await sql<{ actor: string }>`SELECT actor FROM audit_entry
      WHERE action = 'payment.reversed' AND subject = ${rejected.caseId}`.execute(office.db);
    assert.deepEqual(rows, [{ actor: won ? 'staff:clerk-1' : 'staff:other' }]);
    assert.equal(await office.payments.closeRefund(task?.id ?? '', two[won ? 0 : 1] ?? clerk, KEPT), false);
    const kept = await office.payments.refundOf(withdrawn.caseId);
    for (let times = 0; times < 2; times += 1)
      assert.equal(await office.payments.closeRefund(kept?.id ?? '', clerk, KEPT), true);
    const otherwise = { outcome: 'kept', reason: 'Etwas anderes' } as const;
    assert.equal(await office.payments.closeRefund(kept?.id ?? '', clerk, otherwise), false);
    assert.deepEqual(await states(withdrawn.caseId), ['paid']);
    const told = (await office.cases.forCitizen(withdrawn.caseId))?.history.at(-1);
    assert.deepEqual([told?.kind, told?.text], ['feeKept', KEPT.reason]);
    assert.deepEqual(await office.payments.refundTasks(['tsk']), []);
  });
});

describe('the ledger', () => {
  it('keeps every change, and the database lets nobody touch what is written', async () => {
    const { caseId } = await office.due();
    const id = await payByCard(caseId);
    const events = await office.db
      .selectFrom('payment_event')
      .select('to_state')
      .where('payment_id', '=', id)
      .orderBy('id')
      .execute();
    assert.deepEqual(
      events.map((event) => event.to_state),
      ['intended', 'pending', 'paid'],
    );
    await assert.rejects(
      sql`UPDATE payment_event SET to_state = 'failed'`.execute(office.db),
      /written once/,
    );
    await assert.rejects(sql`DELETE FROM payment_event`.execute(office.db), /written once/);
    await assert.rejects(sql`UPDATE payment SET amount_cents = 0 WHERE id = ${id}`.execute(office.db));
    await assert.rejects(sql`UPDATE payment SET state = 'failed' WHERE id = ${id}`.execute(office.db));
    assert.equal((await verify(office.db)).ok, true);
  });
});

it('a case is kept, whatever its time, until its money has been given back', async () => {
  const { caseId } = await office.due();
  await payByCard(caseId);
  await office.cases.withdraw(caseId);
  const held = async () => (await office.cases.forCitizen(caseId))?.kept.held;
  assert.equal(await held(), true, 'so no page promises a day');
  office.pass(200 * 86_400_000);
  await office.cases.retention();
  assert.ok(await office.view(caseId), 'whoever gives it back looks at the case');
  const task = await office.payments.refundOf(caseId);
  assert.equal(await office.payments.closeRefund(task?.id ?? '', clerk, REFUNDED), true);
  await office.cases.retention();
  assert.equal(await office.view(caseId), undefined);
});
