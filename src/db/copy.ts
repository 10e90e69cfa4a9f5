import { once } from 'node:events';
import { Readable } from 'node:stream';
import type pg from 'pg';

/** The little of the driver's connection that COPY needs; its types leave the second half out. */
interface Line {
  stream: NodeJS.ReadWriteStream & { writableNeedDrain: boolean };
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
}

/** What the driver tells of a statement under way. */
interface Told {
  submit(line: pg.Connection): void;
  handleCommandComplete(): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
  handleCopyData?(message: { chunk: Uint8Array }): void;
  handleCopyInResponse?(): void;
}

const READ_AHEAD_BYTES = 1_000_000;

/**
 * Runs `COPY … TO STDOUT`. Read it to its end before anything else is asked of this client.
 * @param client a connection, in a transaction or not
 * @returns the table's rows in PostgreSQL's text format, as fast as they are read
 */
export function copyOut(client: pg.ClientBase, statement: string): Readable {
  let line: Line | undefined;
  const rows = new Readable({
    highWaterMark: READ_AHEAD_BYTES,
    read: () => void line?.stream.resume(),
    destroy(error, done) {
      line?.stream.resume();
      done(error);
    },
  });
  const told: Told = {
    submit(connection) {
      line = connection as unknown as Line;
      line.query(statement);
    },
    handleCopyData({ chunk }) {
      // A copy: the driver goes on writing into its own buffer.
      if (!rows.destroyed && !rows.push(Buffer.from(chunk))) line?.stream.pause();
    },
    handleCommandComplete: () => {},
    handleReadyForQuery: () => void rows.push(null),
    handleError: (error) => void rows.destroy(error),
  };
  client.query(told);
  return rows;
}

/**
 * Runs `COPY … FROM STDIN` with what is given.
 * @throws the database's error, or the one of reading what is given; nothing of it is then in the table
 */
export async function copyIn(
  client: pg.ClientBase,
  statement: string,
  rows: AsyncIterable<Uint8Array>,
): Promise<void> {
  const done = Promise.withResolvers<void>();
  let line: Line | undefined;
  let over = false;
  const feed = async (): Promise<void> => {
    try {
      for await (const chunk of rows) {
        if (over || !line) return;
        line.sendCopyFromChunk(chunk);
        if (line.stream.writableNeedDrain) await once(line.stream, 'drain');
      }
      line?.endCopyFrom();
    } catch (error) {
      done.reject(error);
      line?.sendCopyFail('what was to be copied cannot be read');
    }
  };
  const told: Told = {
    submit(connection) {
      line = connection as unknown as Line;
      line.query(statement);
    },
    handleCopyInResponse: () => void feed(),
    handleCommandComplete: () => {},
    handleReadyForQuery: () => done.resolve(),
    handleError(error) {
      over = true;
      done.reject(error);
    },
  };
  client.query(told);
  return done.promise;
}
