import { dateParts, type Language } from '#language';
import { Pictogram } from '../components/index.ts';
import { softHyphens } from '../hyphens.ts';
import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { Errors, FieldGroup, Hint } from './frame.tsx';
import { type Drawn, describedBy, fieldValue, type SlotChoice } from './view.ts';

/** One answer as a card: the whole card is the label of a real radio button or checkbox. */
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
  children?: Child;
}): Html {
  return (
    <label class={props.pictogram === undefined ? 'choice' : 'choice choice-picture'} for={props.id}>
      <input
        type={props.type}
        id={props.id}
        name={props.name}
        value={props.value}
        checked={props.checked}
        aria-describedby={props.describedby}
        aria-invalid={props.invalid ? 'true' : undefined}
      />
      {props.pictogram === undefined ? undefined : (
        <span class="picture">
          <Pictogram id={props.pictogram} />
        </span>
      )}
      <span class="choice-text">
        <span class="choice-title">
          {typeof props.children === 'string' ? softHyphens(props.children) : props.children}
        </span>
        {props.help === undefined ? undefined : <span class="choice-help">{props.help}</span>}
      </span>
    </label>
  );
}

/** Yes and no: two cards side by side. */
export function YesNoField(props: Drawn<'yesNo'>): Html {
  const { asked, how } = props;
  const words = questionWords(asked.view.language);
  const value = fieldValue(asked.view, asked.name);
  return (
    <FieldGroup asked={asked} describedby={describedBy(asked)}>
      <div class="choices choices-two">
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
      </div>
    </FieldGroup>
  );
}

/** Cards, with pictures where the definition has them. */
export function ChoiceField(props: Drawn<'options'>): Html {
  const { asked, how } = props;
  const { question, texts, view } = asked;
  const several = !how.one;
  const chosen = new Set(view.fields[asked.name] ?? []);
  const pictures = how.values.some((option) => question.optionPictograms[option] !== undefined);
  return (
    <FieldGroup asked={asked} describedby={describedBy(asked)}>
      {several && texts.help === undefined ? (
        <p class="kern-hint">{questionWords(view.language).chooseSeveral}</p>
      ) : undefined}
      <div class={pictures ? 'choices choices-pictures' : 'choices'}>
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
      </div>
    </FieldGroup>
  );
}

/** Each free date as a card, the earliest first. */
export function SlotField(props: Drawn<'slot'>): Html {
  const { asked } = props;
  const { view } = asked;
  const slots = view.slots ?? [];
  return (
    <FieldGroup asked={asked} describedby={describedBy(asked)}>
      {slots.length === 0 ? <p>{questionWords(view.language).noSlots}</p> : undefined}
      <SlotChoices
        id={asked.id}
        name={asked.name}
        slots={slots}
        chosen={fieldValue(view, asked.name)}
        invalid={asked.errors.length > 0}
        language={view.language}
      />
    </FieldGroup>
  );
}

/** Free dates as cards; each is a real radio button whose value is the slot's id. */
export function SlotChoices(props: {
  id: string;
  name: string;
  slots: readonly SlotChoice[];
  chosen: string;
  invalid?: boolean;
  language: Language;
}): Html {
  const words = questionWords(props.language);
  return (
    <div class="choices choices-dates">
      {props.slots.map((slot) => {
        const date = dateParts(slot.date, props.language);
        return (
          <Choice
            type="radio"
            id={`${props.id}-${slot.date}`}
            name={props.name}
            value={slot.id}
            checked={props.chosen === slot.id}
            invalid={props.invalid}
            help={words.left({ count: slot.left })}
          >
            <span class="choice-weekday">{date.weekday}</span>{' '}
            <span class="choice-date">
              {date.day}
              <span class="kern-sr-only"> {date.year}</span>
            </span>
          </Choice>
        );
      })}
    </div>
  );
}

/** One sentence to confirm; the sentence is the label. */
export function DeclarationField(props: Drawn<'declaration'>): Html {
  const { asked } = props;
  return (
    <div class={`field${asked.errors.length > 0 ? ' field-error' : ''}`}>
      <Errors asked={asked} />
      <Choice
        type="checkbox"
        id={asked.id}
        name={asked.name}
        value="yes"
        checked={fieldValue(asked.view, asked.name) === 'yes'}
        describedby={describedBy(asked)}
        invalid={asked.errors.length > 0}
      >
        {asked.texts.label}
      </Choice>
      <Hint asked={asked} />
    </div>
  );
}
