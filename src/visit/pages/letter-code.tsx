/** The page on which somebody types the code that the office has sent by letter. */
import type { CodeSlip } from '#seal';
import type { Language } from '#service';
import { Actions, Button, Card, ErrorSummary, type Html, JourneyForm, layout, type Page } from '#web';
import type { VisitDeps } from '../deps.ts';
import { letterWords } from '../letter-words.ts';
import { slipCode, slipText } from '../slips.ts';
import { type Here, pageUrl } from '../standing.ts';
import { Said } from '../typed-again.tsx';
import { CodeField } from './status-form.tsx';

/** Why a code was not taken. */
export type LetterCodeError =
  | ({ field: 'code' } & CodeSlip)
  | { code: 'wrong' | 'expired' | 'revoked' }
  | { code: 'slowed'; seconds: number };

function message(error: LetterCodeError, language: Language): string {
  const w = letterWords(language);
  if ('slip' in error) return slipText(error, 'letter', language);
  return error.code === 'slowed' ? w.slowed(Math.ceil(error.seconds / 60)) : w[error.code];
}

/** The field of the form, and where its errors stand. */
const FIELD = 'code' as const;

/** @returns the address of that page */
export const letterCodeUrl = ({ service, page }: Pick<Here, 'service' | 'page'>): string =>
  `${pageUrl(service, page)}/code`;

/** One field; what was typed stays there beside what is wrong with it. */
export function letterCodePage(
  page: Page,
  here: Here,
  typed: string,
  error: LetterCodeError | undefined,
): string {
  const w = letterWords(page.language);
  const wrong = error && {
    field: FIELD,
    code: 'slip' in error ? slipCode(error) : error.code,
    text: message(error, page.language),
  };
  const own = { ...page, form: 'page-form' };
  return layout(
    {
      ...own,
      title: w.title,
      page: 'letterCode',
      back: pageUrl(here.service, here.page),
      wrong: wrong !== undefined,
    },
    <JourneyForm action={letterCodeUrl(here)} page={own}>
      <Said marks={error ? [error] : []} of={{ [FIELD]: typed }} />
      <ErrorSummary title={w.errorTitle} errors={wrong ? [wrong] : []} />
      <h1>{w.title}</h1>
      <p class="lead">{w.lead}</p>
      <CodeField name={FIELD} label={w.code} help={w.codeHelp} value={typed} wrong={wrong} />
      <Actions>
        <Button pictogram="forward">{w.send}</Button>
      </Actions>
    </JourneyForm>,
  );
}

/** How one gets such a code; beside the button for those who have one. */
export function LetterCard({ deps, here }: { deps: VisitDeps; here: Here }): Html {
  const w = letterWords(here.visit.language);
  const { name, phone, address } = deps.city.offices.get(here.service.office) ?? {};
  return (
    <Card title={w.cardTitle} pictogram="mail">
      <p>{w.cardText(name ?? deps.city.name)}</p>
      {phone ? <p>{w.cardAsk(phone)}</p> : address && <p>{w.cardAskAt(address)}</p>}
    </Card>
  );
}
