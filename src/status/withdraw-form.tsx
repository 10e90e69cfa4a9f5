import { dateWithWeekday } from '#language';
import type { IsoDate } from '#time';
import { Actions, Button, ErrorText, type Html, JourneyForm, type Page } from '#web';
import type { FormTrouble } from './actions.tsx';
import { statusWords, withdrawWords } from './words.ts';

/** Withdrawing needs a second look: it cannot be undone, and this case may have a date and money that was paid. */
export function WithdrawForm(props: {
  page: Page;
  trouble: FormTrouble | undefined;
  loses: { date: IsoDate | undefined; sum: string | undefined };
}): Html {
  const { language } = props.page;
  const { date, sum } = props.loses;
  const w = withdrawWords(language);
  const unsure = props.trouble === 'sure';
  return (
    <details class="unfold" open={unsure}>
      <summary>{w.title}</summary>
      <JourneyForm action="/status/case/withdraw" page={props.page}>
        <p>{w.final}</p>
        {date !== undefined && <p>{w.date({ day: dateWithWeekday(date, language) })}</p>}
        {sum !== undefined && <p>{w.paid({ sum })}</p>}
        {unsure && (
          <ErrorText id="f-sure-error" code="sure">
            {statusWords(language).errorSure}
          </ErrorText>
        )}
        <label class="choice choice-some">
          <input
            type="checkbox"
            id="f-sure"
            name="sure"
            value="yes"
            aria-describedby={unsure ? 'f-sure-error' : undefined}
            aria-invalid={unsure ? 'true' : undefined}
          />
          <span>{w.sure}</span>
        </label>
        <Actions>
          <Button kind="danger">{w.send}</Button>
        </Actions>
      </JourneyForm>
    </details>
  );
}
