import { kindOf } from '#kinds';
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

/** Ways of asking by one field, whose label it is. */
const OF_ONE_FIELD: readonly string[] = ['line', 'lines', 'count', 'country', 'file'];

/** Nothing to choose, so no field. */
export const comesByPhone = ({ question, view }: Asked): boolean =>
  question.kind === 'file' && view.pictures !== undefined;

export const headingIdOf = ({ id }: Asked): string => `${id}-label`;

/** The label of a question that is its page's only one, as the page's heading, and the hint. */
export function QuestionHeading(props: { asked: Asked }): Html {
  const { asked } = props;
  const { as } = kindOf(asked.question).asks(asked.question);
  const isLabel = OF_ONE_FIELD.includes(as) && !comesByPhone(asked);
  return (
    <>
      <h1 id={headingIdOf(asked)}>
        {isLabel ? <label for={asked.id}>{labelText(asked)}</label> : labelText(asked)}
      </h1>
      <HintText asked={asked} />
    </>
  );
}

/** The hint below a label; where that is the page's heading, it stands there. */
export function Hint(props: { asked: Asked }): Html | null {
  return props.asked.view.heading ? null : <HintText asked={props.asked} />;
}

function HintText(props: { asked: Asked }): Html | null {
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
  return (
    <div class={`kern-form-input field${ERROR[`${asked.errors.length > 0}`]}`}>
      {asked.view.heading ? undefined : (
        <label class="kern-label" for={asked.id}>
          {labelText(asked)}
        </label>
      )}
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
      aria-labelledby={asked.view.heading ? headingIdOf(asked) : undefined}
      aria-describedby={props.describedby}
      tabindex={-1}
    >
      {asked.view.heading ? undefined : <legend class="kern-label">{labelText(asked)}</legend>}
      <Hint asked={asked} />
      <Errors asked={asked} />
      <div class="kern-fieldset__body">{props.children}</div>
    </fieldset>
  );
}
