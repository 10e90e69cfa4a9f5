import { runsOf } from '#language';
import { Pictogram } from '../components/index.ts';
import type { Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { FieldGroup } from './frame.tsx';
import { type Drawn, describedBy, fieldValue } from './view.ts';

const PARTS = ['day', 'month', 'year'] as const;
const MISSING: Record<string, string> = {
  dayMissing: 'day',
  monthMissing: 'month',
  monthUnknown: 'month',
  yearMissing: 'year',
  yearWrong: 'year',
};
const BIRTHDAY = { day: 'bday-day', month: 'bday-month', year: 'bday-year' } as const;

/** A name that only an attribute says cannot say its language: then it has to be in the page's. */
const isForeign = (label: string): boolean => runsOf(label).some(({ lang }) => lang !== undefined);

/** Typed in three parts; with script there is a calendar: open where a terminal asks for nothing else, else behind a button. */
export function DateField(props: Drawn<'date'>): Html {
  const { asked, how } = props;
  const { view, question } = asked;
  const isOpen = view.alone === true && view.mode === 'terminal';
  const words = questionWords(view.language);
  const wrong = new Set(asked.errors.map((error) => MISSING[error.code] ?? error.field.split('.').at(-1)));
  // A date of birth has a date of birth for its example, and not today.
  const example = question.autocomplete === 'bday' || how.partial ? '1985-03-24' : view.today;
  const [year = '', month = '', day = ''] = example.split('-');
  const exampleId = `${asked.id}-example`;
  const partialId = how.partial ? `${asked.id}-partial` : undefined;
  return (
    <FieldGroup asked={asked} describedby={describedBy(asked, exampleId, partialId)}>
      <p class="kern-hint" id={exampleId}>
        {words.dateExample({ day: Number(day), month: Number(month), year: Number(year) })}
      </p>
      {how.partial ? (
        <p class="kern-hint" id={partialId}>
          {words.datePartial}
        </p>
      ) : undefined}
      <am-calendar
        class="date"
        data-today={view.today}
        data-open={words.openCalendar}
        data-close={words.closeCalendar}
        data-previous={words.previousMonth}
        data-next={words.nextMonth}
        data-title={isForeign(asked.texts.label) ? words.openCalendar : asked.texts.label}
      >
        {PARTS.map((part) => (
          <div class="date-part">
            <label class="kern-label" for={`${asked.id}-${part}`}>
              {words[part]}
            </label>
            <input
              class={`kern-form-input__input ${part === 'year' ? 'width-4' : 'width-2'}`}
              id={`${asked.id}-${part}`}
              name={`${asked.name}.${part}`}
              type="text"
              inputmode="numeric"
              autocomplete={
                view.mode === 'phone' && question.autocomplete === 'bday' ? BIRTHDAY[part] : 'off'
              }
              value={fieldValue(view, `${asked.name}.${part}`)}
              aria-invalid={
                asked.errors.length > 0 && (wrong.has(part) || !PARTS.some((one) => wrong.has(one)))
                  ? 'true'
                  : undefined
              }
            />
          </div>
        ))}
        {isOpen ? undefined : (
          <button type="button" class="kern-btn kern-btn--secondary date-open" hidden>
            <Pictogram id="calendar" />
            <span class="kern-label">{words.openCalendar}</span>
          </button>
        )}
      </am-calendar>
    </FieldGroup>
  );
}
