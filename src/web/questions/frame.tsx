import { Pictogram } from '../components/index.ts';
import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import type { Asked } from './view.ts';

function labelText(asked: Asked): Html {
  return (
    <>
      {asked.texts.label}
      {asked.question.optional ? (
        <>
          {' '}
          <span class="kern-label__optional">({questionWords(asked.view.language).optional})</span>
        </>
      ) : undefined}
    </>
  );
}

/** The hint below a label. */
export function Hint(props: { asked: Asked }): Html | null {
  const { asked } = props;
  if (asked.hintId === undefined) return null;
  return (
    <p class="kern-hint" id={asked.hintId}>
      {asked.texts.help}
    </p>
  );
}

/** The errors of a question, between its label and its field. */
export function Errors(props: { asked: Asked }): Html | null {
  const { asked } = props;
  if (asked.errors.length === 0) return null;
  return (
    <p class="kern-error" id={`${asked.id}-error`}>
      <Pictogram id="error" />
      <span>
        <span class="kern-sr-only">{questionWords(asked.view.language).errorLabel}: </span>
        {asked.errors.map((error) => (
          <span class="line" data-field={error.field} data-error={error.code}>
            {error.text}
          </span>
        ))}
      </span>
    </p>
  );
}

const ERROR = { true: ' field-error', false: '' } as const;

/** A question with one field: label, hint, error, field. */
export function SingleField(props: { asked: Asked; extra?: Child; children?: Child }): Html {
  const { asked } = props;
  const label = (
    <label class="kern-label" for={asked.id}>
      {labelText(asked)}
    </label>
  );
  return (
    <div class={`kern-form-input field${ERROR[`${asked.errors.length > 0}`]}`}>
      {asked.view.heading ? <h1 class="question-heading">{label}</h1> : label}
      <Hint asked={asked} />
      {props.extra}
      <Errors asked={asked} />
      {props.children}
    </div>
  );
}

/** A question with several fields: its label is the legend of them all. */
export function FieldGroup(props: {
  asked: Asked;
  describedby?: string | undefined;
  children?: Child;
}): Html {
  const { asked } = props;
  return (
    <fieldset
      class={`kern-fieldset field${ERROR[`${asked.errors.length > 0}`]}`}
      id={asked.id}
      aria-describedby={props.describedby}
      tabindex={-1}
    >
      <legend class="kern-label">
        {asked.view.heading ? <h1 class="question-heading">{labelText(asked)}</h1> : labelText(asked)}
      </legend>
      <Hint asked={asked} />
      <Errors asked={asked} />
      <div class="kern-fieldset__body">{props.children}</div>
    </fieldset>
  );
}
