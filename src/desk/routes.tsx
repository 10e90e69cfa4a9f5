import { Hono, type MiddlewareHandler } from 'hono';
import type { DeskDeps, DeskEnv } from './deps.ts';
import { isGenuine, readForm } from './forms.ts';
import { deskPage, outsidePage } from './frame.tsx';
import { createSessions, type StaffSessions } from './session.ts';
import { notGenuinePage, sessionSecret, signInRoutes } from './sign-in.tsx';

/** Lets only people through who are signed in; changing requests also need a form with the session's token. */
function guard(sessions: StaffSessions, publicUrl: string): MiddlewareHandler<DeskEnv> {
  return async (c, next) => {
    const secret = sessionSecret(c);
    const staff = secret === undefined ? undefined : await sessions.find(secret);
    const reading = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!staff) {
      const { pathname, search } = new URL(c.req.url);
      if (reading) return c.redirect(`/desk/sign-in?to=${encodeURIComponent(pathname + search)}`, 303);
      return outsidePage(
        c,
        'Ihre Anmeldung ist abgelaufen',
        <p>
          Diese Änderung wurde nicht gespeichert. <a href="/desk/sign-in">Neu anmelden</a>
        </p>,
        401,
      );
    }
    c.set('staff', staff);
    if (!reading) {
      const form = await readForm(c);
      if (!form || !isGenuine(c.req.raw.headers, form, staff.csrf, publicUrl)) {
        return notGenuinePage(c);
      }
      c.set('form', form);
    }
    await next();
  };
}

/**
 * The desk: what clerks see and do. To be mounted at `/desk`.
 * Everything but signing in and out needs a staff session; each request checks it anew.
 */
export function deskRoutes(deps: DeskDeps): Hono<DeskEnv> {
  const sessions = createSessions(deps);
  const app = new Hono<DeskEnv>();
  app.route('/', signInRoutes(deps, sessions));
  app.use('*', guard(sessions, deps.config.publicUrl));
  app.get('/', (c) => deskPage(c, 'Vorgänge', <h1>Vorgänge</h1>));
  return app;
}
