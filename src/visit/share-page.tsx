import type { City } from '#city';
import { timeInWords } from '#language';
import type { Taken } from '#share';
import { civilTime } from '#time';
import { Go, LinkButton, layout, type Page, Say } from '#web';
import { terminalsOf } from './machine.ts';
import { shareWords, words } from './words.ts';

/**
 * Says that very much came from this line within the hour, or that a case was opened very often: when it goes on, what became of the answers, who helps.
 * @param city its terminals are named as a way where it has any
 */
export function sharePage(
  page: Page,
  what: Taken,
  until: Date,
  back: string,
  city: Pick<City, 'sites'>,
): string {
  const w = shareWords(page.language);
  const sent = what === 'case';
  const title = what === 'opened' ? w.openedTitle : w.title;
  const isBetterElsewhere = page.mode !== 'terminal' && terminalsOf(city) > 0;
  return layout(
    { ...page, title, page: 'notice', kind: 'notice' },
    <>
      <Say>
        <h1>{title}</h1>
        <p class="lead">{what === 'opened' ? w.opened : sent ? w.sent : w.begun}</p>
        <p>
          {w.when({ time: timeInWords(civilTime(until), page.language) })}{' '}
          {isBetterElsewhere ? w.helpHome(page) : w.help(page)}
        </p>
      </Say>
      <Go page={page}>
        <LinkButton href={back}>{sent ? w.back : words(page.language).home}</LinkButton>
      </Go>
    </>,
  );
}
