import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { createDb, isAway } from '#db';
import { freshDatabase } from '#test/database';

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: 'it worked' });
}

it('knows a database that cannot be reached', async () => {
  for (const url of ['postgresql://x@127.0.0.1:1/x', 'postgresql://x@localhost/x?host=/nowhere']) {
    const db = createDb(url, 1);
    assert.equal(isAway(await errorOf(sql`SELECT 1`.execute(db))), true, url);
    await db.destroy();
  }
});

it('knows a connection that was ended under way', async () => {
  const { db, drop } = await freshDatabase(1);
  assert.equal(isAway(await errorOf(sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(db))), true);
  await drop();
});

it('does not take our own faults for it', async () => {
  const { db, drop } = await freshDatabase(1);
  assert.equal(isAway(await errorOf(sql`SELECT 1 / 0`.execute(db))), false);
  assert.equal(isAway(await errorOf(sql`SELECT nothing`.execute(db))), false);
  assert.equal(isAway(new TypeError('x is not a function')), false);
  assert.equal(isAway(Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' })), false);
  assert.equal(isAway('gone'), false);
  await drop();
});
