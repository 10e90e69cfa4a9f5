import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { fillText, walk, withIdentity, withoutIdentity } from '#journey';
import { isOutcomeWord } from '#seal';
import { type CitizenContext, type CitizenEnv, type Draft, first, goingTo, readOwnForm } from '#visit';
import type { ErrandDeps } from './deps.ts';
import { askedFor, type Here, pageUrl, placeOf, reviewOf } from './standing.ts';
import { portalOf } from './steps-page.tsx';

/** What devices are told of themselves on the way there: the path they lead back to. */
const RETURN = 'return';

/** Pages that reach outside the form: begins what they do, and takes in how it ended. Mounted before the journey's pages. */
export function stepRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/service/:slug/:page', async (c, next) => {
    const kind = askedFor(c, deps).page?.kind;
    if (kind !== 'identify' && kind !== 'device') return next();
    const here = await placeOf(c, deps);
    if (here === undefined || here instanceof Response) return next();
    const action = first((await readOwnForm(c)).fields, '_action');
    if (kind === 'identify') {
      const provider = deps.identity.find(({ id }) => action === `identify:${id}`);
      if (provider) return beginIdentification(c, deps, here, provider.id);
      if (action === 'again') return keep(c, deps, here, (draft) => withoutIdentity(here.page, draft));
      if (action === 'without' && here.page.identify?.otherwise) return goWithout(c, deps, here);
    } else {
      const origin = deps.deviceAt(here.page.device?.id ?? '', c.get('terminal'));
      if (action === 'device' && origin) return toDevice(c, deps, here, origin);
      if (action === 'no-device' && !origin) return takeOutcome(c, deps, here, 'noReader');
    }
    return next();
  });

  app.get('/service/:slug/:page/leave', async (c) => {
    const here = await placeOf(c, deps);
    if (here === undefined) return c.notFound();
    if (here instanceof Response) return here;
    const portal = portalOf(deps, here);
    if (!portal) return c.notFound();
    await countLeaving(deps, here);
    return c.redirect(portal.address, 303);
  });

  app.get('/service/:slug/:page/ticket.pdf', async (c) => {
    const here = await placeOf(c, deps);
    const office = here && !(here instanceof Response) && deps.city.offices.get(here.page.office ?? '');
    if (!office || here === undefined || here instanceof Response) return c.notFound();
    const { language } = here.visit;
    const { title, text = '' } = here.service.texts[language].pages[here.page.id] ?? { title: '' };
    const pdf = await deps.papers.ticket({
      ...{ language, office, title, printedAt: here.moment.now },
      city: { name: deps.city.name, accent: deps.city.accent },
      paragraphs: text.split(/\n\s*\n/).map((part) => fillText(part.trim(), here.walked, language)),
      ...goingTo(office, here.page.appointment ?? 'needed', language),
    });
    return c.body(new Uint8Array(pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment; filename="zettel.pdf"',
    });
  });

  app.get(`/service/:slug/:page/${RETURN}`, async (c) => {
    const here = await placeOf(c, deps);
    if (here === undefined) return c.notFound();
    if (here instanceof Response) return here;
    const state = c.req.query('state') ?? '';
    const { step } = here.draft;
    // Only the step that was begun here; anything else shows the page again.
    if (!step || step.page !== here.page.id || !same(step.state, state))
      return c.redirect(pageUrl(here.service, here.page), 303);
    // Once: whoever comes again, because the first answer never came, goes on where it led.
    if (step.taken) return c.redirect(pageUrl(here.service, here.walked.next ?? reviewOf(here.service)), 303);
    const outcome = c.req.query('outcome') ?? '';
    if (!isOfProgram(c, deps, here, outcome)) return c.redirect(pageUrl(here.service, here.page), 303);
    return takeOutcome(c, deps, here, outcome);
  });

  return app;
}

/**
 * Whether the terminal's own program says that it ended so. The browser brings the word, and may have changed it; the machine
 * must still be the one that was sent there, with its device and its registration.
 */
function isOfProgram(c: CitizenContext, deps: ErrandDeps, here: Here, outcome: string): boolean {
  const { step } = here.draft;
  const terminal = c.get('terminal');
  if (!step || !deps.deviceKey || step.terminal !== terminal) return false;
  if (!deps.deviceAt(here.page.device?.id ?? '', terminal)) return false;
  return isOutcomeWord(deps.deviceKey, c.req.query('word') ?? '', step.state, outcome);
}

