/** One person's time at one screen, and all that it knows of them. */
import type { IdentityRequest } from '#identity';
import type { FieldError, FormFields, Identified } from '#journey';
import type { Language } from '#language';
import type { Answers, FileAnswer } from '#service';
import type { PageSettings } from '#web';

/** What was typed on a page and not sent: the language changed, somebody went back, or it was wrong; and what is wrong with it. */
export interface Unsent {
  fields: FormFields;
  errors: readonly FieldError[];
  /** It was sent so, and refused. */
  refused?: true;
}

/** Answers not yet handed in to one service. */
export interface Draft {
  /** Names this draft when it is handed in, so that handing in twice finds the same case. */
  key: string;
  version: number;
  answers: Answers;
  seen: readonly string[];
  /** The service has become another version under it, and the person has not gone on since. */
  renewed?: boolean;
  /** By page, what it shows once more. */
  unsent?: Readonly<Record<string, Unsent>>;
  /** Who the person is, where a page asked. */
  identity?: Identified | undefined;
  /** Its person has gone to another authority's portal, which is counted once. */
  left?: true;
  /** A device step that was begun: its answer must name this state, and is taken once. */
  step?: { page: string; state: string; terminal?: string | undefined; taken?: true } | undefined;
}

/** What a person holds after handing in. */
export interface VisitReceipt {
  key: string;
  caseId: string;
  number: string;
  accessCode: string;
  code: string | undefined;
  /** Its person has had it on the screen. */
  seen?: true;
}

/** An answer to the office that is not sent yet. */
export interface Reply {
  text: string;
  files: readonly FileAnswer[];
  /** What was wrong with it when somebody wanted to send it. */
  errors?: readonly FieldError[];
  /** The next page says that once more: only the look of it has changed, or a file was taken off. */
  again?: boolean;
}

/** What somebody has just done to their case; the next page says that it worked, once. */
export type Done = 'answered' | 'moved' | 'withdrawn';

/** What came of a visit besides handing in: something was done to a case, or a register has answered. The farewell says it. */
export type Came = Done | 'heard';

/** What was typed on a page outside of journeys when language, size or contrast changed: that page shows it once more. */
export interface TypedAway {
  path: string;
  fields: FormFields;
  /** What the page had said beside its fields, by code. */
  said: readonly string[];
}

/** All that a visit knows of a person. Sealed; its key is only in the visit's cookie. */
export interface VisitSecret {
  csrf: string;
  drafts: Record<string, Draft>;
  receipts: Record<string, VisitReceipt>;
  /**
   * Handed in, but still to be paid for; `shown` marks the answers it was handed in with. `told`: whoever wanted to leave
   * was led back to it, because the card terminal has said yes. `payer`: a digest of what only the browser holds that has handed
   * it in, to which alone number and code are shown.
   */
  paying?: Record<string, VisitReceipt & { shown: string; told?: true; payer?: string | undefined }>;
  /** Payments whose pay page this visit has opened, also for what was replaced since: on the way back it is said what became of each. */
  opened?: string[];
  /** The case opened on the status page. */
  status?: {
    caseId: string;
    number: string;
    accessCode: string;
    reply?: Reply | undefined;
    done?: Done | undefined;
  };
  typed?: TypedAway;
  came?: readonly Came[];
  /** An identification under way, and the page it is for. */
  identifying?: { service: string; page: string; provider: string; request: IdentityRequest };
  /** What its last key was for, as a digest (a proof of identity, the code for a phone), and the page where that has led. */
  shown?: { digest: string; path: string };
  /** The code for a phone that is on the screen, the page it was asked for on, and what ends the visit of a phone that took it. */
  offered?: { token: string; path: string; stop: string };
  /** Codes that a phone sends pictures by, by service and page. */
  cameras?: Record<string, PhoneCode>;
  /** It has a new key that its person's browser has not shown yet. */
  unseen?: true;
}

/** What of a visit its person must see before it can end. */
export type Unseen = Pick<VisitSecret, 'receipts' | 'paying'>;

/** A code on a terminal's page, and the files that came by it. */
export interface PhoneCode {
  token: string;
  came: readonly string[];
}

/** One person's time at one screen. */
export interface Visit {
  id: string;
  key: Buffer;
  site: string;
  /** The machine that it began at: how long it may rest. What may be done there, only the registration says. */
  terminal: string | undefined;
  language: Language;
  settings: PageSettings;
  version: number;
  secret: VisitSecret;
}

/** @returns what a visit holds under a name that comes from an address; what every object has (`constructor`) is not there */
export function own<T>(held: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return held && Object.hasOwn(held, name) ? held[name] : undefined;
}

/** How somebody reads: it outlives a visit, only in its cookie. */
export type Look = Pick<Visit, 'language' | 'settings'>;

/** What is known of a visit that is over. */
export interface Over extends Look {
  /** The service that was begun last and not handed in. */
  begun: string | undefined;
  /** Names that draft: whether it was handed in after all, and the answer was lost, can be found by it. */
  key: string | undefined;
  /** Whether anything was handed in. */
  sent: boolean;
}

/** Something was to be kept in a visit that has ended meanwhile. */
export class VisitGoneError extends Error {}

/** For what needs no keeping any more when the visit has ended meanwhile. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof VisitGoneError)) throw error;
}

/** Notes in a visit what came of it. */
export function noteCame(secret: VisitSecret, came: Came): void {
  secret.came = [...new Set([...(secret.came ?? []), came])];
}
