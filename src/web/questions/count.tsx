import type { CompiledQuestion } from '#kinds';
import { decimal, inARow } from '#language';
import { Pictogram } from '../components/index.ts';
import { softHyphens } from '../hyphens.ts';
import type { Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { FieldGroup, SingleField } from './frame.tsx';
import { type Drawn, describedBy, fieldValue, type QuestionView } from './view.ts';

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
  const named = (word: string): string =>
    props.label === undefined ? word : inARow([word, props.label], props.view.language);
  return (
    <am-count class="count" data-min={props.min} data-max={props.max}>
      <button
        type="button"
        class="count-step"
        value="-1"
        hidden
        aria-label={named(words.less)}
        aria-describedby={props.describedby}
      >
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
      <button
        type="button"
        class="count-step"
        value="1"
        hidden
        aria-label={named(words.more)}
        aria-describedby={props.describedby}
      >
        <Pictogram id="plus" />
      </button>
    </am-count>
  );
}

/** A number that is counted up and down. */
export function NumberField(props: Drawn<'count'>): Html {
  const { asked, how } = props;
  return (
    <SingleField asked={asked}>
      <Counter
        id={asked.id}
        name={asked.name}
        value={asked.view.fields[asked.name]?.[0] ?? String(how.start ?? '')}
        view={asked.view}
        min={how.least}
        max={how.most}
        describedby={describedBy(asked)}
        invalid={asked.errors.length > 0}
      />
    </SingleField>
  );
}

/** What has been counted so far, and how much of it is taken; in words, and with a bar that says the same. */
export function CountedSum(props: { question: CompiledQuestion; view: QuestionView }): Html | null {
  const { question, view } = props;
  if (question.kind !== 'chooseSome' || question.sum === undefined) return null;
  const { value, most, unit = '' } = question.sum;
  const name = view.prefix + question.id;
  const values = Object.fromEntries(
    question.options.map((option) => [option, question.optionValues[option]?.[value] ?? 0]),
  );
  const total = question.options.reduce(
    (sum, option) => sum + (Number(fieldValue(view, `${name}.${option}`)) || 0) * (values[option] ?? 0),
    0,
  );
  const words = (sum: string): string =>
    questionWords(view.language)
      .sumOf({ sum, most: decimal(most, view.language), unit })
      .trim();
  const tooMuch = (counted: string): string => questionWords(view.language).sumOver({ counted });
  const isOver = total > most + 0.05;
  const now = words(decimal(total, view.language));
  return (
    <am-sum
      class="count-sum"
      data-name={name}
      data-values={JSON.stringify(values)}
      data-most={most}
      data-says={words('#')}
      data-says-over={tooMuch(words('#'))}
      data-over={isOver}
    >
      <span class="sum-words" role="status">
        {isOver ? tooMuch(now) : now}
      </span>
      <progress class="sum-bar" value={Math.min(total, most)} max={most} aria-hidden="true" />
    </am-sum>
  );
}

/** How many of each thing. */
export function CountedField(props: Drawn<'counted'>): Html {
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
            <li class={Number(fieldValue(view, name)) > 0 ? 'counted-line some' : 'counted-line'}>
              {picture === undefined ? undefined : <Pictogram id={picture} class="choice-picture" />}
              <span class="counted-text">
                <span class="counted-title">{softHyphens(label)}</span>
                {help === undefined ? undefined : (
                  <span class="counted-help" id={`${asked.id}-${option}-help`}>
                    {help}
                  </span>
                )}
              </span>
              <Counter
                id={`${asked.id}-${option}`}
                name={name}
                value={fieldValue(view, name) || '0'}
                view={view}
                min={0}
                max={question.max}
                label={label}
                describedby={help === undefined ? undefined : `${asked.id}-${option}-help`}
                invalid={asked.errors.some((error) => error.field === name)}
              />
            </li>
          );
        })}
      </ul>
    </FieldGroup>
  );
}
