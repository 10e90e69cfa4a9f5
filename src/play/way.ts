/** One person's browser on one way through a service, and what it can do. */
import type { Answered, HttpClient } from './client.ts';
import type { FormRequest, PageForm } from './form.ts';
import { readPageOf, type ShownPage } from './page.ts';

/** The office did not do what the journey says it must. */
export class Mismatch extends Error {}

/** The office takes no more from this line just now. */
export class LimitError extends Mismatch {
  /** Until it goes on, as the office says. */
  readonly seconds: number;
  constructor(seconds: number) {
    const minutes = Math.ceil(seconds / 60);
    super(
      `the office takes no more of this from one line just now (status 429), and goes on in about ${minutes} min`,
    );
    this.seconds = seconds;
  }
}

/** Whoever is told to wait for longer than they have patience is done here. */
function readAnswer(answer: Answered): ShownPage {
  if (answer.status === 429) throw new LimitError(Number(answer.headers['retry-after'] ?? 0));
  return readPageOf(answer);
}

/** One person's browser on one way through a service. */
export interface Play {
  client: HttpClient;
  service: string;
  shown: ShownPage;
  /** The office's origin. */
  home: string;
  /** The phone that has used the code on the screen: sent away, it would take along what it sent. */
  phone?: { code: string; client: HttpClient };
}

export async function open(play: Play, path: string): Promise<void> {
  play.shown = readAnswer(await play.client.get(path));
}

export async function send(play: Play, submission: FormRequest): Promise<void> {
  play.shown = readAnswer(await play.client.send(submission));
}

export function formTo(shown: ShownPage, path: string): PageForm {
  const form = shown.forms.find(({ action }) => new URL(action).pathname === path);
  if (!form) throw new Mismatch(`"${shown.heading}" (status ${shown.status}) has no form to ${path}`);
  return form;
}

export const pathOf = (play: Play): string => `/service/${play.service}/${play.shown.page}`;

/** @returns what is on the screen, without anything that was typed */
export function describe(shown: ShownPage): string {
  const errors = shown.errors.map(({ field, code }) => `${field ?? '?'}: ${code}`).join(', ');
  return `page "${shown.page ?? shown.heading}", status ${shown.status}${errors ? `, errors ${errors}` : ''}`;
}
