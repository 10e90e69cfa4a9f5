import { Hono } from 'hono';
import { createReplayGuard, IdentityError, type Refusal } from '#identity';
import type { CompiledPage, ErrorCode } from '#journey';
import { LANGUAGES } from '#language';
import {
  bondFor,
  type CitizenEnv,
  digestOf,
  first,
  languageOf,
  noticePage,
  pageOf,
  readForm,
  requireSameOrigin,
  setBond,
} from '#visit';
import { backPage } from './back.tsx';
import type { ErrandDeps } from './deps.ts';
import { serviceUrl } from './standing.ts';
import { takeIdentity } from './take-identity.ts';
import { stepWords } from './words.ts';

/** The word for each reason why an identification was not taken. */
const SAID: Record<Refusal, ErrorCode> = {
  cancelled: 'identityCancelled',
  refused: 'identityDenied',
  levelTooLow: 'identityTooLow',
  wrongMeans: 'identityWrongMeans',
  expired: 'identityExpired',
  replayed: 'identityRefused',
  unknownRequest: 'identityOther',
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
export function identityDoors(deps: ErrandDeps): Hono {
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
    // Only now, when signing in is over: whoever knew this browser before it began does not know this.
    const bond = digestOf(setBond(c));
    return c.html(backPage(deps.city, action, first(fields, 'SAMLResponse'), language, bond));
  });
  return app;
}

/** Takes the provider's answer into the visit that asked for it; the visit gets a new id and key. */
export function identityRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/identity/:provider/complete', async (c) => {
    requireSameOrigin(c);
    const { fields } = await readForm(c);
    const visit = c.get('visit');
    const asked = visit?.secret.identifying;
    const samlResponse = first(fields, 'SAMLResponse');
    const digest = digestOf(samlResponse);
    // Sent once more, because the first answer to it never came or by going back: what became of it stands there.
    if (!asked && visit?.secret.shown?.digest === digest) return c.redirect(visit.secret.shown.path, 303);
    // An answer nobody here asked for (any more): there is nothing it could be checked against.
    if (!visit || asked?.provider !== c.req.param('provider')) {
      await deps.auditRefusal('unknownRequest');
      const w = stepWords(languageOf(c));
      return c.html(noticePage(pageOf(c, deps, '', { path: '/' }), w.strayTitle, w.strayText), 410);
    }
    const service = deps.catalogue.get(asked.service);
    const page = service?.pages.find(({ id }) => id === asked.page);
    const provider = deps.identity.find(({ id }) => id === asked.provider);
    const draft = visit.secret.drafts[asked.service];
    // The page that asked may be gone since: the service itself knows where to go on.
    if (!service || !page || !provider || !draft) return c.redirect(service ? serviceUrl(service) : '/', 303);
    const back = `/service/${service.slug}/${page.id}`;
    try {
      const told = await takeIdentity(
        c,
        deps,
        { visit, service, page, draft },
        {
          ...{ digest, bond: bondFor(c, first(fields, '_bond')) },
          identify: (tx) => provider.complete(samlResponse, asked.request, createReplayGuard(tx)),
        },
      );
      return c.redirect(told, 303);
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error;
      await deps.auditRefusal(`${error.code}:${error.detail}`);
      await deps.count({ visit, service }, 'identity', 'refused');
      await deps.store.update(visit, ({ secret }) => {
        const current = secret.drafts[service.slug] ?? draft;
        const params = { level: page.identify?.level ?? 'high' };
        const errors = [{ field: page.id, code: saidOn(page, error.code), own: false, params }];
        const unsent = { ...current.unsent, [page.id]: { fields: {}, errors } };
        secret.drafts[service.slug] = { ...current, unsent };
        secret.shown = { digest, path: back };
        // What was begun since may still be answered.
        if (error.code !== 'unknownRequest') delete secret.identifying;
      });
    }
    return c.redirect(back, 303);
  });

  return app;
}
