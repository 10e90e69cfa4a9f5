import type { Charset } from './charset.ts';
import type { LinkTimes } from './link.ts';

/** All in milliseconds. */
export interface ZvtTimes extends LinkTimes {
  /** For the TCP connection to come about. */
  connectMs: number;
  /** How long the terminal waits for `commit` before it is asked to ask again; must be below its own T3. */
  patienceMs: number;
  /** How long to find out what became of a payment or a reversal after the connection was lost. */
  resolveMs: number;
  /** Between two attempts at that. */
  retryMs: number;
}

export interface ZvtOptions {
  host: string;
  port: number;
  /** The register's password at the terminal, six digits. */
  password: string;
  /** What the terminal writes texts in; code page 437 unless said otherwise. */
  charset?: Charset;
  times?: Partial<ZvtTimes>;
}

/** T3 and T4 as in PA00P016, 3.2. */
export const TIMES: ZvtTimes = {
  connectMs: 5_000,
  answerMs: 5_000,
  silenceMs: 180_000,
  patienceMs: 3_000,
  resolveMs: 60_000,
  retryMs: 1_000,
};
