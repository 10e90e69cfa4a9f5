import {
  Actions,
  Alert,
  Button,
  ErrorSummary,
  ErrorText,
  fieldId,
  type Html,
  JourneyForm,
  layout,
  type Page,
} from '#web';
import { statusWords } from '../status-words.ts';

/** Why a case was not opened. */
export interface StatusError {
  field: 'number' | 'code';
  code: 'notANumber' | 'notACode' | 'wrong' | 'slowed' | 'unpaid';
  seconds?: number;
}

function message(error: StatusError, w: ReturnType<typeof statusWords>): string {
  switch (error.code) {
    case 'notANumber':
      return w.errorNumber;
    case 'notACode':
      return w.errorCode;
    case 'wrong':
      return w.errorWrong;
    case 'unpaid':
      return w.errorUnpaid;
    case 'slowed':
      return w.errorSlowed(Math.ceil((error.seconds ?? 60) / 60));
  }
}

interface Field {
  name: 'number' | 'code';
  label: string;
  help: string;
  value: string;
  wrong: { code: string; text: string } | undefined;
}

/** What somebody had written to the office when their visit had run out. */
interface LostAnswer {
  text: string;
  /** Whether files were chosen, too: a page cannot hand them on. */
  files: boolean;
}

/** A field for something written on a paper. */
export function CodeField(props: Field): Html {
  const { name, label, help, value, wrong } = props;
  const id = fieldId(name);
  return (
    <div class={wrong ? 'field field-error' : 'field'}>
      <label class="kern-label" for={id}>
        {label}
      </label>
      <p class="kern-hint" id={`${id}-hint`}>
        {help}
      </p>
      {wrong && (
        <ErrorText id={`${id}-error`} code={wrong.code}>
          {wrong.text}
        </ErrorText>
      )}
      <input
        class="kern-form-input__input code-input"
        id={id}
        name={name}
        type="text"
        value={value}
        inputmode={name === 'number' ? 'numeric' : 'text'}
        autocomplete="off"
        spellcheck="false"
        maxlength={80}
        aria-describedby={wrong ? `${id}-error ${id}-hint` : `${id}-hint`}
        aria-invalid={wrong ? 'true' : undefined}
      />
    </div>
  );
}

/** Number and code open a case. A QR code fills them in through the part of the address that stays in the browser. */
export function statusFormPage(
  page: Page,
  typed: { number: string; code: string },
  error: StatusError | undefined,
  lost?: LostAnswer | 'nothingDone',
): string {
  const w = statusWords(page.language);
  const errors = error ? [{ field: error.field, text: message(error, w) }] : [];
  const wrong = (name: 'number' | 'code') =>
    error?.field === name ? { code: error.code, text: message(error, w) } : undefined;
  const answer = lost === 'nothingDone' ? undefined : lost;
  const own = { ...page, form: 'page-form' };
  return layout(
    { ...own, title: w.statusTitle, page: 'status', back: '/', wrong: errors.length > 0 },
    <JourneyForm action="/status" page={own}>
      <ErrorSummary title={w.errorTitle} errors={errors} />
      <h1>{w.statusTitle}</h1>
      <p class="lead">{w.statusLead}</p>
      {lost === 'nothingDone' && <Alert tone="warning" title={w.errorRanOut} />}
      {answer && (
        <Alert tone="warning" title={w.statusRanOut}>
          {[answer.text === '' ? '' : w.statusTextKept, answer.files ? w.statusFilesLost : '']
            .join(' ')
            .trim()}
        </Alert>
      )}
      {answer && <input type="hidden" name="text" value={answer.text} />}
      <am-status>
        <CodeField
          name="number"
          label={w.statusNumber}
          help={w.statusNumberHelp}
          value={typed.number}
          wrong={wrong('number')}
        />
        <CodeField
          name="code"
          label={w.statusCode}
          help={w.statusCodeHelp}
          value={typed.code}
          wrong={wrong('code')}
        />
      </am-status>
      <Actions>
        <Button pictogram="forward">{w.statusOpen}</Button>
      </Actions>
    </JourneyForm>,
  );
}
