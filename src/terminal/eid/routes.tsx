/** The addresses of the pages on which a PIN is set. They exist on the terminal itself and nowhere else. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { LANGUAGES } from '#language';
import { outcomeWord } from '#seal';
import { changeSettings, DEFAULT_SETTINGS } from '#web';
import { type Frame, helpPage, invalidPage, pathOf, screenPage } from './screens.tsx';
import type { Order, Session, Sessions } from './session.ts';
import type { Outcome } from './workflow.ts';

/** So long a page waits for news before it asks again. */
const NEWS_MS = 20_000;
/** So long an answer waits for the card, so that most entries need no page in between. */
const CARD_MS = 1_500;

const orderShape = z.object({
  // Who is blocked knows the own PIN or not: the card tells, and the pages ask.
  mode: z.enum(['transport', 'own', 'blocked']).transform((mode) => (mode === 'blocked' ? 'own' : mode)),
  language: z.enum(LANGUAGES),
  // A page of the office, without a query: nothing that leads elsewhere or carries something along.
  return: z
    .string()
    .max(200)
    .regex(/^\/(?![/\\])[\w\-/.~]*$/),
  state: z.string().regex(/^[\w-]{16,128}$/),
  size: z.string().optional(),
  contrast: z.string().optional(),
  reach: z.string().optional(),
});

/** With what this program signs its word. */
interface Signing {
  key: Uint8Array;
}

/** @returns what the office asks for, or undefined when it is not well formed */
function readOrder(query: Record<string, string>, { officeOrigin, key }: Frame & Signing): Order | undefined {
  const { data } = orderShape.safeParse(query);
  if (!data) return undefined;
  const returnTo = (outcome: Outcome): string => {
    const url = new URL(data.return, officeOrigin);
    const { state } = data;
    url.search = new URLSearchParams({
      ...{ state, outcome },
      word: outcomeWord(key, state, outcome),
    }).toString();
    return url.href;
  };
  const { mode, language, size, contrast, reach } = data;
  return { mode, language, returnTo, settings: changeSettings(DEFAULT_SETTINGS, { size, contrast, reach }) };
}

/** Only a person's browser that goes to another page begins something; no picture, frame or script of a page does. */
function isNavigation(c: Context): boolean {
  const destination = c.req.header('sec-fetch-dest');
  return destination === undefined || destination === 'document';
}

/** @returns the outcome of a session that has ended */
function outcomeOf(session: Session): Outcome {
  const { step } = session.state;
  return step.at === 'ended' ? step.outcome : 'cancelled';
}

async function readForm(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await c.req.text());
}

/** What a button of the page does. */
function press(session: Session, form: URLSearchParams): void {
  const turn = Number(form.get('turn'));
  const action = form.get('_action');
  if (action === 'cancel') session.act({ kind: 'cancel' });
  else if (action === 'own' || action === 'transport') session.act({ kind: 'mode', turn, mode: action });
  else session.enter(turn, { value: form.get('value') ?? '', again: form.get('again') ?? '' });
}

/** Language and look of the pages, from the bar. */
function change(session: Session, form: URLSearchParams): void {
  const language = LANGUAGES.find((one) => one === form.get('language'));
  if (language) session.language = language;
  const of = (name: string): string | undefined => form.get(name) ?? undefined;
  session.settings = changeSettings(session.settings, {
    size: of('size'),
    contrast: of('contrast'),
    reach: of('reach'),
  });
}

/** @returns the routes below `/eid` */
export function eidRoutes(sessions: Sessions, frame: Frame & Signing): Hono {
  const app = new Hono();
  const invalid = (c: Context, status: 400 | 404): Response => c.html(invalidPage(frame), status) as Response;
  const on =
    (answer: (c: Context, session: Session) => Response | Promise<Response>) =>
    (c: Context): Response | Promise<Response> => {
      const session = sessions.find(c.req.param('id') ?? '');
      return session ? answer(c, session) : invalid(c, 404);
    };
  const leave = (c: Context, session: Session): Response => {
    session.act({ kind: 'cancel' });
    return c.redirect(session.order.returnTo(outcomeOf(session)), 303);
  };

  app.get('/eid', (c) => {
    const order = isNavigation(c) ? readOrder(c.req.query(), frame) : undefined;
    return order ? c.redirect(pathOf(sessions.begin(order)), 303) : invalid(c, 400);
  });
  app.get(
    '/eid/:id',
    on((c, session) => {
      session.act({ kind: 'tick' });
      return c.html(screenPage(session, frame));
    }),
  );
  app.post(
    '/eid/:id',
    on(async (c, session) => {
      const form = await readForm(c);
      press(session, form);
      const { step, turn } = session.state;
      if (form.get('_action') === 'cancel')
        return c.redirect(session.order.returnTo(outcomeOf(session)), 303);
      if (step.at === 'working' && !session.state.keypad) await session.changed(turn, CARD_MS);
      return c.redirect(pathOf(session), 303);
    }),
  );
  app.get(
    '/eid/:id/news',
    on(async (c, session) =>
      (await session.changed(Number(c.req.query('turn')), NEWS_MS)) ? c.text('news') : c.body(null, 204),
    ),
  );
  app.get(
    '/eid/:id/help',
    on((c, session) => c.html(helpPage(session, frame))),
  );
  app.post(
    '/eid/:id/visit/settings',
    on(async (c, session) => {
      change(session, await readForm(c));
      return c.redirect(pathOf(session), 303);
    }),
  );
  app.post('/eid/:id/visit/end', on(leave));
  // The header leads to the start page, and that is the office's.
  app.get(
    '/eid/:id/',
    on((c, session) => {
      session.act({ kind: 'cancel' });
      return c.redirect(`${frame.officeOrigin}/`, 303);
    }),
  );
  app.notFound((c) => invalid(c, 404));
  return app;
}
