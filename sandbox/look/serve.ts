import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in that is listened to. */
export interface Serving {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Breaks every connection and does not listen any more. */
  stop(): Promise<void>;
}

/**
 * @param at port, 0 for any free one; host, this machine only unless said otherwise
 * @throws the listening error when the port is taken
 */
export async function serve(server: Server, at: { port: number; host?: string }): Promise<Serving> {
  const host = at.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, host, resolve);
  });
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
