import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTENT_TYPE } from './text.ts';

/** Where measures are served: a server of its own, which knows one address. */
export interface MetricsServer {
  origin: string;
  close(): Promise<void>;
}

const TIMEOUTS = { headersTimeout: 5_000, requestTimeout: 10_000, maxHeaderSize: 8_192 };

/**
 * Serves `GET /metrics`, and nothing else, on a port of its own.
 * @param text everything that is measured, once for all who ask at the same time
 * @throws Error of the operating system when the port is taken or not allowed
 */
export async function serveMetrics(
  { host, port }: { host: string; port: number },
  text: () => Promise<string>,
): Promise<MetricsServer> {
  let under: Promise<string> | undefined;
  const once = (): Promise<string> => {
    under ??= text().finally(() => {
      under = undefined;
    });
    return under;
  };
  const server = createServer(TIMEOUTS, (incoming, outgoing) => {
    const known = incoming.url === '/metrics' && (incoming.method === 'GET' || incoming.method === 'HEAD');
    if (!known) {
      outgoing.writeHead(404).end();
      return;
    }
    once().then(
      (body) =>
        outgoing.writeHead(200, { 'Content-Type': CONTENT_TYPE, 'Cache-Control': 'no-store' }).end(body),
      () => outgoing.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: opened } = server.address() as AddressInfo;
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${opened}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
