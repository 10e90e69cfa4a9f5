/**
 * Who pays for what was handed in: the browser that has handed it in. Paying takes a while and leads to other pages, so others may
 * have learnt the visit's cookie meanwhile; number and code are not for them. What ties paying to its browser was made by the page on
 * which everything was looked at before, and stays in a cookie of its own until it is paid: pages in other tabs change the other one.
 */
import { getCookie, setCookie } from 'hono/cookie';
import { bondOf, type CitizenContext, COOKIE, PAYER_COOKIE } from './context.ts';
import { machineBond } from './machine.ts';
import { digestOf } from './new-key.ts';
import type { Visit, VisitSecret } from './visit.ts';

/** What was handed in and has to be paid for. */
type Paying = NonNullable<VisitSecret['paying']>[string];

/** What only this browser has: what it was given for paying and for the step before, and a machine's own secret. */
const heldBonds = (c: CitizenContext): string[] =>
  [getCookie(c, PAYER_COOKIE), bondOf(c), machineBond(c)].filter((one) => one !== undefined);

/** @returns what ties the paying for something to this browser; undefined where it was handed in elsewhere */
export function payerBond(c: CitizenContext, { payer }: Pick<Paying, 'payer'>): string | undefined {
  return heldBonds(c).find((bond) => digestOf(bond) === payer);
}

/** @returns whether this browser has handed in what is paid for; of what was tied to none, each that has the visit */
export function isPayer(c: CitizenContext, paying: Pick<Paying, 'payer'>): boolean {
  return paying.payer === undefined || payerBond(c, paying) !== undefined;
}

/** @returns what a visit that hands in ties paying to: the same for all that it has to pay for */
export function payerIn(c: CitizenContext, { secret }: Visit): string | undefined {
  const before = Object.values(secret.paying ?? {}).find((one) => payerBond(c, one) !== undefined);
  const bond = before ? payerBond(c, before) : bondOf(c);
  return bond === undefined ? undefined : digestOf(bond);
}

/** The visit has come to this browser, by the code for the phone or back from it: here it is paid. */
export function paysHere(c: CitizenContext, { paying = {} }: VisitSecret): void {
  const bond = bondOf(c) ?? machineBond(c);
  for (const one of Object.values(paying))
    if (!payerBond(c, one)) one.payer = bond === undefined ? undefined : digestOf(bond);
}

/** Keeps what ties paying to this browser, from the first page on and until it is paid; again where an answer was lost. */
export function keepPayer(c: CitizenContext, { secret }: Visit): void {
  const [shown, bond] = [getCookie(c, PAYER_COOKIE), bondOf(c)];
  const payers = Object.values(secret.paying ?? {}).map(({ payer }) => payer);
  const isHeld = shown !== undefined && payers.includes(digestOf(shown));
  if (bond !== undefined && !isHeld && payers.includes(digestOf(bond)))
    setCookie(c, PAYER_COOKIE, bond, COOKIE);
}
