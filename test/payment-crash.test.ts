import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { verify } from '#audit';
import { CRASH_POINTS, type CrashPoint, createZvtTerminal } from '#payment';
import { PASSWORD } from '#sandbox/payment-terminal';
import { createFileKeys } from '#seal';
import { freshDatabase, type TestDatabase } from '#test/database';
import { assertMoneyAgrees, type Money, paymentsFor, startMoney } from '#test/money';
import { OfficeFailed, type OfficeProcess, startOffice } from '#test/office-process';
import { atReview, CENTS, type Payer, type PayShown, SERVICE } from '#test/payer';
import { randomFrom } from '#test/random';
import { MONDAY } from '#test/running-office';

type Way = 'card' | 'page';

const root = join(import.meta.dirname, '..');
const OFFICE = ['--import', join(root, 'scripts/tsx-loader.ts'), join(root, 'test/support/dying-office.ts')];
const TERMINAL = 'rathaus-1';
/** Longer than a card terminal waits before somebody looks after a payment: so that a point in between can be reached. */
const CUSTOMER_MS = 8_000;
const MOST_LOOKS = 400;
/** A process that does not end by itself within this time never does. */
const ENDS_WITHIN_MS = 120_000;
/** How many times the office is killed at a random moment. */
const ROUNDS = 4;

const data = mkdtempSync(join(tmpdir(), 'amtomat-payment-crash-'));
const pointFile = join(data, 'point');
const begun = performance.now();
let database: TestDatabase;
let money: Money;
let office: OfficeProcess;
let minutes = 0;

before(async () => {
  database = await freshDatabase();
  money = await startMoney({ customerMs: CUSTOMER_MS });
});
after(async () => {
  await office?.end('SIGKILL');
  await money.stop();
  await database.drop();
  rmSync(data, { recursive: true, force: true });
});

/** From now on the office dies at this point; at none without one. */
const dieAt = (point: string): void => writeFileSync(pointFile, point);

/** @param later minutes that have passed meanwhile: what a dead office had begun is taken up by the next one */
async function open(later = 1): Promise<void> {
  minutes += later;
  const now = Date.parse(MONDAY) + minutes * 60_000 + performance.now() - begun;
  const env = {
    ...money.env,
    ...{ DATABASE_URL: database.url, AMTOMAT_RATE: '0', AMTOMAT_LOG: 'error', POINT_FILE: pointFile },
    AMTOMAT_CLOCK: new Date(now).toISOString(),
  };
  office = await startOffice(['--data', data], env, [process.execPath, ...OFFICE]);
}

/** Waits until the office has ended by itself. */
async function death(): Promise<void> {
  const { process: child } = office;
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, 'close', { signal: AbortSignal.timeout(ENDS_WITHIN_MS) });
  }
  assert.equal(child.signalCode, 'SIGKILL');
  dieAt('');
}

/** An office that opens and dies, perhaps before it says that it is ready. */
async function openAndDie(later?: number): Promise<void> {
  try {
    await open(later);
  } catch (error) {
    if (!(error instanceof OfficeFailed) || error.code !== null) throw error;
    dieAt('');
    return;
  }
  await death();
}

const offers = (payer: Payer, way: Way): boolean =>
  payer.person.page.children.length > 0 && payer.person.shown.text.includes(`value="${way}"`);

/** Looks until the office waits for this person and not the person for the office. */
async function truth(payer: Payer): Promise<PayShown> {
  for (let looked = 0; ; looked += 1) {
    const shown = await payer.look();
    if (shown.at !== 'waiting' || offers(payer, 'page')) return shown;
    if (looked > MOST_LOOKS) throw new Error(`still waiting: ${shown.status}`);
    await pause(50);
  }
}

