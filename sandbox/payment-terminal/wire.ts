import type { Socket } from 'node:net';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { type Apdu, createFrameReader, encodeFrame } from '#payment/zvt';
import type { Behaviour } from './behaviour.ts';

/** The connection is gone, the register fell silent, or the power is. */
export class GoneError extends Error {
  override name = 'GoneError';
}

export interface Wire {
  send(message: Apdu): Promise<void>;
  /** @returns the next message; undefined when none comes within so many milliseconds. @throws GoneError */
  receive(withinMs?: number): Promise<Apdu | undefined>;
  close(): void;
}

const LATE_MS = 25;

/**
 * The terminal's end of a connection.
 * @param delivery how messages are delivered just now
 * @param gate called before every message that is sent or read; throws GoneError to lose it
 */
export function createWire(
  socket: Socket,
  delivery: () => Behaviour['delivery'],
  gate: (command: number) => void,
): Wire {
  const read = createFrameReader();
  const inbox: Apdu[] = [];
  let gone = false;
  let wake = (): void => {};

  const lose = (): void => {
    gone = true;
    socket.destroy();
    wake();
  };
  socket.setNoDelay(true);
  socket.on('error', lose);
  socket.on('close', lose);
  socket.on('data', (piece) => {
    try {
      inbox.push(...read(piece));
    } catch {
      lose();
    }
    wake();
  });

  async function arrival(withinMs: number | undefined): Promise<void> {
    if (inbox.length > 0 || gone) return;
    await new Promise<void>((resolve) => {
      const timer = withinMs === undefined ? undefined : setTimeout(resolve, withinMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    async send(message) {
      if (gone) throw new GoneError();
      gate(message.command);
      const how = delivery();
      if (how === 'late') await pause(LATE_MS);
      const bytes = encodeFrame(message);
      if (how !== 'fragmented') {
        socket.write(bytes);
        return;
      }
      for (const byte of bytes) {
        socket.write(Uint8Array.of(byte));
        await turn();
      }
    },
    async receive(withinMs) {
      await arrival(withinMs);
      const message = inbox.shift();
      if (message !== undefined) {
        gate(message.command);
        return message;
      }
      if (gone) throw new GoneError();
      return undefined;
    },
    close: lose,
  };
}
