import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LastCardPayment } from './card-terminal.ts';
import {
  isLive,
  isOpen,
  judgeCard,
  judgePage,
  mayMove,
  PAGE_STATES,
  PAGE_TIME_MS,
  type PaymentState,
} from './ledger-rules.ts';
import type { CaseFate } from './memory-ledger.fixture.ts';
import { newWorld, type World } from './world.fixture.ts';

const STATES: PaymentState[] = ['intended', 'pending', 'paid', 'reversed', 'unknown', 'failed'];
const state = fc.constantFrom(...STATES);

describe('the states of a payment', () => {
  it('never lead back to where nothing outside knows of it, and money that came only goes back', () => {
    for (const from of STATES) assert.equal(mayMove(from, 'intended'), false);
    fc.assert(
      fc.property(fc.array(state, { maxLength: 30 }), (wanted) => {
        const way: PaymentState[] = ['intended'];
        for (const to of wanted) if (mayMove(way.at(-1) ?? 'intended', to)) way.push(to);
        const came = way.indexOf('paid');
        if (came >= 0) assert.ok(way.slice(came).every((one) => one === 'paid' || one === 'reversed'));
      }),
    );
  });

  it('are live exactly while money has come or may come', () => {
    assert.deepEqual(STATES.filter(isOpen), ['pending', 'unknown']);
    assert.deepEqual(STATES.filter(isLive), ['intended', 'pending', 'paid', 'unknown']);
  });
});

const last = (changes: Partial<LastCardPayment> = {}): LastCardPayment => ({
  amountCents: 1_300,
  receiptNumber: 7,
  trace: 70,
  terminalId: '1',
  cardName: undefined,
  maskedPan: undefined,
  receipt: [],
  reverses: undefined,
  ...changes,
});
const silent = { amountCents: 1_300, receiptNumber: null, trace: null, givenUp: false };
const noted = { ...silent, receiptNumber: 7, trace: 70 };

describe('what a card terminal’s last transaction means', () => {
  it('is this payment when it is the one that was noted, or one of the same amount that nobody knows', () => {
    assert.equal(judgeCard(noted, last(), false), 'paid');
    assert.equal(judgeCard(silent, last(), false), 'paid');
    assert.equal(judgeCard({ ...silent, givenUp: true }, last(), false), 'reverse');
  });

  it('is another one when the ledger knows it, when there is none, or when it was taken back', () => {
    const before = last({ receiptNumber: 6, trace: 69 });
    assert.equal(judgeCard(silent, before, true), 'failed');
    assert.equal(judgeCard(noted, before, true), 'failed');
    for (const payment of [silent, noted]) assert.equal(judgeCard(payment, 'none', false), 'failed');
    assert.equal(judgeCard(noted, last({ trace: 71, reverses: 70 }), false), 'failed');
    assert.equal(judgeCard(silent, last({ trace: 71, reverses: 70 }), false), 'failed');
  });

  it('is a question for a person when somebody used the terminal by hand', () => {
    assert.equal(judgeCard(noted, last({ receiptNumber: 8, trace: 71 }), false), 'unclear');
    assert.equal(judgeCard(silent, last({ amountCents: 1_200 }), false), 'unclear');
    assert.equal(judgeCard(noted, last({ trace: 72, reverses: 71 }), false), 'unclear');
  });
});

describe('what a pay page says', () => {
  const payment = { id: 'a', amountCents: 1_300, givenUp: false, ageMs: 0 };
  const told = (state: (typeof PAGE_STATES)[number]) => ({ requestId: 'a', amountCents: 1_300, state });

  it('is believed for the request and amount that were sent only', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PAGE_STATES), fc.nat(5_000), fc.string(), (state, cents, id) => {
        fc.pre(cents !== 1_300 || id !== 'a');
        const answer = { requestId: id, amountCents: cents, state };
        assert.equal(judgePage(payment, answer), 'unclear');
      }),
    );
    assert.equal(judgePage(payment, told('PAYED')), 'paid');
    assert.equal(judgePage({ ...payment, givenUp: true }, told('PAYED')), 'paid');
    assert.equal(judgePage(payment, told('FAILED')), 'failed');
    assert.equal(judgePage(payment, told('CANCELED')), 'cancelled');
  });

  it('is waited for while the person may still pay, and watched afterwards', () => {
    assert.equal(judgePage({ ...payment, ageMs: PAGE_TIME_MS }, told('INITIAL')), 'wait');
    assert.equal(judgePage({ ...payment, ageMs: PAGE_TIME_MS + 1 }, told('INITIAL')), 'watch');
    assert.equal(judgePage({ ...payment, givenUp: true }, told('INITIAL')), 'watch');
  });
});

