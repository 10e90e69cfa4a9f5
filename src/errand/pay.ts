import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import { isOpen, isWatched, type PageStart, type Payment, type PaymentProgress } from '#payment';
import { PAYING } from '#service';
import {
  type CitizenContext,
  type CitizenEnv,
  createNews,
  first,
  isPayer,
  languageOf,
  mayLeadTo,
  own,
  pageOf,
  readOwnForm,
  type Visit,
  type VisitSecret,
} from '#visit';
import { askPayments, askWatched, isOfOtherAnswers, keepPaid, toCameIn } from './came-in.ts';
import type { ErrandDeps } from './deps.ts';
import { earlierPages } from './earlier.tsx';
import { ORDER_FIELD, type PaidFor, type PayView, payPage } from './pay-pages.tsx';
import { backFromPage } from './pay-return.ts';
import { payReturnPage } from './pay-return-page.tsx';
import { payingPage } from './paying-page.tsx';
import { sectionsOf } from './sections.ts';
import { pageUrl, reviewOf, serviceUrl } from './standing.ts';

/** So many pay pages a visit remembers that it has opened. */
const MOST_OPENED = 20;

/** So long somebody waits for a pay page without a word; it may take twice as long to give up on it. */
const PATIENCE_MS = 4_000;

/** Where somebody is told that the pay page does not answer. */
const AWAY = 'away';

type Paying = NonNullable<VisitSecret['paying']>[string];

/** Somebody who has handed in what has to be paid for. */
interface Payer {
  visit: Visit;
  service: PaidFor;
  receipt: Paying;
  /** The answers are others by now, and these are not theirs to pay for. */
  changed: boolean;
}

/** Paying for what was handed in: choosing a way, waiting, and going on when it is known that it is paid. */
export function payRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  const news = createNews();

  app.use('/service/:slug/pay/*', async (c, next) => (isThere(c, deps) ? next() : c.notFound()));

  app.get('/service/:slug/pay', async (c) => {
    const payer = await payerOf(c, deps);
    if (!payer) return c.redirect(elsewhere(c), 303);
    return show(c, deps, payer, null);
  });

  app.get('/service/:slug/pay/back/:payment', (c) => backFromPage(c, deps, c.req.param()));

  app.get('/service/:slug/pay/news', async (c) => {
    const payer = await payerOf(c, deps);
    if (!payer) return c.text('news');
    return news(c, payer.visit.id, () => hasNews(deps, payer, c.req.query('seen') ?? ''));
  });

  app.post('/service/:slug/pay', async (c) => {
    const { fields } = await readOwnForm(c);
    const payer = await payerOf(c, deps);
    if (!payer) return c.redirect(elsewhere(c), 303);
    // A tab that shows what was ordered before, with another amount: the person looks at what is to be paid first.
    const seen = first(fields, ORDER_FIELD) || payer.receipt.number;
    if (seen !== payer.receipt.number) return c.redirect(payUrl(payer.service), 303);
    const action = first(fields, '_action');
    if (action === 'abort') {
      const live = (await deps.payments.ofCase(payer.receipt.caseId)).find(({ state }) => isOpen(state));
      if (live) await deps.payments.abort(live.id);
    } else if (action === 'back') return leave(c, deps, payer);
    else if (action === 'look') await askWatched(deps, payer.receipt.caseId);
    const way = first(fields, 'way');
    if (way !== 'card' && way !== 'page') return c.redirect(payUrl(payer.service), 303);
    return payer.changed ? leave(c, deps, payer) : begin(c, deps, payer, way);
  });

  // Whoever paid and comes back another way sees that first: else they would change it, or order it twice, unknowingly.
  app.get(
    '/service/:slug/:page?',
    async (c, next) => (await toCameIn(c, deps, c.req.param('slug'))) ?? next(),
  );
  app.post('/service/:slug', async (c, next) => (await toCameIn(c, deps, c.req.param('slug'))) ?? next());

  return app;
}

