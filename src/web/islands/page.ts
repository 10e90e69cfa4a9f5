/** What every page does: keep typed answers when a setting changes, send a form once, show nothing from the back cache. */
import { announceInput, island } from './dom.ts';

const KEPT = 'typed';
/** After so long a form that did not lead anywhere may be sent again. */
const AGAIN_MS = 10_000;

/** Keeps what stands in the page's form over the one navigation that changes language, size or contrast. */
function keepTyped(): void {
  const form = document.querySelector<HTMLFormElement>('main form[method="post"]');
  if (form === null) return;
  const typed = [...new FormData(form)].filter(
    ([name, value]) => typeof value === 'string' && !name.startsWith('_'),
  );
  sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, typed]));
}

/** Puts it back, and forgets it whatever page this is. */
export function restoreTyped(): void {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (kept === null) return;
  const [path, typed] = JSON.parse(kept) as [string, [string, string][]];
  const form = document.querySelector<HTMLFormElement>('main form[method="post"]');
  if (form === null || path !== location.pathname) return;
  for (const field of form.elements) {
    const named =
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement;
    if (!named || field.name.startsWith('_') || field.type === 'file' || field.type === 'hidden') continue;
    const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')) {
      field.checked = values.includes(field.value);
    } else if (values[0] !== undefined) field.value = values[0];
    announceInput(field);
  }
}

function guardForms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    if (form.getAttribute('action') === '/visit/settings') keepTyped();
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
