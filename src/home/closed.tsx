import type { MiddlewareHandler } from 'hono';
import { openState, type Site } from '#city';
import { dateWithWeekday, germanIn } from '#language';
import { momentOf } from '#time';
import { type CitizenEnv, Hotline, pageWithoutVisit, SiteCard } from '#visit';
import { EmptyState, layout, type Page } from '#web';
import type { HomeDeps } from './deps.ts';
import { type AtHome, atHome } from './offers.ts';
import { words } from './words.ts';

/**
 * @param address where the office is on the internet, as people type it
 * @returns what people can do now, though it is closed here; undefined where that is nothing
 */
function elsewhere({ works, not }: AtHome, address: string, w: ReturnType<typeof words>): string | undefined {
  if (works === 'nothing') return undefined;
  if (works === 'all') return w.closedAll({ address });
  return not.length > 0 ? w.closedBut({ titles: not.join('; '), address }) : w.closedPart({ address });
}

/** What the sign at the door says. */
interface Sign {
  site: Site;
  /** Why it is closed all day; undefined where its hours are over or have not begun. */
  reason: string | undefined;
  opens: { date: string; time: string } | undefined;
  /** The hotline. */
  phone: string;
  /** What people can do on their own screens meanwhile, and under which address. */
  home: AtHome;
  address: string;
}

/** A friendly sign at the door, outside opening hours. */
function closedPage(page: Page, { site, reason, opens, phone, home, address }: Sign): string {
  const w = words(page.language);
  const meanwhile = elsewhere(home, address, w);
  return layout(
    { ...page, title: w.closedTitle, page: 'closed', quiet: true },
    <EmptyState pictogram="clock" title={w.closedTitle}>
      {reason !== undefined && <p>{w.closedReason({ reason: germanIn(page.language, reason) })}</p>}
      {opens && (
        <p class="lead">
          {w.closedOpens({ day: dateWithWeekday(opens.date, page.language), time: opens.time })}
        </p>
      )}
      {meanwhile !== undefined && <p>{meanwhile}</p>}
      <ul class="places">
        <SiteCard site={site} language={page.language} heading="h2" />
        <Hotline number={phone} language={page.language} heading="h2" />
      </ul>
    </EmptyState>,
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
      phone: city.phone115,
      home: atHome(deps, page.language),
      address: new URL(config.publicUrl).host,
    });
    return c.html(sign);
  };
}
