import { Hono } from 'hono';
import { readCode } from '#seal';
import {
  bondOf,
  type CitizenContext,
  type CitizenEnv,
  clientOf,
  codeErrorSaid,
  digestOf,
  first,
  pageOf,
  readOwnForm,
  setBond,
  typedAgain,
} from '#visit';
import type { ErrandDeps } from './deps.ts';
import { LETTER_CODE_REASONS, type LetterCodeError, letterCodePage } from './letter-code-page.tsx';
import { type Here, pageUrl, placeOf } from './standing.ts';
import { takeIdentity } from './take-identity.ts';

/** Who comes with a code by letter instead of signing in: only the office's own check says that it is one. */
export function letterCodeRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  const page = (c: CitizenContext, here: Here) => pageOf(c, deps, '', { service: here.service.slug });

  app.get('/service/:slug/:page/code', async (c) => {
    const here = await placeOf(c, deps);
    if (here instanceof Response) return here;
    if (!here?.page.identify?.letterCode) return c.notFound();
    const { fields = {}, said = [] } = (await typedAgain(c, deps)) ?? {};
    const typed = first(fields, 'code');
    setBond(c);
    return c.html(
      letterCodePage(page(c, here), here, typed, codeErrorSaid(typed, said, LETTER_CODE_REASONS)),
    );
  });

  app.post('/service/:slug/:page/code', async (c) => {
    const typed = first((await readOwnForm(c)).fields, 'code');
    const here = await placeOf(c, deps);
    if (here instanceof Response) return here;
    if (!here?.page.identify?.letterCode) return c.notFound();
    const { service, visit } = here;
    const refuse = (error: LetterCodeError, status: 422 | 429) =>
      c.html(letterCodePage(page(c, here), here, typed, error), status);
    const code = readCode(typed);
    if (typeof code === 'object') return refuse({ field: 'code', ...code }, 422);
    const digest = digestOf(code);
    // Sent once more, because the first answer to it never came: it was taken.
    const isTaken = here.draft.identity?.provider === 'letterCode' && visit.secret.shown?.digest === digest;
    if (isTaken) return c.redirect(pageUrl(service, here.page), 303);
    const used = await deps.letterCodes.use(service.slug, code, clientOf(c, deps.config.proxies));
    if (used.ok) {
      const { identity } = used;
      await takeIdentity(c, deps, here, { digest, bond: bondOf(c), identify: async () => identity });
      return c.redirect(pageUrl(service, here.page), 303);
    }
    await deps.count({ visit, service }, 'identity', 'refused');
    if (used.reason !== 'slowed') return refuse({ code: used.reason }, 422);
    c.header('Retry-After', String(used.retryAfterSeconds));
    return refuse({ code: 'slowed', seconds: used.retryAfterSeconds }, 429);
  });

  return app;
}
