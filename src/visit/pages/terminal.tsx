/** A machine becomes a terminal by a code of the desk; and what it shows when it no longer is one. */
import type { City } from '#city';
import type { CodeSlip } from '#seal';
import type { Language } from '#service';
import { Actions, Button, EmptyState, ErrorSummary, JourneyForm, LinkButton, layout, type Page } from '#web';
import { slipCode, slipText } from '../slips.ts';
import { terminalWords } from '../terminal-words.ts';
import { Said } from '../typed-again.tsx';
import { words } from '../words.ts';
import { Hotline } from './places.tsx';
import { CodeField } from './status-form.tsx';

/** Where staff type the code. */
export const REGISTER_URL = '/terminal';

/** Why a code was not taken. */
export type TerminalCodeError =
  | ({ field: 'code' } & CodeSlip)
  | { code: 'wrong' | 'expired' | 'used' }
  | { code: 'slowed'; seconds: number };

const FIELD = 'code' as const;

function message(error: TerminalCodeError, language: Language): string {
  const w = terminalWords(language);
  if ('slip' in error) return slipText(error, 'desk', language);
  return error.code === 'slowed' ? w.slowed(Math.ceil(error.seconds / 60)) : w[error.code];
}

/** One field, with the keyboard of the screen: the machine has no other. */
export function terminalCodePage(page: Page, typed: string, error: TerminalCodeError | undefined): string {
  const w = terminalWords(page.language);
  const wrong = error && {
    field: FIELD,
    code: 'slip' in error ? slipCode(error) : error.code,
    text: message(error, page.language),
  };
  const own = { ...page, mode: 'terminal' as const, form: 'page-form' };
  return layout(
    { ...own, title: w.title, page: 'terminalCode', quiet: true, wrong: wrong !== undefined },
    <JourneyForm action={REGISTER_URL} page={own}>
      <Said marks={error ? [error] : []} />
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

/** Which terminal the machine is now, so that whoever typed the code sees whether it is the right one. */
export function registeredPage(page: Page, terminal: string, site: string): string {
  const w = terminalWords(page.language);
  return layout(
    { ...page, title: w.doneTitle, page: 'terminalRegistered', quiet: true },
    <EmptyState pictogram="success" title={w.doneTitle} done>
      <p class="lead">{w.doneText(terminal, site)}</p>
      <p>{w.doneWrong}</p>
      <Actions>
        <LinkButton href="/">{words(page.language).home}</LinkButton>
      </Actions>
    </EmptyState>,
  );
}

/** For people who stand before a machine that no longer is a terminal, to be read from there, and for those who set it up. */
export function lostPage(page: Page, city: City): string {
  const w = terminalWords(page.language);
  return layout(
    { ...page, mode: 'terminal', title: w.lostTitle, page: 'terminalLost', quiet: true },
    <EmptyState pictogram="info" title={w.lostTitle}>
      <p class="lead">{w.lostText}</p>
      <ul class="places">
        <Hotline number={city.phone115} language={page.language} heading="h2" />
      </ul>
      <Actions>
        <LinkButton href={REGISTER_URL} kind="quiet">
          {w.lostStaff}
        </LinkButton>
      </Actions>
    </EmptyState>,
  );
}
