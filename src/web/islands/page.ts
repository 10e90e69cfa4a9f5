/** What every page does: send a form once, show nothing from the back cache, measure the dock. */
import { island } from './dom.ts';

/** After so long a form that did not lead anywhere may be sent again. */
const AGAIN_MS = 10_000;

function guardForms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = '';
    form.setAttribute('aria-busy', 'true');
    setTimeout(() => {
      delete form.dataset.sent;
      form.removeAttribute('aria-busy');
    }, AGAIN_MS);
  });
}

/** The bar's language menu closes by Escape and by a touch beside it. */
function bar(host: HTMLElement): void {
  const menu = host.querySelector('details');
  if (menu === null) return;
  document.addEventListener('click', (event) => {
    if (menu.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}

/** Tells the styles how high the dock is, so that nothing that has the focus ends up behind it. */
function measureDock(): void {
  const dock = document.querySelector<HTMLElement>('.dock');
  if (dock === null) return;
  const measure = () => {
    const height = getComputedStyle(dock).position === 'sticky' ? dock.offsetHeight : 0;
    document.documentElement.style.setProperty('--dock', `${height}px`);
  };
  new ResizeObserver(measure).observe(dock);
  measure();
}

export function startPage(): void {
  guardForms();
  measureDock();
  island('am-bar', bar);
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}
