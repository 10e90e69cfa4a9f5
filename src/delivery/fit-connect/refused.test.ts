import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, before, beforeEach, describe, it } from 'node:test';
import { CompactEncrypt, SignJWT } from 'jose';
import { type FitConnectKeys, FORGERIES, generateKeys, type JwkPair } from '#sandbox/fit-connect';
import { DeliveryError } from '../channel.ts';
import { describe as describeContent } from './metadata.ts';
import { createWorld, LEIKA, SCHEMA_URI, type World } from './world.fixture.ts';

let keys: FitConnectKeys;
let world: World;

before(async () => {
  keys = await generateKeys();
});
beforeEach(async () => {
  world = await createWorld(keys);
});
afterEach(() => world.stop());

async function deliverOne(channel = world.channel, parcel = {}): Promise<string> {
  const caseId = await world.newCase(parcel);
  await channel.deliver({ caseId, idempotencyKey: caseId });
  return caseId;
}

describe('an event that is not to be believed', () => {
  it('is refused and reported once, whatever is wrong with it; the right one still counts', async () => {
    for (const forgery of FORGERIES) {
      const before = (await world.heard()).length;
      const caseId = await deliverOne();
      await world.service.trouble({ forgery });
      await world.channel.poll();
      await world.channel.poll();
      const heard = (await world.heard()).slice(before);
      assert.deepEqual(
        heard.map(({ kind }) => kind),
        ['submitted', 'refused'],
        forgery,
      );
      assert.ok(heard[1]?.caseId === caseId && /^event-[a-z-]+$/.test(heard[1].detail.join()), forgery);
      await world.service.authority.work();
      await world.channel.poll();
      assert.equal((await world.heard()).at(-1)?.kind, 'accepted', forgery);
      await world.service.trouble({});
    }
    assert.match(world.logged(), /was not believed/);
  });

  it('is told apart by its reason', async () => {
    const reasons = new Set<string>();
    for (const forgery of FORGERIES) {
      await deliverOne();
      await world.service.trouble({ forgery });
      await world.channel.poll();
      reasons.add((await world.heard()).at(-1)?.detail.join() ?? '');
      await world.service.authority.work();
      await world.channel.poll();
    }
    for (const reason of ['wrong-signature', 'unknown-key', 'wrong-issuer', 'other-tags', 'another-case']) {
      assert.ok(reasons.has(`event-${reason}`), `${reason} of ${[...reasons].join()}`);
    }
  });

  it('does not keep other cases from being looked at', async () => {
    await deliverOne();
    await world.service.trouble({ forgery: 'garbage' });
    await deliverOne();
    await world.service.authority.work();
    await world.channel.poll();
    assert.equal((await world.heard()).filter(({ kind }) => kind === 'accepted').length, 2);
  });
});

describe('a receiver that is not to be trusted', () => {
  for (const wrongKey of ['short', 'for-signing'] as const) {
    it(`gets nothing when its key is ${wrongKey}`, async () => {
      await world.service.trouble({ wrongKey });
      await assert.rejects(deliverOne(), new DeliveryError('destination-key-unfit', false));
      assert.deepEqual(world.service.submissions(), []);
    });
  }

  it('gets nothing when its certificate is not to be trusted', async () => {
    const wary = world.another({ certificates: async () => false });
    await assert.rejects(deliverOne(wary), new DeliveryError('certificate-not-trusted', false));
    assert.deepEqual(world.service.submissions(), []);
  });

  it('cannot read what was encrypted for somebody else, and says so', async () => {
    await world.service.trouble({ wrongKey: 'of-somebody-else' });
    await deliverOne();
    await world.service.authority.work();
    await world.channel.poll();
    assert.deepEqual((await world.heard()).at(-1)?.detail, ['encryption-issue']);
  });

  it('gets nothing that it does not offer, and nobody unknown gets anything', async () => {
    const refused = (code: string) => new DeliveryError(code, false);
    await assert.rejects(
      deliverOne(world.channel, { leika: '99000000000000' }),
      refused('service-not-offered'),
    );
    await assert.rejects(deliverOne(world.channel, { schemaUri: 'urn:x' }), refused('service-not-offered'));
    await assert.rejects(
      deliverOne(world.channel, { authority: 'constructor' }),
      refused('authority-unknown'),
    );
    await assert.rejects(deliverOne(world.another({ clientSecret: 'wrong' })), refused('not-allowed'));
    assert.deepEqual(world.service.submissions(), []);
  });
});

