import type { Language } from '#language';

/** How a person wants to see the pages. */
export interface PageSettings {
  /** Text size: 1 is already large, 3 is the largest. */
  size: 1 | 2 | 3;
  /** Strong contrast: black on white, thick lines. */
  contrast: boolean;
  /** Everything one must touch is in the lower part of an upright terminal, within reach from a wheelchair. */
  reach: boolean;
}

export const DEFAULT_SETTINGS: PageSettings = { size: 1, contrast: false, reach: false };

/** What kind of page it is; the styles of a kind that looks like no other are in a file of that name. */
export type PageKind =
  | 'choice'
  | 'text'
  | 'count'
  | 'date'
  | 'form'
  | 'information'
  | 'identify'
  | 'review'
  | 'pay'
  | 'device'
  | 'upload'
  | 'result'
  | 'farewell'
  | 'idle'
  | 'home'
  | 'search'
  | 'service'
  | 'closed'
  | 'help'
  | 'status'
  | 'notice'
  | 'legal';

/** What the frame around a citizen's page needs to know. */
export interface Page {
  title: string;
  language: Language;
  settings: PageSettings;
  /** The city's colour as `#rrggbb`. */
  accent: string;
  /** The city's name in the header; with `place` the site below it. */
  city: string;
  place?: string;
  /** The number under which the city helps on the phone. */
  phone: string;
  mode: 'terminal' | 'phone';
  /** Where this page lives; the bar's buttons come back to it. Never with personal data in it. */
  path: string;
  /** Stands before the addresses of the bar and the header, for pages that the office itself does not serve. */
  base?: string;
  kind?: PageKind;
  service?: string;
  /** What this is about, in the head: the service's name. */
  about?: string;
  /**
   * A machine has translated what the service says here, and no person has approved it; the page says so. False where all that it
   * says is German. Without it, the words of the office decide.
   */
  machine?: boolean;
  page?: string;
  csrf?: string;
  /** With this, the idle watch runs: warning after so many seconds without a touch. */
  visit?: { idleSeconds: number };
  /** Where "back" leads. */
  back?: string;
  /** "Back" is a button of the page's own form with this word, so that what was typed goes along. */
  backAction?: string;
  /** The way through the service in names, and at which of them this page is. */
  sections?: { names: readonly string[]; at: number };
  /** Without the bar's end button: there is nothing to end (farewell, closed page, help outside a visit). */
  quiet?: boolean;
  /** Without the bar: the page shows something once, and whatever loads it again or leads away loses that. */
  once?: boolean;
  /** Id of the page's own form: the bar's buttons send it along, so that nothing typed is lost. */
  form?: string;
  /** The page shows errors: its title says so first. */
  wrong?: boolean;
  /** What has been reached: `submitted` after handing in, `finished` at an ending without, `answered` by a register. */
  outcome?: 'submitted' | 'finished' | 'answered';
  /** Without script, the page gives way to another after so many seconds; with it, a `Countdown` on the page says so. */
  refresh?: { seconds: number; to: string };
  /** Offers to go on with a draft on the person's own phone. */
  handover?: boolean;
}

/**
 * Reads what the bar's buttons send.
 * @param form fields `size`, `contrast`, `reach` as the bar sends them; others are ignored
 * @returns the settings with that change
 */
export function changeSettings(
  now: PageSettings,
  form: Readonly<Record<string, string | undefined>>,
): PageSettings {
  const size = form.size === '1' ? 1 : form.size === '2' ? 2 : form.size === '3' ? 3 : now.size;
  return {
    size,
    contrast: form.contrast === undefined ? now.contrast : form.contrast === 'on',
    reach: form.reach === undefined ? now.reach : form.reach === 'on',
  };
}

/** @returns the path when it is one of this office's own, otherwise `/`; for `return` fields, against open redirects */
export function ownPath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) && !path.includes('\\') ? path : '/';
}
