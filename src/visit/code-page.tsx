/** A page with one field, in which somebody types a code that they hold: from a letter, or from the desk. */

import { type Language, waitingTime } from '#language';
import { type CodeSlip, readCode } from '#seal';
import { Button, Do, ErrorSummary, Go, JourneyForm, layout, type Page, Say } from '#web';
import { CodeField } from './code-field.tsx';
import { type Paper, slipCode, slipText } from './slips.ts';
import { findSaid, Said } from './typed-again.tsx';

/** Why a code was not taken: it cannot be one, it stands for nothing (by its reason), or too many were tried. */
export type CodeError<Reason extends string> =
  | ({ field: 'code' } & CodeSlip)
  | { code: Reason }
  | { code: 'slowed'; seconds: number };

/** What the page says; of each reason as well. */
type CodeWords<Reason extends string> = Readonly<Record<Reason, string>> & {
  title: string;
  lead: string;
  code: string;
  codeHelp: string;
  send: string;
  errorTitle: string;
  slowed(values: { wait: string }): string;
};

/** The field of the form, and where its errors stand. */
const FIELD = 'code' as const;

function message<Reason extends string>(
  error: CodeError<Reason>,
  w: CodeWords<Reason>,
  paper: Paper,
  language: Language,
): string {
  if ('slip' in error) return slipText(error, paper, language);
  return 'seconds' in error ? w.slowed({ wait: waitingTime(error.seconds, language) }) : w[error.code];
}

/**
 * What was typed stays there beside what is wrong with it.
 * @param form.paper where the code stands, so that the person knows what to compare with
 */
export function codePage<Reason extends string>(
  page: Page,
  form: {
    action: string;
    w: CodeWords<Reason>;
    paper: Paper;
    typed: string;
    error: CodeError<Reason> | undefined;
  },
): string {
  const { action, w, paper, typed, error } = form;
  const wrong = error && {
    field: FIELD,
    code: 'slip' in error ? slipCode(error) : error.code,
    text: message(error, w, paper, page.language),
  };
  const own = { ...page, title: w.title, kind: 'text' as const, form: 'page-form' };
  return layout(
    { ...own, wrong: wrong !== undefined },
    <JourneyForm action={action} page={own}>
      <Said marks={error ? [error] : []} of={{ [FIELD]: typed }} />
      <Say>
        <h1>{w.title}</h1>
        <p class="lead">{w.lead}</p>
      </Say>
      <Do>
        <ErrorSummary title={w.errorTitle} errors={wrong ? [wrong] : []} />
        <CodeField name={FIELD} label={w.code} help={w.codeHelp} value={typed} wrong={wrong} />
      </Do>
      <Go page={own}>
        <Button pictogram="forward">{w.send}</Button>
      </Go>
    </JourneyForm>,
  );
}

/** @returns what the page had said of the code, before language, size or contrast changed */
export function codeErrorSaid<Reason extends string>(
  typed: string,
  said: readonly string[],
  reasons: readonly Reason[],
): CodeError<Reason> | undefined {
  const code = readCode(typed);
  if (said.includes('slip') && typeof code === 'object') return { field: FIELD, ...code };
  return findSaid(said, ['slowed']) ?? findSaid(said, reasons);
}
