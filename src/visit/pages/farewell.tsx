import { Actions, Countdown, EmptyState, LinkButton, layout, type Page } from '#web';
import { words } from '../words.ts';

/** Seconds until the screen is ready for the next person. */
const STAYS_SECONDS = 15;

const START = '/';

/** Says goodbye; a terminal then starts afresh by itself. */
export function farewellPage(page: Page): string {
  const w = words(page.language);
  const starts = page.mode === 'terminal';
  return layout(
    {
      ...page,
      title: w.farewellTitle,
      page: 'farewell',
      quiet: true,
      ...(starts && { refresh: { seconds: STAYS_SECONDS, to: START } }),
    },
    <EmptyState pictogram="success" title={w.farewellTitle}>
      <p class="lead">{w.farewellText}</p>
      <p>{w.farewellNext}</p>
      {starts && <Countdown seconds={STAYS_SECONDS} label={w.startsAgain} ends={START} />}
      <Actions>
        <LinkButton href={START} kind="secondary">
          {w.farewellStart}
        </LinkButton>
      </Actions>
    </EmptyState>,
  );
}
