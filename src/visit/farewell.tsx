import { formatNumber } from '#seal';
import { Actions, Countdown, EmptyState, LinkButton, layout, type Page } from '#web';
import type { Left } from './left.ts';
import { words } from './words.ts';

/** Seconds until the screen is ready for the next person. */
const STAYS_SECONDS = 15;
/** The same where a number is to be written down. */
const NUMBER_SECONDS = 60;

const START = '/';
/** Where a terminal waits for the next person. */
const WELCOME = '/welcome';

/** After these it may not have been sent. */
const LOST: ReadonlySet<Left> = new Set(['unpaid', 'watched', 'unclear', 'dropped']);

/**
 * Says goodbye, and what became of what was begun; a terminal then starts afresh by itself.
 * @param left nothing where that is not known: then it is said as for anybody
 * @param numbers by which the office knows what is unclear
 */
export function farewellPage(page: Page, left: readonly Left[], numbers: readonly string[]): string {
  const w = words(page.language);
  const says = {
    ...{ sent: w.leftSent, unpaid: w.leftUnpaid, watched: w.leftWatched },
    ...{ unclear: w.leftUnclear, earlier: w.leftEarlier },
    ...{ dropped: w.leftDropped, nothing: w.leftNothing },
  };
  const told = left.flatMap((one) => (one === 'kept' ? [] : [says[one]]));
  const isLost = left.some((one) => LOST.has(one));
  // Thanks and a tick would sound as if it had been sent.
  const title = isLost ? w.farewellOver : w.farewellTitle;
  const starts = page.mode === 'terminal';
  const stays = numbers.length > 0 ? NUMBER_SECONDS : STAYS_SECONDS;
  return layout(
    {
      ...page,
      title,
      page: 'farewell',
      quiet: true,
      ...(starts && { refresh: { seconds: stays, to: WELCOME } }),
    },
    <EmptyState pictogram={isLost ? 'info' : 'success'} title={title}>
      {told.map((text) => (
        <p class="lead">{text}</p>
      ))}
      {left.includes('unclear') &&
        numbers.map((number) => <p>{w.leftAsk({ number: formatNumber(number), phone: page.phone })}</p>)}
      <p class={told.length > 0 ? undefined : 'lead'}>{w.farewellText}</p>
      {told.length === 0 && <p>{w.farewellNext}</p>}
      {starts && <Countdown seconds={stays} says={w.startsAgain} language={page.language} ends={WELCOME} />}
      <Actions>
        <LinkButton href={START} kind="secondary">
          {w.farewellStart}
        </LinkButton>
      </Actions>
    </EmptyState>,
  );
}
