import type { MiddlewareHandler } from 'hono';
import { type City, openState, type Site } from '#city';
import { dateParts, germanIn, inARow, timeInWords } from '#language';
import { type Moment, momentOf } from '#time';
import { type CitizenEnv, Hotline, pageWithoutVisit, SiteCard, WELCOME_URL } from '#visit';
import { Do, type Html, Languages, Legal, layout, type Page, QrCode, Say, Waits } from '#web';
import type { HomeDeps } from './deps.ts';
import { type AtHome, atHome } from './offers.ts';
import { words } from './words.ts';

/** Seconds until the sign is looked at anew: the place may have opened. */
const ANEW_SECONDS = 120;

/** What the sign at the door says. */
interface Sign {
  site: Site;
  /** Why it is closed all day; undefined where its hours are over or have not begun. */
  reason: string | undefined;
  opens: { date: string; time: string } | undefined;
  /** Other places of this office that are open now, and until when. */
  others: readonly { site: Site; until: string }[];
  /** The hotline. */
  phone: string;
  /** What people can do on their own screens meanwhile, and under which address. */
  home: AtHome;
  url: string;
}

/** @returns the places with machines that are open at this moment */
export function openNow(city: City, here: Site, moment: Moment): readonly { site: Site; until: string }[] {
  return [...city.sites.values()].flatMap((site) => {
    if (site.id === here.id || site.alwaysOpen) return [];
    const state = openState(site, city, moment);
    return state.open && state.until !== undefined ? [{ site, until: state.until }] : [];
  });
}

/** Where it goes on at once: one's own screen, by a picture for the phone and by its address. */
function AtHomeNow(props: { url: string; page: Page }): Html {
  const w = words(props.page.language);
  return (
    <section class="panel with-qr">
      <div>
        <h2>{w.closedHome}</h2>
        <p>{w.closedHomeHow}</p>
        <p class="closed-address" translate="no" dir="ltr">
          {new URL(props.url).host}
        </p>
      </div>
      <QrCode text={props.url} label={w.closedHome} />
    </section>
  );
}

function Others(props: { others: Sign['others']; page: Page }): Html {
  const { language } = props.page;
  const w = words(language);
  return (
    <>
      {props.others.map(({ site, until }) => (
        <section class="panel closed-other">
          <div>
            <h2>{w.closedOther}</h2>
            <p>
              <strong>{germanIn(language, site.name)}</strong>
            </p>
            <p>{germanIn(language, site.address)}</p>
          </div>
          <p class="closed-until">{w.closedUntil({ time: timeInWords(until, language) })}</p>
        </section>
      ))}
    </>
  );
}

/** What does not go on one's own screen, where anything else does. */
function OnlyHere(props: { home: AtHome; page: Page }): Html | null {
  const { works, not } = props.home;
  const w = words(props.page.language);
  if (works !== 'some') return null;
  return (
    <section class="panel panel-shade">
      <h2>{w.closedOnly}</h2>
      <p>{not.length > 0 ? not.join('; ') : w.closedSome}</p>
    </section>
  );
}

/** A friendly sign at the door, outside opening hours: when it opens again, and where it goes on until then. */
function closedPage(page: Page, { site, reason, opens, others, phone, home, url }: Sign): string {
  const { language } = page;
  const w = words(language);
  const { weekday, day } = dateParts(opens?.date ?? '1970-01-01', language);
  const title = opens
    ? w.closedOpens({ day: inARow([weekday, day], language), time: timeInWords(opens.time, language) })
    : w.closedTitle;
  return layout(
    { ...page, title, page: 'closed', kind: 'closed', quiet: true },
    <>
      <Say>
        {opens && <p class="greeting">{w.closedTitle}</p>}
        <h1>{title}</h1>
        {reason !== undefined && <p>{w.closedReason({ reason: germanIn(language, reason) })}</p>}
      </Say>
      <Do>
        <Languages page={page} />
        {home.works !== 'nothing' && <AtHomeNow url={url} page={page} />}
        <Others others={others} page={page} />
        {home.works !== 'nothing' && <OnlyHere home={home} page={page} />}
        <ul class="places">
          <SiteCard site={site} language={language} heading="h2" />
          <Hotline number={phone} language={language} heading="h2" />
        </ul>
        {page.mode === 'terminal' && (
          <>
            <Legal page={page} />
            <Waits seconds={ANEW_SECONDS} leads={WELCOME_URL} />
          </>
        )}
      </Do>
    </>,
  );
}

/** Where a visit would begin, and the site is closed: the sign instead. */
export function whileClosed(deps: HomeDeps): MiddlewareHandler<CitizenEnv> {
  return async (c, next) => {
    const site = c.get('site');
    const moment = momentOf(deps.clock.now());
    const state = c.get('begins') ? openState(site, deps.city, moment) : undefined;
    if (!state || state.open) return next();
    const page = await pageWithoutVisit(c, deps);
    const { city, config } = deps;
    const sign = closedPage(page, {
      site,
      reason: city.closureOf(site, moment.today),
      opens: state.opens,
      others: openNow(city, site, moment),
      phone: city.phone115,
      home: atHome(deps, page.language),
      url: new URL('/', config.publicUrl).href,
    });
    return c.html(sign);
  };
}
