import { Hono } from 'hono';
import { isLanguage } from '#language';
import { changeSettings, DEFAULT_SETTINGS } from '#web';
import { type CitizenContext, type CitizenEnv, clearVisitCookie, pageOf, setVisitCookie } from './context.ts';
import { endAskPage, SURE } from './end-page.tsx';
import { farewellPage } from './farewell.tsx';
import { first, type SentForm } from './forms.ts';
import { goodbyeOf, keepGoodbye } from './goodbye.ts';
import { HELP_URL, helpUrl } from './help-url.ts';
import { endVisit, type Leaving, leavingOf } from './leaving.ts';
import { isLossIn, type Leftovers, leftIn } from './left.ts';
import { changeLook, type FormKeeper } from './look.ts';
import { forgetAllButMachine } from './machine.ts';
import { readHarmlessForm, readOwnForm, returnTo, safeReturn } from './own-form.ts';
import { type Look, type Over, unlessGone, type Visit } from './visit.ts';
import { movedVisit, type Visits } from './visits.ts';

/** Settings, signs of life, and the end of a visit. */
export function presenceRoutes(deps: Visits, keepers: readonly FormKeeper[]): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/visit/settings', async (c) => {
    const form = await readHarmlessForm(c);
    const back = safeReturn(form.fields);
    return (await changeLook(c, deps, keepers, back, form)) ?? c.redirect(back, 303);
  });

  // Where a page came as the answer to that form, its address stays on the screen.
  app.get('/visit/settings', (c) => c.redirect('/', 303));

  app.post('/visit/alive', async (c) => {
    await readOwnForm(c);
    const visit = c.get('visit');
    if (visit) await deps.store.touch(visit);
    return c.body(null, visit ? 204 : 410);
  });

  app.post('/visit/end', async (c) => {
    const form = await readHarmlessForm(c);
    const begun = c.get('visit');
    const leaving = leavingOf(form.fields);
    const isAsked = leaving.unattended || first(form.fields, SURE) !== '';
    if (!isAsked && begun && (await keepsSomething(c, form))) return c.redirect(askUrl(form), 303);
    const { visit, unseen } = await ended(c, deps, begun, leaving);
    if (unseen) {
      setVisitCookie(c, unseen.visit);
      return c.redirect(unseen.path, 303);
    }
    const over = c.get('over');
    // Whoever looks at a screen where nobody answered may be somebody else.
    const what = leaving.unattended ? KEPT : visit ? await leftIn(deps, visit) : leftOver(deps, over);
    forgetEverything(c);
    keepGoodbye(c, what);
    return c.redirect(farewellUrl(visit ?? over), 303);
  });

  // Nobody loses what they have typed by one touch: without script on a page of its own, with it over the page.
  app.get('/visit/end', (c) => {
    const visit = c.get('visit');
    if (!visit) return c.redirect('/', 303);
    return c.html(endAskPage(pageOf(c, deps, '', { path: '/' }), returnTo(c)));
  });

  app.post(HELP_URL, async (c) => {
    const form = await readHarmlessForm(c);
    const back = safeReturn(form.fields);
    // For what nobody has typed yet no visit begins.
    if (c.get('visit')) await changeLook(c, deps, keepers, back, form);
    return c.redirect(helpUrl(back), 303);
  });

  /** Keeps what stands on the page from which somebody wants to leave. @returns whether the end would take anything away */
  async function keepsSomething(c: CitizenContext, form: SentForm): Promise<boolean> {
    await changeLook(c, deps, keepers, safeReturn(form.fields), form);
    const visit = c.get('visit');
    return visit !== undefined && isLossIn(deps, visit);
  }

  app.get('/farewell/:language', (c) => {
    const { language } = c.req.param();
    if (!isLanguage(language)) return c.notFound();
    const page = pageOf(c, deps, '', { settings: changeSettings(DEFAULT_SETTINGS, c.req.query()) });
    return c.html(farewellPage({ ...page, language }, goodbyeOf(c, deps.catalogue, language)));
  });

  return app;
}

/**
 * Ends a visit, also where the request before this one gave it a new key that this browser has not heard of yet.
 * @returns the visit as it was last, and what of it must be seen first
 */
async function ended(
  c: CitizenContext,
  deps: Visits,
  visit: Visit | undefined,
  leaving: Leaving,
): Promise<{ visit: Visit | undefined; unseen?: Awaited<ReturnType<typeof endVisit>> }> {
  if (!visit) return { visit };
  try {
    return { visit, unseen: await endVisit(deps, visit, leaving) };
  } catch (error) {
    unlessGone(error);
    const moved = await movedVisit(c, deps);
    return moved ? ended(c, deps, moved, leaving) : { visit };
  }
}

/** @returns where it is asked whether somebody wants to end their visit, and from where they came */
const askUrl = ({ fields }: SentForm): string =>
  `/visit/end?${new URLSearchParams({ return: safeReturn(fields) })}`;

const KEPT: Leftovers = { left: ['kept'], numbers: [], sent: [] };

/** What can still be said of a visit that was over already: the first goodbye never came. */
function leftOver({ catalogue }: Visits, over: Over | undefined): Leftovers {
  if (over?.sent) return { ...KEPT, left: ['sent'] };
  const isDropped = over?.begun && catalogue.get(over.begun)?.fulfilment === 'case';
  return isDropped ? { ...KEPT, left: ['dropped'] } : KEPT;
}

/** Goodbye comes after everything is forgotten: how somebody reads travels in the address. */
function farewellUrl(visit: Look | undefined): string {
  const { size, contrast } = visit?.settings ?? DEFAULT_SETTINGS;
  const seen = new URLSearchParams({ size: String(size), contrast: contrast ? 'on' : 'off' });
  return `/farewell/${visit?.language ?? 'de'}?${seen}`;
}

/** Nothing of a visit stays in the browser: caches, storage and every cookie by its name; a terminal stays a terminal. */
export function forgetEverything(c: CitizenContext): void {
  clearVisitCookie(c);
  forgetAllButMachine(c);
  c.header('Clear-Site-Data', '"cache", "storage"');
}
