/**
 * Steps after which a visit tells more of its person than before: an identity, number and code of a case. It is another one
 * then for whoever knew it before.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Tx, Write } from '#db';
import { bondOf, type CitizenContext, heldOf, setVisitCookie } from './context.ts';
import { visitToken } from './tokens.ts';
import type { Visit, VisitSecret } from './visit.ts';
import type { Visits } from './visits.ts';
import type { Held } from './ways.ts';

/** What gives a visit a new key, and what makes sure that it is its person who comes back if they never hear of it. */
export interface KeyChange {
  /** Tells it from others. */
  digest: string;
  /** What their browser alone holds since the page it was sent from; without it nobody comes back. */
  bond: string | undefined;
  /** How long they may take to come back; as for any way when left out. */
  openMs?: number;
}

/** @returns a digest of what proves an identity, or of what ties a page to a browser */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** @returns what ties a request to this browser; undefined where it is not what came with the very page it was sent from */
export function bondFor(c: Context, digest: string): string | undefined {
  const bond = bondOf(c);
  return bond !== undefined && digestOf(bond) === digest ? bond : undefined;
}

/**
 * What is written with a new key: the places that a visit holds go along, and whoever never hears of it is led on.
 * @param from what leads them; where a part of it is not there, nothing does
 * @param openMs how long; as for any way when left out
 */
export function goingAlong(
  { booking, ways }: Pick<Visits, 'booking' | 'ways'>,
  visit: Visit,
  { held, bond }: { [Part in keyof Held]: Held[Part] | undefined },
  openMs?: number,
): (next: Visit) => Write[] {
  return (next) => [
    booking.transfer(visit.id, next.id),
    ...(held && bond
      ? [ways.open({ held, bond }, { id: next.id, was: visit.id }, { visit: visitToken(next) }, openMs)]
      : []),
  ];
}

/**
 * Changes a visit and gives it a new id and key, all together or nothing: whoever knew it before holds nothing any more.
 * @param path where the step leads; who sends it once more is led there
 * @returns the visit with its new key, which this browser is told
 * @throws VisitGoneError when another request was faster
 */
export async function moveOnWith(
  c: CitizenContext,
  deps: Visits,
  visit: Visit,
  { digest, bond, path, openMs }: KeyChange & { path: string },
  change: (secret: VisitSecret, tx: Tx) => Promise<void> | void,
): Promise<Visit> {
  const held = heldOf(c);
  const next = await deps.store.move(visit, async (tx, { secret }) => {
    await change(secret, tx);
    Object.assign(secret, { shown: { digest, path }, unseen: true });
    return {
      ...{ site: visit.site, terminal: visit.terminal },
      moved: goingAlong(deps, visit, { held, bond }, openMs),
    };
  });
  setVisitCookie(c, next);
  return next;
}
