/** How much that costs something goes on at once, in all and for one client. */
import { type CountedBy, countedBy } from './client.ts';

export interface RoomLimits {
  /** Held by all together, for example in bytes. */
  most: number;
  /** Held by one client. */
  perClient: number;
  /** Entries of one client that may wait. */
  waiting: number;
}

/** Where several clients' worth would be all there is, this much of it stays for others. */
const FOR_OTHERS = 0.2;

/** Gives the room back. */
export type Leave = () => void;

interface Waiting {
  /** The client, and what it has together with others. */
  by: readonly CountedBy[];
  size: number;
  enter: (leave: Leave) => void;
}

/**
 * A room with a bound. Whoever does not fit in waits, in the order of coming; a client that holds its share already keeps
 * nobody else waiting.
 */
export class Room {
  readonly #limits: RoomLimits;
  readonly #held = new Map<string, number>();
  #all = 0;
  readonly #queue: Waiting[] = [];

  constructor(limits: RoomLimits) {
    this.#limits = limits;
  }

  /** How much is held now. */
  get held(): number {
    return this.#all;
  }

  /**
   * @param client as `clientAddress` tells it
   * @param gone ends the wait of somebody who does not wait any more
   * @returns how to leave again, once there is room; undefined where too many of this client wait, or nobody waits any more
   */
  enter(client: string, size: number, gone: AbortSignal): Promise<Leave | undefined> {
    const by = countedBy(client);
    if (by.some((one) => this.#isCrowded(one)) || gone.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const stop = (): void => {
        this.#queue.splice(this.#queue.indexOf(entry), 1);
        resolve(undefined);
      };
      const entry: Waiting = {
        ...{ by, size },
        enter: (leave) => {
          gone.removeEventListener('abort', stop);
          resolve(leave);
        },
      };
      gone.addEventListener('abort', stop, { once: true });
      this.#queue.push(entry);
      this.#letIn();
    });
  }

  /** Whether as many wait as may. */
  #isCrowded({ name, times }: CountedBy): boolean {
    const ahead = this.#queue.filter(({ by }) => by.some((one) => one.name === name)).length;
    return ahead >= this.#limits.waiting * times;
  }

  /** One entry of a client always fits, whatever its size. */
  #hasShare({ by, size }: Waiting): boolean {
    const { most, perClient } = this.#limits;
    return by.every(({ name, times }) => {
      const held = this.#held.get(name) ?? 0;
      const share = times === 1 ? perClient : Math.min(perClient * times, most * (1 - FOR_OTHERS));
      return held === 0 || held + size <= share;
    });
  }

  #take(by: readonly CountedBy[], size: number): Leave {
    for (const { name } of by) this.#change(name, size);
    this.#all += size;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      for (const { name } of by) this.#change(name, -size);
      this.#all -= size;
      this.#letIn();
    };
  }

  #change(name: string, size: number): void {
    const held = (this.#held.get(name) ?? 0) + size;
    if (held === 0) this.#held.delete(name);
    else this.#held.set(name, held);
  }

  /** In order: whoever waits for the room as a whole is not overtaken, whoever waits for their own share is. */
  #letIn(): void {
    for (const next of [...this.#queue]) {
      if (!this.#hasShare(next)) continue;
      if (this.#all > 0 && this.#all + next.size > this.#limits.most) return;
      this.#queue.splice(this.#queue.indexOf(next), 1);
      next.enter(this.#take(next.by, next.size));
    }
  }
}
