import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../words-questions.ts';
import { FieldGroup } from './frame.tsx';
import { type Asked, autocompleteOf, describedBy, fieldValue } from './view.ts';

type Part = 'street' | 'houseNumber' | 'postcode' | 'city';
const PARTS: Record<Part, { autocomplete: string; width: string; maxlength: number; inputmode?: string }> = {
  street: { autocomplete: 'address-line1', width: 'grow', maxlength: 120 },
  houseNumber: { autocomplete: 'off', width: 'width-6', maxlength: 12 },
  postcode: { autocomplete: 'postal-code', width: 'width-6', maxlength: 5, inputmode: 'numeric' },
  city: { autocomplete: 'address-level2', width: 'grow', maxlength: 80 },
};
const CODE_PARTS: Partial<Record<string, Part>> = {
  unknownStreet: 'street',
  houseNumberMissing: 'houseNumber',
  notAPostcode: 'postcode',
  notInCity: 'postcode',
};

/** address: street with suggestions from the city's list, house number, postcode, town. */
export function AddressField(props: { asked: Asked }): Html {
  const { asked } = props;
  const { view, question } = asked;
  const words = questionWords(view.language);
  const wrong = (part: Part) =>
    asked.errors.some((error) =>
      error.field === asked.name ? CODE_PARTS[error.code] === part : error.field === `${asked.name}.${part}`,
    );
  const listed = question.within === 'city' && view.streetsUrl !== undefined;
  const input = (part: Part, hintId?: string): Child => {
    const name = `${asked.name}.${part}`;
    const preset = part === 'city' && question.within === 'city' ? (view.cityName ?? '') : '';
    return (
      <input
        class="kern-form-input__input"
        id={`${asked.id}-${part}`}
        name={name}
        type="text"
        inputmode={PARTS[part].inputmode}
        maxlength={PARTS[part].maxlength}
        autocomplete={autocompleteOf(view, PARTS[part].autocomplete)}
        spellcheck="false"
        value={fieldValue(view, name) || preset}
        aria-describedby={hintId}
        aria-invalid={wrong(part) ? 'true' : undefined}
      />
    );
  };
  const field = (part: Part, content: Child): Html => (
    <div class={`part ${PARTS[part].width}`}>
      <label class="kern-label" for={`${asked.id}-${part}`}>
        {words[part]}
      </label>
      {content}
    </div>
  );
  const street = listed ? (
    <am-street
      class="combobox"
      data-url={view.streetsUrl}
      data-hint={words.streetHint}
      data-none={words.noneFound}
      data-label={words.street}
    >
      {input('street')}
    </am-street>
  ) : (
    input('street')
  );
  return (
    <FieldGroup asked={asked} describedby={describedBy(asked)}>
      <div class="parts">
        {field('street', street)}
        {field('houseNumber', input('houseNumber'))}
      </div>
      <div class="parts">
        {field('postcode', input('postcode'))}
        {field('city', input('city'))}
      </div>
    </FieldGroup>
  );
}
