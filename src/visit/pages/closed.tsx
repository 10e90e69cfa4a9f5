import type { City, Site } from '#city';
import { type Html, layout, type Page, Pictogram } from '#web';
import { readableDate } from '../dates.ts';
import { words } from '../words.ts';
import { Hours } from './service.tsx';

/** A friendly sign at the door, outside opening hours. */
export function closedPage(
  page: Page,
  site: Site,
  opens: { date: string; time: string } | undefined,
  city: City,
): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.closedTitle },
    <section class="am-closed">
      <Pictogram id="clock" />
      <h1>{w.closedTitle}</h1>
      {opens && <p class="am-lead">{w.closedOpens(readableDate(opens.date, page.language), opens.time)}</p>}
      <Hours hours={site.hours} language={page.language} title={`${site.name}: ${w.closedHours}`} />
      <p>{w.closedElsewhere}</p>
      <Hotline number={city.phone115} text={w.hotlineText} />
    </section>,
  );
}

/** The phone number where people answer. */
export function Hotline(props: { number: string; text: string }): Html {
  return (
    <p class="am-hotline">
      <Pictogram id="phone" />
      <strong>{props.number}</strong>
      <span>{props.text}</span>
    </p>
  );
}
