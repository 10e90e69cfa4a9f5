/** What a person at a screen can do in a test. */
import type { HtmlElement, PageForm } from '#play';
import type { Answer, Client } from '#test/client';

/** What a file field is filled with. */
export interface ChosenFile {
  name: string;
  mediaType: string;
  content: Buffer;
}

/** Answers by form field; only those a page asks for are filled in. */
export type Fill = Readonly<Record<string, string | readonly string[] | ChosenFile>>;

export interface Handed {
  number: string;
  code: string;
  lookupCode: string | undefined;
}

/** A form as it is sent. */
export type Sent = ReturnType<PageForm['press']>;

export interface Citizen {
  client: Client;
  /** The page on the screen. */
  readonly shown: Answer;
  readonly page: HtmlElement;
  /** Page id, and `field: code` of every error on it. */
  readonly at: string | undefined;
  readonly errors: readonly string[];
  /** Opens a path and follows redirects. */
  open(path: string): Promise<void>;
  /** The form of the page that is sent to a path. */
  form(path: string): PageForm;
  /** Sends a form without following where it leads. */
  send(sent: Sent, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form and follows where it leads. */
  press(sent: Sent): Promise<void>;
  /** Begins a service and answers page after page until the review, or until a page is shown. */
  walk(service: string, answers: Fill, until?: string): Promise<void>;
  /** Signs the person that `answers.signIn` names in, where the page that is shown asks for it. @returns whether it did */
  signsIn(answers: Fill): Promise<boolean>;
  /** Sends the documents that the page asks for from a phone, where it takes none of this machine. */
  photographs(answers: Fill): Promise<void>;
  /** Fills in the page that is shown. */
  fill(service: string, answers: Fill): PageForm;
  /** The form that hands in, on the review page. */
  review(service: string): Sent;
  /** Hands in from the review page. */
  handIn(service: string): Promise<Handed>;
  /** What the page that is shown says of the case. */
  receipt(): Handed;
  /** Opens the status page of a case with its number and code. */
  openCase(handed: Pick<Handed, 'number' | 'code'>): Promise<void>;
}
