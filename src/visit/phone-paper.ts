/** A paper is taken along: saved on somebody's own screen, fetched by their phone from a terminal. */
import { Hono } from 'hono';
import { fileAnswer } from '#http';
import { isLanguage, type Language } from '#language';
import { type CitizenContext, type CitizenEnv, languageOf, pageOf } from './context.ts';
import { readOwnForm, requireSameOrigin, safeReturn } from './own-form.ts';
import { paperGonePage, paperOfferPage, paperTakePage } from './phone-paper-pages.tsx';
import type { FileToTake } from './phone-papers.ts';
import type { Visits } from './visits.ts';

/** What makes a paper; undefined where there is none. */
type Make = () => Promise<FileToTake | undefined>;

/** @returns a paper as a file; never at a terminal, whose disk the next person may look at */
export async function savePaper(c: CitizenContext, make: Make): Promise<Response> {
  const file = c.get('terminal') ? undefined : await make();
  return file ? fileAnswer(file) : c.notFound();
}

/** @returns the page with the code for a paper, at a terminal; the paper itself on somebody's own screen */
export async function sendPaper(c: CitizenContext, deps: Visits, make: Make): Promise<Response> {
  const { fields } = await readOwnForm(c);
  const file = c.get('visit') && (await make());
  if (!file) return c.notFound();
  const url = await paperUrl(c, deps, file);
  if (url === undefined) return fileAnswer(file);
  return c.html(paperOfferPage(pageOf(c, deps, '', { path: '/' }), url, safeReturn(fields)));
}

/** @returns the address that opens just this paper, once, for a quarter of an hour; undefined where no terminal shows it */
export async function paperUrl(
  c: CitizenContext,
  deps: Pick<Visits, 'phonePapers' | 'config'>,
  file: FileToTake,
): Promise<string | undefined> {
  const terminal = c.get('terminal');
  if (!terminal) return undefined;
  const token = await deps.phonePapers.leave(terminal, file);
  // The phone has no visit yet that would say how its person reads.
  return `${deps.config.publicUrl}/paper/${languageOf(c)}/${token}`;
}

/** What a phone finds behind the code: a button first, because cameras and messengers fetch links to show a preview. */
export function phonePaperRoutes(deps: Visits): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  const pageIn = (c: CitizenContext, language: Language) => ({
    ...pageOf(c, deps, '', { path: '/' }),
    language,
  });

  app.get('/paper/:language/:token', async (c, next) => {
    const { language, token } = c.req.param();
    if (!isLanguage(language)) return next();
    const page = pageIn(c, language);
    if (c.get('terminal') || !(await deps.phonePapers.isThere(token)))
      return c.html(paperGonePage(page), 410);
    return c.html(paperTakePage(page, c.req.path));
  });

  app.post('/paper/:language/:token', async (c, next) => {
    requireSameOrigin(c);
    const { language, token } = c.req.param();
    if (!isLanguage(language)) return next();
    const file = c.get('terminal') ? undefined : await deps.phonePapers.take(token);
    return file ? fileAnswer(file) : c.html(paperGonePage(pageIn(c, language)), 410);
  });

  return app;
}
