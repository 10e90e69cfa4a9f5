/** One touch on an answer goes on, where a page asks for one answer and nothing else. */
import { island, tellNextPage, toldByLastPage } from './dom.ts';

/** What the next page is told of: a finger has just left an answer. */
const TAPPED = 'tapped';
/** So long the second touch of a double tap may still come. */
const SECOND_TOUCH_MS = 400;

/**
 * Calls back with what a finger or a mouse has touched in the host. Keys are no touch, and neither is what a screen reader
 * presses: it would lead away from what has just been read.
 */
export function whenTouched(host: HTMLElement, act: (target: EventTarget | null) => void): void {
  let touched = false;
  host.addEventListener('pointerdown', () => {
    touched = true;
  });
  for (const other of ['pointercancel', 'keydown'])
    host.addEventListener(other, () => {
      touched = false;
    });
  host.addEventListener('click', ({ target }) => {
    // A label's click comes before that of its field.
    if (!touched || (target instanceof Element && target.closest('input, button') === null)) return;
    touched = false;
    act(target);
  });
}

/** Sends a form because a finger has answered all that its page asks. */
export function goOnTouched(form: HTMLFormElement | null | undefined): void {
  tellNextPage(TAPPED);
  form?.requestSubmit();
}

/** Arrows only move, and Enter or the button goes on. What is confirmed can be taken back by a touch, and that leads nowhere. */
function choice(host: HTMLElement): void {
  whenTouched(host, (target) => {
    if (target instanceof HTMLInputElement && target.checked) goOnTouched(target.form);
  });
}

/** The second touch of a double tap falls on the page that has come: for a moment that page takes none. */
function settle(): void {
  if (toldByLastPage(TAPPED) === null) return;
  const main = document.querySelector('main');
  main?.setAttribute('data-settling', '');
  setTimeout(() => main?.removeAttribute('data-settling'), SECOND_TOUCH_MS);
}

export function defineChoice(): void {
  settle();
  island('am-choice', choice);
}
