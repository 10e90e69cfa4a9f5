/**
 * The desk by keyboard: J and K or the arrow keys go from row to row, Enter opens (the row's link has the focus),
 * the slash goes to the search field, Escape back to the rows.
 */

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;

function stepRows(step: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-desk-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? rows[step > 0 ? 0 : rows.length - 1] : rows[at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return rows.length > 0;
}

function toSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('[data-desk-search]');
  field?.focus();
  field?.select();
  return field !== null;
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (isTyping(event.target)) {
    if (event.key === 'Escape' && stepRows(1)) event.preventDefault();
    return;
  }
  const step = STEPS[event.key];
  const done = step === undefined ? event.key === '/' && toSearch() : stepRows(step);
  if (done) event.preventDefault();
}

/** Makes `<am-desk-keys>` work: the keys are heard while it is on the page. */
export function defineDeskKeys(): void {
  customElements.define(
    'am-desk-keys',
    class extends HTMLElement {
      connectedCallback(): void {
        document.addEventListener('keydown', onKey);
      }
      disconnectedCallback(): void {
        document.removeEventListener('keydown', onKey);
      }
    },
  );
}
