/** A machine becomes a terminal by a code of the desk; and what it shows when it no longer is one. */
import type { City } from '#city';
import { Actions, EmptyState, LinkButton, layout, type Page } from '#web';
import { type CodeError, codePage } from './code-page.tsx';
import { terminalsOf } from './machine.ts';
import { Hotline } from './places.tsx';
import { terminalWords, words } from './words.ts';

/** Where staff type the code. */
export const REGISTER_URL = '/terminal';

/** Why a code of the desk stands for nothing. */
export const TERMINAL_CODE_REASONS = ['wrong', 'expired', 'used'] as const;
export type TerminalCodeError = CodeError<(typeof TERMINAL_CODE_REASONS)[number]>;

/** One field, with the keyboard of the screen: the machine has no other. */
export function terminalCodePage(page: Page, typed: string, error: TerminalCodeError | undefined): string {
  return codePage(
    { ...page, mode: 'terminal', page: 'terminalCode', quiet: true },
    { action: REGISTER_URL, w: terminalWords(page.language), paper: 'desk', typed, error },
  );
}

/** Which terminal the machine is now, so that whoever typed the code sees whether it is the right one. */
export function registeredPage(page: Page, terminal: string, site: string): string {
  const w = terminalWords(page.language);
  return layout(
    { ...page, title: w.doneTitle, page: 'terminalRegistered', quiet: true },
    <EmptyState pictogram="success" title={w.doneTitle} done>
      <p class="lead">{w.doneText({ terminal, site })}</p>
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
      <p class="lead">
        {terminalsOf(city) > 1 && w.lostOthers} {w.lostOwn}
      </p>
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
