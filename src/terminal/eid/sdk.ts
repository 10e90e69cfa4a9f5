/** The line to the AusweisApp on this machine: its SDK over a web socket, one client and one workflow at a time. */
import { type Command, parseMessage, type Reader, type SdkMessage, SIMULATOR } from './messages.ts';

/** The app answers within milliseconds; after so long it is not there. */
const PATIENCE_MS = 5_000;
/** The app's own simulator is announced twice; asked in between, the app reports success without doing anything. */
const SIMULATOR_MS = 2_000;
const CLOSE_MS = 1_000;

export interface SdkConnection {
  /** The readers known when the connection was ready. */
  readers: readonly Reader[];
  send(command: Command): void;
  /** Hangs up; ends what was running in the app. */
  close(): Promise<void>;
}

export interface SdkEvents {
  onMessage(message: SdkMessage): void;
  /** The app has hung up. Not called after `close`. */
  onLost(): void;
}

export interface Sdk {
  /**
   * Calls the app, agrees on API level 2 and asks for its readers.
   * @throws Error when another connection is open, when the app is not there, or when it has another client
   */
  connect(events: SdkEvents): Promise<SdkConnection>;
}

/** @returns a promise that fails after so many milliseconds, and how to stop waiting */
function deadline(ms: number): { over: Promise<never>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the AusweisApp does not answer')), ms);
  });
  return { over, clear: () => clearTimeout(timer) };
}

function hangUp(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === WebSocket.CLOSED) return resolve();
    const timer = setTimeout(resolve, CLOSE_MS);
    const closed = (): void => {
      clearTimeout(timer);
      resolve();
    };
    socket.addEventListener('close', closed);
    socket.close();
  });
}

/** Collects what the app says until its readers are known and ready. */
function createGreeting(): {
  readers: Map<string, Reader>;
  take(message: SdkMessage): void;
  done: Promise<void>;
} {
  const readers = new Map<string, Reader>();
  let listed = false;
  let timer: NodeJS.Timeout | undefined;
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const settle = (): void => {
    const simulator = readers.get(SIMULATOR);
    const isReady = !simulator || simulator.insertable || simulator.card;
    if (listed && isReady) {
      clearTimeout(timer);
      resolve();
    } else if (listed) timer ??= setTimeout(resolve, SIMULATOR_MS);
  };
  return {
    readers,
    done,
    take(message) {
      if (message.msg === 'READER') readers.set(message.name, message);
      if (message.msg === 'READER_LIST') {
        listed = true;
        for (const reader of message.readers) readers.set(reader.name, reader);
      }
      if (message.msg === 'API_LEVEL' && message.error !== undefined) reject(new Error('other API level'));
      settle();
    },
  };
}

/**
 * @param url of the app, as a rule `ws://127.0.0.1:24727/eID-Kernel`
 */
export function createSdk(url: string): Sdk {
  let busy = false;

  async function greet(socket: WebSocket, events: SdkEvents, release: () => void): Promise<SdkConnection> {
    let state: 'greeting' | 'open' | 'closed' = 'greeting';
    const greeting = createGreeting();
    const lost = Promise.withResolvers<never>();
    const { over, clear } = deadline(PATIENCE_MS);
    const send = (command: Command): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(command));
    };
    socket.addEventListener('open', () => {
      send({ cmd: 'SET_API_LEVEL', level: 2 });
      send({ cmd: 'GET_READER_LIST' });
    });
    socket.addEventListener('message', ({ data }) => {
      const message = parseMessage(data);
      if (!message) return;
      if (state === 'greeting') greeting.take(message);
      else if (state === 'open') events.onMessage(message);
    });
    const gone = (): void => {
      lost.reject(new Error('the AusweisApp has hung up'));
      const wasOpen = state === 'open';
      if (state !== 'greeting') release();
      state = 'closed';
      if (wasOpen) events.onLost();
    };
    socket.addEventListener('close', gone);
    socket.addEventListener('error', gone);
    lost.promise.catch(() => undefined);
    over.catch(() => undefined);
    await Promise.race([greeting.done, lost.promise, over]).finally(clear);
    state = 'open';
    return {
      readers: [...greeting.readers.values()],
      send,
      async close() {
        state = 'closed';
        await hangUp(socket);
        release();
      },
    };
  }

  return {
    async connect(events) {
      if (busy) throw new Error('the AusweisApp is in use');
      busy = true;
      let isMine = true;
      // Only once: by the time the socket says that it is closed, another connection may be the one that is busy.
      const release = (): void => {
        if (isMine) busy = false;
        isMine = false;
      };
      const socket = new WebSocket(url);
      try {
        return await greet(socket, events, release);
      } catch (error) {
        await hangUp(socket);
        release();
        throw error;
      }
    },
  };
}
