/** The desk has several forms on a page: one that is sent must not take along, unasked, what was typed in another. */

type Field = HTMLInputElement | HTMLTextAreaElement;
const FIELDS = 'input:not([type="hidden"], [type="search"]), textarea';

const isChanged = (field: Field): boolean =>
  field.type === 'radio' || field.type === 'checkbox'
    ? (field as HTMLInputElement).checked !== (field as HTMLInputElement).defaultChecked
    : field.value !== field.defaultValue;

/** Lets the browser ask before something is left that was typed and not sent. */
export function guardDeskForms(): void {
  if (document.documentElement.dataset.mode !== 'desk') return;
  let sent: EventTarget | null = null;
  document.addEventListener('submit', ({ target, defaultPrevented }) => {
    sent = defaultPrevented ? null : target;
  });
  window.addEventListener('beforeunload', (event) => {
    const others = [...document.forms].filter((form) => form !== sent);
    sent = null;
    if (others.some((form) => [...form.querySelectorAll<Field>(FIELDS)].some(isChanged)))
      event.preventDefault();
  });
}