/** What a sensible person does: reads what the screen says, and goes on until there is a receipt. */
async function finish(payer: Payer, way: Way): Promise<string> {
  for (let tries = 0; tries < 40; tries += 1) {
    const shown = await truth(payer);
    if (shown.at === 'done') return shown.handed.number;
    if (shown.at === 'elsewhere') {
      await payer.person.open(new URL(`/service/${SERVICE}/review`, payer.person.shown.url).href);
      await payer.handIn();
    } else {
      const can = shown.at === 'waiting' ? 'page' : way;
      await payer.choose(can);
      if (payer.person.shown.url.startsWith(money.page.origin)) await payer.decide('pay');
      else await pause(50);
    }
  }
  throw new Error('there is no end to it');
}

/** Goes on until the office is dead. */
async function untilDead(act: () => Promise<unknown>): Promise<void> {
  await act().catch(() => {});
  await death();
}

const paidFor = async (number: string) =>
  (await paymentsFor(database.db, number)).filter(({ state }) => state === 'paid');

/** The person comes back, is told the truth, and gets what they paid for, once. */
async function comeBack(payer: Payer, way: Way): Promise<void> {
  payer.moveTo(office.origin);
  const shown = await truth(payer);
  // A pay page that is still open is not decided; everything else is.
  if (shown.at !== 'waiting') await assertMoneyAgrees(database.db, money);
  const number = await finish(payer, way);
  await assertMoneyAgrees(database.db, money);
  if (shown.at === 'done') assert.equal(shown.handed.number, number);
  assert.equal((await paidFor(number)).length, 1, 'paid for once');
}

/** When to arm: before handing in, before choosing how to pay, or before coming back from the pay page. */
type Stage = 'handIn' | 'choose' | 'return';

async function killAt(point: string, way: Way, stage: Stage): Promise<Payer> {
  const payer = await atReview(office.origin, way === 'card' ? TERMINAL : undefined);
  if (stage !== 'handIn') await payer.handIn();
  if (stage === 'return') await payer.choose(way);
  dieAt(point);
  await untilDead(async () => {
    if (stage === 'return' && way === 'page') await payer.decide('pay');
    await finish(payer, way);
  });
  return payer;
}

/** The card terminal goes on by itself with what nobody wants any more. */
async function chargeByHand(): Promise<void> {
  const { host, port } = money.card(TERMINAL);
  const register = createZvtTerminal({ host, port, password: PASSWORD });
  const on = { status() {}, async commit() {} };
  const { outcome } = await register.pay(CENTS, on, new AbortController().signal);
  await register.close();
  assert.equal(outcome, 'paid');
}

const byCard = (point: CrashPoint) => (): Promise<Payer> => killAt(point, 'card', 'choose');
const byPage = (point: CrashPoint) => (): Promise<Payer> => killAt(point, 'page', 'choose');

/** The next office dies too, while it finds out what became of the payment. */
const again = (point: CrashPoint) => async (): Promise<Payer> => {
  const payer = await killAt('card.commit.after', 'card', 'choose');
  dieAt(point);
  await openAndDie();
  return payer;
};

/** Stopped by the person while no office listened, and charged all the same. */
const unwanted = (point: CrashPoint) => async (): Promise<Payer> => {
  const payer = await killAt('card.pending', 'card', 'choose');
  // However long an office takes to open here: nobody looks after the payment before the person was there.
  await open(-1);
  payer.moveTo(office.origin);
  assert.equal((await payer.look()).at, 'waiting');
  await payer.press('abort');
  await office.end('SIGKILL');
  await chargeByHand();
  dieAt(point);
  await openAndDie(2);
  return payer;
};

const KILLS: Record<CrashPoint, () => Promise<Payer>> = {
  'card.pending': byCard('card.pending'),
  'card.beat': async () => {
    money.card(TERMINAL).behave('timeOut');
    const payer = await byCard('card.beat')();
    money.card(TERMINAL).behave('approve');
    return payer;
  },
  'card.commit.before': byCard('card.commit.before'),
  'card.commit.after': byCard('card.commit.after'),
  'card.answered': byCard('card.answered'),
  'card.settled': byCard('card.settled'),
  'page.pending': byPage('page.pending'),
  'page.created': byPage('page.created'),
  'page.linked': byPage('page.linked'),
  'page.asked': byPage('page.asked'),
  'page.settled': byPage('page.settled'),
  'recover.claimed': again('recover.claimed'),
  'recover.asked': again('recover.asked'),
  'recover.settled': again('recover.settled'),
  'reverse.before': unwanted('reverse.before'),
  'reverse.after': unwanted('reverse.after'),
};

