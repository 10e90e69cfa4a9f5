/** Somebody of the staff at the desk, signed in with the try-out provider. */
import assert from 'node:assert/strict';
import { type Answer, type Client, createClient, hiddenField } from '#test/client';

export interface Clerk extends Client {
  /** Finds a case by its number. @returns its path, or undefined when this person may not see it */
  find(number: string): Promise<string | undefined>;
  /** Sends one of a case's forms: take, accept, release, note, ask, decide, revoke. */
  act(casePath: string, action: string, fields?: Record<string, string>): Promise<Answer>;
}

/**
 * @param origin the office
 * @param person user name at the try-out provider: `oa`, `tsk` or `lead`
 */
export async function signIn(origin: string, person: string): Promise<Clerk> {
  const client = createClient(origin);
  const login = await client.follow(await client.get('/desk/sign-in/start'));
  const inbox = await client.follow(await client.post(login.url, { person }));
  assert.equal(inbox.status, 200, `${person} has signed in`);
  return {
    ...client,
    async find(number) {
      const answer = await client.get(`/desk?number=${number}`);
      return answer.status === 303 ? (answer.headers.get('location') ?? undefined) : undefined;
    },
    async act(casePath, action, fields = {}) {
      const { text } = await client.get(casePath);
      const hidden = { _csrf: hiddenField(text, '_csrf') ?? '', version: hiddenField(text, 'version') ?? '' };
      return client.post(`${casePath}/${action}`, { ...hidden, ...fields });
    },
  };
}
