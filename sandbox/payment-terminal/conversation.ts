import { ACCEPTED, type Apdu, acknowledgement, COMMAND, RESULT, refused } from '#payment/zvt';
import type { DeviceTimes } from './device.ts';
import { GoneError, type Wire } from './wire.ts';

/** The register asked to stop, and it was not too late. */
export class StoppedError extends Error {
  override name = 'StoppedError';
}

/** How the terminal talks while one command is running. */
export interface Conversation {
  /**
   * Sends a message and waits for its acknowledgement.
   * @returns 0 when accepted, else the `xx` of `84 xx`; "please wait" is waited for
   * @throws GoneError when none comes within T3
   */
  say(message: Apdu): Promise<number>;
  /** Lets time pass, still hearing the register. @throws StoppedError, GoneError */
  wait(ms: number): Promise<void>;
  /** From now on it is too late to stop. */
  commit(): void;
}

const MAX_REPEATS = 30;

export function createConversation(wire: Wire, times: DeviceTimes): Conversation {
  let stoppable = true;
  let stopped = false;

  /** Answers what is no acknowledgement: the wish to stop, or a second command, for which there is no time. */
  async function answer({ command }: Apdu): Promise<void> {
    if (command !== COMMAND.abortByRegister) return wire.send(refused(RESULT.pleaseWait));
    await wire.send(stoppable ? ACCEPTED : refused(RESULT.notPossible));
    stopped ||= stoppable;
  }

  async function acknowledged(): Promise<number> {
    for (;;) {
      const message = await wire.receive(times.answerMs);
      if (message === undefined) throw new GoneError();
      const code = acknowledgement(message);
      if (code !== undefined) return code;
      await answer(message);
    }
  }

  async function wait(ms: number): Promise<void> {
    while (!stopped) {
      const message = await wire.receive(ms);
      if (message === undefined) return;
      if (acknowledgement(message) === undefined) await answer(message);
    }
    stopped = false;
    stoppable = false;
    throw new StoppedError();
  }

  async function say(message: Apdu): Promise<number> {
    for (let repeats = 0; repeats < MAX_REPEATS; repeats += 1) {
      await wire.send(message);
      const code = await acknowledged();
      if (code !== RESULT.pleaseWait) return code;
      await wait(times.repeatMs);
    }
    return RESULT.pleaseWait;
  }

  return {
    say,
    wait,
    commit: () => {
      stoppable = false;
    },
  };
}
