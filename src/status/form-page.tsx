import { type Language, waitingTime } from '#language';
import { slipText, type TypedPair, type TypedSlip } from '#visit';
import { Alert, type Page } from '#web';
import { pairPage } from './pair-page.tsx';
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

/** Number and code open a case. */
export function statusFormPage(
  page: Page,
  typed: TypedPair,
  errors: readonly StatusError[],
  lost?: Lost,
): string {
  const w = statusWords(page.language);
  const answer = typeof lost === 'string' ? undefined : lost;
  const told = typeof lost === 'string' ? [{ code: lost }] : lost?.files ? [{ code: 'files' }] : [];
  return pairPage(page, {
    ...{ page: 'status', action: '/status', typed, errors, errorTitle: w.errorTitle, marks: told },
    w: {
      ...{ title: w.statusTitle, lead: w.statusLead, send: w.statusOpen },
      ...{ number: w.statusNumber, numberHelp: w.statusNumberHelp },
      ...{ code: w.statusCode, codeHelp: w.statusCodeHelp },
    },
    textOf: (error) => message(error, page.language),
    before: (
      <>
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
      </>
    ),
  });
}
