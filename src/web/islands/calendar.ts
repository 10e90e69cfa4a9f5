import { goOnTouched, whenTouched } from './choice.ts';
import { announceInput, element, island, turning } from './dom.ts';

const DAY_MS = 86_400_000;
const ARROWS = { previous: 'M30 8 14 24l16 16', next: 'M18 8l16 16-16 16' };
/** Days lie along the line of writing. */
const movesOf = (host: HTMLElement): Readonly<Record<string, number>> => {
  const along = getComputedStyle(host).direction === 'rtl' ? -1 : 1;
  return { ArrowLeft: -along, ArrowRight: along, ArrowUp: -7, ArrowDown: 7 };
};

/** Days as whole numbers since 1970, in no time zone. */
const dayOf = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date) / DAY_MS;
const dateOf = (day: number) => new Date(day * DAY_MS);
const weekdayOf = (day: number) => (dateOf(day).getUTCDay() + 6) % 7;

/** A month to pick a day from, which fills the three fields of a date. */
class Calendar {
  readonly #host: HTMLElement;
  readonly #inputs: readonly HTMLInputElement[];
  readonly #format: (options: Intl.DateTimeFormatOptions) => (day: number) => string;
  readonly #today: number;
  #day: number;
  readonly box: HTMLElement;
  /** What is said to come below the days. */
  readonly #below: readonly HTMLElement[];

