/** A desk on a real port with the try-out identity provider beside it. */
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { type DeskDeps, deskRoutes } from '#desk';
import { type RunningOidc, startOidc } from '#sandbox/oidc';
import { type Answer, type Client, createClient } from '#test/client';

export interface TestDesk {
  url: string;
  oidc: RunningOidc;
  /** A client that has signed in as this person of the try-out provider. */
  signIn(person: string): Promise<Client>;
  /** Goes through the sign-in with this client and gives the last answer. */
  signInWith(client: Client, person: string, to?: string): Promise<Answer>;
  stop(): Promise<void>;
}

function listen(app: Hono): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({ server, port }),
    );
  });
}

/**
 * @param deps what the desk needs, without the settings that only exist once both servers listen
 * @param production whether the desk believes to be in production
 */
export async function startDesk(deps: Omit<DeskDeps, 'config'>, production = false): Promise<TestDesk> {
  const app = new Hono();
  const { server, port } = await listen(app);
  const url = `http://127.0.0.1:${port}`;
  const oidc = await startOidc({ port: 0, publicUrl: url });
  app.route('/desk', deskRoutes({ ...deps, config: { publicUrl: url, production, oidc } }));
  const signInWith = async (client: Client, person: string, to = '/desk'): Promise<Answer> => {
    const login = await client.follow(await client.get(`/desk/sign-in/start?to=${encodeURIComponent(to)}`));
    return client.follow(await client.post(login.url, { person }));
  };
  return {
    url,
    oidc,
    signInWith,
    async signIn(person) {
      const client = createClient(url);
      const answer = await signInWith(client, person);
      if (answer.status !== 200) throw new Error(`sign-in as ${person} ended with ${answer.status}`);
      return client;
    },
    async stop() {
      await new Promise((resolve) => server.close(resolve));
      await oidc.stop();
    },
  };
}
