import { euros } from '#language';
import type { PaymentProgress, Way } from '#payment';
import { formatNumber } from '#seal';
import type { VisitReceipt } from '#visit';
import { Alert, Button, Do, Go, type Html, JourneyForm, layout, type Page, Pictogram, Say } from '#web';
import { Earlier, type EarlierPages } from './earlier.tsx';
import { CardPicture, type DeviceSide, doingAt } from './pay-picture.tsx';
import { insertAt, type PayTrouble, reasonText, statusPicture, statusText } from './pay-words.ts';
import { serviceUrl } from './standing.ts';
import { payWords } from './words.ts';

/** Seconds after which a page without script looks again. */
const LOOK_AGAIN_SECONDS = 2;
/** The same where the pay page has not answered: that is to be read before, and is to be tried by the person. */
const AWAY_SECONDS = 30;

/** What is paid for, as it was handed in: the service may be gone by now. */
export interface PaidFor {
  slug: string;
  title: string;
}

/** What the pay page knows. */
export interface PayView {
  service: PaidFor;
  receipt: VisitReceipt;
  cents: number;
  /** Ways that are open here. */
  ways: readonly Way[];
  /** How the last try was made, and whether somebody could pay with it: a pay page had to be reached before. */
  way: Way | null;
  opened: boolean;
  /** Why the last try did not work. */
  reason: PayTrouble | null;
  /** A pay page of the case was given up here, and would still take the money. */
  watched: boolean;
  /** The pay page did not answer when the person wanted to go there. */
  away: boolean;
  /** Pay pages that were opened here before. */
  earlier: EarlierPages;
  /** Where the card terminal hangs at this machine, where that is known. */
  side: DeviceSide | undefined;
  /** The answers have been changed since: this is not what they cost. */
  changed: boolean;
}

/** Says for which order a form was shown: another tab may have changed it since. */
export const ORDER_FIELD = '_order';

type Words = ReturnType<typeof payWords>;

const urlOf = (service: PaidFor): string => `${serviceUrl(service)}/pay`;

/** How much, and what for: beside the question, because it is no answer to it. */
function Amount(props: { view: PayView; page: Page }): Html {
  const { cents, receipt, service, changed } = props.view;
  const { language } = props.page;
  const w = payWords(language);
  return (
    <section class="pay-amount">
      <input type="hidden" name={ORDER_FIELD} value={receipt.number} />
      <p>{changed ? w.changedDue : w.due}</p>
      <p class="sum" data-fee={cents}>
        {euros(cents, language)}
      </p>
      <p class="pay-for muted">
        {service.title}
        <span class="line">
          {w.caseNumber}{' '}
          <span translate="no" data-reference={receipt.number}>
            {formatNumber(receipt.number)}
          </span>
        </span>
      </p>
    </section>
  );
}

function shell(page: Page, title: string, more: Partial<Page>): Page {
  return { ...page, title, page: 'pay', kind: 'pay', ...more };
}

/** A way to pay, as a large button. @param props.again it was the way of the last try */
function WayButton(props: { way: Way; again: boolean; language: Page['language'] }): Html {
  const { way, again } = props;
  const w = payWords(props.language);
  const name = way === 'card' ? (again ? w.cardAgain : w.card) : again ? w.pageOnceMore : w.page;
  return (
    <button type="submit" class="pay-way" name="way" value={way}>
      <span class="picture">
        <Pictogram id={way === 'card' ? 'cardTerminal' : 'smartphone'} />
      </span>
      <span class="pay-way-words">
        <strong>{name}</strong>
        <span class="muted">{way === 'card' ? w.cardHint : w.pageHint}</span>
      </span>
      <Pictogram id="forward" />
    </button>
  );
}

/** Why the last try did not work, and that nothing was taken: as the page's own question would be, above the ways on. */
function Trouble({ view, reason, w }: { view: PayView; reason: string | undefined; w: Words }): Html {
  return (
    <>
      <h1>{view.watched ? w.notArrived : w.notPaid}</h1>
      <am-errors>
        <div class="error-summary pay-trouble" tabindex={-1} role="status">
          {reason !== undefined && (
            <p class="lead" data-reason={view.reason ?? undefined}>
              {reason}
            </p>
          )}
          {view.watched && (
            <p class="lead" data-watched>
              {w.watched}
            </p>
          )}
          {/* What was taken and has gone back was said so. */}
          {!view.watched && view.reason !== 'takenBack' && <p class="lead">{w.nothingTaken}</p>}
        </div>
      </am-errors>
    </>
  );
}

/** The ways to pay; nothing has been begun, or the last try did not work. */
export function payPage(page: Page, view: PayView): string {
  const { language } = page;
  const w = payWords(language);
  const reason = reasonText(view.reason, { way: view.way, other: view.ways.length > 1 }, w);
  const isWrong = reason !== undefined || view.watched;
  const asks = view.ways.length === 0 ? w.title : w.ask;
  const own = shell(page, isWrong ? (view.watched ? w.notArrived : w.notPaid) : asks, {
    handover: true,
    wrong: isWrong,
  });
  return layout(
    own,
    <JourneyForm action={urlOf(view.service)} page={own}>
      <Say>
        {isWrong ? (
          <Trouble view={view} reason={reason} w={w} />
        ) : (
          <>
            <h1>{asks}</h1>
            <p class="lead">{w.lead}</p>
          </>
        )}
        <Amount view={view} page={page} />
      </Say>
      <Do>
        {/* Of the same order the words above say more. */}
        <Earlier pages={{ ...view.earlier, again: false }} paid={false} language={language} />
        {view.ways.length === 0 && <Alert tone="warning" title={w.noWay(page)} />}
        <div class="pay-ways" data-many={view.ways.length}>
          {view.ways.map((way) => (
            <WayButton way={way} again={isWrong && way === view.way} language={language} />
          ))}
        </div>
      </Do>
      <Go page={own}>
        {view.watched && (
          <Button kind="secondary" name="_action" value="look">
            {w.look}
          </Button>
        )}
        <Button name="_action" value="back" kind="quiet">
          {w.back}
        </Button>
      </Go>
    </JourneyForm>,
  );
}

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
