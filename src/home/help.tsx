import { type City, ownSite } from '#city';
import { germanIn } from '#language';
import type { IsoDate } from '#time';
import { GoingCard, Hotline, OfficeCard } from '#visit';
import { Legal, layout, type Page, ReachSetting } from '#web';
import { isOpenToAll, staffedOffice } from './offers.ts';
import { words } from './words.ts';

/**
 * Nobody is left alone: the phone, a staffed office, and what this screen itself can do.
 * @param today the hours of an office do not hold on a day on which the whole city is closed
 */
export function helpPage(page: Page, city: City, today: IsoDate): string {
  const w = words(page.language);
  const office = staffedOffice(city);
  // What closes single places says nothing of an office; what closes all of them also stands at the one that never closes.
  const closed = city.closureOf(ownSite(city), today);
  return layout(
    { ...page, title: w.helpTitle, page: 'help', back: '/' },
    <article class="stack">
      <h1>{w.helpTitle}</h1>
      <h2>{w.helpPhone(page)}</h2>
      <p>{w.helpPhoneText}</p>
      <ul class="places">
        <Hotline number={city.phone115} language={page.language} />
      </ul>
      {office && (
        <>
          <h2>{w.helpOffice}</h2>
          <p>{w.helpOfficeText}</p>
          {closed !== undefined && (
            <p>
              <strong>{w.closedReason({ reason: germanIn(page.language, closed) })}</strong>
            </p>
          )}
          <ul class="places">
            {isOpenToAll(office) ? (
              <OfficeCard id={office.id} city={city} language={page.language} />
            ) : (
              <GoingCard office={office} appointment="needed" page={page} />
            )}
          </ul>
        </>
      )}
      <h2>{w.helpScreen}</h2>
      <p>{w.helpScreenText}</p>
      {page.mode === 'terminal' && <p>{w.helpScreenReach}</p>}
      <ReachSetting page={page} />
      {page.mode === 'terminal' && <Legal page={{ ...page, page: 'help' }} />}
    </article>,
  );
}
