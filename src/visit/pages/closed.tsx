import type { City, Site } from '#city';
import { EmptyState, layout, longDate, type Page } from '#web';
import { words } from '../words.ts';
import { Hotline, SiteCard } from './places.tsx';

/** A friendly sign at the door, outside opening hours. */
export function closedPage(
  page: Page,
  site: Site,
  opens: { date: string; time: string } | undefined,
  city: City,
): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.closedTitle, page: 'closed', quiet: true },
    <EmptyState pictogram="clock" title={w.closedTitle}>
      {opens && <p class="lead">{w.closedOpens(longDate(opens.date, page.language), opens.time)}</p>}
      <p>{w.closedElsewhere}</p>
      <ul class="places">
        <SiteCard site={site} language={page.language} heading="h2" />
        <Hotline number={city.phone115} language={page.language} heading="h2" />
      </ul>
    </EmptyState>,
  );
}
