import { editDistance } from '#typed';
import { announceInput, element } from './dom.ts';

export interface Suggestion {
  label: string;
  value: string;
  /** Other names it is found by. */
  also?: readonly string[];
}

/** How many suggestions are shown: few enough to read, and to see beside the keyboard. */
const SHOWN = 6;

/** @returns text as it is compared: without case, marks and signs; ß as ss, "straße" and "str." alike, ä as ae as a */
export function comparable(text: string): string {
  return text
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([aou])e/g, '$1')
    .replace(/str(asse|\.)?(?=$|[^\p{L}])/gu, 'str')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** @returns the best matches: those that begin with what was typed first, then those that hold it */
export function matches(all: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const wanted = comparable(typed);
  if (wanted === '') return [];
  const begins: Suggestion[] = [];
  const holds: Suggestion[] = [];
  for (const one of all) {
    const places = namesOf(one).map((name) => name.indexOf(wanted));
    if (places.includes(0)) begins.push(one);
    else if (places.some((at) => at > 0)) holds.push(one);
  }
  return [...begins, ...holds].slice(0, SHOWN);
}

const namesOf = ({ label, also = [] }: Suggestion): string[] => [label, ...also].map(comparable);

/** @returns those that were meant although a letter is wrong, missing or too much */
function nearly(all: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const wanted = comparable(typed);
  if (wanted.length < 5) return [];
  return all.filter((one) => namesOf(one).some((name) => editDistance(name, wanted, 1) <= 1)).slice(0, SHOWN);
}

export interface ComboboxOptions {
  input: HTMLInputElement;
  host: HTMLElement;
  all(): Promise<readonly Suggestion[]>;
  /** Whether a small slip is forgiven here: then the list is short and its names differ much. */
  forgiving?: boolean;
  /** @returns what was typed behind a suggestion's own text, such as a house number behind the street; '' for nothing */
  behind?(typed: string): string;
  /** @param behind what had been typed behind it */
  picked(suggestion: Suggestion, behind: string): void;
  /** Called after that when a finger or a mouse has picked it. */
  touched?(): void;
}

let made = 0;

/** Suggestions below a field, by the ARIA pattern for a combobox with a listbox. Filters here: nothing typed is sent anywhere. */
export class Combobox {
  readonly #options: ComboboxOptions;
  readonly #list = element('ul', {
    role: 'listbox',
    class: 'suggestions',
    id: `suggestions-${++made}`,
    hidden: '',
  });
  readonly #status = element('div', { class: 'kern-sr-only', role: 'status' });
  #shown: readonly Suggestion[] = [];
  #behind = '';
  #active = -1;
  /** What was typed last for which there is nothing to suggest. */
  #without = '';

  constructor(options: ComboboxOptions) {
    this.#options = options;
    const { input, host } = options;
    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': this.#list.id,
      autocomplete: 'off',
    })) {
      input.setAttribute(name, value);
    }
    this.#list.setAttribute('aria-label', host.dataset.label ?? '');
    host.append(this.#list, this.#status);
    input.addEventListener('input', (event) => {
      if (event instanceof InputEvent) void this.#search();
    });
    input.addEventListener('keydown', (event) => this.#key(event));
    const closeIfLeft = () => {
      if (document.activeElement !== input) this.#close();
    };
    input.addEventListener('blur', () => setTimeout(closeIfLeft, 150));
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest('li') : undefined;
      if (option === undefined || option === null) return;
      this.#pick(Number(option.dataset.at));
      this.#options.touched?.();
    });
  }

  async #search(): Promise<void> {
    const { input, host } = this.#options;
    const typed = input.value;
    const all = await this.#options.all();
    if (input.value !== typed) return;
    const found = this.#find(all, typed);
    const [only] = found;
    const isIt = found.length === 1 && only?.label === typed;
    this.#show(isIt ? [] : found);
    if (this.#shown.length === 0) this.#without = typed;
    const none = comparable(typed).length > 2 && found.length === 0;
    this.#status.className = none ? 'none-found' : 'kern-sr-only';
    this.#status.textContent = none ? (host.dataset.none ?? '') : found.map((one) => one.label).join(', ');
  }

  /** Matches of what was typed; where there are none, of the part before what stands behind. */
  #find(all: readonly Suggestion[], typed: string): readonly Suggestion[] {
    const exact = matches(all, typed);
    const whole = exact.length > 0 || !this.#options.forgiving ? exact : nearly(all, typed);
    this.#behind = whole.length > 0 ? '' : (this.#options.behind?.(typed) ?? '');
    return this.#behind === '' ? whole : matches(all, typed.slice(0, -this.#behind.length));
  }

  #show(found: readonly Suggestion[]): void {
    this.#shown = found;
    this.#active = -1;
    this.#list.replaceChildren(
      ...found.map((one, at) =>
        element(
          'li',
          { role: 'option', id: `${this.#list.id}-${at}`, 'data-at': String(at), 'aria-selected': 'false' },
          one.label,
        ),
      ),
    );
    this.#list.hidden = found.length === 0;
    this.#options.input.setAttribute('aria-expanded', String(found.length > 0));
    this.#options.input.removeAttribute('aria-activedescendant');
    if (found.length > 0) document.dispatchEvent(new CustomEvent('am-reveal'));
  }

  #close(): void {
    this.#show([]);
  }

  #move(to: number): void {
    const { input } = this.#options;
    this.#active = (to + this.#shown.length) % this.#shown.length;
    for (const [at, option] of [...this.#list.children].entries()) {
      option.setAttribute('aria-selected', String(at === this.#active));
    }
    input.setAttribute('aria-activedescendant', `${this.#list.id}-${this.#active}`);
    this.#list.children[this.#active]?.scrollIntoView({ block: 'nearest' });
  }

  #pick(at: number): void {
    const suggestion = this.#shown[at];
    if (suggestion === undefined) return;
    const { input, picked } = this.#options;
    input.value = suggestion.label;
    picked(suggestion, this.#behind);
    this.#close();
    announceInput(input);
    this.#close();
  }

  #key(event: KeyboardEvent): void {
    if (this.#shown.length === 0) {
      // Closed by Escape: the arrow asks for the list again, unless there is none.
      const { value } = this.#options.input;
      if (event.key !== 'ArrowDown' || value === '' || value === this.#without) return;
      event.preventDefault();
      void this.#search();
      return;
    }
    const isLast = this.#active === this.#shown.length - 1;
    if (event.key === 'ArrowDown' && isLast) {
      // Through the list and on: at a terminal the arrow leads to what comes next.
      this.#close();
      return;
    }
    if (event.key === 'ArrowDown') this.#move(this.#active + 1);
    else if (event.key === 'ArrowUp')
      this.#move(this.#active < 0 ? this.#shown.length - 1 : this.#active - 1);
    else if (event.key === 'Enter' && this.#active >= 0) this.#pick(this.#active);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
  }
}
