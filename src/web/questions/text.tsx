import { about, type Language, SOURCE, wholeNumber } from '#language';
import type { Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { SingleField } from './frame.tsx';
import { type Asked, autocompleteOf, type Drawn, describedBy, fieldValue } from './view.ts';

const lettersIdOf = ({ id }: Asked): string => `${id}-letters`;

/** @returns in which letters it has to be written, for whoever reads others; and free text in which language, for whoever speaks another */
export function lettersSaid(language: Language, letters: Letters): string | undefined {
  const { script, lang } = about(language);
  const words = questionWords(language);
  if (letters === 'german') return lang === about(SOURCE).lang ? undefined : words.germanWords;
  if (script === 'Latn') return undefined;
  return letters === 'passport' ? words.passportLetters : words.latinLetters;
}

type Letters = 'latin' | 'passport' | 'german';

/** @returns what is said beside a field of its letters, and the id of that; nothing where they need no word */
export function lettersOf(
  asked: Asked,
  letters: Letters | undefined,
): { hint: Html | undefined; id: string | undefined } {
  const said = letters && lettersSaid(asked.view.language, letters);
  if (said === undefined) return { hint: undefined, id: undefined };
  const id = lettersIdOf(asked);
  const hint = (
    <p class="kern-hint" id={id}>
      {said}
    </p>
  );
  return { hint, id };
}

/** One line. No field has a `maxlength`: it would cut in silence what the office can say is too long. */
export function LineField(props: Drawn<'line'>): Html {
  const { asked, how } = props;
  const { question, view } = asked;
  const { typing, suggestions } = how;
  const { hint: letters, id: lettersId } = lettersOf(asked, typing.letters);
  const input = (list?: string): Html => (
    <input
      class={`kern-form-input__input ${typing.width ?? ''}`.trim()}
      id={asked.id}
      name={asked.name}
      type={typing.type ?? 'text'}
      dir={typing.dir}
      list={list}
      inputmode={typing.inputmode}
      value={fieldValue(view, asked.name)}
      autocomplete={autocompleteOf(view, question.autocomplete ?? typing.autocomplete)}
      spellcheck={typing.spellcheck}
      aria-describedby={describedBy(asked, lettersId)}
      aria-invalid={asked.errors.length > 0 ? 'true' : undefined}
      aria-required={question.optional ? undefined : 'true'}
    />
  );
  if (suggestions.length === 0)
    return (
      <SingleField asked={asked} extra={letters}>
        {input()}
      </SingleField>
    );
  // Without script the browser offers the list; with it, the page's own suggestions do, which the keyboard on screen knows.
  const list = `${asked.id}-list`;
  return (
    <SingleField asked={asked} extra={letters}>
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

/** Several lines, with their limit said beforehand. */
export function LongField(props: Drawn<'lines'>): Html {
  const { asked, how } = props;
  const { question, view } = asked;
  const letters = lettersOf(asked, 'german');
  const limitId = how.most === undefined ? undefined : `${asked.id}-limit`;
  const limit =
    how.most === undefined ? undefined : (
      <p class="kern-hint" id={limitId}>
        {questionWords(view.language).atMost({ max: wholeNumber(how.most, view.language) })}
      </p>
    );
  return (
    <SingleField
      asked={asked}
      extra={
        <>
          {letters.hint}
          {limit}
        </>
      }
    >
      <textarea
        class="kern-form-input__input"
        id={asked.id}
        name={asked.name}
        rows={5}
        autocomplete="off"
        aria-describedby={describedBy(asked, letters.id, limitId)}
        aria-invalid={asked.errors.length > 0 ? 'true' : undefined}
        aria-required={question.optional ? undefined : 'true'}
      >
        {fieldValue(view, asked.name)}
      </textarea>
    </SingleField>
  );
}
