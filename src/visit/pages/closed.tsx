import type { City, Site } from '#city';
import { EmptyState, layout, longDate, type Page } from '#web';
import type { AtHome } from '../offers.ts';
import { words } from '../words.ts';
import { Hotline, SiteCard } from './places.tsx';

/** @returns what people can do now, though it is closed here; undefined where that is nothing */
function elsewhere({ works, not }: AtHome, w: ReturnType<typeof words>): string | undefined {
  if (works === 'nothing') return undefined;
  if (works === 'all') return w.closedAll;
  return not.length > 0 ? w.closedBut(not) : w.closedPart;
}

/**
 * A friendly sign at the door, outside opening hours.
 * @param home what people can do on their own screens meanwhile
 */
export function closedPage(
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
      {opens && <p class="lead">{w.closedOpens(longDate(opens.date, page.language), opens.time)}</p>}
      {meanwhile !== undefined && <p>{meanwhile}</p>}
      <ul class="places">
        <SiteCard site={site} language={page.language} heading="h2" />
        <Hotline number={city.phone115} language={page.language} heading="h2" />
      </ul>
    </EmptyState>,
  );
}
