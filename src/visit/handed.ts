/** Ways of visits to a phone: each sealed under a token that stands only in the code on the screen, and works once. */
import { type Db, type Tx, type Write, writing } from '#db';
import type { Language } from '#language';
import { underToken } from '#seal';
import type { Clock } from '#time';
import type { PageSettings } from '#web';
import { visitToken } from './tokens.ts';
import type { Visit } from './visit.ts';

const { hashOf, seal, open } = underToken('handover');

/** A visit that a phone may take. */
export interface Waiting {
  language: Language;
  settings: PageSettings;
  /** Until when it does. */
  until: Date;
  /** The cookie's text of the visit. */
  visit: string;
}

/** What phones may take. */
export interface HandedOver {
  /** To be written with the visit, which knows its code. */
  leave(token: string, visit: Visit, expires: Date): Write;
  /** Looks without using it up: messengers and camera apps fetch links to show a preview. */
  find(token: string): Promise<Waiting | undefined>;
  /** Nobody gets it any more. */
  forget(token: string): Write;
  /** Uses it up. */
  take(tx: Tx, token: string): Promise<Waiting | undefined>;
  /** Destroys what no phone has taken in time. */
  sweep(): Promise<void>;
}

/** @param db where they wait; whoever has the database alone can open none of them */
export function createHandedOver(db: Db, clock: Clock): HandedOver {
  const COLUMNS = ['secret', 'language', 'settings', 'expires_at'] as const;
  const opened = (
    token: string,
    row: { secret: Buffer; language: string; settings: unknown; expires_at: Date } | undefined,
  ): Waiting | undefined =>
    row && {
      language: row.language as Language,
      settings: row.settings as PageSettings,
      until: row.expires_at,
      visit: open(token, row.secret).toString('utf8'),
    };
  return {
    leave(token, visit, expires) {
      const does = writing.insertInto('handover').values({
        token_hash: hashOf(token),
        secret: seal(token, visitToken(visit)),
        language: visit.language,
        settings: { ...visit.settings },
        expires_at: expires,
      });
      return [{ does }];
    },
    forget: (token) => [{ does: writing.deleteFrom('handover').where('token_hash', '=', hashOf(token)) }],
    async find(token) {
      const row = await db
        .selectFrom('handover')
        .select(COLUMNS)
        .where('token_hash', '=', hashOf(token))
        .where('expires_at', '>', clock.now())
        .executeTakeFirst();
      return opened(token, row);
    },
    async take(tx, token) {
      const row = await tx
        .deleteFrom('handover')
        .where('token_hash', '=', hashOf(token))
        .where('expires_at', '>', clock.now())
        .returning(COLUMNS)
        .executeTakeFirst();
      return opened(token, row);
    },
    async sweep() {
      await db.deleteFrom('handover').where('expires_at', '<=', clock.now()).execute();
    },
  };
}
