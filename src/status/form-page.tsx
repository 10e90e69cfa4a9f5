import { type Language, waitingTime } from '#language';
import { CodeField, Said, slipCode, slipText, type TypedSlip, type Wrong } from '#visit';
import { Alert, Button, Do, ErrorSummary, Go, JourneyForm, layout, type Page, Say } from '#web';
import { statusWords } from './words.ts';

/** Why a case was not opened. */
export type StatusError =
  | TypedSlip
  | { field: 'code'; code: 'wrong' | 'unpaid' }
  | { field: 'code'; code: 'slowed'; seconds: number };

function message(error: StatusError, language: Language): string {
  const w = statusWords(language);
  if ('slip' in error) return slipText(error, 'receipt', language);
  switch (error.code) {
    case 'wrong':
      return w.errorWrong;
    case 'unpaid':
      return w.errorUnpaid;
    case 'slowed':
      return w.errorSlowed({ wait: waitingTime(error.seconds, language) });
  }
}

/** What somebody had written to the office when their visit had run out. */
interface LostAnswer {
  text: string;
  /** Whether files were chosen, too: a page cannot hand them on. */
  files: boolean;
}

/** What of a visit that had run out is said: an answer that waits, a form that did nothing, or only that it had. */
export type Lost = LostAnswer | 'nothingDone' | 'again';

/** Number and code open a case. A QR code fills them in through the part of the address that stays in the browser. */
export function statusFormPage(
  page: Page,
  typed: { number: string; code: string },
  errors: readonly StatusError[],
  lost?: Lost,
): string {
  const w = statusWords(page.language);
  const wrongs = errors.map((error): Wrong => {
    const code = 'slip' in error ? slipCode(error) : error.code;
    return { field: error.field, code, text: message(error, page.language) };
  });
  const wrong = (name: 'number' | 'code') => wrongs.find(({ field }) => field === name);
  const answer = typeof lost === 'string' ? undefined : lost;
  const told = typeof lost === 'string' ? [{ code: lost }] : lost?.files ? [{ code: 'files' }] : [];
  const own = { ...page, form: 'page-form' };
  const shell: Page = {
    ...{ ...own, title: w.statusTitle, page: 'status', kind: 'text' },
    ...{ back: '/', wrong: errors.length > 0 },
  };
  return layout(
    shell,
    <JourneyForm action="/status" page={own}>
      <Said marks={told} />
      <Said marks={errors} of={typed} />
      <Say>
        <h1>{w.statusTitle}</h1>
        <p class="lead">{w.statusLead}</p>
      </Say>
      <Do>
        <ErrorSummary title={w.errorTitle} errors={wrongs} />
        {lost === 'nothingDone' && <Alert title={w.errorRanOut} />}
        {lost === 'again' && <Alert title={w.statusAgain} />}
        {answer && (
          <Alert title={w.statusRanOut}>
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
      </Do>
      <Go page={shell}>
        <Button pictogram="forward">{w.statusOpen}</Button>
      </Go>
    </JourneyForm>,
  );
}
