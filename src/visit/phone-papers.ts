/** Papers on their way to a phone: each sealed under a token that stands only in the code on the screen, and works once. */
import { sql } from 'kysely';
import type { Db } from '#db';
import { newToken, underToken } from '#seal';
import type { Clock } from '#time';

/** How long a code works. */
const VALID_MS = 15 * 60_000;
/** A terminal serves one person at a time; what is more than this has been asked for again and again. */
const MOST_AT_A_TERMINAL = 20;

const { hashOf, seal, open } = underToken('phone paper');

/** A paper as it is saved where it is taken along. */
export interface FileToTake {
  name: string;
  mediaType: string;
  content: Buffer;
}

/** What waits for phones. */
export interface PhonePapers {
  /** Keeps a paper for a phone; the oldest of the terminal gives way when there are very many. @returns the token for its code */
  leave(terminal: string, file: FileToTake): Promise<string>;
  /** Looks without using it up: messengers and camera apps fetch links to show a preview. */
  isThere(token: string): Promise<boolean>;
  /** Uses it up. @returns the paper, which is not here any more; undefined where it was fetched, or is too old */
  take(token: string): Promise<FileToTake | undefined>;
  /** Destroys what nobody has fetched in time. */
  sweep(): Promise<void>;
}

const packed = ({ name, mediaType, content }: FileToTake): Buffer =>
  Buffer.concat([Buffer.from(`${JSON.stringify({ name, mediaType })}\n`), content]);

function unpacked(bytes: Buffer): FileToTake {
  const end = bytes.indexOf('\n');
  return { ...JSON.parse(bytes.subarray(0, end).toString('utf8')), content: bytes.subarray(end + 1) };
}

/** @param db where they wait; whoever has the database alone can open none of them */
export function createPhonePapers(db: Db, clock: Clock): PhonePapers {
  return {
    async leave(terminal, file) {
      const token = newToken();
      const expires = new Date(clock.now().getTime() + VALID_MS);
      await sql`
        WITH gone AS (
          DELETE FROM phone_paper WHERE token_hash IN (
            SELECT token_hash FROM phone_paper WHERE terminal = ${terminal}
            ORDER BY expires_at DESC OFFSET ${MOST_AT_A_TERMINAL - 1}
          )
        )
        INSERT INTO phone_paper (token_hash, terminal, sealed, expires_at)
        VALUES (${hashOf(token)}, ${terminal}, ${seal(token, packed(file))}, ${expires})
      `.execute(db);
      return token;
    },
    async isThere(token) {
      const row = await db
        .selectFrom('phone_paper')
        .select('expires_at')
        .where('token_hash', '=', hashOf(token))
        .where('expires_at', '>', clock.now())
        .executeTakeFirst();
      return row !== undefined;
    },
    async take(token) {
      const row = await db
        .deleteFrom('phone_paper')
        .where('token_hash', '=', hashOf(token))
        .where('expires_at', '>', clock.now())
        .returning('sealed')
        .executeTakeFirst();
      return row && unpacked(open(token, row.sealed));
    },
    async sweep() {
      await db.deleteFrom('phone_paper').where('expires_at', '<=', clock.now()).execute();
    },
  };
}
