/** Small helpers for islands: elements are built by the DOM, never from HTML text. */

export type Attributes = Record<string, string | undefined>;

/** Builds an element with attributes and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A pictogram from its path, in the pages' line. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 48 48');
  svg.setAttribute('class', 'pictogram');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** A pictogram that points along the line of writing. */
export function turning(path: string): SVGElement {
  const svg = icon(path);
  svg.classList.add('turns');
  return svg;
}

/** A field somebody can type into. */
export type TextField = HTMLInputElement | HTMLTextAreaElement;

/** @returns the field when the keyboard on the screen can type into it */
export function asTextField(target: unknown): TextField | undefined {
  if (target instanceof HTMLTextAreaElement) return target.readOnly ? undefined : target;
  if (!(target instanceof HTMLInputElement) || target.readOnly || target.disabled) return undefined;
  return ['text', 'tel', 'search', 'password', 'url'].includes(target.type) ? target : undefined;
}

/** Tells the page that a field's value was changed for the person. */
export function announceInput(field: HTMLElement): void {
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Tells the one page that comes something: a word of ours, nothing of a person. */
export function tellNextPage(about: string, word = ''): void {
  sessionStorage.setItem(about, word);
}

/** @returns what the page before has told this one, once */
export function toldByLastPage(about: string): string | null {
  const word = sessionStorage.getItem(about);
  sessionStorage.removeItem(about);
  return word;
}

/** Defines a custom element once, by what it does when it stands in the page. */
export function island(name: string, start: (host: HTMLElement) => void): void {
  if (customElements.get(name) !== undefined) return;
  customElements.define(
    name,
    class extends HTMLElement {
      #started = false;
      connectedCallback() {
        if (this.#started) return;
        this.#started = true;
        start(this);
      }
    },
  );
}

/**
 * @param forms sentences by the form that the page's language counts with, as JSON, with `#` for the number
 * @returns the one for this number
 */
export function counted(forms: string | undefined, count: number): string {
  const by = JSON.parse(forms ?? '{}') as Partial<Record<string, string>>;
  const form = new Intl.PluralRules(document.documentElement.lang).select(count);
  return (by[form] ?? by.other ?? '#').replace('#', String(count));
}
