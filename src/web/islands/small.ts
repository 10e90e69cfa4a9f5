/** Small islands: show a chosen file, lead to errors, print, count seconds, fill in from a QR code, go on when something is typed twice. */
import { goOnTouched } from './choice.ts';
import { counted, element, island } from './dom.ts';

/** What was said of a file goes when another is chosen in its place, with whichever of the fields for it. */
function forgetWrong(host: HTMLElement): void {
  const fields = host.closest<HTMLElement>('am-photo') ?? host;
  for (const one of fields.querySelectorAll('.kern-error')) one.remove();
  for (const input of fields.querySelectorAll('input[type="file"]')) {
    input.removeAttribute('aria-invalid');
    const ids = input.getAttribute('aria-describedby')?.split(' ') ?? [];
    for (const id of ids) if (id.endsWith('-error')) document.getElementById(id)?.remove();
  }
}

function file(host: HTMLElement): void {
  const input = host.querySelector('input');
  const words = host.querySelector('.file-words');
  const { max, large, together } = host.dataset;
  const said = words?.textContent ?? '';
  // A form that is too large is not read at all, and everything typed in it would be lost.
  const wrong = element('p', { class: 'kern-error', role: 'alert', 'data-error': 'fileTooLarge' });
  input?.addEventListener('change', () => {
    const sizes = [...(input.files ?? [])].map(({ size }) => size);
    const most = Number(max ?? Number.POSITIVE_INFINITY);
    wrong.remove();
    if (sizes.length > 0) forgetWrong(host);
    if (sizes.reduce((sum, size) => sum + size, 0) > most) {
      wrong.textContent = (Math.max(...sizes) > most ? large : together) ?? '';
      host.before(wrong);
      input.value = '';
      if (words !== null) words.textContent = said;
      return;
    }
    const names = [...(input.files ?? [])].map(({ name }) => name);
    if (words !== null && names.length > 0) words.textContent = names.join(', ');
  });
}

/** The summary of errors gets the focus; its links lead to the very field. */
function errors(host: HTMLElement): void {
  host.querySelector<HTMLElement>('.error-summary')?.focus();
  host.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : undefined;
    const target = link ? document.getElementById(link.hash.slice(1)) : undefined;
    if (!target) return;
    const field = target.matches('input, select, textarea')
      ? target
      : (target.querySelector<HTMLElement>('[aria-invalid="true"]') ??
        target.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea'));
    event.preventDefault();
    (field ?? target).focus();
    (field ?? target).scrollIntoView({ block: 'center' });
  });
}

function print(host: HTMLElement): void {
  host.hidden = false;
  host.addEventListener('click', () => window.print());
}

/** Whoever touches the screen gets the whole time again. */
function countdown(host: HTMLElement): void {
  let started = performance.now();
  const seconds = Number(host.dataset.seconds ?? 0);
  const line = host.querySelector('.countdown');
  for (const event of ['pointerdown', 'keydown']) {
    document.addEventListener(event, () => {
      started = performance.now();
    });
  }
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil(seconds - (performance.now() - started) / 1000));
    const text = counted(host.dataset.says, left);
    if (line !== null && line.textContent !== text) line.textContent = text;
    if (left > 0) return;
    clearInterval(timer);
    const { href } = host.dataset;
    if (href !== undefined) location.assign(href);
  }, 250);
}

/** A QR code leads to the page with `#number.code`: fills both fields and takes the secret out of the address. */
function fromFragment(host: HTMLElement): void {
  const [number, code] = decodeURIComponent(location.hash.slice(1)).split('.');
  if (number === undefined || code === undefined) return;
  for (const [name, value] of Object.entries({ number, code })) {
    const input = host.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (input !== null) input.value = value;
  }
  history.replaceState(null, '', location.pathname);
  host.closest('form')?.querySelector<HTMLElement>('.go-on button')?.focus();
}

/**
 * What is typed twice on the keys of the screen: the second field comes when the first is full, and the page goes on when both are
 * full and alike. Who has keys of their own leaves fields and pages by them.
 */
function twice(host: HTMLElement): void {
  const [first, again] = host.querySelectorAll('input');
  const hint = host.querySelector<HTMLElement>('.twice-hint');
  if (first === undefined || again === undefined || hint === null) return;
  const described = again.getAttribute('aria-describedby') ?? '';
  host.addEventListener('input', ({ target, isTrusted }) => {
    // Said where it is so.
    hint.hidden = isTrusted;
    again.setAttribute('aria-describedby', `${described} ${isTrusted ? '' : hint.id}`.trim());
    if (isTrusted || !(target instanceof HTMLInputElement) || target.value.length < target.maxLength) return;
    if (target === first) again.focus();
    else if (first.value === again.value) goOnTouched(host.closest('form'));
  });
}

/** A form that only passes something on is sent by itself; its button is for those without script. */
function sendOn(host: HTMLElement): void {
  host.closest('form')?.requestSubmit();
}

export function defineSmallIslands(): void {
  island('am-file', file);
  island('am-errors', errors);
  island('am-print', print);
  island('am-countdown', countdown);
  island('am-status', fromFragment);
  island('am-send', sendOn);
  island('am-twice', twice);
}
