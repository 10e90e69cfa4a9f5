/** Layers over a page: help, and questions before anything is lost. What they show is a page of its own, fetched and laid over this one. */
import { element, tellNextPage, toldByLastPage } from './dom.ts';

/** What the next page is told of: which layer was open. */
const OPEN = 'layer';

/** @returns what another page of the office shows as a layer, and where it was found; nothing where it is no layer */
async function fetched(opener: HTMLElement): Promise<{ content: HTMLElement | null; url: string }> {
  const { over } = opener.dataset;
  const form = opener instanceof HTMLButtonElement ? opener.form : null;
  const answer =
    over || form === null
      ? await fetch(over ?? '', { cache: 'no-store' })
      : await fetch(targetOf(opener, form), { method: 'POST', body: bodyOf(form) });
  if (!answer.ok) throw new Error('no layer');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return { content: page.querySelector<HTMLElement>('[data-layer]'), url: answer.url };
}

/** Where the button sends the form: a button without a target of its own would give the address of the page. */
const targetOf = (button: HTMLElement, form: HTMLFormElement): string =>
  button instanceof HTMLButtonElement && button.hasAttribute('formaction') ? button.formAction : form.action;

/** What the form would send by itself: with files only where it has some. */
function bodyOf(form: HTMLFormElement): FormData | URLSearchParams {
  const data = new FormData(form);
  if (form.enctype === 'multipart/form-data') return data;
  return new URLSearchParams([...data].filter((one): one is [string, string] => typeof one[1] === 'string'));
}

/** Buttons for the look of the page send along what is typed on it, as those of the bar do. */
function sendPageForm(content: HTMLElement): void {
  const settings = document.querySelector<HTMLButtonElement>('am-bar [name="size"]');
  if (!settings?.hasAttribute('form')) return;
  for (const button of content.querySelectorAll('.screen-settings button'))
    for (const name of ['form', 'formaction', 'formmethod', 'formnovalidate'])
      button.setAttribute(name, settings.getAttribute(name) ?? '');
}

/** What lies below a layer beside which the bar stays usable. */
const below = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('body > header, body > main, .legal, .skip'),
];

/**
 * @param opener has the focus again where nothing had it before
 * @returns brings the focus back to where it is now. The keys on the screen are drawn anew with their field.
 */
function wayBack(opener: HTMLElement): () => void {
  const at = document.activeElement;
  const key = at instanceof HTMLButtonElement && at.closest('am-keyboard') !== null ? at.value : undefined;
  const field = document.querySelector<HTMLElement>('[data-typed-into]');
  const place = key === undefined ? at : field;
  return () => {
    const isThere = place instanceof HTMLElement && place !== document.body && place.isConnected;
    (isThere ? place : opener).focus({ preventScroll: true });
    if (key === undefined || !isThere) return;
    const keys = [...document.querySelectorAll<HTMLButtonElement>('am-keyboard button')];
    keys.find(({ value }) => value === key)?.focus();
  };
}

/** Shows a layer until it is left: by what leads back, by Escape, or by a touch on the page behind help. */
function show(content: HTMLElement, goBack: () => void): void {
  const kind = content.dataset.layer ?? 'ask';
  const title = content.querySelector('h1');
  const dialog = element('dialog', { class: content.className, 'data-shown': kind });
  const veil = element('div', { class: 'veil' });
  title?.setAttribute('id', 'layer-title');
  title?.setAttribute('tabindex', '-1');
  dialog.setAttribute('aria-labelledby', 'layer-title');
  dialog.append(...content.childNodes);
  sendPageForm(dialog);
  const close = () => {
    dialog.remove();
    veil.remove();
    for (const one of below()) one.inert = false;
    goBack();
  };
  /** Something leads back: a link to this very page closes the layer, a button has to be told to the office. */
  const leave = () => {
    const back = dialog.querySelector<HTMLElement>('[data-close]');
    if (back instanceof HTMLButtonElement) back.click();
    else close();
  };
  dialog.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('a[data-close]') === null) return;
    event.preventDefault();
    close();
  });
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    leave();
  });
  if (kind === 'help') {
    for (const one of below()) one.inert = true;
    const bar = document.querySelector<HTMLElement>('.dock')?.offsetHeight ?? 0;
    document.documentElement.style.setProperty('--bar', `${bar}px`);
    document.body.append(veil, dialog);
    veil.addEventListener('click', close);
    dialog.show();
  } else {
    document.body.append(dialog);
    dialog.showModal();
  }
  (kind === 'help' ? title : dialog.querySelector<HTMLElement>('[data-close]'))?.focus({
    preventScroll: true,
  });
}

const shown = (kind: string): HTMLDialogElement | null =>
  document.querySelector<HTMLDialogElement>(`dialog[data-shown="${kind}"]`);

/** @returns closes help by its own way back. Where none is open, nothing happens. */
function closeHelp(): boolean {
  const help = shown('help');
  help?.querySelector<HTMLElement>('[data-close]')?.click();
  return help !== null;
}

/** Without an answer of the office the button does what it does without script. */
async function open(opener: HTMLElement, natively: () => void): Promise<void> {
  if (opener.dataset.opening !== undefined) return;
  opener.dataset.opening = '';
  const goBack = wayBack(opener);
  try {
    const { content, url } = await fetched(opener);
    closeHelp();
    if (content) show(content, goBack);
    else location.assign(url);
  } catch {
    natively();
  } finally {
    delete opener.dataset.opening;
  }
}

/** Buttons of the bar that lead to a layer open it over the page that is there. */
export function openLayers(): void {
  let isNative = false;
  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-over]') : null;
    if (opener === null || isNative || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // Pressed once more, help goes away again.
    if (opener.dataset.over && closeHelp()) return;
    void open(opener, () => {
      isNative = true;
      opener.click();
      isNative = false;
    });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.querySelector('dialog:modal') === null && closeHelp())
      event.preventDefault();
  });
  // In another size or language, whoever had help before their eyes has it again.
  document.addEventListener('submit', () => {
    if (shown('help')) tellNextPage(OPEN, 'help');
  });
  if (toldByLastPage(OPEN) === 'help')
    document.querySelector<HTMLElement>('am-bar [data-over]:not([data-over=""])')?.click();
}
