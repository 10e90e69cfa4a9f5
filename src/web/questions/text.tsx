import type { Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { SingleField } from './frame.tsx';
import { type Asked, autocompleteOf, describedBy, fieldValue } from './view.ts';

interface Typing {
  type?: string;
  inputmode?: string;
  autocomplete?: string;
  spellcheck?: 'false';
  width?: string;
}

/** How each kind is typed. E-mail stays `type=text`: other types have no text cursor that a keyboard on screen could move. */
const TYPING: Partial<Record<string, Typing>> = {
  name: { spellcheck: 'false' },
  phone: { type: 'tel', inputmode: 'tel', autocomplete: 'tel', width: 'width-20' },
  email: { inputmode: 'email', autocomplete: 'email', spellcheck: 'false' },
  serialNumber: { autocomplete: 'off', spellcheck: 'false', width: 'width-20' },
};

/** No field has a `maxlength`: it would cut in silence what the office can say is too long. text, name, phone, email, serialNumber: one line. */
export function LineField(props: { asked: Asked }): Html {
  const { asked } = props;
  const { question, view } = asked;
  const typing = TYPING[question.kind] ?? {};
  const { suggestions } = question;
  const input = (list?: string): Html => (
    <input
      class={`kern-form-input__input ${typing.width ?? ''}`.trim()}
      id={asked.id}
      name={asked.name}
      type={typing.type ?? 'text'}
      list={list}
      inputmode={typing.inputmode}
      value={fieldValue(view, asked.name)}
      autocomplete={autocompleteOf(view, question.autocomplete ?? typing.autocomplete)}
      spellcheck={typing.spellcheck}
      aria-describedby={describedBy(asked)}
      aria-invalid={asked.errors.length > 0 ? 'true' : undefined}
      aria-required={question.optional ? undefined : 'true'}
    />
  );
  if (suggestions.length === 0) return <SingleField asked={asked}>{input()}</SingleField>;
  // Without script the browser offers the list; with it, the page's own suggestions do, which the keyboard on screen knows.
  const list = `${asked.id}-list`;
  return (
    <SingleField asked={asked}>
      <am-suggest
        class="combobox"
        data-none={questionWords(view.language).noneListed}
        data-label={asked.texts.label}
      >
        {input(list)}
        <datalist id={list}>
          {suggestions.map((one) => (
            <option value={one}>{one}</option>
          ))}
        </datalist>
      </am-suggest>
    </SingleField>
  );
}

/** longText: several lines, with its limit said beforehand. */
export function LongField(props: { asked: Asked }): Html {
  const { asked } = props;
  const { question, view } = asked;
  const limitId = question.max === undefined ? undefined : `${asked.id}-limit`;
  const limit =
    question.max === undefined ? undefined : (
      <p class="kern-hint" id={limitId}>
        {questionWords(view.language).atMost({ max: question.max })}
      </p>
    );
  return (
    <SingleField asked={asked} extra={limit}>
      <textarea
        class="kern-form-input__input"
        id={asked.id}
        name={asked.name}
        rows={5}
        autocomplete="off"
        aria-describedby={describedBy(asked, limitId)}
        aria-invalid={asked.errors.length > 0 ? 'true' : undefined}
        aria-required={question.optional ? undefined : 'true'}
      >
        {fieldValue(view, asked.name)}
      </textarea>
    </SingleField>
  );
}