/** Once for each draft: whoever asks for this address again and again has left once. */
async function countLeaving(deps: ErrandDeps, here: Here): Promise<void> {
  const { slug } = here.service;
  if (here.draft.left) return;
  let first = false;
  await deps.store.update(here.visit, ({ secret }) => {
    const draft = secret.drafts[slug];
    first = draft !== undefined && !draft.left;
    if (draft) secret.drafts[slug] = { ...draft, left: true };
  });
  if (first) await deps.count(here, 'portal.left', 'left');
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

type Change = (draft: Draft) => Partial<Draft>;

async function keep(c: CitizenContext, deps: ErrandDeps, here: Here, change: Change): Promise<Response> {
  const { service, page } = here;
  await deps.store.update(here.visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (draft) secret.drafts[service.slug] = { ...withoutPending(draft), ...change(draft) };
  });
  return c.redirect(pageUrl(service, page), 303);
}

/** On without an identification: to fields for what it would have told, or to the ending that follows. */
async function goWithout(c: CitizenContext, deps: ErrandDeps, here: Here): Promise<Response> {
  const { service, page, draft, moment } = here;
  const answer = await keep(c, deps, here, (current) =>
    withIdentity(page, current, undefined, deps.reference),
  );
  if (page.identify?.otherwise !== 'ending') return answer;
  const { next = page } = walk(service, withIdentity(page, draft, undefined, deps.reference), moment);
  await deps.count(here, 'service.finished', 'finished');
  return c.redirect(pageUrl(service, next), 303);
}

function withoutPending({ pending: _, ...draft }: Draft): Draft {
  return draft;
}

async function beginIdentification(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Here,
  id: string,
): Promise<Response> {
  const { page, service } = here;
  const provider = deps.identity.find((one) => one.id === id);
  if (!provider || !page.identify) return c.redirect(pageUrl(service, page), 303);
  const { url, request } = await provider.begin({
    ...{ level: page.identify.level, means: page.identify.means },
    attributes: page.questions.flatMap(({ from }) => (from ? [from.attribute] : [])),
    // Comes back with the answer, in a form from another site, where nothing else tells how to speak.
    relay: here.visit.language,
  });
  await deps.store.update(here.visit, ({ secret }) => {
    secret.identifying = { service: service.slug, page: page.id, provider: id, request };
  });
  return c.redirect(url, 303);
}

async function toDevice(c: CitizenContext, deps: ErrandDeps, here: Here, origin: string): Promise<Response> {
  const { page, service, visit, draft } = here;
  const state = randomBytes(18).toString('base64url');
  await deps.store.update(visit, ({ secret }) => {
    const current = secret.drafts[service.slug] ?? draft;
    secret.drafts[service.slug] = { ...current, step: { page: page.id, state, terminal: c.get('terminal') } };
  });
  const mode = draft.answers[page.device?.modeFrom ?? ''];
  const { size, contrast, reach } = visit.settings;
  const query = new URLSearchParams({
    ...{ mode: String(mode), language: visit.language, state, size: String(size) },
    ...{ contrast: contrast ? 'on' : 'off', reach: reach ? 'on' : 'off' },
    return: `${pageUrl(service, page)}/${RETURN}`,
  });
  return c.redirect(`${origin}/eid?${query}`, 303);
}

/** Writes down how a step ended and goes on. */
async function takeOutcome(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Here,
  outcome: string,
): Promise<Response> {
  const { page, service, visit, moment } = here;
  if (!page.questions[0]?.options.includes(outcome)) return c.redirect(pageUrl(service, page), 303);
  const saved = await deps.store.update(visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (!draft) return;
    const { step, ...rest } = withoutPending(draft);
    secret.drafts[service.slug] = {
      ...rest,
      ...(step && { step: { ...step, taken: true } }),
      answers: { ...draft.answers, [page.id]: outcome },
      seen: [...new Set([...draft.seen, page.id])],
    };
  });
  const draft = saved.secret.drafts[service.slug];
  const { next = reviewOf(service) } = draft ? walk(service, draft, moment) : {};
  if (next.kind === 'finish') await deps.count(here, 'service.finished', 'finished');
  return c.redirect(pageUrl(service, next), 303);
}