  constructor(host: HTMLElement, box: HTMLElement, below: readonly HTMLElement[] = []) {
    this.#host = host;
    this.box = box;
    this.#below = below;
    this.#inputs = [...host.querySelectorAll('input')];
    const [year = 0, month = 1, date = 1] = (host.dataset.today ?? '').split('-').map(Number);
    this.#today = dayOf(year, month, date);
    this.#day = this.#today;
    this.#format = (options) => {
      const format = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: 'UTC', ...options });
      return (day) => format.format(dateOf(day));
    };
    box.setAttribute('aria-label', host.dataset.title ?? '');
    host.append(box);
    box.addEventListener('keydown', (event) => this.#key(event));
    box.addEventListener('click', ({ target }) => this.#click(target));
  }

  /** Shows the month of the day that stands in the fields, or of today. */
  show(): void {
    const isInside = this.box.contains(document.activeElement);
    this.#day = this.#typed() ?? this.#today;
    this.#draw();
    if (isInside) this.focusDay();
  }

  focusDay(): void {
    this.box.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  /** @returns the day that stands in the fields, if there is such a day */
  #typed(): number | undefined {
    const [date = 0, month = 0, year = 0] = this.#inputs.map((input) => Number(input.value));
    const typed = dayOf(year, month, date);
    const real =
      year > 999 && dateOf(typed).getUTCDate() === date && dateOf(typed).getUTCMonth() === month - 1;
    return real ? typed : undefined;
  }

  #click(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest('button') : undefined;
    if (button?.value === 'previous' || button?.value === 'next') {
      this.#month(button.value === 'next' ? 1 : -1);
      this.box.querySelector<HTMLElement>(`[value="${button.value}"]`)?.focus();
    } else if (button?.matches('td button')) this.#pick(Number(button.value));
  }

  #key(event: KeyboardEvent): void {
    const onDay = event.target instanceof Element && event.target.closest('td') !== null;
    const move = movesOf(this.#host)[event.key];
    // The few keys of a terminal go on from here to what follows; another month comes by its buttons.
    const leaves = move !== undefined && this.#leavesOpenMonth(this.#day + move);
    if (onDay && move !== undefined && !leaves) this.#go(this.#day + move);
    else if (onDay && event.key === 'PageUp') this.#month(-1);
    else if (onDay && event.key === 'PageDown') this.#month(1);
    else return;
    event.preventDefault();
    this.focusDay();
  }

  #leavesOpenMonth(day: number): boolean {
    const stays = dateOf(day).getUTCMonth() === dateOf(this.#day).getUTCMonth();
    return (
      !stays && this.box.closest('dialog') === null && document.documentElement.dataset.mode === 'terminal'
    );
  }

  /** The same day of another month, or that month's last. */
  #month(by: number): void {
    const now = dateOf(this.#day);
    const first = dateOf(dayOf(now.getUTCFullYear(), now.getUTCMonth() + 1 + by, 1));
    const last = dateOf(dayOf(first.getUTCFullYear(), first.getUTCMonth() + 2, 0)).getUTCDate();
    this.#go(dayOf(first.getUTCFullYear(), first.getUTCMonth() + 1, Math.min(now.getUTCDate(), last)));
  }

  #go(day: number): void {
    this.#day = day;
    this.#draw();
  }

  #pick(day: number): void {
    const date = dateOf(day);
    const parts = [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear()];
    for (const [at, input] of this.#inputs.entries()) {
      input.value = String(parts[at]);
      announceInput(input);
    }
  }

  #draw(): void {
    const { dataset } = this.#host;
    const now = dateOf(this.#day);
    const month = this.#format({ month: 'long', year: 'numeric' })(this.#day);
    const step = (name: 'previous' | 'next', label: string | undefined) =>
      element(
        'button',
        { type: 'button', value: name, class: 'calendar-step', 'aria-label': label },
        turning(ARROWS[name]),
      );
    this.box.replaceChildren(
      element(
        'div',
        { class: 'calendar-head' },
        step('previous', dataset.previous),
        element('h2', { 'aria-live': 'polite' }, month),
        step('next', dataset.next),
      ),
      this.#table(now.getUTCFullYear(), now.getUTCMonth() + 1),
      ...this.#below,
    );
  }

  #table(year: number, month: number): HTMLTableElement {
    const first = dayOf(year, month, 1);
    const count = dayOf(year, month + 1, 1) - first;
    const short = this.#format({ weekday: 'short' });
    const chosen = this.#typed();
    const long = this.#format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    const monday = first - weekdayOf(first);
    const heads = [0, 1, 2, 3, 4, 5, 6].map((at) => element('th', { scope: 'col' }, short(monday + at)));
    const body = element('tbody');
    for (let week = monday; week < first + count; week += 7) {
      const row = element('tr');
      for (let day = week; day < week + 7; day += 1) {
        const inside = day >= first && day < first + count;
        row.append(element('td', {}, ...(inside ? [this.#dayButton(day, day === chosen, long)] : [])));
      }
      body.append(row);
    }
    return element('table', {}, element('thead', {}, element('tr', {}, ...heads)), body);
  }

  #dayButton(day: number, chosen: boolean, name: (day: number) => string): HTMLButtonElement {
    return element(
      'button',
      {
        type: 'button',
        value: String(day),
        'aria-label': name(day),
        'aria-current': day === this.#today ? 'date' : undefined,
        'aria-pressed': String(chosen),
        tabindex: day === this.#day ? '0' : '-1',
      },
      String(dateOf(day).getUTCDate()),
    );
  }
}

/** Opens over the page, from a button beside the fields. */
function behind(host: HTMLElement, button: HTMLButtonElement): void {
  const dialog = element('dialog', { class: 'calendar' });
  const close = element('button', { type: 'button', value: 'close', class: 'kern-btn kern-btn--secondary' });
  close.append(element('span', { class: 'kern-label' }, host.dataset.close ?? ''));
  const calendar = new Calendar(host, dialog, [close]);
  button.hidden = false;
  button.addEventListener('click', () => {
    calendar.show();
    dialog.showModal();
    calendar.focusDay();
  });
  dialog.addEventListener('click', ({ target }) => {
    if (
      target instanceof Element &&
      (target === dialog || target.closest('td button') || close.contains(target))
    )
      dialog.close();
  });
  dialog.addEventListener('close', () => button.focus());
}

/** Stands open below the fields, where the day is all that is asked: a finger on a day goes on. */
function open(host: HTMLElement): void {
  const calendar = new Calendar(host, element('div', { class: 'calendar calendar-open', role: 'group' }));
  calendar.show();
  host.addEventListener('input', () => calendar.show());
  whenTouched(calendar.box, (target) => {
    if (target instanceof Element && target.closest('td')) goOnTouched(host.closest('form'));
  });
}

export function defineCalendar(): void {
  island('am-calendar', (host) => {
    const button = host.querySelector<HTMLButtonElement>('.date-open');
    if (button !== null) behind(host, button);
    else open(host);
  });
}
