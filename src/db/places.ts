/** How many connections the same page may hold at once, so that one that hangs leaves some for the others. */

type Enter = () => void;

/** Places by name, each with its own queue in the order of coming. */
export class Places {
  readonly #most: number;
  readonly #held = new Map<string, number>();
  readonly #waiting = new Map<string, Enter[]>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a place; waits while all of this name are taken. Each must be given back by {@link leave}. */
  async enter(name: string): Promise<void> {
    const held = this.#held.get(name) ?? 0;
    if (held < this.#most) {
      this.#held.set(name, held + 1);
      return;
    }
    await new Promise<void>((resolve) => {
      const queue = this.#waiting.get(name) ?? [];
      queue.push(resolve);
      this.#waiting.set(name, queue);
    });
  }

  /** Gives a place back: to whoever waits longest, if anybody does. */
  leave(name: string): void {
    const queue = this.#waiting.get(name);
    const next = queue?.shift();
    if (queue?.length === 0) this.#waiting.delete(name);
    if (next) {
      next();
      return;
    }
    const held = (this.#held.get(name) ?? 0) - 1;
    if (held > 0) this.#held.set(name, held);
    else this.#held.delete(name);
  }
}
