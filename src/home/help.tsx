import type { City } from '#city';
import { Hotline, OfficeCard } from '#visit';
import { layout, type Page } from '#web';
import { staffedOffice } from './offers.ts';
import { words } from './words.ts';

/** Nobody is left alone: the phone, a staffed office, and what this screen itself can do. */
export function helpPage(page: Page, city: City): string {
  const w = words(page.language);
  const office = staffedOffice(city);
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
          <ul class="places">
            <OfficeCard id={office.id} city={city} language={page.language} />
          </ul>
        </>
      )}
      <h2>{w.helpScreen}</h2>
      <p>{w.helpScreenText}</p>
      {page.mode === 'terminal' && <p>{w.helpScreenReach}</p>}
    </article>,
  );
}
