/** A payment is under way: what to do at the card terminal, or where the pay page is. */
import { euros } from '#language';
import type { PaymentProgress } from '#payment';
import { Alert, Button, Do, Go, type Html, JourneyForm, layout, type Page, Pictogram, Say } from '#web';
import { Earlier } from './earlier.tsx';
import { Amount, type PayView, shell, urlOf, type Words } from './pay-pages.tsx';
import { CardPicture, doingAt } from './pay-picture.tsx';
import { insertAt, statusPicture, statusText } from './pay-words.ts';
import { payWords } from './words.ts';

/** Seconds after which a page without script looks again. */
const LOOK_AGAIN_SECONDS = 2;
/** The same where the pay page has not answered: that is to be read before, and is to be tried by the person. */
const AWAY_SECONDS = 30;

/** What a payment that is under way asks the person to do: a picture, where, and what now. */
interface Asked {
  picture: string;
  /** What people do at the card terminal, where a picture shows it. */
  doing?: ReturnType<typeof doingAt>;
  /** Names the page, however often what is to be done changes. */
  title: string;
  /** What is to be done now, in large words below the title. */
  now?: string;
  more?: string;
}

/** @returns whether the pay page is to be said not to answer: it was never reached, or was not when the person wanted there */
const isAway = ({ opened, away }: PayView, { state, way, givenUp }: PaymentProgress): boolean =>
  state === 'pending' && way === 'page' && !givenUp && (away || !opened);

function awayText({ opened, watched }: PayView, w: Words): string {
  const text = opened ? w.pageAwayOpened : watched ? w.watched : w.pageAwayText;
  return `${text} ${w.pageAwayKept}`;
}

function askedOf(view: PayView, now: PaymentProgress, page: Pick<Page, 'language' | 'phone'>): Asked {
  const w = payWords(page.language);
  if (now.state === 'unknown') {
    const more = `${w.unknownText} ${w.unknownMost(page)}`;
    return { picture: 'hourglass', title: w.unknownTitle, more };
  }
  if (isAway(view, now)) return { picture: 'hourglass', title: w.pageAwayTitle, more: awayText(view, w) };
  const title = now.way === 'page' ? w.pageWaitTitle : w.waitTitle;
  if (now.givenUp) {
    const more = now.way === 'page' ? { more: w.stoppingPage } : {};
    return { picture: 'hourglass', title, now: w.stopping, ...more };
  }
  if (now.way === 'page') return { picture: 'smartphone', title, more: w.pageWaitText };
  const doing = doingAt(now.status);
  if (now.status === 'insertCard' && view.side)
    return { picture: '', doing, title, now: insertAt(view.side, w), more: w.cardHow };
  return { picture: statusPicture(now.status), doing, title, now: statusText(now.status, w) };
}

/**
 * The page's name, and what is to be done now. That changes, and so it is no heading; whoever comes to the heading hears it, and
 * whoever stays hears what is new.
 */
function Doing({ asked, status }: { asked: Asked; status: string }): Html {
  const { title, now, more } = asked;
  return (
    <>
      <h1 class={now === undefined ? undefined : 'pay-where'} aria-describedby="pay-now">
        {title}
      </h1>
      <div id="pay-now" role="status" data-status={status}>
        {now !== undefined && <p class="pay-what">{now}</p>}
        {more !== undefined && <p class="lead">{more}</p>}
      </div>
    </>
  );
}

/** What becomes of answers that were changed while a payment for those before is under way. */
function Changed({ view, language }: { view: PayView; language: Page['language'] }): Html | null {
  if (!view.changed) return null;
  const w = payWords(language);
  return (
    <Alert tone="info" title={w.changedTitle}>
      <p>{w.changedText}</p>
    </Alert>
  );
}

function Buttons(props: {
  now: PaymentProgress;
  away: boolean;
  changed: boolean;
  language: Page['language'];
}): Html | null {
  const { now, away, changed, language } = props;
  const w = payWords(language);
  const look = (
    <Button kind="secondary" name="_action" value="look">
      {w.look}
    </Button>
  );
  if (now.state === 'unknown') return look;
  if (now.givenUp) return now.way === 'page' ? look : null;
  if (changed)
    return (
      <>
        <Button name="_action" value="back">
          {w.changedGo}
        </Button>
        {now.way === 'page' && look}
      </>
    );
  return (
    <>
      {now.way === 'page' && (
        <>
          <Button name="way" value="page" pictogram="portal">
            {away ? w.tryAgain : w.pageAgain}
          </Button>
          {look}
        </>
      )}
      <Button kind={now.way === 'page' ? 'quiet' : 'secondary'} name="_action" value="abort">
        {w.abort}
      </Button>
    </>
  );
}

/** A payment is under way: what to do at the card terminal, or where the pay page is. It follows by itself. */
export function payingPage(page: Page, view: PayView, now: PaymentProgress, mark: string): string {
  const w = payWords(page.language);
  const address = urlOf(view.service);
  const away = isAway(view, now);
  const seconds = away && view.opened ? AWAY_SECONDS : LOOK_AGAIN_SECONDS;
  const asked = askedOf(view, now, page);
  const { picture, doing } = asked;
  const own = shell(page, asked.title, { refresh: { seconds, to: address } });
  return layout(
    own,
    <>
      <JourneyForm action={address} page={own}>
        <Say>
          <Doing asked={asked} status={now.status ?? now.state} />
          <Amount view={view} page={page} />
        </Say>
        <Do>
          <Changed view={view} language={page.language} />
          <Earlier pages={view.earlier} paid={false} language={page.language} />
          <div class="pay-now">
            {doing ? (
              <CardPicture side={view.side} doing={doing} sum={euros(view.cents, page.language)} />
            ) : (
              <Pictogram id={picture} class="heading-picture" />
            )}
          </div>
        </Do>
        <Go page={own}>
          <Buttons now={now} away={away} changed={view.changed} language={page.language} />
          {doing && (
            <p class="pay-ready">
              <strong>{w.deviceReady}</strong> <span>{w.deviceNoTouch}</span>
            </p>
          )}
        </Go>
      </JourneyForm>
      <am-wait data-href={`${address}/news?seen=${mark}`} />
    </>,
  );
}
