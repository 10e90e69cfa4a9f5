import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { compactDecrypt, decodeProtectedHeader } from 'jose';
import { type FitConnectKeys, generateKeys } from '#sandbox/fit-connect';
import { describe as describeContent } from './metadata.ts';
import { createWorld, PERSON, SCHEMA_URI, type World } from './world.fixture.ts';

let keys: FitConnectKeys;
let world: World;

before(async () => {
  keys = await generateKeys();
});
beforeEach(async () => {
  world = await createWorld(keys);
});
afterEach(() => world.stop());

const kinds = async () => (await world.heard()).map(({ kind }) => kind);

/** Sends one case and lets the authority look at it. */
async function sendOne(parcel?: Parameters<World['enqueue']>[0]): Promise<string> {
  const caseId = await world.enqueue(parcel);
  await world.delivery.runOnce();
  await world.service.authority.work();
  return caseId;
}

async function metadataOf(): Promise<unknown> {
  const [sending] = world.service.submissions();
  assert.ok(sending);
  const { plaintext } = await compactDecrypt(sending.encryptedMetadata, keys.encryption.privateKey);
  return JSON.parse(Buffer.from(plaintext).toString('utf8'));
}

describe('a case on its way to an authority by FIT-Connect', () => {
  it('arrives whole, is accepted, and the acceptance comes back once', async () => {
    const caseId = await sendOne();
    const [received, ...others] = world.service.authority.received;
    assert.ok(received && others.length === 0);
    assert.equal(received.number, 'KA-2026-000123');
    assert.deepEqual(received.data, { 'family-name': PERSON, purpose: 'private' });
    assert.deepEqual(
      received.files.map((file) => [file.name, file.mediaType, file.content.toString('utf8')]),
      [
        ['Nachweis.pdf', 'application/pdf', '%PDF proof'],
        ['Foto.png', 'image/png', 'PNG photo'],
      ],
    );
    assert.deepEqual(await kinds(), ['submitted']);
    await Promise.all([world.channel.poll(), world.another().poll()]);
    await world.channel.poll();
    assert.deepEqual(await world.heard(), [
      { kind: 'submitted', caseId, detail: [] },
      { kind: 'accepted', caseId, detail: [] },
    ]);
    assert.equal(world.logged(), '[]');
  });

  it('waits as long as the authority has not decided', async () => {
    world.service.authority.decide = 'later';
    await sendOne();
    await world.channel.poll();
    assert.deepEqual(await kinds(), ['submitted']);
    world.service.authority.decide = 'accept';
    await world.service.authority.work();
    await world.channel.poll();
    assert.deepEqual(await kinds(), ['submitted', 'accepted']);
  });

  it('is rejected by the delivery service itself when nobody picks it up for 14 days', async () => {
    world.service.authority.decide = 'later';
    const caseId = await sendOne();
    world.pass(14 * 24 * 3_600_000);
    await world.channel.poll();
    assert.deepEqual(await kinds(), ['submitted']);
    world.pass(1_000);
    await world.channel.poll();
    assert.deepEqual((await world.heard())[1], { kind: 'rejected', caseId, detail: [] });
  });

  it('hears again what a callback could not take, and keeps no other case waiting', async () => {
    world.service.authority.answer = 'Es ist unterwegs.';
    await sendOne();
    world.failing.add('accepted');
    world.failing.add('reply');
    await world.channel.poll();
    assert.deepEqual(await kinds(), ['submitted']);
    assert.match(world.logged(), /"failed"/);
    assert.ok(!world.logged().includes(PERSON));
    world.failing.delete('reply');
    await world.channel.poll();
    world.failing.clear();
    await world.channel.poll();
    assert.deepEqual(await kinds(), ['submitted', 'reply', 'accepted']);
  });

  it('hears once that it was rejected, and why, in codes', async () => {
    world.service.authority.decide = 'reject';
    const caseId = await sendOne();
    await world.channel.poll();
    await world.channel.poll();
    assert.deepEqual((await world.heard())[1], { kind: 'rejected', caseId, detail: ['unsupported-service'] });
    assert.equal((await world.heard()).length, 2);
  });

  it('is rejected by an authority whose schema it does not fit', async () => {
    await sendOne({ json: { purpose: 'something else' } });
    await world.channel.poll();
    assert.deepEqual((await world.heard())[1]?.detail, ['schema-violation']);
    assert.deepEqual(world.service.authority.received, []);
  });

  it('says what the schema of FIT-Connect metadata 2.1.0 wants', async (t) => {
    const folder = process.env.AMTOMAT_TEST_DATA ?? join(import.meta.dirname, '../../../../shared/data');
    let schema: object;
    try {
      schema = JSON.parse(readFileSync(join(folder, 'fit-connect/metadata-2.1.0.schema.json'), 'utf8'));
    } catch {
      return t.skip('the schema of FIT-Connect is not here');
    }
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    await sendOne();
    const metadata = await metadataOf();
    assert.ok(validate(metadata), JSON.stringify(validate.errors));
    assert.ok('replyChannel' in Object(metadata), 'the authority is told how to answer');
    assert.ok(!validate({ ...Object(metadata), contentStructure: {} }), 'the schema refuses something');
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.array(fc.record({ id: fc.uuid({ version: 4 }), name: fc.string(), content: fc.uint8Array() })),
        (data, files) => {
          const described = describeContent({
            ...{ data, schemaUri: SCHEMA_URI },
            files: files.map((file) => ({ ...file, mediaType: 'application/pdf' })),
          });
          assert.ok(validate(described), JSON.stringify(validate.errors));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is encrypted for the authority alone, in the algorithms and content type demanded', async () => {
    await sendOne();
    const [sending] = world.service.submissions();
    assert.ok(sending);
    for (const jwe of [sending.encryptedMetadata, sending.encryptedData]) {
      const { alg, enc, cty, kid } = decodeProtectedHeader(jwe);
      assert.deepEqual(
        [alg, enc, cty, kid],
        ['RSA-OAEP-256', 'A256GCM', 'application/json', keys.encryption.kid],
      );
      await assert.rejects(compactDecrypt(jwe, keys.office.privateKey));
    }
  });

  it('is followed also where events and keys stand under other paths', async () => {
    const other = world.another({
      paths: { events: 'v2/submissions/{submission}/events', key: 'v2/destinations/{destination}/keys' },
    });
    const caseId = await world.newCase();
    await other.deliver({ caseId, idempotencyKey: caseId });
    await world.service.authority.work();
    await other.poll();
    assert.deepEqual(await kinds(), ['submitted', 'accepted']);
  });
});

describe('an answer of the authority', () => {
  const file = {
    id: 'x',
    name: 'Bescheid.pdf',
    mediaType: 'application/pdf',
    content: Buffer.from('%PDF bescheid'),
  };

  it('reaches the case once, with its files', async () => {
    const caseId = await sendOne();
    const [accepted] = world.service.authority.received;
    await world.service.authority.reply(accepted?.submissionId ?? '', {
      text: 'Es ist unterwegs.',
      files: [file],
    });
    await Promise.all([world.channel.poll(), world.another().poll()]);
    await world.channel.poll();
    const replies = (await world.heard()).filter(({ kind }) => kind === 'reply');
    assert.deepEqual(replies, [
      { kind: 'reply', caseId, detail: ['Es ist unterwegs.', 'Bescheid.pdf application/pdf %PDF bescheid'] },
    ]);
  });

  it('is handed on once when the answer to its acknowledgement is lost', async () => {
    world.service.authority.answer = 'Es ist unterwegs.';
    await sendOne();
    for (const step of ['replies', 'reply', 'acknowledge'] as const) {
      await world.service.trouble({ loseAnswer: step });
      await world.channel.poll();
    }
    await world.channel.poll();
    assert.equal((await kinds()).filter((kind) => kind === 'reply').length, 1);
    assert.ok(world.service.calls().filter((call) => call === 'acknowledge').length >= 1);
  });

  it('is refused and reported once when it is empty, too large, or not what was announced', async () => {
    const caseId = await sendOne();
    const [accepted] = world.service.authority.received;
    const { reply } = world.service.authority;
    const id = accepted?.submissionId ?? '';
    await reply(id, { text: ' ', files: [] });
    await reply(id, { text: 'x'.repeat(20_001), files: [] });
    await reply(id, { text: 'x', files: Array.from({ length: 11 }, () => file) });
    await reply(id, { text: 'x', files: [{ ...file, content: Buffer.alloc(11_000_000) }] });
    await reply(id, { text: 'good', files: [] });
    await world.channel.poll();
    await world.channel.poll();
    const heard = (await world.heard()).slice(2);
    assert.ok(heard.every((one) => one.caseId === caseId));
    assert.deepEqual(
      heard.map(({ kind, detail }) => `${kind} ${detail.join()}`),
      [
        'refused reply-schema-violation',
        'refused reply-schema-violation',
        'refused reply-attachments-mismatch',
        'refused reply-attachments-mismatch',
        'reply good',
      ],
    );
  });

  it('is not believed when the delivery service never said that exactly this came in', async () => {
    const caseId = await sendOne();
    const [accepted] = world.service.authority.received;
    await world.service.authority.reply(accepted?.submissionId ?? '', { text: 'right', files: [] });
    await world.service.trouble({ forgedReply: 'Überweisen Sie an ...' });
    await world.channel.poll();
    await world.channel.poll();
    assert.deepEqual((await world.heard()).slice(2), [
      { kind: 'refused', caseId, detail: ['reply-missing-authentication-tags'] },
    ]);
  });

  it('is not offered a way by an office that has no key for it', async () => {
    const channel = createWithoutReplies();
    const caseId = await world.newCase();
    await channel.deliver({ caseId, idempotencyKey: caseId });
    await world.service.authority.work();
    assert.ok(!('replyChannel' in Object(await metadataOf())));
    const [accepted] = world.service.authority.received;
    await assert.rejects(
      world.service.authority.reply(accepted?.submissionId ?? '', { text: 'x', files: [] }),
    );
  });

  function createWithoutReplies(): World['channel'] {
    return world.another({ replies: { keys: [] } });
  }
});
