import type { PaperChecked } from '#cases';
import { about, dateWithWeekday, germanIn, type Language, waitingTime } from '#language';
import { formatNumber } from '#seal';
import { civilDate } from '#time';
import { slipText, type TypedPair, type TypedSlip } from '#visit';
import { Alert, Do, Go, type Html, LinkButton, layout, type Page, Say, SummaryList } from '#web';
import { pairPage } from './pair-page.tsx';
import { genuineWords } from './words.ts';

/** Why no paper was shown. */
export type GenuineError =
  | TypedSlip
  | { field: 'code'; code: 'unknown' }
  | { field: 'code'; code: 'slowed'; seconds: number };

function message(error: GenuineError, language: Language): string {
  const w = genuineWords(language);
  if ('slip' in error) return slipText(error, 'paper', language);
  return error.code === 'slowed'
    ? w.errorSlowed({ wait: waitingTime(error.seconds, language) })
    : w.errorUnknown;
}

/** Number and code of a paper. */
export function genuineFormPage(page: Page, typed: TypedPair, errors: readonly GenuineError[]): string {
  const w = genuineWords(page.language);
  return pairPage(page, {
    ...{ page: 'genuine', action: '/echt', w: { ...w, send: w.check }, typed, errors },
    errorTitle: errors.some((error) => 'slip' in error) ? w.slipTitle : w.errorTitle,
    textOf: (error) => message(error, page.language),
  });
}

const say = (at: Date, language: Language): string => dateWithWeekday(civilDate(at), language);

/** What stood on the paper when it was issued, in the language it was printed in. */
function Genuine(props: { found: PaperChecked & { kind: 'genuine' }; number: string; page: Page }): Html {
  const { found, number, page } = props;
  const { paper } = found;
  const w = genuineWords(page.language);
  const issuer = germanIn(page.language, `${paper.office.name}, ${paper.city}`);
  const lines = paper.fields.map(({ label, value }, index) => ({
    ...{ field: String(index), label, value, file: undefined },
  }));
  return (
    <>
      <Alert tone="success" title={w.genuine}>
        {w.issued({ date: say(found.issuedAt, page.language), office: issuer })}
      </Alert>
      <p class="lead">{w.compare}</p>
      <div class="stack" lang={about(found.language).lang} dir={about(found.language).direction}>
        <SummaryList sections={[{ page: 'paper', title: paper.title, lines }]} />
        <p>{paper.text}</p>
      </div>
      <p>
        {w.number} <strong translate="no">{formatNumber(number)}</strong>
      </p>
    </>
  );
}

/** What can be said of a paper that the office has issued. */
export function genuinePage(
  page: Page,
  number: string,
  found: Extract<PaperChecked, { kind: 'genuine' | 'revoked' | 'deleted' }>,
): string {
  const w = genuineWords(page.language);
  const shell: Page = { ...page, title: w.title, page: 'genuine', kind: 'status', back: '/echt' };
  return layout(
    shell,
    <>
      <Say>
        <h1>{w.title}</h1>
      </Say>
      <Do>
        <article class="stack" data-paper={found.kind}>
          {found.kind === 'genuine' && <Genuine found={found} number={number} page={page} />}
          {found.kind === 'revoked' && (
            <Alert tone="error" title={w.revoked}>
              {w.revokedText({
                issued: say(found.issuedAt, page.language),
                revoked: say(found.revokedAt, page.language),
              })}
            </Alert>
          )}
          {found.kind === 'deleted' && (
            <Alert title={w.deleted}>
              {w.deletedText({
                issued: say(found.issuedAt, page.language),
                deleted: say(found.deletedAt, page.language),
              })}
            </Alert>
          )}
        </article>
      </Do>
      <Go page={shell}>
        <LinkButton href="/echt" kind="secondary">
          {w.another}
        </LinkButton>
      </Go>
    </>,
  );
}
