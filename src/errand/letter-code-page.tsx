/** The page on which somebody types the code that the office has sent by letter. */

import { germanIn } from '#language';
import { type CodeError, codePage } from '#visit';
import { Card, type Html, type Page } from '#web';
import type { ErrandDeps } from './deps.ts';
import { type Here, pageUrl } from './standing.ts';
import { letterWords } from './words.ts';

/** Why a code by letter stands for nothing. */
export const LETTER_CODE_REASONS = ['wrong', 'expired', 'revoked'] as const;
export type LetterCodeError = CodeError<(typeof LETTER_CODE_REASONS)[number]>;

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
  return codePage(
    { ...page, page: 'letterCode', back: pageUrl(here.service, here.page) },
    { action: letterCodeUrl(here), w: letterWords(page.language), paper: 'letter', typed, error },
  );
}

/** How one gets such a code; beside the button for those who have one. */
export function LetterCard({ deps, here }: { deps: ErrandDeps; here: Here }): Html {
  const { language } = here.visit;
  const w = letterWords(language);
  const { name, phone, address } = deps.city.offices.get(here.service.office) ?? {};
  return (
    <Card title={w.cardTitle} pictogram="mail">
      <p>{w.cardText({ office: germanIn(language, name ?? deps.city.name) })}</p>
      {phone ? (
        <p>{w.cardAsk({ phone })}</p>
      ) : (
        address && <p>{w.cardAskAt({ address: germanIn(language, address) })}</p>
      )}
    </Card>
  );
}
