import type { SignerName } from '#documents';
import type { Connections } from './connections.ts';
import type { OidcConfig } from './oidc.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info';

/** Everything an office node can be told from outside, read once at its start. */
export interface Config {
  host: string;
  /** 0 = any free port; the origin is then known only after listening. */
  port: number;
  /** Holds the private PostgreSQL and, unless told otherwise, the keys. */
  dataFolder: string;
  /** Undefined: the office runs a private PostgreSQL in the data folder. */
  databaseUrl: string | undefined;
  /** Where the offices' keys live: outside the database. */
  keyFolder: string;
  production: boolean;
  cityFolder: string;
  servicesFolder: string;
  /** Origin under which people reach the office, without trailing slash. Empty: the address it listens on. */
  publicUrl: string;
  /** Milliseconds added to the real time; always 0 in production. */
  clockOffsetMs: number;
  /** Stand-ins of the outside world run beside the office. */
  sandbox: boolean;
  /** All empty when the stand-in signs staff in. */
  oidc: OidcConfig;
  /** Identity provider, payment, authorities, registers, devices. Without any, a trial office has stand-ins of its own. */
  connections: Connections;
  /** Addresses of reverse proxies whose `X-Forwarded-For` is believed. */
  proxies: readonly string[];
  /** Requests a second that one client may make on average; 0 = without limit. */
  requestsPerSecond: number;
  /** Where measures are served, apart from the office's own port; undefined: nowhere. */
  metrics: { host: string; port: number } | undefined;
  logLevel: LogLevel;
  /** Who signs the papers that the office issues. */
  signer: SignerName;
  /** Where programs of the system are looked for. */
  searchPath: string;
}