/** What is written meanwhile, by words of its statements. */
const COMMITS: readonly [what: string, words: string, way: Way, stage: Stage][] = [
  ['the case', 'commit insert into "cases"', 'card', 'handIn'],
  ['the way to pay', 'commit update "payment" set "way"', 'page', 'choose'],
  ['that the money came, and the case goes in', 'commit insert into "outbox"', 'card', 'choose'],
  ['the receipt', 'update "visit"', 'page', 'return'],
];
const pointOf = (words: string, when: 'before' | 'after'): string =>
  words.startsWith('commit ') ? words.replace('commit ', `commit.${when} `) : `${when} ${words}`;

describe('an office that dies while somebody pays', () => {
  before(() => open());

  for (const point of CRASH_POINTS) {
    it(`at ${point}`, async () => {
      const payer = await KILLS[point]();
      await open();
      await comeBack(payer, point.startsWith('page') ? 'page' : 'card');
    });
  }

  for (const [what, words, way, stage] of COMMITS) {
    for (const when of ['before', 'after'] as const) {
      it(`${when} it has written down ${what}`, async () => {
        const payer = await killAt(pointOf(words, when), way, stage);
        await open();
        await comeBack(payer, way);
      });
    }
  }

  it('after it has written down the case: who then wants two copies orders and pays for two', async () => {
    const payer = await killAt(pointOf('commit insert into "cases"', 'after'), 'card', 'handIn');
    await open();
    payer.moveTo(office.origin);
    await payer.copies(2);
    await payer.handIn();
    const shown = payer.shown();
    assert.ok(shown.at === 'choice' && shown.cents === 2 * CENTS, JSON.stringify(shown));
    const number = await finish(payer, 'card');
    await assertMoneyAgrees(database.db, money);
    const [payment] = await paidFor(number);
    assert.equal(payment?.amount_cents, 2 * CENTS);
  });

  it('at any moment: everybody gets what they pay for, once', async (test) => {
    const seed = process.env.AMTOMAT_SEED ?? String(randomInt(1_000_000));
    test.diagnostic(`AMTOMAT_SEED=${seed}`);
    const random = randomFrom(Number(seed));
    let kills = 0;
    let people = 0;
    let before = 0;
    while (kills < ROUNDS) {
      const group = await Promise.all(
        [TERMINAL, 'rathaus-2', undefined, undefined].map(async (terminal) => ({
          payer: await atReview(office.origin, terminal),
          way: terminal === undefined ? ('page' as const) : ('card' as const),
        })),
      );
      const under = group.map(({ payer, way }) => finish(payer, way).catch(() => undefined));
      await pause(random() * 500);
      await office.end('SIGKILL');
      kills += 1;
      const told = await Promise.all(under);
      await open();
      const numbers = await Promise.all(
        group.map(({ payer, way }) => {
          payer.moveTo(office.origin);
          return finish(payer, way);
        }),
      );
      await assertMoneyAgrees(database.db, money);
      for (const [index, number] of numbers.entries()) {
        assert.ok(told[index] === undefined || told[index] === number, 'the same receipt as before');
        assert.equal((await paidFor(number)).length, 1, 'paid for once');
      }
      people += group.length;
      before += told.filter((number) => number !== undefined).length;
    }
    test.diagnostic(`${kills} kills, ${before} of ${people} had their receipt before`);
  });

  it('leaves a record that nobody can have changed', async () => {
    const secret = createFileKeys(join(data, 'keys')).secret('audit anchors');
    const record = await verify(database.db, { file: join(data, 'audit-anchors.log'), secret });
    assert.equal(record.ok, true);
  });
});
