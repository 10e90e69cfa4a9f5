/** A machine becomes a terminal by a code of the desk; and what it shows when it no longer is one. */
import type { City } from '#city';
import { Do, Go, LinkButton, layout, type Page, Say } from '#web';
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
    { ...page, title: w.doneTitle, page: 'terminalRegistered', kind: 'notice', quiet: true },
    <>
      <Say>
        <h1>{w.doneTitle}</h1>
        <p class="lead">{w.doneText({ terminal, site })}</p>
        <p>{w.doneWrong}</p>
      </Say>
      <Go page={page}>
        <LinkButton href="/">{words(page.language).home}</LinkButton>
      </Go>
    </>,
  );
}

/** For people who stand before a machine that no longer is a terminal, to be read from there, and for those who set it up. */
export function lostPage(page: Page, city: City): string {
  const w = terminalWords(page.language);
  return layout(
    { ...page, mode: 'terminal', title: w.lostTitle, page: 'terminalLost', kind: 'notice', quiet: true },
    <>
      <Say>
        <h1>{w.lostTitle}</h1>
        <p class="lead">
          {terminalsOf(city) > 1 && w.lostOthers} {w.lostOwn}
        </p>
      </Say>
      <Do>
        <ul class="places">
          <Hotline number={city.phone115} language={page.language} heading="h2" />
        </ul>
        <LinkButton href={REGISTER_URL} kind="secondary">
          {w.lostStaff}
        </LinkButton>
      </Do>
    </>,
  );
}
