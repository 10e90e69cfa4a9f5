import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { formatCode, formatNumber, newCode, newNumber } from '#seal';
import { freshOffice, type TestOffice } from '#test/office';

let office: TestOffice;
before(async () => {
  office = await freshOffice();
});
after(() => office.close());

const handIn = async () => office.cases.submit(await office.handIn());

describe('the way to the status page', () => {
  it('opens with number and code, however they are typed', async () => {
    const { caseId, number, accessCode } = await handIn();
    const typed = formatCode(accessCode).toLowerCase();
    const opened = await office.cases.openWithCode(` ${formatNumber(number)}`, typed, 'a');
    assert.deepEqual(opened, { ok: true, caseId });
  });

  it('says the same to a wrong code, an unknown number, another case’s code and the Zuordnungsmerkmal', async () => {
    const [one, two] = [await handIn(), await handIn()];
    const tries: [string, string][] = [
      [one.number, newCode()],
      [newNumber(), one.accessCode],
      [one.number, two.accessCode],
      [one.number, one.code ?? ''],
    ];
    for (const [index, [number, code]] of tries.entries()) {
      assert.deepEqual(await office.cases.openWithCode(number, code, `b${index}`), {
        ok: false,
        reason: 'wrong',
      });
    }
  });

  it('does not count slips that the check characters find', async () => {
    const { number, accessCode, caseId } = await handIn();
    for (let index = 0; index < 30; index += 1) {
      const slip = accessCode.slice(0, -1) + (accessCode.endsWith('2') ? '3' : '2');
      assert.deepEqual(await office.cases.openWithCode(number, slip, 'c'), { ok: false, reason: 'wrong' });
    }
    assert.deepEqual(await office.cases.openWithCode(number, accessCode, 'c'), { ok: true, caseId });
  });

  it('slows down after five wrong codes for a number, whoever tries, and also the right one', async () => {
    const { number, accessCode, caseId } = await handIn();
    for (let index = 0; index < 5; index += 1) {
      assert.equal((await office.cases.openWithCode(number, newCode(), `d${index}`)).ok, false);
    }
    const slowed = await office.cases.openWithCode(number, accessCode, 'd9');
    assert.deepEqual(slowed, { ok: false, reason: 'slowed', retryAfterSeconds: 10 });
    office.pass(10_000);
    assert.deepEqual(await office.cases.openWithCode(number, accessCode, 'd9'), { ok: true, caseId });
  });

  it('slows down a client that goes from number to number, and forgets after a quarter of an hour', async () => {
    for (let index = 0; index < 5; index += 1) await office.cases.openWithCode(newNumber(), newCode(), 'e');
    const { number, accessCode } = await handIn();
    const slowed = await office.cases.openWithCode(number, accessCode, 'e');
    assert.ok(!slowed.ok && slowed.reason === 'slowed');
    assert.equal((await office.cases.openWithCode(number, accessCode, 'another')).ok, true);
    office.pass(15 * 60_000);
    assert.equal((await office.cases.openWithCode(number, accessCode, 'e')).ok, true);
  });

  it('slows down one holder of many networks, whose neighbours wait a told minute at most', async () => {
    const network = (turn: number): string => ` 2001:db8:7:${turn.toString(16)}::/64`;
    const guess = (turn: number) => office.cases.openWithCode(newNumber(), newCode(), network(turn));
    const reasons = [];
    for (let turn = 0; turn < 60; turn += 1) reasons.push(await guess(turn));
    assert.equal(reasons.filter((result) => !result.ok && result.reason === 'wrong').length, 40);
    const { number, accessCode, caseId } = await handIn();
    const open = (client: string) => office.cases.openWithCode(number, accessCode, client);
    const slowed = await open(network(999));
    assert.ok(!slowed.ok && slowed.reason === 'slowed' && (slowed.retryAfterSeconds ?? 0) <= 60);
    assert.equal((await open(' 2001:db8:8:1::/64')).ok, true, 'another house');
    for (let turn = 100; turn < 200; turn += 1) await guess(turn);
    office.pass((slowed.retryAfterSeconds ?? 0) * 1_000);
    assert.deepEqual(await open(network(999)), { ok: true, caseId });
    office.pass(15 * 60_000);
  });

  it('does not let a hundred tries at once pass as one', async () => {
    const { number } = await handIn();
    const tries = await Promise.all(
      Array.from({ length: 100 }, (_, index) => office.cases.openWithCode(number, newCode(), `f${index}`)),
    );
    assert.equal(tries.filter((result) => !result.ok && result.reason === 'wrong').length, 5);
  });

  it('tells the staff of the tenth wrong code, at the case where there is one', async (t) => {
    const office = await freshOffice();
    t.after(() => office.close());
    const { number, caseId } = await office.cases.submit(await office.handIn());
    let tried = 0;
    while (tried < 10) {
      const result = await office.cases.openWithCode(number, newCode(), 'g');
      if (!result.ok && result.reason === 'slowed') office.pass((result.retryAfterSeconds ?? 0) * 1_000);
      else tried += 1;
    }
    const told = await office.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'status.guessing')
      .execute();
    assert.deepEqual(
      told.map(({ subject, detail }) => [subject, detail.by]),
      [[caseId, 'number']],
    );
    const alarms = await office.cases.guessingAlarms(['tsk']);
    assert.deepEqual(
      alarms.map((alarm) => alarm.number),
      [number],
    );
    assert.deepEqual(await office.cases.guessingAlarms(['oa']), []);
    const view = await office.view(caseId);
    assert.ok(view?.events.some((event) => event.kind === 'guessing'));
    const { history } = (await office.cases.forCitizen(caseId)) ?? {};
    assert.deepEqual(
      history?.map(({ kind }) => kind),
      ['submitted'],
      'not for the citizen',
    );
    office.pass(25 * 3_600_000);
    assert.deepEqual(await office.cases.guessingAlarms(['tsk']), []);
  });

  it('cannot be closed to its citizen by somebody who goes on guessing: the wait that was told counts', async () => {
    const { number, accessCode, caseId } = await handIn();
    const guess = (client: string) => office.cases.openWithCode(number, newCode(), client);
    for (let index = 0; index < 30; index += 1) await guess(`h${index}`);
    office.pass(60_000);
    for (let index = 0; index < 30; index += 1) await guess(`i${index}`);
    const slowed = await office.cases.openWithCode(number, accessCode, 'citizen');
    assert.ok(!slowed.ok && slowed.reason === 'slowed');
    const wait = slowed.retryAfterSeconds ?? 0;
    assert.ok(wait > 0 && wait <= 60, `${wait} s`);
    for (let second = 0; second < wait; second += 1) {
      const early = await office.cases.openWithCode(number, accessCode, 'citizen');
      assert.deepEqual(early, { ok: false, reason: 'slowed', retryAfterSeconds: wait - second });
      office.pass(1_000);
      await guess(`j${second}`);
      await guess(`k${second}`);
    }
    assert.deepEqual(await office.cases.openWithCode(number, accessCode, 'citizen'), { ok: true, caseId });
  });

  it('gives one try for each wait that was told, not more', async () => {
    const { number } = await handIn();
    for (let index = 0; index < 5; index += 1)
      await office.cases.openWithCode(number, newCode(), `l${index}`);
    const reasons: string[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      const result = await office.cases.openWithCode(number, newCode(), 'm');
      reasons.push(result.ok ? 'open' : result.reason);
      if (tries === 0) office.pass(10_000);
    }
    assert.deepEqual(reasons, ['slowed', 'wrong', ...Array(4).fill('slowed')]);
  });

  it('is open at a terminal, whatever others have tried; its own wrong codes hold it up for a minute at most', async () => {
    const { number, accessCode, caseId } = await handIn();
    for (let index = 0; index < 60; index += 1)
      await office.cases.openWithCode(number, newCode(), `n${index}`);
    const open = () => office.cases.openWithCode(number, accessCode, 'rathaus-1', 'terminal');
    assert.deepEqual(await open(), { ok: true, caseId });
    let wait = 0;
    for (let wrong = 0; wrong < 30; ) {
      const result = await office.cases.openWithCode(number, newCode(), 'rathaus-1', 'terminal');
      if (!result.ok && result.reason === 'slowed') {
        wait = Math.max(wait, result.retryAfterSeconds ?? 0);
        office.pass((result.retryAfterSeconds ?? 0) * 1_000);
      } else wrong += 1;
    }
    assert.equal(wait, 60);
    office.pass(60_000);
    assert.deepEqual(await open(), { ok: true, caseId });
  });
});
