/** What identifies somebody, and how a visit takes it: its person is another one for whoever knew it before. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Tx } from '#db';
import { type Identified, withIdentity } from '#journey';
import { bondOf, type CitizenContext, heldOf, setVisitCookie } from './context.ts';
import { type Here, type JourneyDeps, pageUrl } from './standing.ts';
import { visitToken } from './store.ts';

/** What identifies somebody, and what makes sure that it is they who come back if they never hear of it. */
interface Proof {
  /** Tells it from others. */
  digest: string;
  /** What their browser alone holds since the page it was sent from; without it nobody comes back. */
  bond: string | undefined;
  /** @throws IdentityError when it proves nothing */
  identify(tx: Tx): Promise<Identified>;
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
 * Takes an identification into the draft of a visit, which gets a new id and key: whoever knew the visit before somebody
 * identified in it holds nothing any more. All of it is written together, or nothing.
 * @throws VisitGoneError when another request was faster
 */
export async function takeIdentity(
  c: CitizenContext,
  deps: JourneyDeps,
  { visit, service, page, draft }: Pick<Here, 'visit' | 'service' | 'page' | 'draft'>,
  { digest, bond, identify }: Proof,
): Promise<void> {
  const held = heldOf(c);
  const next = await deps.store.move(visit, async (tx, { secret }) => {
    const identity = await identify(tx);
    const { pending: _, ...current } = secret.drafts[service.slug] ?? draft;
    secret.drafts[service.slug] = { ...current, ...withIdentity(page, current, identity, deps.reference) };
    delete secret.identifying;
    Object.assign(secret, { shown: { digest, path: pageUrl(service, page) }, unseen: true });
    return {
      ...{ site: visit.site, terminal: visit.terminal },
      async moved(into, { id, ...rest }) {
        await deps.booking.transfer(into, visit.id, id, undefined);
        if (held && bond)
          await deps.ways.open(into, { held, bond }, id, { visit: visitToken({ id, ...rest }) });
      },
    };
  });
  setVisitCookie(c, next);
  const { identity } = next.secret.drafts[service.slug] ?? {};
  if (identity) await deps.count({ visit: next, service }, 'identity', identity.level);
}
