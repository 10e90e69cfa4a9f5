import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { BusyError, Workshop } from './workshop.ts';

const PROGRAM = join(import.meta.dirname, 'workshop.fixture.ts');
const job = (does: string) => ({ bytes: Buffer.from(does), kind: 'image/png' as const });

/** @returns what became of it; when all went well, which process did it */
async function outcome(workshop: Workshop, does: string): Promise<string> {
  const done = await workshop.open(job(does));
  return done.ok ? done.content.toString() : done.code;
}

it('files are opened by a process that stays for the next one', async () => {
  const workshop = new Workshop({ hands: 1 }, PROGRAM);
  const first = await outcome(workshop, 'work');
  assert.notEqual(first, String(process.pid));
  assert.equal(await outcome(workshop, 'work'), first);
});

it('what takes too long, takes too much or ends its process is refused, and the next file is opened', {
  timeout: 60_000,
}, async () => {
  const troubles = {
    hang: { milliseconds: 2_000 },
    eat: { bytes: 400_000_000, milliseconds: 600_000 },
    die: {},
  };
  for (const [trouble, limits] of Object.entries(troubles)) {
    const workshop = new Workshop({ hands: 1, ...limits }, PROGRAM);
    assert.equal(await outcome(workshop, trouble), 'tooLarge', trouble);
    assert.match(await outcome(workshop, 'work'), /^\d+$/, `after ${trouble}`);
  }
});

it('no more files are open at once than there are hands, and no more wait than may', async () => {
  const workshop = new Workshop({ hands: 1, waiting: 2, milliseconds: 3_000 }, PROGRAM);
  const open = outcome(workshop, 'hang');
  const waiting = [outcome(workshop, 'work'), outcome(workshop, 'work')];
  await assert.rejects(workshop.open(job('work')), BusyError);
  assert.equal(await open, 'tooLarge');
  const [one, other] = await Promise.all(waiting);
  assert.equal(one, other, 'one after the other, in one process');
});

it('the office goes on while a file is opened', async () => {
  const workshop = new Workshop({ hands: 1, milliseconds: 2_000 }, PROGRAM);
  let turns = 0;
  const turn = setInterval(() => {
    turns += 1;
  }, 1);
  assert.equal(await outcome(workshop, 'hang'), 'tooLarge');
  clearInterval(turn);
  assert.ok(turns > 1);
});

it('a program that does not start is a fault of ours, not of the file', async () => {
  await assert.rejects(new Workshop({}, join(import.meta.dirname, 'no-such-program.ts')).open(job('work')));
});
