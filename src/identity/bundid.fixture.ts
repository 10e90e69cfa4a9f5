/** The office as service provider against the practice BundID, on one clock that the test moves. */
import assert from 'node:assert/strict';
import { makeCertificate, type RunningBundId, startBundId } from '#sandbox/bundid';
import { peopleIn } from '#sandbox/people';
import { karlsruhe } from '#test/city';
import { freshDatabase, type TestDatabase } from '#test/database';
import {
  createBundId,
  createReplayGuard,
  IdentityError,
  type IdentityProvider,
  type IdentityRequest,
  type KeyPair,
  readProviderMetadata,
} from './index.ts';

export const ACS_URL = 'https://amt.example.org/identity/bundid';
export const ENTITY_ID = 'https://amt.example.org/identity/bundid/metadata';

export interface Stage {
  office: IdentityProvider;
  standIn: RunningBundId;
  /** Of the office, as PEM. */
  keys: KeyPair;
  database: TestDatabase;
  clock: { now(): Date; move(ms: number): void };
  /** @returns what the browser would post to the office after that person signed in */
  signIn(
    url: string,
    person: string,
  ): Promise<{ samlResponse: string; relay: string | undefined; to: string }>;
  stop(): Promise<void>;
}

/** @returns the value of the form's hidden field, or undefined */
function field(html: string, name: string): string | undefined {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];
}

function actionOf(html: string): string {
  const action = /<form method="post" action="([^"]*)"/.exec(html)?.[1];
  assert.ok(action, 'the page has a form');
  return action.replaceAll('&amp;', '&');
}

export async function setStage(): Promise<Stage> {
  let shift = 0;
  const clock = {
    now: () => new Date(Date.parse('2027-03-01T09:00:00Z') + shift),
    move: (ms: number) => {
      shift += ms;
    },
  };
  const database = await freshDatabase(3);
  const keys = makeCertificate('Bürgerbüro', clock);
  const standIn = await startBundId({
    port: 0,
    clock,
    people: peopleIn(karlsruhe),
    spMetadata: () => office.metadata(),
  });
  const office = createBundId({
    entityId: ENTITY_ID,
    acsUrl: ACS_URL,
    idp: readProviderMetadata(standIn.metadata),
    signing: keys,
    decryption: keys,
    organisation: 'Stadt Karlsruhe & Söhne',
    clock,
    replay: createReplayGuard(database.db),
    clockSkewSeconds: 60,
  });
  return {
    ...{ office, standIn, keys, database, clock },
    async signIn(url, person) {
      const page = await fetch(url);
      assert.equal(page.status, 200, 'the request is accepted');
      const body = new URLSearchParams({ person });
      const action = new URL(actionOf(await page.text()), standIn.origin);
      const answer = await (await fetch(action, { method: 'POST', body })).text();
      const samlResponse = field(answer, 'SAMLResponse');
      assert.ok(samlResponse, 'there is an answer');
      return { samlResponse, relay: field(answer, 'RelayState'), to: actionOf(answer) };
    },
    async stop() {
      await standIn.stop();
      await database.drop();
    },
  };
}

/** @returns the code and the check that said no; fails when the answer was accepted */
export async function refusal(office: IdentityProvider, samlResponse: string, request: IdentityRequest) {
  const error: unknown = await office.complete(samlResponse, request).then(
    () => assert.fail('the answer was accepted'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof IdentityError, `an IdentityError, not ${String(error)}`);
  return { is: `${error.code} ${error.detail}`, error };
}
