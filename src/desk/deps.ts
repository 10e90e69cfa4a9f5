import type { Context } from 'hono';
import type { Db, Tx } from '#db';
import type { Clock } from '#time';
import type { OidcSettings } from './oidc.ts';
import type { Staff } from './session.ts';

/** One entry of the audit record; no personal data of citizens. */
export interface AuditEntry {
  at: Date;
  actor: string;
  action: string;
  subject: string;
  detail?: Record<string, string | number | boolean>;
}

/** What the desk needs of the other rooms. */
export interface DeskDeps {
  config: OidcSettings;
  db: Db;
  clock: Clock;
  audit: (tx: Tx, entry: AuditEntry) => Promise<void>;
}

/** What the desk's pages find in their request once somebody is signed in. */
export interface DeskEnv {
  Variables: {
    staff: Staff;
    /** The form of a changing request; its token has been checked. */
    form: URLSearchParams;
  };
}

export type DeskContext = Context<DeskEnv>;
