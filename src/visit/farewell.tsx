import { formatNumber } from '#seal';
import { Countdown, Do, Go, LinkButton, layout, type Page, Say } from '#web';
import { WELCOME_URL } from './context.ts';
import type { Left } from './left.ts';
import { words } from './words.ts';

/** Seconds until the screen is ready for the next person. */
const STAYS_SECONDS = 15;
/** The same where a number is to be written down. */
const NUMBER_SECONDS = 60;

const START = '/';

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
  const isSent = left.includes('sent');
  // Thanks would sound as if all of it had been sent.
  const title = isLost
    ? onlyDropped(left)
      ? w.farewellNothing
      : w.farewellOver
    : isSent
      ? w.farewellSent
      : w.farewellTitle;
  const starts = page.mode === 'terminal';
  const stays = numbers.length > 0 ? NUMBER_SECONDS : STAYS_SECONDS;
  return layout(
    {
      ...page,
      title,
      page: 'farewell',
      kind: 'farewell',
      quiet: true,
      ...(starts && { refresh: { seconds: stays, to: WELCOME_URL } }),
    },
    <>
      <Say>
        {isSent && !isLost && <p class="greeting">{w.farewellTitle}</p>}
        <h1>{title}</h1>
      </Say>
      <Do>
        {told.map((text) => (
          <p class="farewell-said">{text}</p>
        ))}
        {left.includes('unclear') &&
          numbers.map((number) => <p>{w.leftAsk({ number: formatNumber(number), phone: page.phone })}</p>)}
        {told.length === 0 && <p class="farewell-said">{w.farewellNext}</p>}
        {isLost && !isSent && <p>{w.farewellHelp(page)}</p>}
        <p class="muted">{w.farewellText}</p>
        {starts && (
          <Countdown seconds={stays} says={w.startsAgain} language={page.language} ends={WELCOME_URL} />
        )}
      </Do>
      <Go page={page}>
        <LinkButton href={START} kind="secondary">
          {w.home}
        </LinkButton>
      </Go>
    </>,
  );
}

/** @returns whether nothing at all was sent, and nothing paid either */
const onlyDropped = (left: readonly Left[]): boolean => left.every((one) => one === 'dropped');