/** What can happen in an office and around it; `who` picks one of the cases. */
const who = fc.nat(2);
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('card' as const), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('page' as const), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('switch' as const, 'stop' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('customer' as const),
      does: fc.constantFrom('present' as const, 'PAYED' as const, 'FAILED' as const, 'CANCELED' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('ask' as const, 'abort' as const, 'leave' as const), who }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      seconds: fc.constantFrom(1, 25, 2_000, 90_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('recover' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('mood' as const),
      card: fc.constantFrom('approve', 'decline', 'wait', 'deaf', 'lostBefore', 'lostAfter', 'away'),
      page: fc.constantFrom('fine', 'fine', 'down', 'answerLost', 'garbage'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('crash' as const), after: fc.integer({ min: 1, max: 14 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);
/** The next thing happens while the one before is still under way, or after it. */
const step = fc.record({ happens: happening, turns: fc.oneof(fc.constant(120), fc.nat(30)) });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const DAY_MS = 86_400_000;

async function pay(world: World, caseId: string, way: 'card' | 'page'): Promise<void> {
  const till = world.till();
  const payment = await till.begin(caseId, way, { site: 's', terminal: 't' });
  if (!payment) return;
  if (way === 'card') {
    await till.payByCard(payment.id);
    return;
  }
  const opened = await till.payByPage(payment.id, { returnUrl: 'https://amt.example', description: 'S' });
  if (opened.ok) world.page.shown.add(opened.address.replace('https://pay.example/', ''));
}

const latestOf = (world: World, caseId: string): string =>
  [...world.payments.values()].filter((payment) => payment.caseId === caseId).at(-1)?.id ?? '';

/** Everything of the office runs beside the test: it may stop in the middle. */
async function play(world: World, cases: readonly string[], { happens: one, turns }: Step): Promise<void> {
  const caseId = 'who' in one ? (cases[one.who] ?? '') : '';
  const latest = latestOf(world, caseId);
  const till = world.till();
  if (one.kind === 'card' || one.kind === 'page') void pay(world, caseId, one.kind);
  else if (one.kind === 'switch') {
    void pay(world, caseId, 'page');
    await world.turn();
    void till.abort(latestOf(world, caseId));
    await world.turn();
    void pay(world, caseId, 'card');
  } else if (one.kind === 'stop') {
    world.card.mood = 'deaf';
    void pay(world, caseId, 'card');
    await world.turn(turns);
    void till.abort(latestOf(world, caseId));
    await world.turn();
    world.card.present();
  } else if (one.kind === 'customer') {
    if (one.does === 'present') world.card.present();
    else world.page.decide(one.does);
  } else if (one.kind === 'ask') void till.ask(latest);
  else if (one.kind === 'abort') void till.abort(latest);
  else if (one.kind === 'leave') void till.leave(caseId);
  else if (one.kind === 'time') world.now += one.seconds * 1_000;
  else if (one.kind === 'recover') void till.recover();
  else if (one.kind === 'mood') {
    world.card.mood = one.card;
    world.page.mood = one.page;
  } else if (one.kind === 'crash') world.crashAfter = one.after;
  else world.restart();
  await world.turn(turns);
}

function assertSound(world: World): void {
  const all = [...world.payments.values()];
  for (const [caseId, fate] of world.cases) {
    const mine = all.filter((payment) => payment.caseId === caseId);
    assert.ok(
      mine.filter(({ state, stray }) => isLive(state) && !stray).length <= 1,
      'one payment at a time',
    );
    const paid = mine.filter((payment) => payment.state === 'paid' && !payment.stray);
    const expected: Record<CaseFate, number> = { unpaid: 0, new: 1, gone: 0 };
    assert.equal(paid.length, expected[fate], `a case that is ${fate}`);
  }
  assert.ok(all.filter(({ way, state }) => way === 'card' && isOpen(state)).length <= 1, 'one a terminal');
  for (const { way, state, givenUpAt } of all) {
    assert.ok(way !== 'card' || state !== 'paid' || givenUpAt === null, 'who stopped in time is not charged');
  }
  for (const { id, stray } of all)
    assert.equal(world.tasks.has(id), stray, 'a task for money without a case');
}

/** Everybody answers again, and days pass. */
async function comeToRest(world: World): Promise<void> {
  world.card.mood = 'approve';
  world.page.mood = 'fine';
  world.restart();
  // A request that was on its way when its office stopped: the terminal finds the line dead.
  await world.turn();
  world.card.reset();
  for (const ms of [60_000, 60_000, 3_600_000, 3_600_000, 3_600_000, 8 * DAY_MS, 3_600_000]) {
    world.now += ms;
    await world.till().recover();
    await world.turn();
  }
}

/** What customers paid, and what the ledger says they paid. */
function assertBalanced(world: World): void {
  const all = [...world.payments.values()];
  assert.deepEqual(
    all.filter(({ state, dueAt }) => isOpen(state) || dueAt !== null),
    [],
    'nothing is left open',
  );
  const paid = all.filter((payment) => payment.state === 'paid');
  const cards = paid.filter(({ way }) => way === 'card').map(({ trace }) => trace);
  assert.deepEqual(cards.sort(), [...world.card.charged.keys()].sort(), 'charged at the card terminal');
  const pages = paid.filter(({ way }) => way === 'page').map(({ id }) => id);
  const payed = [...world.page.transactions.values()].filter((one) => one.state === 'PAYED');
  assert.deepEqual(pages.sort(), payed.map(({ requestId }) => requestId).sort(), 'paid on the page');
}

describe('payments, whatever happens in whatever order', () => {
  it('never charge twice, never without a case or somebody to give it back, never hand in unpaid', async (test) => {
    const seen = { crashes: 0, paid: 0, stray: 0, lost: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 40 }), async (steps) => {
        const world = newWorld();
        const cases = [world.newCase(), world.newCase(), world.newCase()];
        for (const one of steps) {
          await play(world, cases, one);
          assertSound(world);
          if (world.crashed()) seen.crashes += 1;
        }
        await comeToRest(world);
        assertSound(world);
        assertBalanced(world);
        for (const payment of world.payments.values()) {
          if (payment.state === 'paid') seen.paid += 1;
          if (payment.stray) seen.stray += 1;
          if (payment.reason === 'lost') seen.lost += 1;
        }
      }),
      { numRuns: 3_000 },
    );
    test.diagnostic(JSON.stringify(seen));
    assert.ok(seen.crashes > 100 && seen.paid > 100 && seen.stray > 5 && seen.lost > 100, 'it saw them all');
  });
});
