/** What a phone does behind the code of a page that asks for a document: it sends pictures, and sees nothing else of the visit. */
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { FieldError } from '#journey';
import { isLanguage, type Language } from '#language';
import { newToken } from '#seal';
import type { Taker } from '#share';
import {
  type CitizenContext,
  type CitizenEnv,
  COOKIE,
  first,
  noticePage,
  own,
  pageOf,
  readForm,
  requireSameOrigin,
  takerOf,
  unlessGone,
} from '#visit';
import { hasCode, noteCame } from './camera.tsx';
import { type CameraTexts, cameraBeginPage, cameraDonePage, cameraPage } from './camera-pages.tsx';
import type { ErrandDeps } from './deps.ts';
import { asksForFiles, filesOf, keepFiles } from './kept-files.ts';
import { takeFiles } from './resolve.ts';
import { type Here, isReached, standingIn } from './standing.ts';
import { cameraWords } from './words.ts';

/** What only this phone holds: the link is of no use to another. */
const PHONE_COOKIE = '__Host-photo';
/** The phone has just sent something. */
const SENT = 'sent';

/** Where a link leads: a page that asks for a document now, and whose phone it is. */
interface Led {
  here: Here;
  whose: 'nobody' | 'mine' | 'another';
}

/** @returns where a link leads; nowhere once its time, its visit or the question is over */
async function ledBy(c: CitizenContext, deps: ErrandDeps, token: string): Promise<Led | undefined> {
  const camera = c.get('terminal') ? undefined : await deps.phoneCameras.find(token);
  const visit = camera && (await deps.store.load(camera.visit));
  const service = camera && deps.catalogue.get(camera.service);
  const page = service?.pages.find(({ id }) => id === camera?.page);
  const stand = visit && service && standingIn(visit, deps, service);
  if (!camera || !stand || !page || !isReached(stand, page)) return undefined;
  const isMine = camera.isOf(getCookie(c, PHONE_COOKIE));
  return { here: { ...stand, page }, whose: isMine ? 'mine' : camera.connected ? 'another' : 'nobody' };
}

