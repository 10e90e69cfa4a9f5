/** Ways of phones to one page of a visit: each sealed under a token that stands only in the code on the screen, and for one phone. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Write } from '#db';
import { newToken, underToken } from '#seal';
import type { Clock } from '#time';
import { idIn, visitToken } from './tokens.ts';
import type { Visit } from './visit.ts';

/** How long a code works. */
const VALID_MS = 15 * 60_000;

const { hashOf, seal, open } = underToken('phone camera');

/** The page that pictures are sent to. */
export interface CameraPlace {
  service: string;
  page: string;
}

/** What a token leads to. */
export interface Camera extends CameraPlace {
  /** The cookie's text of the visit. */
  visit: string;
  /** Whether a phone has used the link. */
  connected: boolean;
  /** Whether it was the phone that holds this. */
  isOf(phone: string | undefined): boolean;
  /** Goes up with all that the terminal is to see. */
  turn: number;
}

/** What phones may send pictures to. */
export interface PhoneCameras {
  /** @returns a new token, and what is to be written with the visit that knows it */
  offer(visit: Visit, place: CameraPlace): { token: string; write: Write };
  /** Looks without using it up: messengers and camera apps fetch links to show a preview. */
  find(token: string): Promise<Camera | undefined>;
  /**
   * Ties it to a phone, and to no other.
   * @param phone what only that phone holds
   * @returns whether it is this phone's now
   */
  connect(token: string, phone: string): Promise<boolean>;
  /** Something has come that the terminal shows. */
  tell(token: string): Promise<void>;
  /** Nobody sends anything there any more. */
  forget(token: string): Promise<void>;
  /** Destroys those whose time is over. */
  sweep(): Promise<void>;
}

const digestOf = (phone: string): Buffer => createHash('sha256').update(phone).digest();

/** @param db where they are kept; whoever has the database alone can go none of them */
export function createPhoneCameras(db: Db, clock: Clock): PhoneCameras {
  return {
    offer(visit, { service, page }) {
      const token = newToken();
      const sealed = seal(token, JSON.stringify({ service, page, visit: visitToken(visit) }));
      const expires = new Date(clock.now().getTime() + VALID_MS);
      // From the visit's own row: where that is gone, nothing is left behind.
      const does = sql`INSERT INTO phone_camera (token_hash, visit_id, sealed, expires_at)
        SELECT ${hashOf(token)}::bytea, id, ${sealed}::bytea, ${expires}::timestamptz FROM visit WHERE id = ${visit.id}`;
      return { token, write: [{ does }] };
    },
    async find(token) {
      const row = await db
        .selectFrom('phone_camera')
        .select(['visit_id', 'sealed', 'phone', 'turn'])
        .where('token_hash', '=', hashOf(token))
        .where('expires_at', '>', clock.now())
        .executeTakeFirst();
      if (!row) return undefined;
      const { phone: tied, turn } = row;
      const place = JSON.parse(open(token, row.sealed).toString('utf8')) as CameraPlace & { visit: string };
      // The visit has another key since: it goes on elsewhere, or with somebody who is known now.
      if (idIn(place.visit) !== row.visit_id) return undefined;
      return {
        ...{ ...place, turn, connected: tied !== null },
        isOf: (phone) => phone !== undefined && tied !== null && digestOf(phone).equals(tied),
      };
    },
    async connect(token, phone) {
      const row = await db
        .updateTable('phone_camera')
        .set({ phone: digestOf(phone), turn: sql`turn + CASE WHEN phone IS NULL THEN 1 ELSE 0 END` })
        .where('token_hash', '=', hashOf(token))
        .where('expires_at', '>', clock.now())
        .where((eb) => eb.or([eb('phone', 'is', null), eb('phone', '=', digestOf(phone))]))
        .returning('turn')
        .executeTakeFirst();
      return row !== undefined;
    },
    async tell(token) {
      await db
        .updateTable('phone_camera')
        .set({ turn: sql`turn + 1` })
        .where('token_hash', '=', hashOf(token))
        .execute();
    },
    async forget(token) {
      await db.deleteFrom('phone_camera').where('token_hash', '=', hashOf(token)).execute();
    },
    async sweep() {
      await db.deleteFrom('phone_camera').where('expires_at', '<=', clock.now()).execute();
    },
  };
}
