/** What a person does at the terminal's own pages for the card: a card on the reader, digits typed, and back. */
import { setTimeout as pause } from 'node:timers/promises';
import { findAll, readForms } from '#play';
import type { Citizen } from '#test/citizen';

const MOST_LOOKS = 400;
const LOOK_EVERY_MS = 25;

/** Presses the button of the device page that is shown. @returns where the office leads to */
export async function toDevice(person: Citizen): Promise<URL> {
  const form = person.form(new URL(person.shown.url).pathname);
  const answer = await person.send(form.press({ name: '_action', value: 'device' }));
  return new URL(answer.headers.get('location') ?? '', person.shown.url);
}

/**
 * Follows the device's pages and types what they ask for; when nothing is left to type, cancels.
 * @param url where the office has led to; @param origin of the office
 * @returns the address at which the device sends the person back; it has not been opened
 */
export async function typeAt(
  person: Citizen,
  url: URL,
  digits: readonly string[],
  origin: string,
): Promise<URL> {
  const left = [...digits];
  await person.open(url.href);
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const links = findAll(person.page, ({ tag }) => tag === 'a').map(
      ({ attributes }) => attributes.href ?? '',
    );
    const back = links.find((href) => href.startsWith(`${origin}/service/`));
    if (back) return new URL(back);
    const form = readForms(person.page, person.shown.url).find(({ typed }) => typed.length > 0);
    if (form && left.length === 0) {
      const answer = await person.send(form.press({ name: '_action', value: 'cancel' }));
      return new URL(answer.headers.get('location') ?? '', person.shown.url);
    }
    if (form) {
      for (const name of form.typed) form.fill(name, left.shift() ?? '');
      await person.press(form.press());
    } else {
      await pause(LOOK_EVERY_MS);
      await person.open(person.shown.url);
    }
  }
  throw new Error('the device does not come to an end');
}
