import type { Socket } from 'node:net';
import { CardTerminalAwayError } from '../card-terminal.ts';
import { ACCEPTED, acknowledgement, COMMAND, RESULT, refused } from './commands.ts';
import { type Apdu, createFrameReader, encodeFrame } from './frames.ts';

/** The connection broke, or the other side broke the protocol or fell silent, which comes to the same. */
export class LinkLostError extends CardTerminalAwayError {
  override name = 'LinkLostError';
  /** The terminal fell silent, rather than going away. */
  readonly silent: boolean;

  constructor(silent: boolean) {
    super('the connection to the card terminal was lost');
    this.silent = silent;
  }
}

/** How a command ended: with `06 0F`, with `06 1E` or refused right away with `84 xx`. */
export type Ending =
  | { end: 'completed'; data: Uint8Array }
  | { end: 'aborted'; code: number | undefined }
  | { end: 'refused'; code: number };

export interface Command {
  send: Apdu;
  /**
   * Says what to answer to a message of the terminal while the command runs: 0 accepts, anything else is the `xx`
   * of `84 xx`. When it rejects, the answer is "processing error", after which a terminal reverses.
   */
  answer(message: Apdu): Promise<number> | number;
}

export interface LinkTimes {
  /** T3: a command until its acknowledgement, in milliseconds. */
  answerMs: number;
  /** T4: silence while a command runs; begins anew with `04 FF` and `04 0F`. */
  silenceMs: number;
}

export interface Link {
  alive(): boolean;
  /** Runs one command to its end; the caller sees to it that there is only one. @throws LinkLostError */
  run(command: Command): Promise<Ending>;
  /** Asks the terminal to stop the command that is running. It may be too late for that. */
  abort(): void;
  close(): void;
}

interface Running {
  command: Command;
  acknowledged: boolean;
  abortWanted: boolean;
  timer: NodeJS.Timeout;
  end(ending: Ending): void;
  fail(error: LinkLostError): void;
}

const ABORT: Apdu = { command: COMMAND.abortByRegister, data: new Uint8Array() };

/** A message that belongs to no command. A payment that nobody has written down must not become final by our answer. */
function answerIdle({ command }: Apdu): Apdu {
  return command === COMMAND.statusInformation ? refused(RESULT.processing) : ACCEPTED;
}

async function answerOf(command: Command, message: Apdu): Promise<Apdu> {
  try {
    const code = await command.answer(message);
    return code === RESULT.ok ? ACCEPTED : refused(code);
  } catch {
    return refused(RESULT.processing);
  }
}

function endingOf({ command, data }: Apdu): Ending | undefined {
  if (command === COMMAND.completion) return { end: 'completed', data };
  if (command === COMMAND.abort) return { end: 'aborted', code: data[0] };
  return undefined;
}

/** Speaks the register's side of the application protocol (PA00P016) over an open connection. */
export function createLink(socket: Socket, times: LinkTimes): Link {
  const read = createFrameReader();
  let running: Running | undefined;
  let lost: LinkLostError | undefined;

  function interrupt(error: LinkLostError): void {
    const interrupted = running;
    running = undefined;
    if (interrupted === undefined) return;
    clearTimeout(interrupted.timer);
    interrupted.fail(error);
  }

  function lose(silent: boolean): void {
    lost ??= new LinkLostError(silent);
    socket.destroy();
    interrupt(lost);
  }

  function send(message: Apdu): void {
    if (lost === undefined) socket.write(encodeFrame(message));
  }

  function wait(session: Running, ms: number): void {
    clearTimeout(session.timer);
    session.timer = setTimeout(() => lose(true), ms);
  }

  function finish(session: Running, ending: Ending): void {
    clearTimeout(session.timer);
    running = undefined;
    session.end(ending);
  }

  function handleAcknowledgement(session: Running, code: number): void {
    // After the first one, what is acknowledged is our wish to abort; whether it was heard, the ending tells.
    if (session.acknowledged) return;
    if (code !== RESULT.ok) {
      finish(session, { end: 'refused', code });
      return;
    }
    session.acknowledged = true;
    wait(session, times.silenceMs);
    if (session.abortWanted) send(ABORT);
  }

  async function handle(message: Apdu): Promise<void> {
    if (lost !== undefined) return;
    const session = running;
    const code = acknowledgement(message);
    if (code !== undefined) return session && handleAcknowledgement(session, code);
    if (!session?.acknowledged) return send(answerIdle(message));
    const ending = endingOf(message);
    if (ending !== undefined) {
      send(ACCEPTED);
      return finish(session, ending);
    }
    const restarts =
      message.command === COMMAND.statusInformation || message.command === COMMAND.intermediateStatus;
    if (restarts) clearTimeout(session.timer);
    const answer = await answerOf(session.command, message);
    if (running !== session) return;
    send(answer);
    if (restarts) wait(session, times.silenceMs);
  }

  /** One after the other, and nothing is read meanwhile: an answer may have to wait until something is written down. */
  async function handleAll(messages: readonly Apdu[]): Promise<void> {
    socket.pause();
    for (const message of messages) await handle(message);
    socket.resume();
  }

  socket.setNoDelay(true);
  socket.on('data', (piece) => {
    let messages: Apdu[];
    try {
      messages = read(piece);
    } catch {
      return lose(false);
    }
    void handleAll(messages);
  });
  socket.on('error', () => lose(false));
  socket.on('close', () => lose(false));

  return {
    alive: () => lost === undefined,
    run: (command) =>
      new Promise((end, fail) => {
        if (lost !== undefined) return fail(lost);
        const timer = setTimeout(() => lose(true), times.answerMs);
        running = { command, acknowledged: false, abortWanted: false, timer, end, fail };
        send(command.send);
      }),
    abort: () => {
      if (running === undefined) return;
      running.abortWanted = true;
      if (running.acknowledged) send(ABORT);
    },
    close: () => {
      // What has been said is still delivered: it may be the answer that the terminal waits for.
      socket.destroySoon();
      lost ??= new LinkLostError(false);
      interrupt(lost);
    },
  };
}
