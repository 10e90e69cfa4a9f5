import { Pictogram } from '../components/index.ts';
import { softHyphens } from '../hyphens.ts';
import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { Errors, FieldGroup, Hint } from './frame.tsx';
import { type Asked, type Drawn, describedBy, fieldValue } from './view.ts';

/** One answer as a row: the whole row is the label of a real radio button or checkbox. */
export function Choice(props: {
  type: 'radio' | 'checkbox';
  id: string;
  name: string;
  value: string;
  checked: boolean;
  pictogram?: string | undefined;
  help?: string | undefined;
  describedby?: string | undefined;
  invalid?: boolean | undefined;
  /** A checkbox on which a touch goes on. */
  goesOn?: boolean;
  children?: Child;
}): Html {
  return (
    <label class={`choice choice-${props.type === 'radio' ? 'one' : 'some'}`} for={props.id}>
      <input
        type={props.type}
        id={props.id}
        name={props.name}
        value={props.value}
        checked={props.checked}
        aria-describedby={props.describedby}
        aria-invalid={props.invalid ? 'true' : undefined}
      />
      {props.pictogram === undefined ? undefined : <Pictogram id={props.pictogram} class="choice-picture" />}
      <span class="choice-text">
        <span class="choice-title">
          {typeof props.children === 'string' ? softHyphens(props.children) : props.children}
        </span>{' '}
        {props.help === undefined ? undefined : <span class="choice-help">{props.help}</span>}
      </span>
      {props.type === 'radio' || props.goesOn ? <Marks /> : undefined}
    </label>
  );
}

/** An arrow where a touch goes on, a check at what was chosen. */
const Marks = (): Html => (
  <span class="choice-marks">
    <Pictogram id="onward" />
    <Pictogram id="check" />
  </span>
);

/**
 * The answers to one question, one below the other. Where they are all that a page asks, a touch on one goes on, with script.
 * @param props.many how many there are: few share their place and are large, many are small
 */
export function Choices(props: { goesOn: boolean; many: number; class?: string; children?: Child }): Html {
  const look = `choices ${props.class ?? 'answers'}`;
  return props.goesOn ? (
    <am-choice class={look} data-many={props.many}>
      {props.children}
    </am-choice>
  ) : (
    <div class={look} data-many={props.many}>
      {props.children}
    </div>
  );
}

const goesOn = ({ view }: Asked): boolean => view.alone === true;

/** Yes and no, as two answers like others. */
export function YesNoField(props: Drawn<'yesNo'>): Html {
  const { asked, how } = props;
  const words = questionWords(asked.view.language);
  const value = fieldValue(asked.view, asked.name);
  return (
    <FieldGroup asked={asked} describedby={describedBy(asked)}>
      <Choices goesOn={goesOn(asked)} many={how.values.length}>
        {how.values.map((option) => (
          <Choice
            type="radio"
            id={`${asked.id}-${option}`}
            name={asked.name}
            value={option}
            checked={value === option}
            help={asked.texts.optionHelp[option]}
          >
            {asked.texts.options[option] ?? words[option]}
          </Choice>
        ))}
      </Choices>
    </FieldGroup>
  );
}

/** Answers as rows, with pictures where the definition has them. */
export function ChoiceField(props: Drawn<'options'>): Html {
  const { asked, how } = props;
  const { question, texts, view } = asked;
  const several = !how.one;
  const chosen = new Set(view.fields[asked.name] ?? []);
  return (
    <FieldGroup asked={asked} describedby={describedBy(asked)}>
      {several && texts.help === undefined ? (
        <p class="kern-hint">{questionWords(view.language).chooseSeveral}</p>
      ) : undefined}
      <Choices goesOn={!several && goesOn(asked)} many={how.values.length}>
        {how.values.map((option) => (
          <Choice
            type={several ? 'checkbox' : 'radio'}
            id={`${asked.id}-${option}`}
            name={asked.name}
            value={option}
            checked={chosen.has(option)}
            pictogram={question.optionPictograms[option]}
            help={texts.optionHelp[option]}
          >
            {texts.options[option] ?? option}
          </Choice>
        ))}
      </Choices>
    </FieldGroup>
  );
}

/** One sentence to confirm; the sentence is the label. Nobody has confirmed it before it is touched. */
export function DeclarationField(props: Drawn<'declaration'>): Html {
  const { asked } = props;
  const alone = goesOn(asked);
  const sentence = (
    <Choice
      type="checkbox"
      id={asked.id}
      name={asked.name}
      value="yes"
      checked={fieldValue(asked.view, asked.name) === 'yes'}
      describedby={describedBy(asked)}
      invalid={asked.errors.length > 0}
      goesOn={alone}
    >
      {asked.texts.label}
    </Choice>
  );
  return (
    <div class={`field${asked.errors.length > 0 ? ' field-error' : ''}`}>
      <Errors asked={asked} />
      {alone ? (
        <Choices goesOn many={1} class="declared">
          {sentence}
        </Choices>
      ) : (
        sentence
      )}
      <Hint asked={asked} />
    </div>
  );
}