/** A phone's pages behind the code: a button first, because cameras and messengers fetch links to show a preview. */
export function cameraRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.get('/photo/:language/:token', async (c, next) => {
    const { language, token } = c.req.param();
    if (!isLanguage(language)) return next();
    const led = await ledBy(c, deps, token);
    if (!led) return c.html(notice(c, language, 'gone'), 410);
    if (led.whose === 'another') return c.html(notice(c, language, 'other'), 410);
    if (led.whose === 'mine') return c.html(show(c, led.here, language));
    // Before it is used up: should the answer to that get lost, it can be asked for again, here and nowhere else.
    if (getCookie(c, PHONE_COOKIE) === undefined) setCookie(c, PHONE_COOKIE, newToken(), COOKIE);
    return c.html(cameraBeginPage(pageIn(c, language), c.req.path, textsFor(led.here, language)));
  });

  app.post('/photo/:language/:token', async (c, next) => {
    requireSameOrigin(c);
    const { language, token } = c.req.param();
    if (!isLanguage(language)) return next();
    const led = await ledBy(c, deps, token);
    if (!led) return c.html(notice(c, language, 'gone'), 410);
    if (led.whose === 'mine') return send(c, led.here, token, language);
    const phone = getCookie(c, PHONE_COOKIE);
    if (phone === undefined && led.whose === 'nobody') return c.html(notice(c, language, 'noCookie'), 400);
    const isTied = phone !== undefined && (await deps.phoneCameras.connect(token, phone));
    if (!isTied) return c.html(notice(c, language, 'other'), 410);
    await deps.store.touch(led.here.visit);
    return c.redirect(c.req.path, 303);
  });

  const pageIn = (c: CitizenContext, language: Language) => ({
    ...pageOf(c, deps, '', { path: '/' }),
    ...{ language, once: true },
  });
  /** What keeps a phone from sending anything. */
  function notice(
    c: CitizenContext,
    language: Language,
    what: 'gone' | 'other' | 'noCookie' | 'full',
  ): string {
    const w = cameraWords(language);
    return noticePage(pageIn(c, language), w[`${what}Title`], w[`${what}Text`]);
  }
  const textsFor = (here: Here, language: Language): CameraTexts =>
    textsIn(here, language, deps.city.sites.get(here.visit.site)?.name ?? deps.city.name);

  /** The document that is asked for next, or which one the person has chosen; or that all of them are there. */
  function show(
    c: CitizenContext,
    here: Here,
    language: Language,
    errors: readonly FieldError[] = [],
  ): string {
    const page = pageIn(c, language);
    const asked = asksForFiles(here.page);
    const kept = filesOf(here.page, here.draft.answers);
    const chosen = errors[0]?.field ?? c.req.query('of');
    const isOpen = ({ id }: { id: string }): boolean => own(kept, id) === undefined;
    const wanted = asked.find(({ id }) => id === chosen);
    // What was sent may have been taken away at the terminal since.
    const isDone = c.req.query(SENT) !== undefined && Object.keys(kept).length > 0;
    const question = wanted ?? (isDone ? undefined : asked.find(isOpen));
    const texts = textsFor(here, language);
    if (!question)
      return cameraDonePage(
        page,
        texts,
        asked.map(({ id }) => ({ id, came: own(kept, id) !== undefined })),
      );
    return cameraPage(page, { action: c.req.path, texts, question, errors });
  }

  /** Takes in what the phone sends, by the same rules as anywhere. */
  async function send(c: CitizenContext, here: Here, token: string, language: Language): Promise<Response> {
    const form = await readForm(c, 'kept');
    const asked = asksForFiles(here.page);
    const named = asked.find(({ id }) => form.uploads.has(id));
    const meant = asked.find(({ id }) => id === first(form.fields, '_of'));
    // The button that ties it to this phone, once more.
    if (!named && !meant) return c.redirect(c.req.path, 303);
    if (named && (await deps.shares.take('link', { client: token, screen: 'own' })))
      return c.html(notice(c, language, 'full'), 429);
    const nothing = { field: meant?.id ?? '', code: 'fileMissing', own: false, params: {} } as const;
    const taken = await takeFiles(deps, here, form, takerBy(here, takerOf(c, deps)));
    const errors = named ? taken.errors : [nothing];
    if (errors.length > 0) return c.html(show(c, here, language, errors), 422);
    try {
      const sent = Object.entries(filesOf(here.page, taken.answers));
      const came = sent.flatMap(([id, { file }]) => (form.uploads.has(id) ? [file] : []));
      const now = await keepFiles(deps, here, taken.answers, (secret) => noteCame(secret, here, token, came));
      if (!hasCode(now, token)) return c.html(notice(c, language, 'gone'), 410);
      const { visit } = now;
      await deps.store.update(visit, ({ secret }) => forgetErrors(secret, here, [...form.uploads.keys()]));
      await deps.phoneCameras.tell(token);
    } catch (error) {
      unlessGone(error);
      return c.html(notice(c, language, 'gone'), 410);
    }
    return c.redirect(`${c.req.path}?${SENT}`, 303);
  }

  return app;
}

/**
 * What comes by a terminal's code is the terminal's share: phones in one house stand behind one address, and none of them is to
 * use up what all others may send.
 */
const takerBy = ({ visit }: Here, { client }: Taker): Taker => ({
  client: `${visit.terminal ?? ''}${client}`,
  screen: 'terminal',
});

/** The page does not say any more that a document is missing, or could not be taken. */
function forgetErrors(
  { drafts }: Here['visit']['secret'],
  { service, page }: Here,
  came: readonly string[],
): void {
  const draft = own(drafts, service.slug);
  const unsent = own(draft?.unsent, page.id);
  if (!draft || !unsent) return;
  const errors = unsent.errors.filter(({ field }) => !came.includes(field));
  drafts[service.slug] = { ...draft, unsent: { ...draft.unsent, [page.id]: { ...unsent, errors } } };
}

/** What is asked for: the page's and its questions' texts, where nothing of what somebody has said is filled in. */
function textsIn({ service, page }: Here, language: Language, place: string): CameraTexts {
  const { pages, questions } = service.texts[language];
  const plain = (text: string | undefined): string | undefined => (text?.includes('{') ? undefined : text);
  const said = pages[page.id];
  return {
    title: plain(said?.title) ?? service.texts[language].title,
    where: cameraWords(language).where({ place, service: service.texts[language].title }),
    text: plain(said?.text),
    questions: Object.fromEntries(asksForFiles(page).map(({ id }) => [id, questions[id]])),
  };
}
