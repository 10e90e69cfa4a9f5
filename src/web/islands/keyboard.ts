import { variantsOf, writtenIn } from './accents.ts';
import { announceInput, asTextField, element, icon, island, type TextField, turning } from './dom.ts';
import { KeySteps } from './key-steps.ts';
import { LAYOUTS, type LayoutName, layoutFor, ownKeys } from './keys.ts';
import { step } from './steps.ts';

const ICONS: Readonly<Record<string, string>> = {
  '<delete>': 'M17 10h24a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H17L4 24zM23 18l12 12M35 18 23 30',
  '<shift>': 'M24 6 7 25h9v15h16V25h9z',
  '<next>': 'M6 24h35M28 10l14 14-14 14',
};
/** Whose letters can be given marks. */
const WITH_MARKS: readonly LayoutName[] = ['letters', 'latin', 'turkish'];
/** So many letters with marks are offered at once; the last key shows further ones. */
const OFFERED = 12;
const DOUBLE_MS = 400;
/** So long after a touch its click may still come. */
const CLICK_MS = 400;
/** Whoever holds the key down so long wants more than one letter gone; then one goes in each of the shorter times. */
const HELD_MS = 500;
const REPEAT_MS = 90;

/** The keyboard on a terminal's screen. Lies in the dock, which takes room of its own, so that it covers no field. */
class Keyboard {
  readonly #host: HTMLElement;
  readonly #steps: KeySteps;
  readonly #variants = element('div', { class: 'keyboard-row', 'data-variants': '' });
  readonly #rows = element('div');
  #field: TextField | undefined;
  #layout: LayoutName = 'letters';
  #shift: 'off' | 'once' | 'lock' = 'off';
  #shiftedAt = Number.NEGATIVE_INFINITY;
  #offset = 0;
  /** The row of letters with marks lies in the place of the digits. */
  #marks = false;
  #holding: ReturnType<typeof setTimeout> | undefined;
  /** What holding a key has done already is not done once more when it is let go. */
  #held = false;
  /** A finger is on the screen, or has just left it and its click has not come yet. */
  #touched = false;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#steps = new KeySteps(host, () => this.#field);
    host.append(this.#rows);
    host.addEventListener('am-enter', () => this.#steps.enter());
    host.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      if (keyAt(event)?.value === '<delete>') this.#hold();
    });
    for (const end of ['pointerup', 'pointercancel', 'pointerleave'])
      host.addEventListener(end, () => clearTimeout(this.#holding));
    host.addEventListener('mousedown', (event) => event.preventDefault());
    host.addEventListener('click', (event) => {
      const key = keyAt(event);
      if (key && !this.#held) this.#press(key.value);
      this.#held = false;
    });
    document.addEventListener('focusin', ({ target }) => {
      if (!this.#steps.isIn) this.#focus(asTextField(target));
    });
    document.addEventListener('pointerdown', () => {
      clearTimeout(this.#waiting);
      this.#touched = true;
    });
    for (const end of ['pointerup', 'pointercancel'])
      document.addEventListener(end, () => this.#release(CLICK_MS));
    document.addEventListener('click', () => this.#release(0));
    document.addEventListener('selectionchange', () => this.#offer());
    document.addEventListener('input', () => this.#offer());
    document.addEventListener('am-reveal', () => this.#reveal());
    this.#focus(asTextField(document.activeElement));
  }

  /** A page can come in another language without being loaded anew. */
  get #lang(): string {
    return document.documentElement.lang;
  }

  #focus(field: TextField | undefined): void {
    this.#field = field;
    if (field === undefined) {
      if (!this.#touched) this.#hideIfLeft();
      return;
    }
    this.#layout = this.#ownLayout(field);
    this.#shift = this.#layout === 'letters' && field.value === '' ? 'once' : 'off';
    this.#marks = false;
    this.#draw();
    this.#show(true);
    requestAnimationFrame(() => this.#reveal());
  }

  /**
   * Hides only after the click: otherwise the page would move under the finger and the touch would miss. A touch screen
   * lets the finger go first, moves the focus then, and clicks last.
   */
  #release(afterMs: number): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.#touched = false;
      this.#hideIfLeft();
    }, afterMs);
  }

  #hideIfLeft(): void {
    if (asTextField(document.activeElement) === undefined && !this.#steps.isIn) this.#show(false);
  }

  #show(shown: boolean): void {
    this.#host.hidden = !shown;
    document.documentElement.toggleAttribute('data-keyboard', shown);
  }

  /** Brings the field, with its label and message where they fit, above the keyboard. */
  #reveal(): void {
    const field = this.#field;
    if (field === undefined || this.#host.hidden) return;
    // At a terminal the answers scroll alone; elsewhere it is the page.
    const answers = field.closest<HTMLElement>('.do');
    const alone = answers !== null && getComputedStyle(answers).overflowY === 'auto' ? answers : undefined;
    const zone = alone?.getBoundingClientRect();
    const above = (zone?.top ?? 0) + 12;
    const limit = (zone ? zone.bottom - 48 : this.#host.getBoundingClientRect().top) - 12;
    const whole = (field.closest('.field, .part, .search') ?? field).getBoundingClientRect();
    const own = field.getBoundingClientRect();
    const list = field.parentElement?.querySelector('.suggestions')?.getBoundingClientRect();
    const bottom = Math.max(own.bottom, list?.bottom ?? 0);
    const top = bottom - whole.top < limit - above ? whole.top : own.top;
    const by = bottom > limit ? Math.min(bottom - limit, top - above) : Math.min(0, top - above);
    (alone ?? window).scrollBy(0, by);
  }

  #hold(): void {
    clearTimeout(this.#holding);
    this.#held = false;
    const again = () => {
      this.#held = true;
      this.#press('<delete>');
      this.#holding = setTimeout(again, REPEAT_MS);
    };
    this.#holding = setTimeout(again, HELD_MS);
  }

  #draw(): void {
    this.#host.classList.toggle('keyboard-digits', ['digits', 'phone'].includes(this.#layout));
    const rows = LAYOUTS[this.#layout].map((row) =>
      element('div', { class: 'keyboard-row' }, ...row.split(' ').map((key) => this.#key(key))),
    );
    const marked = this.#marks && WITH_MARKS.includes(this.#layout);
    this.#steps.keep(() => {
      this.#rows.replaceChildren(...(marked ? [this.#variants, ...rows.slice(1)] : rows));
      this.#offer();
    });
  }

  #key(key: string): HTMLButtonElement {
    const upper = this.#shift !== 'off' && [...key].length === 1;
    const text = upper && key !== 'ß' ? key.toLocaleUpperCase(this.#layout === 'turkish' ? 'tr' : 'de') : key;
    const button = element('button', { type: 'button', tabindex: '-1', value: text, class: 'key' });
    const named = /^<(\w+)>$/.exec(key)?.[1];
    if (named === undefined) {
      button.append(text);
      return button;
    }
    button.classList.add(named === 'space' ? 'key-space' : 'key-wide');
    const label = (named === 'own' ? ownKeys(this.#lang)?.label : this.#host.dataset[named]) ?? named;
    const picture = ICONS[key];
    if (picture === undefined && named !== 'space') button.append(label);
    else if (picture !== undefined) button.append(named === 'next' ? turning(picture) : icon(picture));
    button.setAttribute('aria-label', label);
    if (named === 'shift') button.setAttribute('aria-pressed', String(this.#shift !== 'off'));
    if (named === 'marks') button.setAttribute('aria-pressed', String(this.#marks));
    return button;
  }

  /** Fills the row of letters with marks, where it is shown, with those that fit the letter before the cursor. */
  #offer(): void {
    const field = this.#field;
    if (field === undefined || !this.#marks) return;
    const letter = [...field.value.slice(0, field.selectionStart ?? 0)].at(-1) ?? '';
    const shown = this.#variants.dataset.letter;
    if (shown === letter && this.#variants.childElementCount > 0) return;
    if (shown !== letter) this.#offset = 0;
    this.#variants.dataset.letter = letter;
    const all = variantsOf(letter);
    const some = all.slice(this.#offset, this.#offset + OFFERED);
    const keys = some.map((one) => this.#marked(one));
    if (all.length > OFFERED) keys.push(this.#key('<more>'));
    const hint = element('span', { class: 'keyboard-hint' }, this.#host.dataset.hint ?? '');
    this.#steps.keep(() => this.#variants.replaceChildren(...(keys.length > 0 ? keys : [hint])));
  }

  /** A letter with a mark; where another looks like it, it says whose it is. */
  #marked(letter: string): HTMLButtonElement {
    const key = element('button', { type: 'button', tabindex: '-1', value: `<put>${letter}`, class: 'key' });
    key.append(letter);
    const tags = writtenIn(letter);
    if (tags.length === 0) return key;
    const languages = new Intl.DisplayNames([this.#lang], { type: 'language' });
    const names = tags.map((tag) => languages.of(tag) ?? tag);
    key.classList.add('key-named');
    key.append(' ', element('span', { class: 'key-whose' }, names.join(', ')));
    return key;
  }

  #press(key: string): void {
    const field = this.#field;
    if (field === undefined) return;
    const named: Readonly<Record<string, () => void>> = {
      '<shift>': () => this.#turnShift(),
      '<signs>': () => this.#turn('signs', this.#shift),
      '<letters>': () => this.#turn(this.#ownLayout(field), this.#shift),
      '<own>': () => this.#turn(this.#ownLayout(field), 'off'),
      '<latin>': () => this.#turn('latin', 'off'),
      '<more>': () => this.#offerMore(),
      '<marks>': () => this.#turnMarks(),
      '<next>': () => this.#leave(field),
      '<close>': () => this.#close(field),
      '<delete>': () => this.#replace(field, '', true),
    };
    const act = named[key];
    if (act !== undefined) act();
    else if (key.startsWith('<put>')) this.#replace(field, key.slice(5), true);
    else {
      this.#replace(field, key === '<space>' ? ' ' : key, false);
      if (this.#shift === 'once') this.#turn(this.#layout, 'off');
    }
  }

  #ownLayout(field: TextField): LayoutName {
    return layoutFor(field.inputMode, this.#lang);
  }

  /** Once for the next letter; pressed twice quickly it stays. */
  #turnShift(): void {
    const quickly = performance.now() - this.#shiftedAt < DOUBLE_MS;
    this.#shiftedAt = performance.now();
    this.#turn(
      this.#layout,
      this.#shift === 'off' ? 'once' : this.#shift === 'once' && quickly ? 'lock' : 'off',
    );
  }

  #turnMarks(): void {
    this.#marks = !this.#marks;
    this.#draw();
  }

  #turn(layout: LayoutName, shift: 'off' | 'once' | 'lock'): void {
    this.#layout = layout;
    this.#shift = shift;
    this.#draw();
  }

  #offerMore(): void {
    const all = variantsOf(this.#variants.dataset.letter ?? '').length;
    this.#offset = this.#offset + OFFERED >= all ? 0 : this.#offset + OFFERED;
    this.#steps.keep(() => {
      this.#variants.replaceChildren();
      this.#offer();
    });
  }

  /** Writes at the cursor, or with `before` in place of the character before it; keeps to `maxlength`. */
  #replace(field: TextField, text: string, before: boolean): void {
    const end = field.selectionEnd ?? field.value.length;
    let start = field.selectionStart ?? end;
    if (before && start === end) start -= [...field.value.slice(0, end)].at(-1)?.length ?? 0;
    const length = field.value.length - (end - start) + text.length;
    if (text !== '' && field.maxLength >= 0 && length > field.maxLength) return;
    field.setRangeText(text, start, end, 'end');
    announceInput(field);
    this.#offer();
  }

  /** On to the next field; after the last one the keyboard goes away. */
  #leave(field: TextField): void {
    const fields = [...(field.form?.elements ?? [])].map(asTextField).filter((one) => one !== undefined);
    const following = fields[fields.indexOf(field) + 1];
    const byKeys = this.#steps.isIn;
    if (following === undefined) {
      if (byKeys) step(1, field);
      else this.#close(field);
      return;
    }
    following.focus();
    // Whoever types by a keypad goes on typing.
    if (byKeys) this.#steps.enter();
  }

  /** A touched field has to lose the focus: only then a touch on it brings the keyboard back. A keypad goes on from it. */
  #close(field: TextField): void {
    if (this.#steps.isIn) field.focus();
    else field.blur();
    this.#show(false);
  }
}

function keyAt({ target }: Event): HTMLButtonElement | undefined {
  return (target instanceof Element ? target.closest('button') : undefined) ?? undefined;
}

/** Defines the keyboard; it works only where the page has put it, in terminal mode. */
export function defineKeyboard(): void {
  island('am-keyboard', (host) => {
    host.classList.add('keyboard');
    new Keyboard(host);
  });
}