/** @returns whether a payment is in another state than was seen */
async function hasNews(deps: ErrandDeps, { receipt }: Payer, seen: string): Promise<boolean> {
  const { now } = await askPayments(deps, receipt.caseId);
  return !now || markOf(now) !== seen;
}

const payUrl = (service: PaidFor): string => `${serviceUrl(service)}/pay`;

/** Where somebody belongs who has nothing to pay: to what they handed in, or to the beginning. */
function elsewhere(c: CitizenContext): string {
  const slug = c.req.param('slug') ?? '';
  return own(c.get('visit')?.secret.receipts, slug) ? `/service/${slug}/done` : `/service/${slug}`;
}

/** @returns whether there is or was such a service: what was taken away meanwhile is still paid for in visits that hold it */
function isThere(c: CitizenContext, { catalogue }: ErrandDeps): boolean {
  const slug = c.req.param('slug') ?? '';
  const { paying, receipts } = c.get('visit')?.secret ?? {};
  return (catalogue.get(slug) ?? own(paying, slug) ?? own(receipts, slug)) !== undefined;
}

async function payerOf(c: CitizenContext, deps: ErrandDeps): Promise<Payer | undefined> {
  const slug = c.req.param('slug') ?? '';
  const visit = c.get('visit');
  const receipt = own(visit?.secret.paying, slug);
  if (!visit || !receipt) return undefined;
  const shown = await deps.cases.shown(receipt.caseId);
  const service = { slug, title: shown?.[languageOf(c)].title ?? '' };
  return { visit, service, receipt, changed: isOfOtherAnswers(deps, visit, slug) };
}

/** Tells two states of a payment apart, without saying anything about it. */
function markOf({ state, status, givenUp }: PaymentProgress): string {
  return createHash('sha256').update(`${state} ${status} ${givenUp}`).digest('base64url').slice(0, 10);
}

/** @returns why the last try did not come to a payment */
function troubleOf(last: Payment | undefined): PayView['reason'] {
  if (last?.state === 'failed') return last.reason;
  return last?.state === 'reversed' ? 'takenBack' : null;
}

function viewOf(
  c: CitizenContext,
  deps: ErrandDeps,
  { service, receipt, changed }: Payer,
  payments: readonly Payment[],
  reason: PayView['reason'],
): Omit<PayView, 'earlier'> {
  const last = payments.at(-1);
  const terminal = c.get('terminal');
  const card = terminal !== undefined && deps.payWays.cardAt(terminal) ? (['card'] as const) : [];
  const page = deps.payWays.pageOrigin ? (['page'] as const) : [];
  return {
    ...{ service, receipt, cents: last?.amountCents ?? 0, ways: [...card, ...page] },
    ...{ way: last?.way ?? null, opened: last?.way !== 'page' || last.externalId !== null },
    reason: reason ?? troubleOf(last),
    watched: payments.some(isWatched),
    away: c.req.query(AWAY) !== undefined,
    side: c.get('site').cardDevice,
    changed,
  };
}

/** The same as `askPayments`; where nothing is waited for any more, pages that would still take money are asked too. */
async function askAll(deps: ErrandDeps, caseId: string): ReturnType<typeof askPayments> {
  const asked = await askPayments(deps, caseId);
  const waits = asked.now !== undefined && isOpen(asked.now.state);
  if (asked.isPaid || waits) return asked;
  // None was asked about, so they are as they were read.
  if (!asked.now && !asked.payments.some(isWatched)) return asked;
  await askWatched(deps, caseId);
  return askPayments(deps, caseId);
}

