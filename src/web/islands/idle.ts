import { counted, island } from './dom.ts';

/** Seconds between the question and the end of the visit. */
const GRACE_SECONDS = 30;
/** The way around the ring, in its own measure. */
const RING = 2 * Math.PI * 52;
const PING_MS = 60_000;
/** So long a form that was sent stands for somebody who waits for its answer. */
const ANSWER_MS = 120_000;
const ACTIVITY = ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove'] as const;

/** Watches whether somebody is still there; asks, counts down, and ends the visit by its form. */
class IdleWatch {
  readonly #host: HTMLElement;
  readonly #dialog: HTMLDialogElement;
  readonly #after: number;
  #last = performance.now();
  #pinged = performance.now();
  #sent = Number.NEGATIVE_INFINITY;
  #ended = false;

  constructor(host: HTMLElement, dialog: HTMLDialogElement) {
    this.#host = host;
    this.#dialog = dialog;
    this.#after = Number(host.dataset.seconds ?? 60) * 1000;
    for (const event of ACTIVITY) {
      document.addEventListener(event, () => this.#active(), { capture: true, passive: true });
    }
    document.addEventListener('submit', (event) => {
      if (!event.defaultPrevented) this.#sent = performance.now();
    });
    host.querySelector('[data-more]')?.addEventListener('click', () => this.#goOn());
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.#goOn();
    });
    setInterval(() => this.#tick(), 250);
  }

  /** A touch beside the question does not answer it: it could be the next person's. */
  #active(): void {
    if (this.#dialog.open) return;
    this.#last = performance.now();
    if (this.#last - this.#pinged >= PING_MS) this.#ping();
  }

  #goOn(): void {
    this.#dialog.close();
    this.#last = performance.now();
    this.#ping();
  }

  #ping(): void {
    this.#pinged = performance.now();
    const body = new URLSearchParams({ _csrf: this.#host.dataset.csrf ?? '' });
    fetch('/visit/alive', { method: 'POST', body, keepalive: true })
      .then((answer) => {
        if (answer.status === 401 || answer.status === 410) location.replace('/');
      })
      .catch(() => undefined);
  }

  #tick(): void {
    const now = performance.now();
    // To end the visit would throw the answer away that somebody waits for: perhaps number and code.
    if (!this.#dialog.open && now - this.#sent < ANSWER_MS) this.#last = now;
    const after = patience() ?? this.#after;
    const idle = now - this.#last;
    if (this.#ended || idle < after) return;
    if (!this.#dialog.open) this.#dialog.showModal();
    const left = Math.ceil((after + GRACE_SECONDS * 1000 - idle) / 1000);
    const count = this.#host.querySelector('[data-count]');
    const text = counted(this.#host.dataset.says, Math.max(left, 0));
    if (count !== null && count.textContent !== text) count.textContent = text;
    this.#show(Math.max(left, 0));
    if (left > 0) return;
    this.#ended = true;
    // As if pressed: whatever else would load a page, such as news of a payment, waits for the answer.
    this.#dialog.querySelector('form')?.requestSubmit();
  }

  /** The number, and as much of the ring as is left of the time. */
  #show(left: number): void {
    const number = this.#host.querySelector('[data-number]');
    if (number !== null && number.textContent !== String(left)) number.textContent = String(left);
    const part = (left / GRACE_SECONDS) * RING;
    this.#host.querySelector('[data-ring]')?.setAttribute('stroke-dasharray', `${part} ${RING}`);
  }
}

/** @returns for how long something on the screen lets people be busy elsewhere, with their phone */
function patience(): number | undefined {
  const shown = document.querySelector<HTMLElement>('[data-patient]');
  return shown === null ? undefined : Number(shown.dataset.patient) * 1000;
}

export function defineIdle(): void {
  island('am-idle', (host) => {
    const dialog = host.querySelector('dialog');
    if (dialog !== null) new IdleWatch(host, dialog);
  });
}
