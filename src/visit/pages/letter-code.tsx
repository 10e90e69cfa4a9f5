/** The page on which somebody types the code that the office has sent by letter. */
import { Actions, Button, Card, ErrorSummary, type Html, JourneyForm, layout, type Page } from '#web';
import type { VisitDeps } from '../deps.ts';
import { letterWords } from '../letter-words.ts';
import { type Here, pageUrl } from '../standing.ts';
import { CodeField } from './status-form.tsx';

/** Why a code was not taken. */
export interface LetterCodeError {
  code: 'notACode' | 'wrong' | 'expired' | 'revoked' | 'slowed';
  seconds?: number;
}

/** The field of the form, and where its errors stand. */
const FIELD = 'code';

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
  const text =
    error?.code === 'slowed' ? w.slowed(Math.ceil((error.seconds ?? 60) / 60)) : error && w[error.code];
  const errors = text === undefined ? [] : [{ field: FIELD, text }];
  const own = { ...page, form: 'page-form' };
  return layout(
    {
      ...own,
      title: w.title,
      page: 'letterCode',
      back: pageUrl(here.service, here.page),
      wrong: error !== undefined,
    },
    <JourneyForm action={letterCodeUrl(here)} page={own}>
      <ErrorSummary title={w.errorTitle} errors={errors} />
      <h1>{w.title}</h1>
      <p class="lead">{w.lead}</p>
      <CodeField
        name={FIELD}
        label={w.code}
        help={w.codeHelp}
        value={typed}
        wrong={error && text !== undefined ? { code: error.code, text } : undefined}
      />
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
