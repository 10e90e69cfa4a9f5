import type { MiddlewareHandler } from 'hono';
import { type City, openState, type Site } from '#city';
import { dateWithWeekday } from '#language';
import { momentOf } from '#time';
import { type CitizenEnv, Hotline, pageWithoutVisit, SiteCard } from '#visit';
import { EmptyState, layout, type Page } from '#web';
import type { HomeDeps } from './deps.ts';
import { type AtHome, atHome } from './offers.ts';
import { words } from './words.ts';

/** @returns what people can do now, though it is closed here; undefined where that is nothing */
function elsewhere({ works, not }: AtHome, w: ReturnType<typeof words>): string | undefined {
  if (works === 'nothing') return undefined;
  if (works === 'all') return w.closedAll;
  return not.length > 0 ? w.closedBut({ titles: not.join('; ') }) : w.closedPart;
}

/**
 * A friendly sign at the door, outside opening hours.
 * @param home what people can do on their own screens meanwhile
 */
function closedPage(
  page: Page,
  site: Site,
  opens: { date: string; time: string } | undefined,
  city: City,
  home: AtHome,
): string {
  const w = words(page.language);
  const meanwhile = elsewhere(home, w);
  return layout(
    { ...page, title: w.closedTitle, page: 'closed', quiet: true },
    <EmptyState pictogram="clock" title={w.closedTitle}>
      {opens && (
        <p class="lead">
          {w.closedOpens({ day: dateWithWeekday(opens.date, page.language), time: opens.time })}
        </p>
      )}
      {meanwhile !== undefined && <p>{meanwhile}</p>}
      <ul class="places">
        <SiteCard site={site} language={page.language} heading="h2" />
        <Hotline number={city.phone115} language={page.language} heading="h2" />
      </ul>
    </EmptyState>,
  );
}

/** Where a visit would begin, and the site is closed: the sign instead. */
export function whileClosed(deps: HomeDeps): MiddlewareHandler<CitizenEnv> {
  return async (c, next) => {
    const site = c.get('site');
    const state = c.get('begins') ? openState(site, deps.city, momentOf(deps.clock.now())) : undefined;
    if (!state || state.open) return next();
    const page = await pageWithoutVisit(c, deps);
    return c.html(closedPage(page, site, state.opens, deps.city, atHome(deps, page.language)));
  };
}
