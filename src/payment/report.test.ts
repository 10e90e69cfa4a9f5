import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { HERE, ORDER, type PayingOffice, payingOffice } from './office.fixture.ts';
import { type Movement, sumUp } from './report.ts';

const FROM = new Date('2026-11-22T23:00:00Z');
const UNTIL = new Date('2026-11-23T23:00:00Z');
const instant = fc.date({
  min: new Date('2026-11-20T00:00:00Z'),
  max: new Date('2026-11-26T00:00:00Z'),
  noInvalidDate: true,
});
const movement: fc.Arbitrary<Movement> = fc.record({
  way: fc.constantFrom('card' as const, 'page' as const),
  site: fc.constantFrom('rathaus', 'durlach'),
  terminal: fc.constantFrom('t1', 't2'),
  amountCents: fc.integer({ min: 1, max: 100_000 }),
  settledAt: fc.option(instant, { nil: null }),
  reversedAt: fc.option(instant, { nil: null }),
});

describe('the report of a day', () => {
  it('adds up to the cent: lines to the sum, and days to the whole', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 60 }), instant, (movements, middle) => {
        const report = sumUp(movements, FROM, UNTIL);
        for (const part of [
          'paidCents',
          'paidCount',
          'reversedCents',
          'reversedCount',
          'netCents',
        ] as const) {
          assert.equal(
            report.lines.reduce((sum, line) => sum + line[part], 0),
            report[part],
          );
        }
        assert.equal(report.netCents, report.paidCents - report.reversedCents);
        const within = (at: Date | null) => at !== null && at >= FROM && at < UNTIL;
        const paid = movements.filter(({ settledAt }) => within(settledAt));
        assert.equal(
          report.paidCents,
          paid.reduce((sum, one) => sum + one.amountCents, 0),
        );
        fc.pre(middle > FROM && middle < UNTIL);
        const [early, late] = [sumUp(movements, FROM, middle), sumUp(movements, middle, UNTIL)];
        assert.equal(early.netCents + late.netCents, report.netCents, 'nothing is counted twice at the edge');
      }),
    );
  });
});

describe('a day of the office', () => {
  let office: PayingOffice;
  beforeEach(async () => {
    office = await payingOffice();
  });
  afterEach(() => office.close());

  async function pay(way: 'card' | 'page'): Promise<string> {
    const { caseId } = await office.due();
    const payment = await office.payments.begin(caseId, way, HERE);
    const id = payment?.id ?? '';
    if (way === 'card') await office.payments.payByCard(id);
    else {
      const opened = await office.payments.payByPage(id, ORDER);
      if (opened.ok) await office.decide(opened.address, 'pay');
      await office.payments.ask(id);
    }
    await office.decided(id);
    return caseId;
  }

  it('shows ways and terminals, refunds on their own day, and the terminal’s count beside the ledger’s', async () => {
    const clerk = { subject: 'clerk-1', offices: ['tsk'] };
    const first = await pay('card');
    await pay('card');
    await pay('page');
    const { caseId: open } = await office.due();
    const opened = await office.payments.begin(open, 'page', HERE);
    await office.payments.payByPage(opened?.id ?? '', ORDER);
    assert.equal(await office.payments.closeTerminals(), 0, 'not before the evening');
    office.pass(12.5 * 3_600_000);
    assert.equal(await office.payments.closeTerminals(), 1);
    assert.equal(await office.payments.closeTerminals(), 0, 'once');
    const day = await office.payments.dayReport('2026-11-23');
    assert.deepEqual(
      day.lines.map(({ way, terminal, paidCents, netCents }) => [way, terminal, paidCents, netCents]),
      [
        ['card', 'terminal-1', 2_600, 2_600],
        ['page', null, 1_300, 1_300],
      ],
    );
    assert.deepEqual([day.paidCents, day.paidCount, day.netCents, day.openCount], [3_900, 3, 3_900, 1]);
    assert.deepEqual(
      day.closings.map(({ totalCents, count, differenceCents, ledgerCount }) => [
        totalCents,
        count,
        differenceCents,
        ledgerCount,
      ]),
      [[2_600, 2, 0, 2]],
    );
    assert.equal((await office.payments.dayReport('2026-11-23', 'durlach')).paidCents, 0);

    office.pass(12 * 3_600_000);
    const version = (await office.cases.find(first))?.version ?? 0;
    await office.cases.decide(first, clerk, version, 'rejected', 'Leider nicht.');
    const task = await office.payments.refundOf(first);
    await office.payments.closeRefund(task?.id ?? '', clerk, { outcome: 'refunded' });
    const next = await office.payments.dayReport('2026-11-24');
    assert.deepEqual([next.paidCents, next.reversedCents, next.netCents], [0, 1_300, -1_300]);
    assert.deepEqual(
      (await office.payments.dayReport('2026-11-23')).netCents,
      3_900,
      'yesterday stays as it was',
    );
  });

  it('names the difference when somebody used the terminal by hand, and leaves an undecided one alone', async () => {
    office.card.charged.set(9_999, 500);
    const closing = await office.payments.closeTerminal('terminal-1');
    assert.deepEqual([closing?.totalCents, closing?.ledgerCents, closing?.differenceCents], [500, 0, 500]);
    assert.equal(await office.payments.closeTerminal('nowhere'), undefined);
    office.card.mood = 'wait';
    const { caseId } = await office.due();
    const payment = await office.payments.begin(caseId, 'card', HERE);
    await office.payments.payByCard(payment?.id ?? '');
    assert.equal(await office.payments.closeTerminal('terminal-1'), undefined);
    await office.payments.close();
    assert.equal((await office.payments.progress(payment?.id ?? ''))?.state, 'failed');
  });
});
