import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { it } from 'node:test';
import { allowInsecureRequests, Configuration } from 'openid-client';
import { ask } from './ask-again.ts';

const TOKENS = { access: 'abc', saidBy: 'userinfo' } as const;

it('a provider that says no to a token means it, however it words the head of its answer', async (t) => {
  let head: string | undefined;
  let status = 401;
  const server = createServer((_request, response) => {
    if (head !== undefined) response.setHeader('www-authenticate', head);
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const issuer = `http://127.0.0.1:${address.port}`;
  const configuration = new Configuration({ issuer, userinfo_endpoint: `${issuer}/userinfo` }, 'amt');
  allowInsecureRequests(configuration);
  const asked = async (alive: boolean) => (await ask(configuration, {}, 'u1', TOKENS, alive)).is;
  // The second is LemonLDAP::NG's, which is no challenge by RFC 6750.
  for (const words of [
    'Bearer error="invalid_token"',
    'error=invalid_request,error_description=Invalid request',
    undefined,
  ]) {
    head = words;
    assert.equal(await asked(true), 'withdrawn', words);
    assert.equal(await asked(false), 'silent', words);
  }
  status = 502;
  assert.equal(await asked(true), 'away');
});
