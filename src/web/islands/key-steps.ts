/** The keys on the screen by the arrows of a keypad: a grid to go about in, with the field above it and what follows below. */
import type { TextField } from './dom.ts';
import { step } from './steps.ts';

/** Where a key lies: its row, and its place in that. */
interface Place {
  row: number;
  at: number;
}

const middle = (key: HTMLElement): number => {
  const { left, width } = key.getBoundingClientRect();
  return left + width / 2;
};

/** Goes about the keys that a host shows; what they type goes to a field that has no focus then. */
export class KeySteps {
  readonly #host: HTMLElement;
  readonly #field: () => TextField | undefined;

  /** @param field the one that is typed into */
  constructor(host: HTMLElement, field: () => TextField | undefined) {
    this.#host = host;
    this.#field = field;
    host.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      if (this.#go(event.key)) event.preventDefault();
    });
    for (const name of ['focusin', 'focusout'])
      host.addEventListener(name, (event) => {
        const isIn = name === 'focusin' || host.contains((event as FocusEvent).relatedTarget as Node | null);
        this.#field()?.toggleAttribute('data-typed-into', isIn);
      });
  }

  /** Whether one of the keys has the focus. */
  get isIn(): boolean {
    return this.#host.contains(document.activeElement);
  }

  /** To the key in the middle: from there no other one is far. */
  enter(): void {
    const rows = this.#rows();
    const row = Math.floor((rows.length - 1) / 2);
    this.#focus({ row, at: Math.floor((rows[row]?.length ?? 0) / 2) });
  }

  /** Keeps the place while keys are drawn anew. */
  keep(draw: () => void): void {
    const place = this.#place();
    draw();
    if (place) this.#focus(place);
  }

  /** Keys in rows as they lie, whatever the direction of writing. */
  #rows(): HTMLElement[][] {
    return [...this.#host.querySelectorAll('.keyboard-row')]
      .map((row) => [...row.querySelectorAll('button')].toSorted((one, other) => middle(one) - middle(other)))
      .filter((row) => row.length > 0);
  }

  #place(): Place | undefined {
    for (const [row, keys] of this.#rows().entries()) {
      const at = keys.indexOf(document.activeElement as HTMLElement);
      if (at >= 0) return { row, at };
    }
    return undefined;
  }

  #focus({ row, at }: Place): void {
    const rows = this.#rows();
    const keys = rows[Math.min(row, rows.length - 1)];
    keys?.[Math.min(at, keys.length - 1)]?.focus();
  }

  /** @returns whether the key leads somewhere from here */
  #go(key: string): boolean {
    if (key === 'Escape') this.#leave();
    else if (key === 'ArrowLeft' || key === 'ArrowRight') this.#along(key === 'ArrowRight' ? 1 : -1);
    else if (key === 'ArrowUp' || key === 'ArrowDown') this.#across(key === 'ArrowDown' ? 1 : -1);
    else return false;
    return true;
  }

  #along(by: 1 | -1): void {
    const { row, at } = this.#place() ?? { row: 0, at: 0 };
    const keys = this.#rows()[row] ?? [];
    keys.at((at + by) % keys.length)?.focus();
  }

  /** To the key that lies nearest in the next row; from the first one up into the field, from the last one on. */
  #across(by: 1 | -1): void {
    const rows = this.#rows();
    const { row, at } = this.#place() ?? { row: 0, at: 0 };
    const [from, keys] = [rows[row]?.[at], rows[row + by]];
    if (row + by < 0) this.#leave();
    else if (keys === undefined) step(1, this.#field());
    else if (from)
      keys
        .reduce((one, other) => {
          const far = (key: HTMLElement): number => Math.abs(middle(key) - middle(from));
          return far(other) < far(one) ? other : one;
        })
        .focus();
  }

  #leave(): void {
    this.#field()?.focus();
  }
}
