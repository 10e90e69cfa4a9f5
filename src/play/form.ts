/** A page's form as a person without script uses it: fill in, tick, press a button. */
import { findAll, type HtmlElement } from './html.ts';

/** A file to send. */
export interface SentFile {
  name: string;
  mediaType: string;
  content: Buffer;
}

/** What a form sends under one name. */
export type Entry = readonly [name: string, value: string | SentFile];

/** What to request when a button is pressed. */
export interface FormRequest {
  method: 'GET' | 'POST';
  action: string;
  multipart: boolean;
  entries: readonly Entry[];
}

export interface PageForm {
  action: string;
  /** @returns whether the form has a field of this name that a person can fill */
  has(name: string): boolean;
  /**
   * Fills a field as hands do; `first-free` chooses the first option that can be chosen, no value unticks boxes.
   * What is longer than the field is cut, as browsers cut it: {@link PageForm.holds} says what is left.
   * @throws FormError when there is no such field or it does not offer the value
   */
  fill(name: string, value: string | readonly string[] | SentFile): void;
  /** @returns what stands in the field of this name now, or undefined when it is none to type into */
  holds(name: string): string | undefined;
  /** Names of fields to type into that are still empty, in order. */
  readonly typed: readonly string[];
  /** @returns whether the form sends this name by itself (a hidden field) */
  sends(name: string): boolean;
  /** @returns values of the buttons of this name */
  values(name: string): readonly string[];
  /** @returns whether there is a button that sends this name and value */
  offers(name: string, value: string): boolean;
  /**
   * Presses a button, or without one the first that sends the form where the form itself says.
   * @throws FormError when the form does not have that button, or a field keeps browsers from sending it
   */
  press(button?: { name: string; value: string }): FormRequest;
}

/** The page does not let a person do this. */
export class FormError extends Error {}

const CONTROLS = new Set(['input', 'select', 'textarea', 'button']);
const FIRST = 'first-free';

type Kind = 'text' | 'hidden' | 'choice' | 'select' | 'file' | 'button';

interface Control {
  element: HtmlElement;
  kind: Kind;
  name: string;
  value: string;
  /** Radio and checkbox: ticked. Others are sent always. */
  on: boolean;
  file: SentFile | undefined;
}

function kindOf({ tag, attributes }: HtmlElement): Kind | undefined {
  const type = (attributes.type ?? '').toLowerCase();
  if (tag === 'select') return 'select';
  if (tag === 'textarea') return 'text';
  if (tag === 'button') return type === 'button' || type === 'reset' ? undefined : 'button';
  if (type === 'submit' || type === 'image') return 'button';
  if (type === 'button' || type === 'reset') return undefined;
  if (type === 'radio' || type === 'checkbox') return 'choice';
  return type === 'hidden' || type === 'file' ? type : 'text';
}

/** A fieldset that is disabled takes all in it along, but for what stands in its legend. */
function isDisabled(element: HtmlElement, inLegend = false): boolean {
  const { tag, attributes, parent } = element;
  const off = 'disabled' in attributes && (CONTROLS.has(tag) || (tag === 'fieldset' && !inLegend));
  return off || (parent !== undefined && isDisabled(parent, tag === 'legend'));
}

const optionsOf = (select: HtmlElement): HtmlElement[] =>
  findAll(select, (element) => element.tag === 'option' && !('disabled' in element.attributes));

const optionValue = (option: HtmlElement | undefined): string =>
  option?.attributes.value ?? (option?.children.join('').trim() || '');

function initialValue(element: HtmlElement, kind: Kind): string {
  if (element.tag === 'textarea') return element.children.join('');
  if (kind === 'select') {
    const options = optionsOf(element);
    return optionValue(options.find((option) => 'selected' in option.attributes) ?? options[0]);
  }
  return element.attributes.value ?? (kind === 'choice' ? 'on' : '');
}

function readControl(element: HtmlElement): Control[] {
  const kind = kindOf(element);
  if (!kind || isDisabled(element)) return [];
  const on = kind !== 'choice' || 'checked' in element.attributes;
  const { name = '' } = element.attributes;
  return [{ element, kind, name, value: initialValue(element, kind), on, file: undefined }];
}

/**
 * A control belongs to the form its `form` attribute names, or to the one around it.
 * @throws FormError when the page has no form of that name: in a browser nothing would happen on a press
 */
function ownerOf(element: HtmlElement, document: HtmlElement): HtmlElement | undefined {
  const { form } = element.attributes;
  if (form !== undefined) {
    const [named] = findAll(document, (one) => one.tag === 'form' && one.attributes.id === form);
    if (!named) throw new FormError(`a control belongs to the form "${form}", which the page does not have`);
    return named;
  }
  let around = element.parent;
  while (around && around.tag !== 'form') around = around.parent;
  return around;
}

const isRadio = ({ element }: Control): boolean => element.attributes.type?.toLowerCase() === 'radio';

function fillChoices(choices: readonly Control[], wanted: readonly string[], name: string): void {
  const values = wanted[0] === FIRST ? choices.slice(0, 1).map((choice) => choice.value) : wanted;
  if (wanted[0] === FIRST && values.length === 0) throw new FormError(`"${name}" offers nothing to choose`);
  // Boxes can be unticked; one of a row of radio buttons stays chosen, and only one.
  if (choices.some(isRadio) && values.length !== 1)
    throw new FormError(`"${name}" takes one answer, not ${values.length}`);
  const missing = values.find((value) => !choices.some((choice) => choice.value === value));
  if (missing !== undefined) throw new FormError(`"${name}" does not offer "${missing}"`);
  for (const choice of choices) choice.on = values.includes(choice.value);
}

