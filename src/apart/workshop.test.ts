import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { BusyError, Workshop } from './workshop.ts';

const PROGRAM = join(import.meta.dirname, 'workshop.fixture.ts');

interface Done {
  pid: number;
}
const open = (limits: object = {}, program = PROGRAM) =>
  new Workshop<{ does: string }, Done>(program, limits);

/** @returns which process did it; undefined when none could */
const outcome = async (workshop: ReturnType<typeof open>, does: string): Promise<number | undefined> =>
  (await workshop.do({ does }))?.pid;

it('work is done by a process that stays for the next one', async () => {
  const workshop = open({ hands: 1 });
  const first = await outcome(workshop, 'work');
  assert.notEqual(first, process.pid);
  assert.ok(first);
  assert.equal(await outcome(workshop, 'work'), first);
});

it('what takes too long, takes too much or ends its process is given up, and the next piece of work is done', {
  timeout: 60_000,
}, async () => {
  const troubles = {
    hang: { milliseconds: 2_000 },
    eat: { bytes: 400_000_000, milliseconds: 600_000 },
    die: {},
  };
  for (const [trouble, limits] of Object.entries(troubles)) {
    const workshop = open({ hands: 1, ...limits });
    assert.equal(await outcome(workshop, trouble), undefined, trouble);
    assert.ok(await outcome(workshop, 'work'), `after ${trouble}`);
  }
});

it('what takes more of a processor than it may is given up, whatever its process took before', {
  timeout: 60_000,
}, async () => {
  const workshop = open({ hands: 1, milliseconds: 600_000 });
  assert.equal(await workshop.do({ does: 'hang' }, undefined, 300), undefined);
  const first = await workshop.do({ does: 'burn' }, undefined, 3_000);
  assert.ok(first);
  assert.deepEqual(await workshop.do({ does: 'work' }, undefined, 50), first);
});

it('no more is done at once than there are hands, and no more wait than may', async () => {
  const workshop = open({ hands: 1, waiting: 2, milliseconds: 3_000 });
  const first = outcome(workshop, 'hang');
  const waiting = [outcome(workshop, 'work'), outcome(workshop, 'work')];
  await assert.rejects(workshop.do({ does: 'work' }), BusyError);
  assert.equal(await first, undefined);
  const [one, other] = await Promise.all(waiting);
  assert.equal(one, other, 'one after the other, in one process');
});

it('one client has one hand at a time, and its other work waits behind that of others', {
  timeout: 60_000,
}, async () => {
  const workshop = open({ hands: 2, milliseconds: 2_000 });
  const order: string[] = [];
  const done = async (does: string, client: string): Promise<void> => {
    await workshop.do({ does }, client);
    order.push(`${client} ${does}`);
  };
  await Promise.all([
    ...[done('hang', 'greedy'), done('hang', 'greedy'), done('hang', 'greedy')],
    ...[done('work', 'other'), done('work', 'third')],
  ]);
  assert.equal(order.length, 5);
  assert.ok(order.indexOf('third work') <= 2, order.join());
});

it('the office goes on while work is done', async () => {
  const workshop = open({ hands: 1, milliseconds: 2_000 });
  let turns = 0;
  const turn = setInterval(() => {
    turns += 1;
  }, 1);
  assert.equal(await outcome(workshop, 'hang'), undefined);
  clearInterval(turn);
  assert.ok(turns > 1);
});

it('a program that does not start is a fault of ours, not of the work', async () => {
  await assert.rejects(open({}, join(import.meta.dirname, 'no-such-program.ts')).do({ does: 'work' }));
});

it('a process that has grown large gives its memory back when its work is done', async () => {
  const workshop = open({ hands: 1 });
  const large = await outcome(workshop, 'grow');
  assert.ok(large);
  const next = await outcome(workshop, 'work');
  assert.ok(next);
  assert.notEqual(next, large);
});
