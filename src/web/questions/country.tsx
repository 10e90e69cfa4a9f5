import { countryNames } from '#kinds';
import { countriesIn } from '../countries.ts';
import type { Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { SingleField } from './frame.tsx';
import { autocompleteOf, type Drawn, describedBy, fieldValue, type QuestionView } from './view.ts';

/** @returns the other names of a state, for the search; undefined when it has none */
function alsoOf(code: string, name: string): string | undefined {
  const others = countryNames(code).filter((one) => one !== name);
  return others.length > 0 ? others.join('|') : undefined;
}

/** The list of countries: with script it can be searched by typing. */
export function CountrySelect(props: {
  view: QuestionView;
  id: string;
  name: string;
  label: string;
  value: string;
  describedby?: string | undefined;
  invalid: boolean;
}): Html {
  const { view } = props;
  const words = questionWords(view.language);
  const names = countriesIn(view.language);
  // A name that was typed and not understood stays where it was, to be mended.
  const unknown = props.value !== '' && !names.some(([code]) => code === props.value);
  return (
    <am-country
      class="combobox"
      data-none={words.noneFound}
      data-label={props.label}
      data-search={words.searchCountry}
    >
      <select
        class="kern-form-input__input"
        id={props.id}
        name={props.name}
        autocomplete={autocompleteOf(view, 'country')}
        aria-describedby={props.describedby}
        aria-invalid={props.invalid ? 'true' : undefined}
      >
        <option value="">{words.chooseCountry}</option>
        {unknown ? (
          <option value={props.value} data-typed selected>
            {props.value}
          </option>
        ) : undefined}
        {names.map(([code, name]) => (
          <option value={code} selected={code === props.value} data-also={alsoOf(code, name)}>
            {name}
          </option>
        ))}
      </select>
    </am-country>
  );
}

/** A list of states by ISO 3166-1 alpha-3 code. */
export function CountryField(props: Drawn<'country'>): Html {
  const { asked } = props;
  return (
    <SingleField asked={asked}>
      <CountrySelect
        view={asked.view}
        id={asked.id}
        name={asked.name}
        label={asked.texts.label}
        value={fieldValue(asked.view, asked.name)}
        describedby={describedBy(asked)}
        invalid={asked.errors.length > 0}
      />
    </SingleField>
  );
}