function fillControls(
  controls: readonly Control[],
  name: string,
  value: string | readonly string[] | SentFile,
): void {
  const fields = controls.filter((control) => control.name === name && control.kind !== 'button');
  const [field] = fields.filter((control) => control.kind !== 'hidden');
  if (!field) throw new FormError(`the page has no field "${name}"`);
  if (typeof value === 'object' && 'content' in value) {
    if (field.kind !== 'file') throw new FormError(`"${name}" does not take a file`);
    field.file = value;
    return;
  }
  const wanted: readonly string[] = typeof value === 'string' ? [value] : value;
  if (field.kind === 'choice') {
    fillChoices(
      fields.filter((control) => control.kind === 'choice'),
      wanted,
      name,
    );
    return;
  }
  const offered = field.kind === 'select' && optionsOf(field.element).map(optionValue);
  if (offered && !offered.includes(wanted[0] ?? ''))
    throw new FormError(`"${name}" does not offer "${wanted[0]}"`);
  if (wanted.length > 1) throw new FormError(`"${name}" takes one answer, not ${wanted.length}`);
  field.value = field.kind === 'text' ? typedInto(field.element, wanted[0] ?? '', name) : (wanted[0] ?? '');
}

/** @returns what stands in a field when somebody has typed this: browsers take no line ends in one line, and cut at `maxlength` */
function typedInto({ tag, attributes }: HtmlElement, text: string, name: string): string {
  if ('readonly' in attributes) throw new FormError(`nobody can type into "${name}"`);
  const lines = tag === 'textarea' ? text.replace(/\r\n?/g, '\n') : text.replace(/[\r\n]/g, '');
  return /^\d+$/.test(attributes.maxlength ?? '') ? lines.slice(0, Number(attributes.maxlength)) : lines;
}

/** @throws FormError for the first field that keeps a browser from sending the form */
function checkBeforeSending(controls: readonly Control[]): void {
  for (const { element, kind, name, value, on, file } of controls) {
    const { required, pattern } = element.attributes;
    const chosen =
      kind !== 'choice'
        ? value !== '' || file !== undefined
        : controls.some((one) => one.name === name && one.on);
    if (required !== undefined && !chosen) throw new FormError(`"${name}" must be filled in`);
    if (
      kind === 'text' &&
      on &&
      pattern !== undefined &&
      value !== '' &&
      !new RegExp(`^(?:${pattern})$`, 'v').test(value)
    )
      throw new FormError(`"${name}" does not take "${value}"`);
  }
}

function entriesOf(controls: readonly Control[], pressed: Control | undefined): Entry[] {
  return controls.flatMap((control): Entry[] => {
    if (control.name === '' || (control.kind === 'button' && control !== pressed) || !control.on) return [];
    // Line ends are sent as CR LF, whatever they were typed as.
    if (control.kind !== 'file') return [[control.name, control.value.replace(/\r\n?|\n/g, '\r\n')]];
    return [
      [
        control.name,
        control.file ?? { name: '', mediaType: 'application/octet-stream', content: Buffer.alloc(0) },
      ],
    ];
  });
}

function formOf(element: HtmlElement, controls: readonly Control[], pageUrl: string): PageForm {
  const buttons = controls.filter((control) => control.kind === 'button');
  const find = (name: string, value: string): Control | undefined =>
    buttons.find((button) => button.name === name && button.value === value);
  const action = new URL(element.attributes.action ?? '', pageUrl).href;
  return {
    action,
    has: (name) =>
      controls.some((control) => control.name === name && !['button', 'hidden'].includes(control.kind)),
    holds: (name) => controls.find((control) => control.name === name && control.kind === 'text')?.value,
    get typed() {
      const empty = controls.filter((control) => control.kind === 'text' && control.value === '');
      return empty.map(({ name }) => name).filter(Boolean);
    },
    sends: (name) => controls.some((control) => control.name === name && control.kind === 'hidden'),
    values: (name) => buttons.filter((button) => button.name === name).map(({ value }) => value),
    fill: (name, value) => fillControls(controls, name, value),
    offers: (name, value) => find(name, value) !== undefined,
    press(wanted) {
      const button = wanted
        ? find(wanted.name, wanted.value)
        : buttons.find((one) => one.element.attributes.formaction === undefined);
      if (wanted && !button) throw new FormError(`the page has no button "${wanted.name}=${wanted.value}"`);
      const own = button?.element.attributes ?? {};
      if (!('novalidate' in element.attributes) && !('formnovalidate' in own)) checkBeforeSending(controls);
      const method = (own.formmethod ?? element.attributes.method ?? 'get').toLowerCase();
      return {
        method: method === 'post' ? 'POST' : 'GET',
        action: own.formaction === undefined ? action : new URL(own.formaction, pageUrl).href,
        multipart: (own.formenctype ?? element.attributes.enctype) === 'multipart/form-data',
        entries: entriesOf(controls, button),
      };
    },
  };
}

/**
 * @param document a whole page
 * @param pageUrl where it came from
 * @returns its forms in document order; filling one changes it
 * @throws FormError when a control names a form that is not there
 */
export function readForms(document: HtmlElement, pageUrl: string): PageForm[] {
  const controls = findAll(document, (element) => CONTROLS.has(element.tag)).map((element) => ({
    owner: ownerOf(element, document),
    control: readControl(element),
  }));
  return findAll(document, (element) => element.tag === 'form').map((form) =>
    formOf(
      form,
      controls.filter(({ owner }) => owner === form).flatMap(({ control }) => control),
      pageUrl,
    ),
  );
}
