import type { Charset } from './charset.ts';
import type { Connection } from './connection.ts';
import type { ZvtTimes } from './options.ts';

/** What every transaction with one terminal needs. */
export interface Context {
  connection: Connection;
  /** Three bytes of BCD. */
  password: Uint8Array;
  charset: Charset;
  times: ZvtTimes;
  /** Whether the client was closed meanwhile. */
  closed(): boolean;
}
