/**
 * What every page does: send a form once, show nothing from the back cache, measure the dock, say that it goes on below, know a
 * touch from keys; and the bar's menu.
 */
import { island, tellNextPage, toldByLastPage } from './dom.ts';

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

/** The bar's language menu closes by Escape, by a touch beside it, and when the focus goes on. */
function bar(host: HTMLElement): void {
  const menu = host.querySelector('details');
  if (menu === null) return;
  document.addEventListener('click', (event) => {
    if (menu.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  // Open, it would hide what the keyboard comes to next.
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}

/** What the next page is told of: which setting was pressed. */
const PRESSED = 'pressed';
const SETTINGS = ['language', 'size', 'contrast', 'reach'];

/** Where the languages stand in view, beside the bar. */
const LIST = 'languages';

/** Whoever changes the look of a page by the keyboard goes on from the button they pressed. */
export function goOnFromSetting(): void {
  document.addEventListener('submit', ({ submitter }) => {
    if (submitter instanceof HTMLButtonElement && SETTINGS.includes(submitter.name))
      tellNextPage(PRESSED, submitter.closest(`.${LIST}`) ? LIST : submitter.name);
  });
  const name = toldByLastPage(PRESSED);
  if (name === null || ![...SETTINGS, LIST].includes(name)) return;
  const inBar = name === 'language' ? 'summary' : `[name="${name}"]`;
  const button = name === LIST ? `.${LIST} [aria-current]` : `am-bar ${inBar}`;
  document.querySelector<HTMLElement>(button)?.focus({ preventScroll: true });
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

/** The pill "more below": there while the answers, or what a layer says, go on below, and a touch goes on by a page. */
function more(host: HTMLElement): void {
  const layer = host.closest('.layer');
  const answers = (layer ?? document).querySelector<HTMLElement>(layer ? '.layer-body' : 'main .do');
  if (answers === null) return;
  const look = () => {
    const left = answers.scrollHeight - answers.clientHeight - answers.scrollTop;
    answers.toggleAttribute('data-more', left > 1);
    host.toggleAttribute('data-on', left > 1);
  };
  answers.addEventListener('scroll', look, { passive: true });
  const sizes = new ResizeObserver(look);
  // What is in it grows without it: a part that folds open, letters that arrive.
  const watch = () => [answers, ...answers.children].forEach((one) => void sizes.observe(one));
  new MutationObserver(watch).observe(answers, { childList: true });
  watch();
  host.addEventListener('click', () => answers.scrollBy({ top: answers.clientHeight - 200 }));
}

/** A field says by its edge that it is typed into; the ring around it is for those who come with keys. */
function tellTouchFromKeys(): void {
  const root = document.documentElement;
  document.addEventListener('pointerdown', () => root.toggleAttribute('data-touched', true), true);
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Tab' || key.startsWith('Arrow')) root.removeAttribute('data-touched');
  });
}

export function startPage(): void {
  guardForms();
  tellTouchFromKeys();
  measureDock();
  island('am-bar', bar);
  island('am-more', more);
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}
