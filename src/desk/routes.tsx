import { Hono, type MiddlewareHandler } from 'hono';
import { alarmsPage, retryDelivery } from './alarms-page.tsx';
import { BACK_CHANNEL_PATH, createBackChannel } from './back-channel.ts';
import { runAction } from './case-changes.ts';
import { casePage, fileDownload, printPage } from './case-pages.tsx';
import { reportPage } from './day-report.tsx';
import type { DeskDeps, DeskEnv } from './deps.ts';
import { type Desk, noted } from './desk.ts';
import { readOwnForm } from './forms.ts';
import { notFoundPage } from './frame.tsx';
import { inboxPage } from './inbox.tsx';
import { issueLetterCode, letterCodesPage, letterDownload, revokeLetterCode } from './letter-codes.tsx';
import { lookupPage, lookupResult } from './lookup.tsx';
import { createStaffSignIn } from './oidc.ts';
import { correctPaper, paperPage } from './paper-pages.tsx';
import { clarifyPayment, closeRefund, paymentsPage } from './payments-page.tsx';
import { createRecheck, type Recheck, recheckEvery } from './recheck.ts';
import { notGenuinePage, notSignedInPage } from './refused.tsx';
import { createSessions } from './session.ts';
import { endSession, sessionsPage } from './sessions-page.tsx';
import { sessionSecret, signInRoutes } from './sign-in.tsx';
import { statePage } from './state-page.tsx';
import { issueTerminalCode, revokeTerminal, terminalsPage } from './terminals.tsx';
import { tourDayPage, toursPage } from './tours.tsx';

/** Lets only people through who are signed in; changing requests also need a form with the session's token. */
function guard({ city, config }: Desk, recheck: Recheck): MiddlewareHandler<DeskEnv> {
  return async (c, next) => {
    const secret = sessionSecret(c);
    const known = secret === undefined ? undefined : await recheck(secret);
    const reading = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (reading && (!known || known.elsewhere)) {
      const { pathname, search } = new URL(c.req.url);
      const to = encodeURIComponent(pathname + search);
      return c.redirect(`/desk/sign-in${known ? '/start' : ''}?to=${to}`, 303);
    }
    if (!known) return notSignedInPage(city, c);
    const { staff } = known;
    c.set('staff', staff);
    c.set('until', known.until);
    if (!reading) {
      const { form, own } = await readOwnForm(c, staff.csrf, config.publicUrl);
      if (!own) return notGenuinePage(city, c, form);
      c.set('form', form);
    }
    await next();
  };
}

/**
 * The desk: what clerks see and do. To be mounted at `/desk`.
 * Everything needs a staff session, which each request checks anew, but signing in and out and the provider's word that one is over.
 */
export function deskRoutes(deps: DeskDeps): Hono<DeskEnv> {
  const every = recheckEvery(deps.config.oidc.recheckMinutes);
  const desk: Desk = { ...deps, sessions: createSessions({ ...deps, every }) };
  const provider = createStaffSignIn(deps.config);
  const { offices } = deps.city;
  const app = new Hono<DeskEnv>();
  app.route('/', signInRoutes(desk, provider));
  app.post(BACK_CHANNEL_PATH, createBackChannel(desk, provider));
  app.use(
    '*',
    guard(desk, createRecheck({ ...desk, provider, every, offices, note: (entry) => noted(desk, entry) })),
  );
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
  app.get('/sessions', (c) => sessionsPage(desk, c));
  app.post('/sessions/:id/end', (c) => endSession(desk, c));
  app.get('/state', (c) => statePage(desk, c));
  app.get('/alarms', (c) => alarmsPage(desk, c));
  app.post('/alarms/:id/retry', (c) => retryDelivery(desk, c));
  app.all('*', (c) => notFoundPage(desk, c));
  return app;
}
