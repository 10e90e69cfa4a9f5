import { dateParts, type Language } from '#language';
import { formatNumber } from '#seal';
import { Countdown, Do, Go, type Html, LinkButton, layout, type Page, Say } from '#web';
import { WELCOME_URL } from './context.ts';
import type { Left } from './left.ts';
import type { SentText } from './sent.ts';
import { words } from './words.ts';

/** Seconds until the screen is ready for the next person. */
const STAYS_SECONDS = 15;
/** The same where there is a number and a day to read. */
const SENT_SECONDS = 30;
/** The same where a number is to be written down. */
const NUMBER_SECONDS = 60;

const START = '/';

type Words = ReturnType<typeof words>;

/** After these it may not have been sent. */
const LOST: ReadonlySet<Left> = new Set(['unpaid', 'watched', 'unclear', 'dropped']);

/** @returns what is said first: thanks would sound as if all of it had been sent where something is lost */
function titleOf(left: readonly Left[], w: Words): { greeting?: string; title: string } {
  if (left.some((one) => LOST.has(one)))
    return { title: onlyDropped(left) ? w.farewellNothing : w.farewellOver };
  const greeting = w.farewellTitle;
  if (left.includes('sent') || left.includes('answered')) return { greeting, title: w.farewellSent };
  if (left.includes('moved') || left.includes('withdrawn')) return { greeting, title: w.farewellDone };
  if (left.includes('heard')) return { greeting: w.farewellBye, title: w.farewellHeard };
  return { title: w.farewellTitle };
}

/** What was handed in: by which number the office knows it, and what happens next. */
function SentBox(props: { sent: SentText; isOne: boolean; language: Language; w: Words }): Html {
  const { sent, isOne, language, w } = props;
  const { weekday, day } = sent.day ? dateParts(sent.day, language) : {};
  return (
    <section class="farewell-sent">
      {!isOne && <h2>{sent.title}</h2>}
      {sent.day && (
        <p>
          <span>{w.farewellComes}</span>
          <strong>
            <time datetime={sent.day}>
              {weekday} {day}
            </time>
          </strong>
        </p>
      )}
      <p>
        <span>{w.farewellNumber}</span>
        <strong translate="no">
          <bdi>{formatNumber(sent.number)}</bdi>
        </strong>
      </p>
      {sent.text !== undefined && <p class="farewell-next">{sent.text}</p>}
    </section>
  );
}

/** What is known of the end of a visit. */
export interface Goodbye {
  /** Nothing where it is not known what became of what was begun: then it is said as for anybody. */
  left: readonly Left[];
  /** By which the office knows what is unclear. */
  numbers: readonly string[];
  sent: readonly SentText[];
}

/** Says goodbye, and what became of what was begun; a terminal then starts afresh by itself. */
export function farewellPage(page: Page, { left, numbers, sent }: Goodbye): string {
  const w = words(page.language);
  const says = {
    ...{ sent: w.leftSent, unpaid: w.leftUnpaid, watched: w.leftWatched },
    ...{ answered: w.leftAnswered, moved: w.leftMoved, withdrawn: w.leftWithdrawn, heard: w.leftHeard },
    ...{ unclear: w.leftUnclear, earlier: w.leftEarlier },
    ...{ dropped: w.leftDropped, nothing: w.leftNothing },
  };
  const told = left.flatMap((one) => (one === 'kept' ? [] : [says[one]]));
  const isLost = left.some((one) => LOST.has(one));
  const { greeting, title } = titleOf(left, w);
  const starts = page.mode === 'terminal';
  const stays = numbers.length > 0 ? NUMBER_SECONDS : sent.length > 0 ? SENT_SECONDS : STAYS_SECONDS;
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
        {greeting !== undefined && <p class="greeting">{greeting}</p>}
        <h1>{title}</h1>
      </Say>
      <Do>
        {sent.map((one) => (
          <SentBox sent={one} isOne={sent.length === 1} language={page.language} w={w} />
        ))}
        {told.map((text) => (
          <p class="farewell-said">{text}</p>
        ))}
        {left.includes('unclear') &&
          numbers.map((number) => <p>{w.leftAsk({ number: formatNumber(number), phone: page.phone })}</p>)}
        {told.length === 0 && <p class="farewell-said">{w.farewellNext}</p>}
        {isLost && !left.includes('sent') && <p>{w.farewellHelp(page)}</p>}
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