describe('the stand-in for the delivery service', () => {
  async function token(
    client: 'office' | 'authority',
    change: Record<string, string> = {},
  ): Promise<Response> {
    const { clientId, clientSecret } = world.service.clients[client];
    return fetch(world.service.tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
        ...change,
      }),
    });
  }

  async function as(client: 'office' | 'authority') {
    const { access_token } = (await (await token(client)).json()) as { access_token: string };
    return async (method: string, path: string, body?: unknown, type = 'application/json') => {
      const response = await fetch(`${world.service.origin}/v2/${path}`, {
        method,
        headers: { authorization: `Bearer ${access_token}`, 'content-type': type },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        json: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, string>,
      };
    };
  }

  const announcement = (attachments: string[] = []) => ({
    destinationId: world.service.destinationId,
    announcedAttachments: attachments,
    publicService: { name: 'Führungszeugnis', identifier: `urn:de:fim:leika:leistung:${LEIKA}` },
    region: '082120000000',
  });
  const jwe = (header: Record<string, string> = {}, plain = Buffer.from('{}')) =>
    new CompactEncrypt(plain)
      .setProtectedHeader({
        ...{ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'application/json', kid: keys.encryption.kid },
        ...header,
      })
      .encrypt(keys.encryption.publicKey);

  it('lets nobody in without the right secret in the form, or with the scope of the other side', async () => {
    assert.equal((await token('office', { client_secret: 'wrong' })).status, 401);
    assert.equal((await token('office', { grant_type: 'password' })).status, 400);
    const [office, authority] = [await as('office'), await as('authority')];
    assert.equal((await authority('POST', 'submissions', announcement())).status, 403);
    assert.equal(
      (await office('GET', `submissions?destinationId=${world.service.destinationId}`)).status,
      403,
    );
    world.pass(31 * 60_000);
    assert.equal((await office('POST', 'submissions', announcement())).status, 401, 'tokens end');
  });

  it('refuses announcements that are not right', async () => {
    const office = await as('office');
    const id = randomUUID();
    const bad = [
      { ...announcement(), region: 'Karlsruhe' },
      { ...announcement(), publicService: { name: 'x', identifier: LEIKA } },
      announcement(['1']),
      announcement([id, id]),
      { ...announcement(), serviceType: 'x' },
    ];
    for (const body of bad) assert.equal((await office('POST', 'submissions', body)).status, 422);
    assert.equal((await office('POST', 'submissions', { ...announcement(), destinationId: id })).status, 404);
    assert.equal((await office('POST', 'submissions', announcement(), 'text/plain')).status, 415);
  });

  it('enforces the order, what was announced, content types and encryption headers', async () => {
    const office = await as('office');
    const [file, good] = [randomUUID(), await jwe()];
    const { json } = await office('POST', 'submissions', announcement([file]));
    const path = `submissions/${json.submissionId}`;
    const whole = { encryptedMetadata: good, encryptedData: good };
    const upload = (id: string, body: string, type = 'application/jose') =>
      office('PUT', `${path}/attachments/${id}`, body, type);
    assert.equal((await office('PUT', path, whole)).status, 422, 'the file is missing');
    assert.equal((await upload(file, good, 'application/octet-stream')).status, 415);
    assert.equal((await upload(randomUUID(), good)).status, 422, 'not announced');
    assert.equal((await upload(file, 'x')).status, 422);
    assert.equal((await upload(file, await jwe({ alg: 'RSA-OAEP' }))).status, 422);
    assert.equal((await upload(file, await jwe({ kid: keys.office.kid }))).status, 422);
    assert.equal((await upload(file, good)).status, 204);
    assert.equal((await upload(file, good)).status, 409);
    const xml = await jwe({ cty: 'application/xml' });
    assert.equal((await office('PUT', path, { ...whole, encryptedData: xml })).status, 422, 'cty');
    const other = await jwe({ enc: 'A128GCM' });
    assert.equal((await office('PUT', path, { ...whole, encryptedMetadata: other })).status, 422, 'enc');
    const large = { ...whole, encryptedData: 'x'.repeat(2_000_001) };
    assert.equal((await office('PUT', path, large)).status, 413);
    assert.equal((await office('PUT', path, whole)).status, 200);
    assert.equal((await office('PUT', path, whole)).status, 409, 'only once');
    assert.equal((await office('GET', `cases/${json.caseId}/events`)).status, 200);
    assert.equal((await office('GET', `cases/${randomUUID()}/events`)).status, 404);
  });

  it('takes a decision only when it is signed by the destination, about this case, with its tags', async () => {
    await deliverOne(world.channel, { files: [] });
    const [sending] = world.service.submissions();
    assert.ok(sending);
    const tag = (text: string) => text.split('.')[4];
    const tags = {
      metadata: tag(sending.encryptedMetadata),
      data: tag(sending.encryptedData),
      attachments: {},
    };
    const authority = await as('authority');
    const decide = async (
      change: object,
      key: JwkPair = keys.signing,
      header: object = {},
      event = { authenticationTags: tags },
    ) => {
      const set = await new SignJWT({
        $schema: 'https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json',
        ...{ jti: randomUUID(), iss: world.service.destinationId, iat: world.now().getTime() / 1_000 },
        ...{ sub: `submission:${sending.id}`, txn: `case:${sending.caseId}` },
        events: { 'https://schema.fitko.de/fit-connect/events/accept-submission': event },
        ...change,
      })
        .setProtectedHeader({ alg: 'PS512', typ: 'secevent+jwt', kid: keys.signing.kid, ...header })
        .sign(key.privateKey);
      return (await authority('POST', `cases/${sending.caseId}/events`, set, 'application/jose')).status;
    };
    assert.equal(await decide({}, keys.office), 422, 'another key');
    assert.equal(await decide({}, keys.signing, { alg: 'PS256' }), 422);
    assert.equal(await decide({}, keys.signing, { typ: 'JWT' }), 422);
    assert.equal(await decide({ iss: randomUUID() }), 422);
    assert.equal(await decide({ txn: `case:${randomUUID()}` }), 422);
    assert.equal(await decide({ iat: 1_600_000_000 }), 422);
    const old = 'https://schema.fitko.de/fit-connect/set-payload/1.0.0/set-payload.schema.json';
    assert.equal(await decide({ $schema: old }), 422);
    const others = { authenticationTags: { ...tags, data: 'x' } };
    assert.equal(await decide({}, keys.signing, {}, others), 422, 'other tags');
    assert.equal(await decide({}), 204);
    assert.equal(await decide({}), 409, 'only once');
  });

  it('stands before an authority that rejects what is not what its metadata says', async () => {
    const office = await as('office');
    const data = Buffer.from(JSON.stringify({ 'family-name': 'x', purpose: 'private' }));
    const right = describeContent({ data, schemaUri: SCHEMA_URI, files: [] });
    const { contentStructure } = right;
    const hash = { type: 'sha512', content: '0'.repeat(128) };
    const missing = { hash, purpose: 'attachment', mimeType: 'text/plain', attachmentId: randomUUID() };
    const expected: [string, object][] = [
      ['schema-violation', {}],
      ['schema-violation', { ...right, $schema: right.$schema.replace('2.1.0', '1.0.0') }],
      [
        'hash-mismatch',
        { ...right, contentStructure: { ...contentStructure, data: { ...contentStructure.data, hash } } },
      ],
      [
        'attachments-mismatch',
        { ...right, contentStructure: { ...contentStructure, attachments: [missing] } },
      ],
      ['unsupported-schema', describeContent({ data, schemaUri: 'urn:another', files: [] })],
    ];
    for (const [, metadata] of [...expected, ['', right] as const]) {
      const { json } = await office('POST', 'submissions', announcement());
      const encryptedMetadata = await jwe({}, Buffer.from(JSON.stringify(metadata)));
      const whole = { encryptedMetadata, encryptedData: await jwe({}, data) };
      assert.equal((await office('PUT', `submissions/${json.submissionId}`, whole)).status, 200);
    }
    await world.service.authority.work();
    const { rejected, received } = world.service.authority;
    assert.deepEqual(
      rejected.map(({ problems }) => problems),
      expected.map(([problem]) => [problem]),
    );
    assert.equal(received.length, 1, 'the right one among them');
  });
});
