/** A machine that becomes a terminal in the one lawful way: with a code of the desk. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { append, entry } from '#audit';
import { createTerminals, type Terminals } from '#fleet';
import { findAll } from '#play';
import { createFileKeys } from '#seal';
import type { Citizen } from '#test/citizen';
import type { Payer } from '#test/payer';
import type { RunningOffice } from '#test/running-office';

/** @returns the office's terminals, for offices at whose desk nobody can sign in here */
export function terminalsOf({ db, data, now }: RunningOffice): Terminals {
  const keys = createFileKeys(join(data, 'keys'));
  return createTerminals({ db, clock: { now }, keys, audit: { append, entry } });
}

/** Types a code at a machine, on the page that it opens when it is switched on. */
export async function typeCode(machine: Citizen, code: string): Promise<void> {
  await machine.open('/terminal');
  assert.equal(machine.at, 'terminalCode');
  const form = machine.form('/terminal');
  form.fill('code', code);
  await machine.press(form.press());
}

/** Makes a browser this terminal. */
export async function register(office: RunningOffice, machine: Citizen, terminal: string): Promise<void> {
  const issued = await terminalsOf(office).issue(terminal, 'lead', randomUUID());
  assert.ok(issued);
  await typeCode(machine, issued.code);
  assert.equal(machine.at, 'terminalRegistered');
}

/** How the page that is shown is laid out: for a terminal or for somebody's own screen. */
export function layoutOf({ page }: Citizen): string | undefined {
  return findAll(page, ({ tag }) => tag === 'html')[0]?.attributes['data-mode'];
}

/** @returns whether the page asks after a while whether somebody is still there */
export function isWatched({ page }: Citizen): boolean {
  return findAll(page, ({ tag }) => tag === 'am-idle').length > 0;
}

/** @returns what the browser shows to be known as a terminal */
export function secretOf({ client }: Citizen): string | undefined {
  return client
    .cookies()
    .find((cookie) => cookie.startsWith('__Host-terminal='))
    ?.split('=')[1];
}

/** @returns the ways to pay that the page offers */
export function waysOf(payer: Payer): readonly string[] {
  const shown = payer.shown();
  return shown.at === 'choice' ? shown.ways : [];
}
