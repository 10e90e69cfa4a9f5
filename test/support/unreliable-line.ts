/** A line to the office that loses each answer once, behind a browser that then asks for the same again, as on reloading. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface UnreliableLine {
  /** Where people knock. */
  origin: string;
  /** Says which office is behind it, and from when on answers get lost. */
  leadsTo(office: string): void;
  /** How many answers were lost so far. */
  readonly lost: number;
  stop(): Promise<void>;
}

/** @param losesFor whether the answer to such a request is lost the first time */
export async function startUnreliableLine(
  losesFor: (request: { method: string; path: string }) => boolean,
): Promise<UnreliableLine> {
  let target = '';
  let lost = 0;
  const server = createServer((incoming, outgoing) => {
    void pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const body = Buffer.concat(await incoming.toArray());
    const ask = (use: (answer: IncomingMessage) => void): Promise<void> =>
      new Promise((resolve, reject) => {
        const asked = request(new URL(path, target), { method, headers, agent: false }, (answer) => {
          use(answer);
          resolve();
        });
        asked.on('error', reject);
        asked.end(body);
      });
    if (losesFor({ method, path })) {
      lost += 1;
      await ask((answer) => answer.destroy());
    }
    await ask((answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadsTo: (office) => {
      target = office;
    },
    get lost() {
      return lost;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