async function show(
  c: CitizenContext,
  deps: ErrandDeps,
  payer: Payer,
  reason: PayView['reason'],
): Promise<Response> {
  const { caseId } = payer.receipt;
  const { payments, now, isPaid } = await askAll(deps, caseId);
  if (isPaid && !isPayer(c, payer.receipt))
    return c.html(payReturnPage(pageOf(c, deps, ''), undefined, { next: '/' }));
  if (isPaid) return keepPaid(c, deps, payer.visit, payer.service.slug);
  // Nobody paid for a long time: the case is gone, the answers are not.
  if (payments.length === 0 || !(await deps.cases.find(caseId))) return leave(c, deps, payer);
  const waits = now !== undefined && isOpen(now.state);
  // Nothing hangs in the air any more: what is paid for next are the answers as they are now.
  if (payer.changed && !waits) return leave(c, deps, payer);
  if (deps.payWays.pageOrigin) mayLeadTo(c, deps.payWays.pageOrigin);
  const { slug, title } = payer.service;
  const service = deps.catalogue.get(slug);
  const page = pageOf(c, deps, '', {
    ...{ service: slug, about: title, path: payUrl(payer.service) },
    ...(service && sectionsOf(service, PAYING, payer.visit.language)),
  });
  // Who stands at the card terminal does not wait for what a pay page says of something else.
  const earlier = await earlierPages(
    deps,
    payer.visit,
    { slug: payer.service.slug, caseId, ...(now ? {} : { payments }) },
    waits ? 'none' : 'others',
  );
  const view = { ...viewOf(c, deps, payer, earlier.payments, reason), earlier };
  if (waits) return c.html(payingPage(page, view, now, markOf(now)));
  return c.html(payPage(page, view), reason ? 409 : 200);
}

/**
 * Nobody stands before a pay page that does not answer without a word: after a while the page says so, and offers what is
 * possible. The answer is still waited for; should it come, the same button leads there.
 */
function orPatience(start: Promise<PageStart>): Promise<PageStart> {
  const end = new AbortController();
  const away = pause(PATIENCE_MS, { ok: false, reason: 'unreachable' } as const, {
    signal: end.signal,
    ref: false,
  });
  // What fails later is looked after as any payment whose page nobody has reached.
  start.catch(() => undefined);
  away.catch(() => undefined);
  return Promise.race([start, away]).finally(() => end.abort());
}

async function begin(
  c: CitizenContext,
  deps: ErrandDeps,
  payer: Payer,
  way: 'card' | 'page',
): Promise<Response> {
  const place = { site: payer.visit.site, terminal: c.get('terminal') ?? null };
  const payment = await deps.payments.begin(payer.receipt.caseId, way, place);
  if (payment?.way === 'card' && way === 'card') {
    const start = await deps.payments.payByCard(payment.id);
    if (!start.started && start.reason !== 'over') return show(c, deps, payer, start.reason);
  } else if (payment?.way === 'page' && way === 'page') {
    const { id } = payment;
    await deps.store.update(payer.visit, ({ secret }) => {
      const others = secret.opened?.filter((one) => one !== id) ?? [];
      secret.opened = [...others, id].slice(-MOST_OPENED);
    });
    const start = await orPatience(
      deps.payments.payByPage(id, {
        returnUrl: `${deps.config.publicUrl}${payUrl(payer.service)}/back/${id}`,
        description: payer.service.title,
      }),
    );
    if (start.ok) return c.redirect(start.address, 303);
    if (start.reason === 'unreachable') return c.redirect(`${payUrl(payer.service)}?${AWAY}`, 303);
  }
  return c.redirect(payUrl(payer.service), 303);
}

/** Goes back without paying: the case is removed as soon as that is safe, the answers stay and can be handed in anew. */
async function leave(
  c: CitizenContext,
  deps: ErrandDeps,
  { visit, service, receipt }: Payer,
): Promise<Response> {
  await deps.payments.leave(receipt.caseId);
  const row = await deps.cases.find(receipt.caseId);
  // Money is on its way, or has arrived: the pay page says what is the case.
  if (row) return c.redirect(payUrl(service), 303);
  await deps.store.update(visit, ({ secret }) => {
    delete secret.paying?.[service.slug];
    const draft = secret.drafts[service.slug];
    if (draft?.key === receipt.key) secret.drafts[service.slug] = { ...draft, key: randomUUID() };
  });
  const current = deps.catalogue.get(service.slug);
  return c.redirect(current ? pageUrl(current, reviewOf(current)) : '/', 303);
}
