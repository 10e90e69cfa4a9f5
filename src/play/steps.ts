/** What people do outside the office's own forms: sign in, use a device, pay. All of it with stand-ins, never with the real ones. */
import { setTimeout as pause } from 'node:timers/promises';
import type { JourneyStep } from '#service';
import { createClient } from './client.ts';
import type { SentFile } from './form.ts';
import { describe, formTo, Mismatch, open, type Play, pathOf, send } from './way.ts';

const POLL_MS = 50;
const MOST_POLLS = 400;

const isHome = (play: Play): boolean => new URL(play.shown.url).origin === play.home;

/** Presses the only button of the page that begins so. */
async function press(play: Play, name: string, starts: string): Promise<void> {
  const form = play.shown.forms.find((one) => one.values(name).some((value) => value.startsWith(starts)));
  const value = form?.values(name).find((one) => one.startsWith(starts));
  if (!form || value === undefined) throw new Mismatch(`no button "${starts}" on ${describe(play.shown)}`);
  await send(play, form.press({ name, value }));
}

/**
 * Signs a test person in at the stand-in, or goes on without.
 * @param person id of a test person, `letterCode` for whoever has a code by letter, or `without`
 */
export async function identify(play: Play, page: string, person: string): Promise<void> {
  if (person === 'without') {
    await press(play, '_action', 'without');
    // Where nobody can go on without, it leads to an ending.
    if (play.shown.outcome === 'finished') return;
  } else if (person === 'letterCode') await withLetterCode(play, page);
  else {
    await press(play, '_action', 'identify:');
    if (isHome(play)) throw new Mismatch(`signing in leads nowhere: ${describe(play.shown)}`);
    const form = play.shown.forms.find((one) => one.values('person').length > 0 || one.has('person'));
    if (!form) throw new Mismatch(`the sign-in page asks for nobody: "${play.shown.heading}"`);
    if (form.values('person').includes(person))
      await send(play, form.press({ name: 'person', value: person }));
    else {
      form.fill('person', person);
      await send(play, form.press());
    }
    // The provider's answer, and our page that passes it on.
    for (let hop = 0; hop < 2 && play.shown.page !== page; hop += 1) {
      const answer = play.shown.forms.find((one) => one.sends('SAMLResponse'));
      if (!answer) throw new Mismatch(`the sign-in does not come back: "${play.shown.heading}"`);
      await send(play, answer.press());
    }
  }
  if (!isHome(play) || play.shown.page !== page)
    throw new Mismatch(`the sign-in does not lead back to "${page}": ${describe(play.shown)}`);
}

/** Types the code from the letter that has arrived at the practice landlord. */
async function withLetterCode(play: Play, page: string): Promise<void> {
  const path = `/service/${play.service}/${page}/code`;
  if (!play.shown.links.includes(path)) throw new Mismatch(`no code by letter on ${describe(play.shown)}`);
  await open(play, '/sandbox');
  const code = play.shown.data('letter-code');
  if (code === undefined) throw new Mismatch('no letter with a code has arrived in the trial office');
  await open(play, path);
  const form = formTo(play.shown, path);
  form.fill('code', code);
  await send(play, form.press());
}

/** The reader waits for a card that does not come: it was taken away, or it is none that can be read. */
const isStuck = (play: Play): boolean => ['cardGone', 'foreignCard'].includes(play.shown.page ?? '');

/** Lays a test card on the reader, types what the journey says screen by screen, and comes back. */
export async function throughDevice(play: Play, device: NonNullable<JourneyStep['device']>): Promise<void> {
  const { page } = play.shown;
  const { sandbox } = await controls(play);
  await sandbox('card', device.card);
  await open(play, `/service/${play.service}/${page}`);
  await press(play, '_action', 'device');
  const left = [...device.type];
  let laidAgain = device.card !== 'faulty';
  for (let poll = 0; !isHome(play); poll += 1) {
    if (poll > MOST_POLLS) throw new Mismatch(`the device does not come to an end: "${play.shown.heading}"`);
    const form = play.shown.forms.find((one) => one.typed.length > 0);
    const back = play.shown.addresses.find((one) => one.startsWith(`${play.home}/service/`));
    if (back !== undefined) await open(play, back);
    else if (isStuck(play)) await press(play, '_action', 'cancel');
    else if (!laidAgain && play.shown.page === 'insertCard') {
      // What the app cannot read it only notices as it comes: people lay it down again when nothing happens.
      laidAgain = true;
      const { url } = play.shown;
      await (await controls(play)).sandbox('card', device.card);
      await open(play, url);
    } else if (form && left.length > 0) {
      for (const name of form.typed) form.fill(name, left.shift() ?? '');
      await send(play, form.press());
    } else if (form) await press(play, '_action', 'cancel');
    else {
      await pause(POLL_MS);
      await open(play, play.shown.url);
    }
  }
}

/** Pays what is due at the stand-in. */
export async function pay(play: Play, way: 'card' | 'page'): Promise<void> {
  // At home there is no card terminal: people pay as they can.
  const offered = play.shown.forms.flatMap((form) => form.values('way'));
  await press(play, 'way', offered.includes(way) ? way : (offered[0] ?? way));
  if (!isHome(play)) await press(play, 'outcome', 'pay');
  for (let poll = 0; play.shown.page === 'pay'; poll += 1) {
    if (poll > MOST_POLLS || play.shown.errors.length > 0)
      throw new Mismatch(`it was not paid: ${describe(play.shown)}`);
    await pause(POLL_MS);
    await open(play, pathOf(play));
  }
}

/** The page on which stand-ins are told what to do. */
async function controls(play: Play) {
  await open(play, '/sandbox');
  return {
    sandbox: async (name: string, value: string): Promise<void> => {
      await send(play, formTo(play.shown, `/sandbox/${name}`).press({ name, value }));
    },
  };
}

/** @returns the phone that has used the code, with the page that it shows */
async function phoneAt(play: Play, code: string): Promise<Play> {
  if (play.phone?.code === code) return { ...play, client: play.phone.client };
  play.phone?.client.close();
  play.phone = { code, client: createClient(play.home) };
  const phone: Play = { ...play, client: play.phone.client };
  await open(phone, code);
  await send(phone, formTo(phone.shown, code).press());
  return phone;
}

/** A terminal takes documents from a phone: it opens the code that is on the screen, and sends one. */
export async function sendByPhone(play: Play, field: string, file: SentFile): Promise<void> {
  const kept = `drop:${field}`;
  if (play.shown.forms.some((form) => form.values('_action').includes(kept)))
    await press(play, '_action', kept);
  const link = play.shown.data('photo');
  if (link === undefined) throw new Mismatch(`no way to send "${field}" on ${describe(play.shown)}`);
  const code = new URL(link).pathname;
  const phone = await phoneAt(play, code);
  await open(phone, `${code}?of=${field}`);
  const form = formTo(phone.shown, code);
  form.fill(field, file);
  await send(phone, form.press());
  if (phone.shown.status !== 200) throw new Mismatch(`the phone sent nothing: ${describe(phone.shown)}`);
  await press(play, '_action', 'look');
}
