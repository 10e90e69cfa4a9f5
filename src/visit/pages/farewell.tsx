import { Actions, Countdown, EmptyState, LinkButton, layout, type Page } from '#web';
import { words } from '../words.ts';

/** Seconds until the screen is ready for the next person. */
const STAYS_SECONDS = 15;

/** Says goodbye; a terminal then starts afresh by itself. */
export function farewellPage(page: Page, terminal: string | undefined): string {
  const w = words(page.language);
  const start = terminal ? `/terminal/${terminal}` : '/';
  return layout(
    {
      ...page,
      title: w.farewellTitle,
      page: 'farewell',
      quiet: true,
      ...(terminal && { refresh: { seconds: STAYS_SECONDS, to: start } }),
    },
    <EmptyState pictogram="success" title={w.farewellTitle}>
      <p class="lead">{w.farewellText}</p>
      <p>{w.farewellNext}</p>
      {terminal && <Countdown seconds={STAYS_SECONDS} label={w.startsAgain} ends={start} />}
      <Actions>
        <LinkButton href={start} kind="secondary">
          {w.farewellStart}
        </LinkButton>
      </Actions>
    </EmptyState>,
  );
}
