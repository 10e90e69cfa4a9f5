import { dateParts, dateWithWeekday, germanIn, type Language, monthNames } from '#language';
import type { Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { Choice, Choices } from './choice.tsx';
import { FieldGroup } from './frame.tsx';
import { type Drawn, describedBy, fieldValue, type SlotChoice } from './view.ts';

/** So few places are worth a word: before that everybody finds one. */
const FEW = 3;

/** Each free date as an answer, the earliest first. */
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
        alone={view.alone}
      />
    </FieldGroup>
  );
}

/** Dates by month; each free one is a real radio button whose value is the slot's id. */
export function SlotChoices(props: {
  id: string;
  name: string;
  slots: readonly SlotChoice[];
  chosen: string;
  invalid?: boolean;
  language: Language;
  /** As in {@link QuestionView}. */
  alone?: boolean | undefined;
}): Html {
  const { slots, language, id } = props;
  const months = Map.groupBy(slots, ({ date }) => date.slice(0, 7));
  return (
    <Choices goesOn={props.alone === true} many={slots.length} class="dates">
      {[...months].map(([month, days]) => (
        <div class="month">
          <p class="month-name">
            {monthNames(language)[Number(month.slice(5)) - 1]}
            <span class="kern-sr-only"> {month.slice(0, 4)}</span>
          </p>
          <div class="days">
            {days.map((slot) =>
              slot.closed === undefined ? (
                <Choice
                  type="radio"
                  id={`${id}-${slot.date}`}
                  name={props.name}
                  value={slot.id}
                  checked={props.chosen === slot.id}
                  invalid={props.invalid}
                  help={slot.left > FEW ? undefined : questionWords(language).left({ count: slot.left })}
                >
                  <Day date={slot.date} language={language} />
                </Choice>
              ) : (
                <ClosedDay date={slot.date} why={slot.closed} language={language} />
              ),
            )}
          </div>
        </div>
      ))}
    </Choices>
  );
}

const dayOf = (date: string): number => Number(date.slice(8));

/** For the eyes the day's number and its weekday beside it, for the ears the whole date. */
function Day(props: { date: string; language: Language }): Html {
  const { date, language } = props;
  return (
    <>
      <span class="kern-sr-only">{dateWithWeekday(date, language)}</span>
      <span class="day-number" aria-hidden="true">
        {dayOf(date)}
      </span>
      <span class="day-weekday" aria-hidden="true">
        {dateParts(date, language).weekday}
      </span>
    </>
  );
}

/** A day on which somebody would look for a date in vain: why, as text. */
function ClosedDay(props: { date: string; why: string; language: Language }): Html {
  const { date, why, language } = props;
  return (
    <p class="day-closed">
      <span class="day-number" aria-hidden="true">
        {dayOf(date)}
      </span>
      <span class="choice-text">
        <span class="kern-sr-only">{dateWithWeekday(date, language)}: </span>
        <span class="day-weekday">{germanIn(language, why)}</span>{' '}
        <span class="choice-help">{questionWords(language).closedDay}</span>
      </span>
    </p>
  );
}
