/** One tap on an answer goes on, where a page asks for one answer and nothing else. */
import { island, tellNextPage, toldByLastPage } from './dom.ts';

/** What the next page is told of: a finger has just left an answer. */
const TAPPED = 'tapped';
/** So long the second touch of a double tap may still come. */
const SECOND_TOUCH_MS = 400;

/**
 * A finger or a mouse goes on; arrows only move, and Enter or the button goes on. A screen reader's press is no touch either: it
 * would lead away from what has just been read.
 */
function choice(host: HTMLElement): void {
  let touched = false;
  host.addEventListener('pointerdown', () => {
    touched = true;
  });
  for (const other of ['pointercancel', 'keydown'])
    host.addEventListener(other, () => {
      touched = false;
    });
  host.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !touched) return;
    touched = false;
    tellNextPage(TAPPED);
    target.form?.requestSubmit();
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
