import { Combobox, comparable, type Suggestion } from './combobox.ts';
import { announceInput, element, island } from './dom.ts';

const lists = new Map<string, Promise<readonly Suggestion[]>>();

/** Fetches a list of names once for the page; a list that cannot be had means no suggestions, nothing else. */
function listAt(url: string): Promise<readonly Suggestion[]> {
  const known = lists.get(url);
  if (known !== undefined) return known;
  const list = fetch(url)
    .then((answer) => (answer.ok ? (answer.json() as Promise<string[]>) : []))
    .then((names) => names.map((name) => ({ label: name, value: name })))
    .catch(() => []);
  lists.set(url, list);
  return list;
}

/** @returns the house number somebody typed behind a street, with what follows it; '' when there is none */
export function numberBehind(typed: string): string {
  return /\p{L}[\s.,]*?((?:\s(?:nr|no)\.?\s*)?\d.*)$/iu.exec(typed)?.[1] ?? '';
}

/** A number that was typed with the street goes into its own field, or stays where it was when that is taken. */
function keepNumber(street: HTMLInputElement, field: HTMLElement | null, behind: string): void {
  const number = behind.replace(/^\s*(?:nr|no)\.?\s*/i, '').trim();
  if (number === '') return;
  if (field instanceof HTMLInputElement && ['', number].includes(field.value.trim())) {
    field.value = number;
    announceInput(field);
  } else street.value = `${street.value} ${number}`;
}

function street(host: HTMLElement): void {
  const input = host.querySelector('input');
  const url = host.dataset.url;
  if (input === null || url === undefined) return;
  input.addEventListener('focus', () => void listAt(url), { once: true });
  const number = document.getElementById(input.id.replace(/-street$/, '-houseNumber'));
  const picked = (_street: Suggestion, behind: string) => keepNumber(input, number, behind);
  // Whoever has touched a street goes on with the number.
  const touched = () => {
    if (number instanceof HTMLInputElement && number.value === '') number.focus();
  };
  new Combobox({ host, input, all: () => listAt(url), behind: numberBehind, picked, touched });
}

/** Suggestions that stand in the page, in place of the browser's own. */
function listed(host: HTMLElement): void {
  const [input, list] = [host.querySelector('input'), host.querySelector('datalist')];
  if (input === null || list === null) return;
  const all = [...list.options].map(({ value }) => ({ label: value, value }));
  input.removeAttribute('list');
  list.remove();
  new Combobox({ host, input, all: () => Promise.resolve(all), picked: () => undefined });
}

/** A list of countries becomes a field to type into; the list stays, hidden, and is what the form sends. */
function country(host: HTMLElement): void {
  const select = host.querySelector('select');
  if (select === null) return;
  const options = [...select.options].filter(
    ({ value, dataset }) => value !== '' && dataset.typed === undefined,
  );
  const all = options.map((one) => ({
    label: one.text.trim(),
    value: one.value,
    also: one.dataset.also?.split('|') ?? [],
  }));
  const input = element('input', {
    type: 'text',
    class: select.className,
    id: select.id,
    spellcheck: 'false',
    'aria-describedby': select.getAttribute('aria-describedby') ?? undefined,
    'aria-invalid': select.getAttribute('aria-invalid') ?? undefined,
  });
  input.value = select.value === '' ? '' : (select.selectedOptions[0]?.text.trim() ?? '');
  select.removeAttribute('id');
  select.hidden = true;
  host.prepend(input);
  const choose = (value: string) => {
    select.value = value;
  };
  // What is in no list is sent as it was typed: the office reads names as well, and says which it does not know.
  const other = select.querySelector<HTMLOptionElement>('[data-typed]') ?? element('option', {});
  select.append(other);
  input.addEventListener('input', () => {
    const typed = comparable(input.value);
    other.value = input.value.trim();
    choose(all.find((one) => comparable(one.label) === typed)?.value ?? other.value);
  });
  // A country that stands there already gives way to the first letter.
  input.addEventListener('focus', () => input.select());
  const picked = (one: Suggestion) => choose(one.value);
  new Combobox({ host, input, all: () => Promise.resolve(all), forgiving: true, picked });
}

export function defineSuggestions(): void {
  island('am-street', street);
  island('am-country', country);
  island('am-suggest', listed);
}
