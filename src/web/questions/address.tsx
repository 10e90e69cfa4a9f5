import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { Choice } from './choice.tsx';
import { CountrySelect } from './country.tsx';
import { FieldGroup } from './frame.tsx';
import { lettersOf } from './text.tsx';
import { type Asked, autocompleteOf, type Drawn, describedBy, fieldValue } from './view.ts';

type Part = 'street' | 'houseNumber' | 'postcode' | 'city';
/** No part has a `maxlength`: a whole address pasted into one field is understood, and nothing is cut in silence. */
const PARTS: Record<Part, { autocomplete: string; width: string }> = {
  street: { autocomplete: 'address-line1', width: 'grow' },
  houseNumber: { autocomplete: 'off', width: 'width-6' },
  postcode: { autocomplete: 'postal-code', width: 'width-6' },
  city: { autocomplete: 'address-level2', width: 'grow' },
};

/** What this office asks back once, by the error that asks; whoever says "it is so" goes on. */
const CONFIRMED = {
  unlisted: ['unknownStreet'],
  noStreet: ['streetMissing'],
  numbered: ['numbersDiffer'],
  noNumber: ['houseNumberMissing'],
  sure: ['perhapsAbroad', 'perhapsGermany'],
} as const;
const DOUBTS = Object.keys(CONFIRMED) as (keyof typeof CONFIRMED)[];

/** Street with suggestions from the city's list, house number, postcode, town; anywhere also the country. */
export function AddressField(props: Drawn<'address'>): Html {
  const { asked, how } = props;
  const { view } = asked;
  const words = questionWords(view.language);
  const letters = lettersOf(asked, 'latin');
  const wrong = (part: string) => asked.errors.some((error) => error.field === `${asked.name}.${part}`);
  const listed = how.within === 'city' && view.streetsUrl !== undefined;
  const input = (part: Part): Child => {
    const name = `${asked.name}.${part}`;
    const preset = part === 'city' && how.within === 'city' ? (view.cityName ?? '') : '';
    return (
      <input
        class="kern-form-input__input"
        id={`${asked.id}-${part}`}
        name={name}
        type="text"
        inputmode={part === 'postcode' && how.within !== 'anywhere' ? 'numeric' : undefined}
        autocomplete={autocompleteOf(view, PARTS[part].autocomplete)}
        spellcheck="false"
        value={fieldValue(view, name) || preset}
        aria-invalid={wrong(part) ? 'true' : undefined}
      />
    );
  };
  const field = (part: Part, content: Child = input(part)): Html => (
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
    <FieldGroup asked={asked} describedby={describedBy(asked, letters.id)}>
      {letters.hint}
      <div class="parts">
        {field('street', street)}
        {field('houseNumber')}
      </div>
      <div class="parts">
        {field('postcode')}
        {field('city')}
      </div>
      {how.within === 'anywhere' ? <Country asked={asked} /> : undefined}
      <Confirmations asked={asked} />
    </FieldGroup>
  );
}

function Country(props: { asked: Asked }): Html {
  const { view, name, id, errors } = props.asked;
  const label = questionWords(view.language).country;
  const field = `${name}.country`;
  return (
    <div class="parts">
      <div class="part grow">
        <label class="kern-label" for={`${id}-country`}>
          {label}
        </label>
        <CountrySelect
          view={view}
          id={`${id}-country`}
          name={field}
          label={label}
          value={fieldValue(view, field) || 'DEU'}
          invalid={errors.some((error) => error.field === field)}
        />
      </div>
    </div>
  );
}

/** A second, clear choice where the office does not know something: it must not end a visit. */
function Confirmations(props: { asked: Asked }): Html {
  const { view, name, id, errors } = props.asked;
  const words = questionWords(view.language);
  const asked = DOUBTS.filter(
    (what) =>
      errors.some(({ code }) => CONFIRMED[what].some((one) => one === code)) ||
      fieldValue(view, `${name}.${what}`) === 'yes',
  );
  return (
    <>
      {asked.map((what) => (
        <Choice
          type="checkbox"
          id={`${id}-${what}`}
          name={`${name}.${what}`}
          value="yes"
          checked={fieldValue(view, `${name}.${what}`) === 'yes'}
        >
          {words[what]}
        </Choice>
      ))}
    </>
  );
}
