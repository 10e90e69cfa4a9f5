/** Whether the database still takes what is written: its disk may be full, broken or only to be read. */
import { sql } from 'kysely';
import type { Db } from './handle.ts';

/** PostgreSQL's `disk_full`, `io_error` and `read_only_sql_transaction`. */
const UNWRITTEN: ReadonlySet<unknown> = new Set(['53100', '58030', '25006']);
/** About a megabyte: room for one more case with its files, and not only for a row in a page that is there. */
const ROWS = 10_000;

export class Storage {
  #failing = false;

  /** Told of each error of a statement. */
  heard(code: unknown): void {
    if (UNWRITTEN.has(code)) this.#failing = true;
  }

  /** @returns true, without asking, until something could not be written; from then on only when something can be */
  async works(db: Db): Promise<boolean> {
    if (!this.#failing) return true;
    try {
      await db.transaction().execute((tx) =>
        sql`CREATE TEMP TABLE room ON COMMIT DROP AS
            SELECT md5(n::text) || md5((-n)::text) AS filler FROM generate_series(1, ${sql.lit(ROWS)}) AS n`.execute(
          tx,
        ),
      );
    } catch {
      return false;
    }
    this.#failing = false;
    return true;
  }
}
