import { Pictogram } from '../components/index.ts';
import { softHyphens } from '../hyphens.ts';
import type { Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { FieldGroup, SingleField } from './frame.tsx';
import { type Asked, describedBy, fieldValue, type QuestionView } from './view.ts';

/** A number between minus and plus. The buttons appear with script; without, the number is typed. */
export function Counter(props: {
  id: string;
  name: string;
  value: string;
  view: QuestionView;
  min: number;
  max: number | undefined;
  label?: string | undefined;
  describedby?: string | undefined;
  invalid?: boolean;
}): Html {
  const words = questionWords(props.view.language);
  const about = props.label === undefined ? '' : `, ${props.label}`;
  return (
    <am-count class="count" data-min={props.min} data-max={props.max}>
      <button type="button" class="count-step" value="-1" hidden aria-label={`${words.less}${about}`}>
        <Pictogram id="minus" />
      </button>
      <input
        class="kern-form-input__input count-input"
        id={props.id}
        name={props.name}
        type="text"
        inputmode="numeric"
        autocomplete="off"
        value={props.value}
        aria-label={props.label === undefined ? undefined : words.howMany({ what: props.label })}
        aria-describedby={props.describedby}
        aria-invalid={props.invalid ? 'true' : undefined}
      />
      <button type="button" class="count-step" value="1" hidden aria-label={`${words.more}${about}`}>
        <Pictogram id="plus" />
      </button>
    </am-count>
  );
}

/** Beyond it nobody counts up with a button. */
const MOST_STEPS = 999;

/** number: a whole number. What counts has buttons; years and numbers of things are typed. */
export function NumberField(props: { asked: Asked }): Html {
  const { asked } = props;
  const { question, view } = asked;
  const most = Math.max(Math.abs(question.min ?? 0), Math.abs(question.max ?? 0));
  if (question.plain || most > MOST_STEPS) {
    return (
      <SingleField asked={asked}>
        <input
          class="kern-form-input__input width-20"
          id={asked.id}
          name={asked.name}
          type="text"
          inputmode="numeric"
          autocomplete="off"
          value={fieldValue(view, asked.name)}
          aria-describedby={describedBy(asked)}
          aria-invalid={asked.errors.length > 0 ? 'true' : undefined}
          aria-required={question.optional ? undefined : 'true'}
        />
      </SingleField>
    );
  }
  return (
    <SingleField asked={asked}>
      <Counter
        id={asked.id}
        name={asked.name}
        value={fieldValue(view, asked.name)}
        view={view}
        min={question.min ?? 0}
        max={question.max}
        describedby={describedBy(asked)}
        invalid={asked.errors.length > 0}
      />
    </SingleField>
  );
}

/** chooseSome, counted: how many of each thing. */
export function CountedField(props: { asked: Asked }): Html {
  const { asked } = props;
  const { question, texts, view } = asked;
  return (
    <FieldGroup asked={asked} describedby={describedBy(asked)}>
      <ul class="counted">
        {question.options.map((option) => {
          const name = `${asked.name}.${option}`;
          const label = texts.options[option] ?? option;
          const help = texts.optionHelp[option];
          const picture = question.optionPictograms[option];
          return (
            <li class="counted-line">
              {picture === undefined ? undefined : (
                <span class="picture">
                  <Pictogram id={picture} />
                </span>
              )}
              <span class="counted-text">
                <span class="counted-title">{softHyphens(label)}</span>
                {help === undefined ? undefined : <span class="counted-help">{help}</span>}
              </span>
              <Counter
                id={`${asked.id}-${option}`}
                name={name}
                value={fieldValue(view, name) || '0'}
                view={view}
                min={0}
                max={question.max}
                label={label}
                invalid={asked.errors.some((error) => error.field === name)}
              />
            </li>
          );
        })}
      </ul>
    </FieldGroup>
  );
}
