/** How much that costs something goes on at once, in all and for one client. */

export interface RoomLimits {
  /** Held by all together, for example in bytes. */
  most: number;
  /** Held by one client. */
  perClient: number;
  /** Entries of one client that may wait. */
  waiting: number;
}

/** Gives the room back. */
export type Leave = () => void;

interface Waiting {
  client: string;
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
   * @param gone ends the wait of somebody who does not wait any more
   * @returns how to leave again, once there is room; undefined where too many of this client wait, or nobody waits any more
   */
  enter(client: string, size: number, gone: AbortSignal): Promise<Leave | undefined> {
    const ahead = this.#queue.filter((one) => one.client === client).length;
    if (ahead >= this.#limits.waiting || gone.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const stop = (): void => {
        this.#queue.splice(this.#queue.indexOf(entry), 1);
        resolve(undefined);
      };
      const entry: Waiting = {
        ...{ client, size },
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

  /** One entry of a client always fits, whatever its size. */
  #hasShare({ client, size }: Waiting): boolean {
    const own = this.#held.get(client) ?? 0;
    return own === 0 || own + size <= this.#limits.perClient;
  }

  #take(client: string, size: number): Leave {
    this.#change(client, size);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#change(client, -size);
      this.#letIn();
    };
  }

  #change(client: string, size: number): void {
    const own = (this.#held.get(client) ?? 0) + size;
    if (own === 0) this.#held.delete(client);
    else this.#held.set(client, own);
    this.#all += size;
  }

  /** In order: whoever waits for the room as a whole is not overtaken, whoever waits for their own share is. */
  #letIn(): void {
    for (const next of [...this.#queue]) {
      if (!this.#hasShare(next)) continue;
      if (this.#all > 0 && this.#all + next.size > this.#limits.most) return;
      this.#queue.splice(this.#queue.indexOf(next), 1);
      next.enter(this.#take(next.client, next.size));
    }
  }
}
