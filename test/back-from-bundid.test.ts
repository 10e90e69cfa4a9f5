import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { LANGUAGES } from '#language';
import { arrive } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose, leave } from '#test/sign-in';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** What the provider's form posts, without the visit's cookie: it comes from another site. */
async function back(relay: string | undefined): Promise<string> {
  const form = { SAMLResponse: 'PGE+', ...(relay !== undefined && { RelayState: relay }) };
  const answer = await fetch(new URL('/identity/bundid/acs', office.origin), {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return /<html[^>]* lang="([^"]*)"[^>]*>/.exec(await answer.text())?.[1] ?? '';
}

it('the page on the way back from BundID speaks the language of the visit, and German for strangers', async () => {
  const texts = new Map<string, string>();
  for (const language of LANGUAGES) texts.set(language, await back(language));
  assert.match(texts.get('en') ?? '', /^en/);
  assert.match(texts.get('de') ?? '', /^de/);
  for (const odd of [undefined, '', 'xx', '"><script>']) assert.equal(await back(odd), texts.get('de'));
});

it('the language goes to BundID with the request', async () => {
  const person = await arrive(office.origin);
  await person.open('/');
  await choose(person, 'en');
  await person.walk('punkteauskunft', { way: 'online' }, 'identity');
  const to = new URL(await leave(person));
  assert.equal(to.searchParams.get('RelayState'), 'en');
});
