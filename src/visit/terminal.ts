import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { siteOfTerminal } from '#city';
import { clientAddress } from '#http';
import { readCode } from '#seal';
import { codeErrorSaid } from './code-page.tsx';
import { type CitizenEnv, clearVisitCookie, pageOf } from './context.ts';
import { first } from './forms.ts';
import { forgetAllButMachine, isTrialHere, playMachine, rememberMachine } from './machine.ts';
import { readOwnForm } from './own-form.ts';
import {
  REGISTER_URL,
  registeredPage,
  TERMINAL_CODE_REASONS,
  type TerminalCodeError,
  terminalCodePage,
} from './terminal-pages.tsx';
import { typedAgain } from './typed-again.tsx';
import type { Visits } from './visits.ts';

const REGISTERED_URL = `${REGISTER_URL}/registered`;

/** A browser becomes a terminal by a code of the desk, and by nothing else; a trial lets it be one by its address. */
export function terminalRoutes(deps: Visits): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  // What a machine opens when it is switched on: it is a terminal, or somebody of the staff makes it one.
  app.get(REGISTER_URL, async (c) => {
    if (c.get('terminal')) return c.redirect('/', 303);
    const { fields = {}, said = [] } = (await typedAgain(c, deps)) ?? {};
    const typed = first(fields, 'code');
    return c.html(
      terminalCodePage(pageOf(c, deps, ''), typed, codeErrorSaid(typed, said, TERMINAL_CODE_REASONS)),
    );
  });

  app.post(REGISTER_URL, async (c) => {
    const typed = first((await readOwnForm(c)).fields, 'code');
    const refuse = (error: TerminalCodeError, status: 422 | 429) =>
      c.html(terminalCodePage(pageOf(c, deps, ''), typed, error), status);
    const code = readCode(typed);
    if (typeof code === 'object') return refuse({ field: 'code', ...code }, 422);
    const { incoming } = c.env as unknown as HttpBindings;
    const registered = await deps.terminals.register(code, clientAddress(incoming, deps.config.proxies));
    if (registered.ok) {
      // Whoever set the machine up may have signed in at the desk there: nothing of that stays on it.
      forgetAllButMachine(c);
      clearVisitCookie(c);
      rememberMachine(c, registered.secret);
      return c.redirect(REGISTERED_URL, 303);
    }
    if (registered.reason !== 'slowed') return refuse({ code: registered.reason }, 422);
    c.header('Retry-After', String(registered.retryAfterSeconds));
    return refuse({ code: 'slowed', seconds: registered.retryAfterSeconds }, 429);
  });

  app.get(REGISTERED_URL, (c) => {
    const terminal = c.get('terminal');
    if (!terminal) return c.redirect(REGISTER_URL, 303);
    return c.html(registeredPage(pageOf(c, deps, ''), terminal, c.get('site').name));
  });

  app.get(`${REGISTER_URL}/:id`, (c) => {
    if (!isTrialHere(c, deps)) return c.redirect(REGISTER_URL, 303);
    const { id } = c.req.param();
    if (!siteOfTerminal(deps.city, id)) return c.notFound();
    playMachine(c, id);
    return c.redirect('/', 303);
  });

  return app;
}
