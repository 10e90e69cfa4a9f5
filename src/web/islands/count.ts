/** Counting up and down with two buttons, and what a list of counts adds up to. */
import { announceInput, element, island } from './dom.ts';

const numberIn = (input: HTMLInputElement): number => Number(input.value) || 0;

function count(host: HTMLElement): void {
  const input = host.querySelector('input');
  const [minus, plus] = host.querySelectorAll('button');
  if (input === null || minus === undefined || plus === undefined) return;
  const line = host.closest('.counted-line');
  const min = Number(host.dataset.min ?? 0);
  const max = Number(host.dataset.max ?? Number.POSITIVE_INFINITY);
  const spoken = element('span', { class: 'kern-sr-only', role: 'status' });
  host.append(spoken);
  const show = () => {
    const value = numberIn(input);
    // What disappears must not take the focus along.
    if (line && value <= min && document.activeElement === minus) plus.focus();
    line?.classList.toggle('some', value > min);
    minus.setAttribute('aria-disabled', String(value <= min));
    plus.setAttribute('aria-disabled', String(value >= max));
  };
  for (const button of [minus, plus]) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const value = Math.min(max, Math.max(min, numberIn(input) + Number(button.value)));
      input.value = String(value);
      spoken.textContent = String(value);
      announceInput(input);
    });
  }
  // In a list nothing is typed: it would be one more thing to touch beside each of many.
  input.readOnly = line !== null;
  if (input.readOnly) input.tabIndex = -1;
  input.addEventListener('focus', () => input.select());
  input.addEventListener('input', show);
  // A space would take the place of the number, and Enter would send the page in the middle of counting.
  input.addEventListener('keydown', (event) => {
    if (event.key === ' ' || (event.key === 'Enter' && input.readOnly)) event.preventDefault();
  });
  show();
}

/** Says with every count what all of them add up to. */
function sum(host: HTMLElement): void {
  const { name = '', values = '{}', most = '0', says = '', saysOver = '' } = host.dataset;
  const each = JSON.parse(values) as Record<string, number>;
  const [words, bar] = [host.querySelector('.sum-words'), host.querySelector('progress')];
  const written = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, {
    maximumFractionDigits: 1,
  });
  document.addEventListener('input', () => {
    const fields = host.closest('form')?.elements;
    let total = 0;
    for (const [option, one] of Object.entries(each)) {
      const field = fields?.namedItem(`${name}.${option}`);
      if (field instanceof HTMLInputElement) total += numberIn(field) * one;
    }
    const isOver = Math.round(total * 10) > Math.round(Number(most) * 10);
    if (words !== null) words.textContent = (isOver ? saysOver : says).replace('#', written.format(total));
    if (bar !== null) bar.value = Math.min(total, Number(most));
    host.toggleAttribute('data-over', isOver);
  });
}

export function defineCounts(): void {
  island('am-count', count);
  island('am-sum', sum);
}
