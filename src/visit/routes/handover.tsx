import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { ownSite } from '#city';
import { open, seal } from '#seal';
import type { Language } from '#service';
import {
  type CitizenEnv,
  clearVisitCookie,
  pageOf,
  readOwnForm,
  requireSameOrigin,
  setVisitCookie,
} from '../context.ts';
import { handoverGonePage, handoverOfferPage, handoverTakePage } from '../pages/handover.tsx';
import type { JourneyDeps } from '../standing.ts';
import { visitToken } from '../store.ts';
import { forgetEverything } from './visit.tsx';

/** How long the code on the screen works. */
const VALID_MS = 15 * 60_000;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const keyOf = (token: string): Buffer => Buffer.from(hkdfSync('sha256', token, '', 'amtomat handover', 32));

/**
 * Carries a visit from the terminal to the person's own phone. The visit gets a new id and key on the spot, so the
 * terminal holds nothing any more; the new ones travel sealed under a token that only the QR code on the screen knows.
 */
export function handoverRoutes(deps: JourneyDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/visit/handover', async (c) => {
    await readOwnForm(c);
    const visit = c.get('visit');
    if (!visit) return c.redirect('/', 303);
    const expires = new Date(deps.clock.now().getTime() + VALID_MS);
    const next = await deps.store.rekey(visit, { site: ownSite(deps.city).id, terminal: undefined, expires });
    await deps.booking.transfer(visit.id, next.id, expires);
    const token = randomBytes(24).toString('base64url');
    await deps.db
      .insertInto('handover')
      .values({
        token_hash: hashOf(token),
        secret: seal(keyOf(token), visitToken(next), 'handover'),
        language: next.language,
        settings: { ...next.settings },
        expires_at: expires,
      })
      .execute();
    c.set('visit', undefined);
    forgetEverything(c);
    const { language, settings } = visit;
    const page = pageOf(c, deps, '', { language, settings });
    return c.html(handoverOfferPage(page, `${deps.config.publicUrl}/handover/${token}`));
  });

  // Looking at the link does not use it up: messengers and camera apps fetch links to show a preview.
  app.get('/handover/:token', async (c) => {
    const row = await find(c.req.param('token'));
    if (!row) return c.html(handoverGonePage(pageOf(c, deps, '')), 410);
    return c.html(
      handoverTakePage({ ...pageOf(c, deps, ''), language: row.language as Language }, c.req.param('token')),
    );
  });

  app.post('/handover/:token', async (c) => {
    requireSameOrigin(c);
    const token = c.req.param('token');
    const row = await deps.db
      .deleteFrom('handover')
      .where('token_hash', '=', hashOf(token))
      .where('expires_at', '>', deps.clock.now())
      .returning('secret')
      .executeTakeFirst();
    const visit = row && (await deps.store.load(open(keyOf(token), row.secret, 'handover').toString('utf8')));
    if (!visit) return c.html(handoverGonePage(pageOf(c, deps, '')), 410);
    clearVisitCookie(c);
    setVisitCookie(c, visit);
    await deps.store.touch(visit);
    const [due] = Object.keys(visit.secret.paying ?? {});
    if (due) return c.redirect(`/service/${due}/pay`, 303);
    const [slug] = Object.keys(visit.secret.drafts);
    const done = Object.keys(visit.secret.receipts)[0];
    return c.redirect(slug ? `/service/${slug}` : done ? `/service/${done}/done` : '/', 303);
  });

  function find(token: string) {
    return deps.db
      .selectFrom('handover')
      .select('language')
      .where('token_hash', '=', hashOf(token))
      .where('expires_at', '>', deps.clock.now())
      .executeTakeFirst();
  }

  return app;
}
