import { euros } from '#journey';
import type { PaymentProgress, PaymentReason, Way } from '#payment';
import { formatNumber } from '#seal';
import type { VisitReceipt } from '#visit';
import { Actions, Alert, Button, type Html, JourneyForm, layout, type Page, Pictogram } from '#web';
import { payWords, reasonText, statusPicture, statusText } from './pay-words.ts';
import { serviceUrl } from './standing.ts';

/** Seconds after which a page without script looks again. */
const LOOK_AGAIN_SECONDS = 2;

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
  reason: PaymentReason | 'busy' | 'unreachable' | null;
  /** A pay page of the case was given up here, and would still take the money. */
  watched: boolean;
}

const urlOf = (service: PaidFor): string => `${serviceUrl(service)}/pay`;

/** How much, and what for. */
function Amount(props: { view: PayView; page: Page }): Html {
  const { cents, receipt, service } = props.view;
  const { language } = props.page;
  const w = payWords(language);
  return (
    <section class="pay-amount">
      <p>{w.due}</p>
      <p class="sum" data-fee={cents}>
        {euros(cents, language)}
      </p>
      <p class="muted">
        {service.title}
        <span class="line">
          {w.reference}{' '}
          <span translate="no" data-reference={receipt.number}>
            {formatNumber(receipt.number)}
          </span>
        </span>
      </p>
    </section>
  );
}

function shell(page: Page, title: string, more: Partial<Page>): Page {
  return { ...page, title, page: 'pay', ...more };
}

/** A way to pay, as a large button. */
function WayButton(props: { way: Way; language: Page['language'] }): Html {
  const { way } = props;
  const w = payWords(props.language);
  return (
    <button type="submit" class="pay-way" name="way" value={way}>
      <span class="picture">
        <Pictogram id={way === 'card' ? 'cardTerminal' : 'smartphone'} />
      </span>
      <span class="pay-way-words">
        <strong>{way === 'card' ? w.card : w.page}</strong>
        <span class="muted">{way === 'card' ? w.cardHint : w.pageHint}</span>
      </span>
      <Pictogram id="forward" />
    </button>
  );
}

/** The ways to pay; nothing has been begun, or the last try did not work. */
export function payPage(page: Page, view: PayView): string {
  const { language } = page;
  const w = payWords(language);
  const reason = reasonText(view.reason, view.way, w);
  const isWrong = reason !== undefined || view.watched;
  const own = shell(page, w.title, { handover: true, wrong: isWrong });
  return layout(
    own,
    <JourneyForm action={urlOf(view.service)} page={own}>
      <h1>{w.ask}</h1>
      {isWrong ? (
        <am-errors>
          <Alert tone="warning" title={view.watched ? w.notArrived : w.notPaid} live focus>
            {reason !== undefined && <p data-reason={view.reason ?? undefined}>{reason}</p>}
            {view.watched && <p data-watched>{w.watched}</p>}
          </Alert>
        </am-errors>
      ) : (
        <p class="lead">{w.lead}</p>
      )}
      <Amount view={view} page={page} />
      {view.ways.length === 0 && <Alert tone="warning" title={w.noWay} />}
      <div class="pay-ways">
        {view.ways.map((way) => (
          <WayButton way={way} language={language} />
        ))}
      </div>
      <Actions>
        {view.watched && (
          <Button kind="secondary" name="_action" value="look">
            {w.look}
          </Button>
        )}
        <Button name="_action" value="back" kind="quiet">
          {w.back}
        </Button>
      </Actions>
    </JourneyForm>,
  );
}

/** What a payment that is under way asks the person to do: a picture, where, and what. */
interface Asked {
  picture: string;
  where?: string;
  what: string;
  more?: string;
}

function askedOf({ opened, watched }: PayView, now: PaymentProgress, w: ReturnType<typeof payWords>): Asked {
  if (now.state === 'unknown') return { picture: 'hourglass', what: w.unknownTitle, more: w.unknownText };
  if (now.way === 'page' && !opened)
    return { picture: 'hourglass', what: w.pageAwayTitle, more: watched ? w.watched : w.pageAwayText };
  const where = now.way === 'page' ? w.pageWaitTitle : w.waitTitle;
  if (now.givenUp) return { picture: 'hourglass', where, what: w.stopping };
  if (now.way === 'page') return { picture: 'smartphone', what: where, more: w.pageWaitText };
  return { picture: statusPicture(now.status), where, what: statusText(now.status, w) };
}

function Buttons(props: { now: PaymentProgress; language: Page['language'] }): Html | null {
  const { now, language } = props;
  const w = payWords(language);
  const look = (
    <Button kind="secondary" name="_action" value="look">
      {w.look}
    </Button>
  );
  if (now.state === 'unknown') return look;
  if (now.givenUp) return null;
  return (
    <>
      {now.way === 'page' && (
        <>
          <Button name="way" value="page" pictogram="portal">
            {w.pageAgain}
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
  const own = shell(page, w.title, { refresh: { seconds: LOOK_AGAIN_SECONDS, to: address } });
  const { picture, where, what, more } = askedOf(view, now, w);
  return layout(
    own,
    <>
      <JourneyForm action={address} page={own}>
        <div class="pay-now">
          <span class="empty-picture">
            <Pictogram id={picture} />
          </span>
          {where !== undefined && <p class="lead">{where}</p>}
          <h1>
            <span role="status" data-status={now.status ?? now.state}>
              {what}
            </span>
          </h1>
          {more !== undefined && <p class="lead">{more}</p>}
        </div>
        <Amount view={view} page={page} />
        <Actions>
          <Buttons now={now} language={page.language} />
        </Actions>
      </JourneyForm>
      <am-wait data-href={`${address}/news?seen=${mark}`} />
    </>,
  );
}
