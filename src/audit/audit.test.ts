import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { freshDatabase, type TestDatabase } from '#test/database';
import { type AnchorStore, anchor, append, verify } from './index.ts';

let database: TestDatabase;
let folder: string;
let store: AnchorStore;
const start = Date.UTC(2026, 10, 23, 9);

async function write(count: number, from = 1): Promise<void> {
  for (let index = from; index < from + count; index += 1) {
    await database.db.transaction().execute((tx) =>
      append(tx, {
        at: new Date(start + index * 1_000),
        actor: 'staff:k.beispiel',
        action: 'case.read',
        subject: `case-${index}`,
        detail: { purpose: 'task', files: index },
      }),
    );
  }
}

before(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
});
after(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await sql`TRUNCATE audit_entry`.execute(database.db);
  await sql`UPDATE audit_head SET seq = 0, hash = decode(repeat('00', 32), 'hex')`.execute(database.db);
  store = { file: join(folder, `${Math.random()}.log`), secret: Buffer.alloc(32, 7) };
});

describe('the audit record', () => {
  it('holds after any number of entries', async () => {
    assert.deepEqual(await verify(database.db), { ok: true, entries: 0 });
    await write(3);
    assert.deepEqual(await verify(database.db), { ok: true, entries: 3 });
  });

  it('numbers entries without a gap when many transactions append at once and some fail', async () => {
    const one = (index: number) =>
      database.db.transaction().execute(async (tx) => {
        await append(tx, {
          at: new Date(start),
          actor: 'system',
          action: 'case.tried',
          subject: `s${index}`,
        });
        if (index % 5 === 0) throw new Error('rolled back');
      });
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => one(index)));
    const written = results.filter((result) => result.status === 'fulfilled').length;
    assert.equal(written, 32);
    assert.deepEqual(await verify(database.db), { ok: true, entries: 32 });
  });

  it('finds any single entry that is changed, removed or swapped', async () => {
    const LENGTH = 8;
    const fields = ['at', 'actor', 'action', 'subject', 'detail', 'previous', 'hash'] as const;
    const changes: Record<(typeof fields)[number], string> = {
      at: "at = at + interval '1 millisecond'",
      actor: "actor = actor || 'x'",
      action: "action = 'case.written'",
      subject: "subject = 'case-99'",
      detail: `detail = detail || '{"purpose":"other"}'`,
      previous: 'previous = sha256(previous)',
      hash: 'hash = sha256(hash)',
    };
    const swap = (a: number, b: number) => `
      UPDATE audit_entry SET seq = CASE seq WHEN ${a} THEN -${b} ELSE -${a} END WHERE seq IN (${a}, ${b});
      UPDATE audit_entry SET seq = -seq WHERE seq < 0`;
    const place = fc.integer({ min: 1, max: LENGTH });
    const attack = fc.oneof(
      fc.tuple(place, fc.constantFrom(...fields)).map(([seq, field]) => ({
        seq,
        statement: `UPDATE audit_entry SET ${changes[field]} WHERE seq = ${seq}`,
      })),
      place.map((seq) => ({ seq, statement: `DELETE FROM audit_entry WHERE seq = ${seq}` })),
      fc
        .uniqueArray(place, { minLength: 2, maxLength: 2 })
        .map(([a = 1, b = 2]) => ({ seq: Math.min(a, b), statement: swap(a, b) })),
    );
    await write(LENGTH);
    await sql`CREATE TABLE good AS SELECT * FROM audit_entry`.execute(database.db);
    await fc.assert(
      fc.asyncProperty(attack, async ({ seq, statement }) => {
        for (const part of statement.split(';')) await sql.raw(part).execute(database.db);
        const found = await verify(database.db);
        await sql`TRUNCATE audit_entry`.execute(database.db);
        await sql`INSERT INTO audit_entry SELECT * FROM good`.execute(database.db);
        assert.ok(!found.ok);
        assert.equal(found.seq, String(seq));
      }),
      { numRuns: 60 },
    );
    assert.deepEqual(await verify(database.db), { ok: true, entries: LENGTH });
  });

  it('finds a tail cut off together with the record of the last entry, by the anchor', async () => {
    await write(5);
    assert.equal(await anchor(database.db, store, new Date(start)), true);
    assert.equal(await anchor(database.db, store, new Date(start)), false, 'nothing new to anchor');
    await sql`DELETE FROM audit_entry WHERE seq > 3`.execute(database.db);
    await sql`UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_entry WHERE seq = 3)`.execute(
      database.db,
    );
    assert.equal((await verify(database.db)).ok, true, 'without the anchor it goes unnoticed');
    for (const _ of ['at once', 'also after the job has run again']) {
      const found = await verify(database.db, store);
      assert.ok(!found.ok && found.seq === '4' && found.what.includes('cut off'));
      await anchor(database.db, store, new Date(start));
    }
  });

  it('makes the folder of the anchors where there is none yet', async () => {
    const elsewhere = { ...store, file: join(folder, 'data', 'office', 'anchors.log') };
    await write(2);
    assert.equal(await anchor(database.db, elsewhere, new Date(start)), true);
    assert.deepEqual(await verify(database.db, elsewhere), { ok: true, entries: 2 });
  });

  it('finds a chain that was written anew from some place on', async () => {
    await write(5);
    await anchor(database.db, store, new Date(start));
    await sql`DELETE FROM audit_entry WHERE seq > 3`.execute(database.db);
    await sql`UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_entry WHERE seq = 3)`.execute(
      database.db,
    );
    await write(4, 100);
    const found = await verify(database.db, store);
    assert.ok(!found.ok && found.seq === '5' && found.what.includes('rewritten'));
  });

  it('does not believe an anchor that was signed with another secret', async () => {
    await write(2);
    await anchor(database.db, store, new Date(start));
    appendFileSync(store.file, `2026-11-23T09:00:00.000Z 1 ${'00'.repeat(32)} ${'00'.repeat(32)}\n`);
    const found = await verify(database.db, store);
    assert.ok(!found.ok && found.what.includes('line 2'));
  });

  it('refuses anything that could be a sentence or a name, without repeating it', async () => {
    for (const detail of [{ reason: 'Frau Đặng rief an' }, { volume: 1.5 }]) {
      const entry = { at: new Date(start), actor: 'system', action: 'case.read', subject: 'a', detail };
      await assert.rejects(
        database.db.transaction().execute((tx) => append(tx, entry)),
        (error: Error) => !error.message.includes('Đặng'),
      );
    }
    assert.deepEqual(await verify(database.db), { ok: true, entries: 0 });
  });
});
