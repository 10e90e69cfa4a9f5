import { dateWithWeekday } from '#language';
import { civilDate } from '#time';
import { Go, LinkButton, layout, layoutWords, type Page, Say } from '#web';
import { statusWords } from './words.ts';

/** Number and code are right, but the time for which the case was kept is over. */
export function statusGonePage(page: Page, destroyedAt: Date): string {
  const w = statusWords(page.language);
  const day = dateWithWeekday(civilDate(destroyedAt), page.language);
  return layout(
    { ...page, title: w.goneTitle, page: 'status-gone', kind: 'notice' },
    <>
      <Say>
        <h1>{w.goneTitle}</h1>
        <p class="lead">{w.goneText({ day })}</p>
        <p>{w.goneHelp(page)}</p>
      </Say>
      <Go page={page}>
        <LinkButton href="/">{layoutWords(page.language).home}</LinkButton>
      </Go>
    </>,
  );
}
