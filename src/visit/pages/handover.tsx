import { layout, type Page, Pictogram, QrCode } from '#web';
import { words } from '../words.ts';
import { noticePage } from './help.tsx';

/** Seconds the code stays on a terminal's screen before the next person's start page comes. */
const STAYS_SECONDS = 120;

/** The code for the phone. The visit at this screen is already over. */
export function handoverOfferPage(page: Page, url: string, terminal: string | undefined): string {
  const w = words(page.language);
  const to = terminal ? `/terminal/${terminal}` : '/';
  return layout(
    { ...page, title: w.handoverTitle, refresh: { seconds: STAYS_SECONDS, to } },
    <section class="am-handover" data-handover={url}>
      <h1>{w.handoverTitle}</h1>
      <p class="am-lead">{w.handoverText}</p>
      <QrCode text={url} label={w.handoverText} />
      <p>{w.handoverOnce}</p>
      <p>
        <a class="am-button am-button--secondary" href={to}>
          {w.farewellStart}
        </a>
      </p>
    </section>,
  );
}

/** What the phone shows first. */
export function handoverTakePage(page: Page, token: string): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.handoverTakeTitle },
    <section class="am-handover">
      <Pictogram id="phone-handover" />
      <h1>{w.handoverTakeTitle}</h1>
      <p class="am-lead">{w.handoverTakeText}</p>
      <form method="post" action={`/handover/${token}`} class="am-actions">
        <button type="submit" class="am-button am-button--primary am-button--large">
          {w.handoverTake}
        </button>
      </form>
    </section>,
  );
}

/** The link was used, or is too old. */
export function handoverGonePage(page: Page): string {
  const w = words(page.language);
  return noticePage(page, w.handoverGoneTitle, w.handoverGoneText);
}
