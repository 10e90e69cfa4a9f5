/**
 * A terminal by the few keys of a keypad: arrows go from one thing to touch to the next, Enter takes it, Escape is the step
 * back, F1 is help and F2 goes to the heading again. On a field Enter leads to the keys on the screen (`key-steps.ts`). A keypad
 * is an ordinary keyboard to the browser (EN 301 549, 5.1.6); at home keys stay what they are everywhere.
 */
import { asTextField } from './dom.ts';
import { step } from './steps.ts';

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Whether an arrow belongs to what is being typed, or to a list of lines. */
function belongsTo(target: EventTarget | null, key: string): boolean {
  const along = key === 'ArrowLeft' || key === 'ArrowRight';
  if (target instanceof HTMLSelectElement) return !along;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return false;
  const { selectionStart: start, selectionEnd: end, value } = target;
  // Ticks and files have no place to type at.
  if (start === null || end === null || (!along && target instanceof HTMLInputElement)) return false;
  const isForward = (STEPS[key] === 1) !== (along && getComputedStyle(target).direction === 'rtl');
  // Marked as a whole, as it is when one comes to it: nobody is in the middle of it.
  if (start === 0 && end === value.length) return false;
  return start !== end || (isForward ? end < value.length : start > 0);
}

/** Whether somebody has letters of their own: then Enter in a field leads on as everywhere. */
let hasLetters = false;

/** Enter on a field leads to the keys on the screen; on a tick or a choice it takes it, and once it is taken, Enter leads on as everywhere. */
function take(target: EventTarget | null): boolean {
  const keys = document.querySelector('am-keyboard:not([hidden])');
  if (keys !== null && asTextField(target) !== undefined && !hasLetters) {
    keys.dispatchEvent(new CustomEvent('am-enter'));
    return true;
  }
  if (!(target instanceof HTMLInputElement)) return false;
  const isOpen = target.type === 'checkbox' || (target.type === 'radio' && !target.checked);
  if (isOpen) target.click();
  return isOpen;
}

function press(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((one) => one.checkVisibility());
  found?.click();
  return found !== undefined;
}

function toHeading(): boolean {
  const found = document.querySelector<HTMLElement>('main h1');
  if (found === null) return false;
  found.tabIndex = -1;
  found.focus({ preventScroll: true });
  return true;
}

/** @returns whether the key was one of ours here */
function act({ key, target }: KeyboardEvent): boolean {
  const rtl = document.documentElement.dir === 'rtl';
  const mirrored: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' };
  const by = STEPS[(rtl && mirrored[key]) || key];
  if (by !== undefined) {
    if (belongsTo(target, key)) return false;
    step(by);
    return true;
  }
  if (key === 'Enter') return take(target);
  if (key === 'Escape') return press('main .back');
  if (key === 'F1') return press('am-bar .bar-help');
  return key === 'F2' && toHeading();
}

/** Makes a terminal's keys work, and begins on the heading of each page that comes, unless something else has the focus. */
export function startKeypad(): void {
  if (document.documentElement.dataset.mode !== 'terminal') return;
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    // Whatever else is open has closed by it before; a box does after it.
    if (event.key === 'Escape' && document.querySelector('dialog[open]') !== null) return;
    if (act(event)) event.preventDefault();
  });
  document.addEventListener('input', ({ isTrusted, target }) => {
    hasLetters ||= isTrusted && asTextField(target) !== undefined;
  });
  // A field that a page names gets it only later, and not once something else has it.
  const named = document.querySelector<HTMLElement>('main [autofocus]');
  if (document.activeElement === document.body && named === null) toHeading();
}
