import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type RunningOidc, startOidc } from '#sandbox/oidc';
import { karlsruhe } from '#test/city';
import { type Answer, createClient } from '#test/client';

const OFFICE = 'http://127.0.0.1:1';
const VERIFIER = 'a'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let oidc: RunningOidc;
before(async () => {
  oidc = await startOidc({ port: 0, people: karlsruhe.staff, publicUrl: OFFICE });
});
after(() => oidc.stop());

function authorize(changes: Record<string, string | undefined> = {}): string {
  const wanted: Record<string, string | undefined> = {
    client_id: oidc.clientId,
    response_type: 'code',
    scope: 'openid profile staff',
    redirect_uri: `${OFFICE}/desk/callback`,
    state: 's',
    nonce: 'n',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...changes,
  };
  const url = new URL('/auth', oidc.issuer);
  for (const [name, value] of Object.entries(wanted))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

/** Signs in as a person and gives the code that comes back to the office. */
async function codeOf(person: string): Promise<string> {
  const client = createClient(oidc.issuer);
  const login = await client.follow(await client.get(authorize()));
  let answer: Answer = await client.post(login.url, { person });
  for (let hops = 0; hops < 5; hops += 1) {
    const location = new URL(answer.headers.get('location') ?? '', answer.url);
    if (location.origin === OFFICE) return location.searchParams.get('code') ?? '';
    answer = await client.get(location.href);
  }
  throw new Error('no code came back');
}

async function token(code: string, verifier = VERIFIER, secret = oidc.clientSecret): Promise<Response> {
  return fetch(new URL('/token', oidc.issuer), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${oidc.clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${OFFICE}/desk/callback`,
      code_verifier: verifier,
    }),
  });
}

function claimsOf(idToken: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

describe('the try-out identity provider', () => {
  it('says who a person is, in which offices and roles', async () => {
    for (const person of karlsruhe.staff) {
      const response = await token(await codeOf(person.sub));
      const { id_token: idToken } = (await response.json()) as { id_token: string };
      const { sub, name, offices, roles, nonce } = claimsOf(idToken);
      assert.deepEqual(
        { sub, name, offices, roles },
        {
          sub: person.sub,
          name: person.name,
          offices: person.offices,
          roles: person.roles,
        },
      );
      assert.equal(nonce, 'n');
    }
  });

  it('refuses what a real one refuses', async () => {
    assert.equal((await token(await codeOf('oa'), 'b'.repeat(43))).status, 400, 'another verifier');
    assert.equal((await token(await codeOf('oa'), VERIFIER, 'guessed')).status, 401, 'another secret');
    const code = await codeOf('oa');
    assert.equal((await token(code)).status, 200);
    assert.equal((await token(code)).status, 400, 'the same code again');
    const client = createClient(oidc.issuer);
    const foreign = await client.get(authorize({ redirect_uri: 'https://evil.example/desk/callback' }));
    assert.equal(foreign.status, 400, 'another place to come back to');
    const without = await client.get(
      authorize({ code_challenge: undefined, code_challenge_method: undefined }),
    );
    assert.match(without.headers.get('location') ?? '', /error=invalid_request/);
    assert.equal((await client.get(authorize({ client_id: 'somebody' }))).status, 400, 'an unknown client');
  });

  it('refuses a person it does not know, and a sign-in that another browser began', async () => {
    const client = createClient(oidc.issuer);
    const login = await client.follow(await client.get(authorize()));
    assert.equal((await client.post(login.url, { person: 'mayor' })).status, 401);
    assert.equal((await createClient(oidc.issuer).post(login.url, { person: 'oa' })).status, 400);
  });
});
