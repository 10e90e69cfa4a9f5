import { Hono } from 'hono';
import { IdentityError, type Refusal } from '#identity';
import { type CompiledPage, type ErrorCode, type Identified, withIdentity } from '#journey';
import { LANGUAGES } from '#service';
import { type CitizenContext, type CitizenEnv, requireSameOrigin, setVisitCookie } from '../context.ts';
import { first, readForm } from '../forms.ts';
import { backPage } from '../pages/back.tsx';
import { type Here, type JourneyDeps, serviceUrl } from '../standing.ts';
import { type Visit, VisitGoneError, visitToken } from '../store.ts';

/** The word for each reason why an identification was not taken. */
const SAID: Record<Refusal, ErrorCode> = {
  cancelled: 'identityCancelled',
  refused: 'identityDenied',
  levelTooLow: 'identityTooLow',
  wrongMeans: 'identityWrongMeans',
  expired: 'identityExpired',
  replayed: 'identityRefused',
  unknownRequest: 'identityRefused',
  invalid: 'identityRefused',
};

/** Where the law names the means, a level that was not reached is a means that is not lawful: people can do something about that. */
function saidOn(page: CompiledPage, refusal: Refusal): ErrorCode {
  const byMeans = refusal === 'levelTooLow' && page.identify?.means !== undefined;
  return SAID[byMeans ? 'wrongMeans' : refusal];
}

/**
 * Where the provider sends people back to. Its form comes from another site, so browsers leave the visit's cookie out;
 * the answer is a page of ours that sends the same form on, to where it is looked at with the visit it belongs to.
 * Mounted before the visit is looked for.
 */
export function identityDoors(deps: JourneyDeps): Hono {
  const app = new Hono();
  app.get('/identity/:provider/metadata', (c) => {
    const provider = deps.identity.find(({ id }) => id === c.req.param('provider'));
    if (!provider) return c.notFound();
    return c.body(provider.metadata(), 200, { 'Content-Type': 'application/samlmetadata+xml' });
  });
  app.post('/identity/:provider/acs', async (c) => {
    const provider = deps.identity.find(({ id }) => id === c.req.param('provider'));
    if (!provider) return c.notFound();
    const { fields } = await readForm(c);
    // The visit is not known here, so its language has gone to the provider and back.
    const language = LANGUAGES.find((one) => one === first(fields, 'RelayState')) ?? 'de';
    const action = `/identity/${provider.id}/complete`;
    return c.html(backPage(deps.city, action, first(fields, 'SAMLResponse'), language));
  });
  return app;
}

/** Takes the provider's answer into the visit that asked for it; the visit gets a new id and key. */
export function identityRoutes(deps: JourneyDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/identity/:provider/complete', async (c) => {
    requireSameOrigin(c);
    const { fields } = await readForm(c);
    const visit = c.get('visit');
    const asked = visit?.secret.identifying;
    // An answer nobody here asked for (any more): there is nothing it could be checked against.
    if (!visit || asked?.provider !== c.req.param('provider')) {
      await deps.auditRefusal('unknownRequest');
      return c.redirect('/', 303);
    }
    const service = deps.catalogue.get(asked.service);
    const page = service?.pages.find(({ id }) => id === asked.page);
    const provider = deps.identity.find(({ id }) => id === asked.provider);
    const draft = visit.secret.drafts[asked.service];
    // The page that asked may be gone since: the service itself knows where to go on.
    if (!service || !page || !provider || !draft) return c.redirect(service ? serviceUrl(service) : '/', 303);
    const back = `/service/${service.slug}/${page.id}`;
    try {
      const identity = await provider.complete(first(fields, 'SAMLResponse'), asked.request);
      await takeIdentity(c, deps, { visit, service, page, draft }, identity);
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error;
      await deps.auditRefusal(`${error.code}:${error.detail}`);
      await deps.count({ visit, service }, 'identity', 'refused');
      await deps.store.update(visit, ({ secret }) => {
        const current = secret.drafts[service.slug] ?? draft;
        const params = { level: page.identify?.level ?? 'high' };
        const errors = [{ field: page.id, code: saidOn(page, error.code), own: false, params }];
        secret.drafts[service.slug] = { ...current, pending: { page: page.id, fields: {}, errors } };
        delete secret.identifying;
      });
    }
    return c.redirect(back, 303);
  });

  return app;
}

/** Takes an identification into the draft of a visit, which gets a new id and key. */
export async function takeIdentity(
  c: CitizenContext,
  deps: JourneyDeps,
  { visit, service, page, draft }: Pick<Here, 'visit' | 'service' | 'page' | 'draft'>,
  identity: Identified,
): Promise<void> {
  const next = await renewed(deps, visit);
  setVisitCookie(c, next);
  await deps.store.update(next, ({ secret }) => {
    const { pending: _, ...current } = secret.drafts[service.slug] ?? draft;
    secret.drafts[service.slug] = { ...current, ...withIdentity(page, current, identity, deps.reference) };
    delete secret.identifying;
  });
  await deps.count({ visit: next, service }, 'identity', identity.level);
}

/** Whoever knew the visit before somebody identified in it holds nothing any more. */
async function renewed(deps: JourneyDeps, visit: Visit): Promise<Visit> {
  const { site, terminal } = visit;
  const move = (one: Visit): Promise<Visit> => deps.store.rekey(one, { site, terminal, expires: undefined });
  const next = await move(visit).catch(async (error: unknown) => {
    // The answer counts once. It must not be lost because the same form, sent twice, wrote that it was used.
    const current = error instanceof VisitGoneError ? await deps.store.load(visitToken(visit)) : undefined;
    if (!current) throw error;
    return move(current);
  });
  await deps.booking.transfer(visit.id, next.id, undefined);
  return next;
}
