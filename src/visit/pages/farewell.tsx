import { layout, type Page, Pictogram } from '#web';
import { words } from '../words.ts';

/** Seconds until the screen is ready for the next person. */
const STAYS_SECONDS = 15;

/** Says goodbye; a terminal then starts afresh by itself. */
export function farewellPage(page: Page, terminal: string | undefined): string {
  const w = words(page.language);
  const start = terminal ? `/terminal/${terminal}` : '/';
  return layout(
    { ...page, title: w.farewellTitle, ...(terminal && { refresh: { seconds: STAYS_SECONDS, to: start } }) },
    <section class="am-farewell">
      <Pictogram id="check" />
      <h1>{w.farewellTitle}</h1>
      <p class="am-lead">{w.farewellText}</p>
      <p>{w.farewellNext}</p>
      <p>
        <a class="am-button am-button--secondary" href={start}>
          {w.farewellStart}
        </a>
      </p>
    </section>,
  );
}
