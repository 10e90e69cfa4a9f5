import type { City } from '#city';
import { layout, type Page, Pictogram } from '#web';
import { words } from '../words.ts';
import { Hotline } from './closed.tsx';
import { Hours } from './service.tsx';

/** Nobody is left alone: the phone, a staffed office, and what this screen itself can do. */
export function helpPage(page: Page, city: City): string {
  const w = words(page.language);
  const office = city.offices.get('oa');
  return layout(
    { ...page, title: w.helpTitle, back: '/' },
    <article class="am-service">
      <h1>{w.helpTitle}</h1>
      <section>
        <h2>{w.helpPhone}</h2>
        <Hotline number={city.phone115} text={w.helpPhoneText} />
      </section>
      {office && (
        <section>
          <h2>{w.helpOffice}</h2>
          <p>{w.helpOfficeText}</p>
          <ul class="am-places">
            <li class="am-place">
              <Pictogram id="office" />
              <div>
                <h3>{office.name}</h3>
                <p>{office.address}</p>
                <Hours hours={office.hours} language={page.language} title={w.hours} />
              </div>
            </li>
          </ul>
        </section>
      )}
      <section>
        <h2>{w.helpScreen}</h2>
        <p>{w.helpScreenText}</p>
      </section>
    </article>,
  );
}

/** A page that says one thing went wrong and how to go on. */
export function noticePage(page: Page, title: string, text: string): string {
  const w = words(page.language);
  return layout(
    { ...page, title },
    <section class="am-closed">
      <Pictogram id="info" />
      <h1>{title}</h1>
      <p class="am-lead">{text}</p>
      <p>
        <a class="am-button am-button--primary" href="/">
          {w.home}
        </a>
      </p>
    </section>,
  );
}
