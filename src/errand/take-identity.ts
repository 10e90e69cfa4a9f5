/** Who somebody is goes into their draft: the visit tells more of them from then on, and gets a new key. */
import type { Tx } from '#db';
import { type Identified, withIdentity } from '#journey';
import { type CitizenContext, type KeyChange, moveOnWith } from '#visit';
import type { ErrandDeps } from './deps.ts';
import { answered } from './shown-again.ts';
import { changed, type Here, pageUrl } from './standing.ts';

/** Said of the page to which somebody has just come back, in its address: it tells them so at once. */
const TOLD = 'told';

/** @returns whether somebody has just come back to this page and is known there now */
export const isJustTold = (c: CitizenContext): boolean => c.req.query(TOLD) !== undefined;

interface Proof extends KeyChange {
  /** @throws IdentityError when it proves nothing */
  identify(tx: Tx): Promise<Identified>;
}

/**
 * Takes an identification into the draft of a visit, which gets a new id and key.
 * @returns where it goes on
 * @throws VisitGoneError when another request was faster
 */
export async function takeIdentity(
  c: CitizenContext,
  deps: ErrandDeps,
  { visit, service, page, draft }: Pick<Here, 'visit' | 'service' | 'page' | 'draft'>,
  { digest, bond, identify }: Proof,
): Promise<string> {
  const step = { digest, bond, path: `${pageUrl(service, page)}?${TOLD}` };
  const next = await moveOnWith(c, deps, visit, step, async (secret, tx) => {
    const identity = await identify(tx);
    const current = answered(secret.drafts[service.slug] ?? draft, page);
    const kept = { ...current, ...withIdentity(page, current, identity, deps.reference) };
    secret.drafts[service.slug] = changed(deps, service, current, kept);
    delete secret.identifying;
  });
  const { identity } = next.secret.drafts[service.slug] ?? {};
  if (identity) await deps.count({ visit: next, service }, 'identity', identity.level);
  return step.path;
}
