import type { FreeSlot } from '#booking';
import type { SlotAnswer } from '#service';
import {
  Actions,
  Alert,
  Button,
  EmptyState,
  ErrorText,
  FilePicker,
  type Html,
  JourneyForm,
  layout,
  longDate,
  type Page,
  questionWords,
  SlotChoices,
} from '#web';
import { statusWords } from '../status-words.ts';
import { words } from '../words.ts';

/** Something wrong in one of the status page's forms, and what had been typed. */
export interface FormTrouble {
  code: string;
  text: string;
}

function answerTrouble(code: string, w: ReturnType<typeof statusWords>): string {
  if (code === 'required') return w.errorAnswerRequired;
  if (code === 'tooLong') return w.errorAnswerTooLong;
  return w.errorFile;
}

/**
 * The citizen's answer to the office: text, file, or both.
 * @param asked whether the office waits for it: then it is open
 */
export function AnswerForm(props: { page: Page; trouble: FormTrouble | undefined; asked: boolean }): Html {
  const w = statusWords(props.page.language);
  const elsewhere = props.trouble?.code === 'sure' || props.trouble?.code === 'tooLate';
  const trouble = elsewhere ? undefined : props.trouble;
  return (
    <details class="card fold" open={props.asked || trouble !== undefined}>
      <summary>{w.statusAnswerTitle}</summary>
      <JourneyForm action="/status/case/answer" page={props.page} multipart>
        <div class={trouble ? 'field field-error' : 'field'}>
          <label class="kern-label" for="f-text">
            {w.statusAnswerLabel}
          </label>
          {trouble && (
            <ErrorText id="f-text-error" code={trouble.code}>
              {answerTrouble(trouble.code, w)}
            </ErrorText>
          )}
          <textarea
            class="kern-form-input__input"
            id="f-text"
            name="text"
            rows={4}
            maxlength={4000}
            aria-describedby={trouble ? 'f-text-error' : undefined}
            aria-invalid={trouble ? 'true' : undefined}
          >
            {props.trouble?.text ?? ''}
          </textarea>
        </div>
        <div class="field">
          <label class="kern-label" for="f-file">
            {w.statusAnswerFile}
          </label>
          <FilePicker
            id="f-file"
            name="file"
            accept={['application/pdf', 'image/jpeg', 'image/png']}
            words={questionWords(props.page.language).chooseFile}
          />
        </div>
        <Actions>
          <Button>{w.statusAnswerSend}</Button>
        </Actions>
      </JourneyForm>
    </details>
  );
}

/** Withdrawing needs a second look: it cannot be undone. */
export function WithdrawForm(props: { page: Page; trouble: FormTrouble | undefined }): Html {
  const w = statusWords(props.page.language);
  const unsure = props.trouble?.code === 'sure';
  return (
    <details class="card fold" open={unsure}>
      <summary>{w.statusWithdraw}</summary>
      <JourneyForm action="/status/case/withdraw" page={props.page}>
        <p>{w.statusWithdrawText}</p>
        {unsure && (
          <ErrorText id="f-sure-error" code="sure">
            {w.errorSure}
          </ErrorText>
        )}
        <label class="choice">
          <input
            type="checkbox"
            name="sure"
            value="yes"
            aria-describedby={unsure ? 'f-sure-error' : undefined}
            aria-invalid={unsure ? 'true' : undefined}
          />
          <span>{w.statusWithdrawSure}</span>
        </label>
        <Actions>
          <Button kind="danger">{w.statusWithdrawSend}</Button>
        </Actions>
      </JourneyForm>
    </details>
  );
}

/** Other free dates for a booked one. */
export function statusDatesPage(
  page: Page,
  booked: SlotAnswer,
  free: readonly FreeSlot[],
  lost: boolean,
): string {
  const w = statusWords(page.language);
  const shell: Page = { ...page, title: w.statusMoveTitle, page: 'status-date', back: '/status/case' };
  if (free.length === 0) {
    return layout(
      shell,
      <EmptyState pictogram="calendar" title={words(page.language).noSlots}>
        <p>{words(page.language).noSlotsText}</p>
      </EmptyState>,
    );
  }
  return layout(
    shell,
    <JourneyForm action="/status/case/date" page={shell}>
      <h1>{w.statusMoveTitle}</h1>
      <p class="lead">{w.statusMoveNow(longDate(booked.date, page.language))}</p>
      {lost && <Alert tone="error" title={w.statusMoveLost} />}
      <fieldset class="field">
        <legend class="kern-sr-only">{w.statusMoveTitle}</legend>
        <SlotChoices name="slot" id="f-slot" slots={free} chosen="" language={page.language} />
      </fieldset>
      <Actions>
        <Button pictogram="check">{w.statusMoveSend}</Button>
      </Actions>
    </JourneyForm>,
  );
}
