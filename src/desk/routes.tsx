import { Hono, type MiddlewareHandler } from 'hono';
import { alarmsPage, retryDelivery } from './alarms-page.tsx';
import { runAction } from './case-changes.ts';
import { casePage, fileDownload, printPage } from './case-pages.tsx';
import type { DeskDeps, DeskEnv } from './deps.ts';
import type { Desk } from './desk.ts';
import { isGenuine, readForm } from './forms.ts';
import { notFoundPage, outsidePage } from './frame.tsx';
import { inboxPage } from './inbox.tsx';
import { issueLetterCode, letterCodesPage, letterDownload, revokeLetterCode } from './letter-codes.tsx';
import { lookupPage, lookupResult } from './lookup.tsx';
import { correctPaper, paperPage } from './paper-pages.tsx';
import { clarifyPayment, closeRefund, paymentsPage, reportPage } from './payments-page.tsx';
import { createSessions } from './session.ts';
import { notGenuinePage, sessionSecret, signInRoutes } from './sign-in.tsx';
import { issueTerminalCode, revokeTerminal, terminalsPage } from './terminals.tsx';
import { tourDayPage, toursPage } from './tours.tsx';

/** Lets only people through who are signed in; changing requests also need a form with the session's token. */
function guard({ sessions, city, config }: Desk): MiddlewareHandler<DeskEnv> {
  return async (c, next) => {
    const secret = sessionSecret(c);
    const staff = secret === undefined ? undefined : await sessions.find(secret);
    const reading = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!staff) {
      const { pathname, search } = new URL(c.req.url);
      if (reading) return c.redirect(`/desk/sign-in?to=${encodeURIComponent(pathname + search)}`, 303);
      return outsidePage(
        city,
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
      if (!form || !isGenuine(c.req.raw.headers, form, staff.csrf, config.publicUrl)) {
        return notGenuinePage(city, c);
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
  const desk: Desk = { ...deps, sessions: createSessions(deps) };
  const app = new Hono<DeskEnv>();
  app.route('/', signInRoutes(desk));
  app.use('*', guard(desk));
  app.get('/', (c) => inboxPage(desk, c));
  app.get('/cases/:id', (c) => casePage(desk, c));
  app.get('/cases/:id/print', (c) => printPage(desk, c));
  app.get('/cases/:id/files/:file', (c) => fileDownload(desk, c));
  app.get('/cases/:id/paper', (c) => paperPage(desk, c));
  app.post('/cases/:id/paper', (c) => correctPaper(desk, c));
  app.post('/cases/:id/:action', (c) => runAction(desk, c));
  app.get('/tours', (c) => toursPage(desk, c));
  app.get('/tours/:calendar/:date', (c) => tourDayPage(desk, c));
  app.get('/lookup', (c) => lookupPage(desk, c));
  app.post('/lookup', (c) => lookupResult(desk, c));
  app.get('/letter-codes', (c) => letterCodesPage(desk, c));
  app.post('/letter-codes', (c) => issueLetterCode(desk, c));
  app.post('/letter-codes/:id/letter', (c) => letterDownload(desk, c));
  app.post('/letter-codes/:id/revoke', (c) => revokeLetterCode(desk, c));
  app.get('/payments', (c) => paymentsPage(desk, c));
  app.get('/payments/:day', (c) => reportPage(desk, c));
  app.post('/payments/refunds/:id', (c) => closeRefund(desk, c));
  app.post('/payments/unclear/:id', (c) => clarifyPayment(desk, c));
  app.get('/terminals', (c) => terminalsPage(desk, c));
  app.post('/terminals/:id/code', (c) => issueTerminalCode(desk, c));
  app.post('/terminals/:id/revoke', (c) => revokeTerminal(desk, c));
  app.get('/alarms', (c) => alarmsPage(desk, c));
  app.post('/alarms/:id/retry', (c) => retryDelivery(desk, c));
  app.all('*', (c) => notFoundPage(desk, c));
  return app;
}
