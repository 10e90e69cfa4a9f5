/** Pages whose work stands before a lock: after a few, one at a time finds out whether it is gone, and nobody else waits. */

/** One who asks for a page. */
export interface Asking {
  name: string;
  asked: boolean;
  lockedOut: boolean;
}

/** So many in a row: one of them alone may stand in their own way. */
const IN_A_ROW = 3;
/** Who find out at once, for all pages together: each does so with a connection in the hand. */
const MOST_TRYING = 3;

/** Knows nothing of time: a page is open again when one who tried it comes through. */
export class LockedOut {
  readonly #inARow = new Map<string, number>();
  readonly #trying = new Map<string, Asking>();

  #isHeld(name: string): boolean {
    return (this.#inARow.get(name) ?? 0) >= IN_A_ROW;
  }

  /** @returns whether this one may go on, as everybody or as the one who tries; then {@link leave} must follow */
  enter(one: Asking): boolean {
    if (!this.#isHeld(one.name)) return true;
    if (this.#trying.has(one.name) || this.#trying.size >= MOST_TRYING) return false;
    this.#trying.set(one.name, one);
    return true;
  }

  /** @returns whether one that has entered need not give up for those who stand before the lock by now */
  mayGoOn(one: Asking): boolean {
    return !this.#isHeld(one.name) || this.#trying.get(one.name) === one;
  }

  /** It has ended, in whatever way. */
  leave(one: Asking): void {
    if (this.#trying.get(one.name) === one) this.#trying.delete(one.name);
    if (one.lockedOut) this.#inARow.set(one.name, (this.#inARow.get(one.name) ?? 0) + 1);
    else if (one.asked) this.#inARow.delete(one.name);
  }
}
