/** A way to the database that can be cut, frozen and mended, as networks and servers do. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

export interface FlakyDatabase {
  /** Address of the database by this way. */
  url: string;
  /** Breaks every connection and takes no new ones. */
  cut(): void;
  /** Keeps connections and takes new ones, but passes nothing on. */
  freeze(): void;
  /** Lets everything through again; what was frozen is passed on. */
  mend(): void;
  close(): Promise<void>;
}

type State = 'open' | 'cut' | 'frozen';

/** @returns how to connect to the server of an address */
function target(url: URL): { path: string } | { host: string; port: number } {
  const port = Number(url.port || 5432);
  const folder = url.searchParams.get('host');
  return folder?.startsWith('/') ? { path: join(folder, `.s.PGSQL.${port}`) } : { host: url.hostname, port };
}

/** @param address of the real database */
export async function flakyWayTo(address: string): Promise<FlakyDatabase> {
  const real = new URL(address);
  const open = new Set<Socket>();
  let state: State = 'open';
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    if (state === 'frozen') socket.pause();
  };
  const server = createServer((from) => {
    keep(from);
    if (state === 'cut') return void from.destroy();
    const to = connect(target(real));
    keep(to);
    from.pipe(to);
    to.pipe(from);
    from.on('close', () => to.destroy());
    to.on('close', () => from.destroy());
    if (state === 'frozen') for (const socket of [from, to]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(address);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      state = 'cut';
      for (const socket of open) socket.destroy();
    },
    freeze() {
      state = 'frozen';
      for (const socket of open) socket.pause();
    },
    mend() {
      state = 'open';
      for (const socket of open) socket.resume();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
