import { euros } from '#journey';
import type { PaymentProgress, PaymentReason } from '#payment';
import { formatNumber } from '#seal';
import type { CompiledService } from '#service';
import {
  Actions,
  Alert,
  Button,
  Card,
  type Child,
  type Html,
  JourneyForm,
  layout,
  type Page,
  Pictogram,
} from '#web';
import { payWords, reasonText, statusText } from '../pay-words.ts';
import { serviceUrl } from '../standing.ts';
import type { VisitReceipt } from '../store.ts';

/** Seconds after which a page without script looks again. */
const LOOK_AGAIN_SECONDS = 2;

/** What the pay page knows. */
export interface PayView {
  service: CompiledService;
  receipt: VisitReceipt;
  cents: number;
  /** Ways that are open here. */
  ways: readonly ('card' | 'page')[];
  /** Why the last try did not work. */
  reason: PaymentReason | 'busy' | 'unreachable' | null;
}

const urlOf = (service: CompiledService): string => `${serviceUrl(service)}/pay`;

function Amount(props: { view: PayView; page: Page }): Html {
  const { cents, receipt } = props.view;
  const w = payWords(props.page.language);
  return (
    <Card tone="accent">
      <p class="big-code-code" data-fee={cents}>
        {euros(cents, props.page.language)}
      </p>
      <p>
        {w.reference}: <strong translate="no">{formatNumber(receipt.number)}</strong>
      </p>
    </Card>
  );
}

function shell(page: Page, title: string, more: Partial<Page>): Page {
  return { ...page, title, page: 'pay', ...more };
}

/** The ways to pay; nothing has been begun, or the last try did not work. */
export function payPage(page: Page, view: PayView): string {
  const { language } = page;
  const w = payWords(language);
  const reason = reasonText(view.reason, w);
  const own = shell(page, w.title, {});
  return layout(
    own,
    <JourneyForm action={urlOf(view.service)} page={own}>
      <h1>
        <Pictogram id="euro" class="heading-pictogram" />
        {w.title}
      </h1>
      <p class="lead">{w.lead}</p>
      {reason !== undefined && (
        <Alert tone="warning" title={w.notPaid} live>
          <p data-reason={view.reason ?? undefined}>{reason}</p>
        </Alert>
      )}
      <Amount view={view} page={page} />
      {view.ways.length === 0 && <Alert tone="warning" title={w.noWay} />}
      <Actions>
        {view.ways.map((way) => (
          <Button name="way" value={way} pictogram={way === 'card' ? 'euro' : 'smartphone'}>
            {way === 'card' ? w.card : w.page}
          </Button>
        ))}
        <Button name="_action" value="back" kind="quiet">
          {w.back}
        </Button>
      </Actions>
    </JourneyForm>,
  );
}

function Waiting(props: { page: Page; view: PayView; title: string; text: Child; children?: Child }): Html {
  const { page, view } = props;
  return (
    <JourneyForm action={urlOf(view.service)} page={page}>
      <h1>
        <Pictogram id="hourglass" class="heading-pictogram" />
        {props.title}
      </h1>
      <p class="lead" role="status">
        {props.text}
      </p>
      <Amount view={view} page={page} />
      <Actions>{props.children}</Actions>
    </JourneyForm>
  );
}

/** A payment is under way: what to do at the card terminal, or where the pay page is. */
export function payingPage(page: Page, view: PayView, now: PaymentProgress, mark: string): string {
  const w = payWords(page.language);
  const address = urlOf(view.service);
  const own = shell(page, w.title, { refresh: { seconds: LOOK_AGAIN_SECONDS, to: address } });
  const isPage = now.way === 'page';
  const doubtful = now.state === 'unknown';
  const title = doubtful ? w.unknownTitle : isPage ? w.pageWaitTitle : w.waitTitle;
  const text = doubtful
    ? w.unknownText
    : now.givenUp
      ? w.stopping
      : isPage
        ? w.pageWaitText
        : statusText(now.status, w);
  return layout(
    own,
    <>
      <Waiting
        page={own}
        view={view}
        title={title}
        text={<span data-status={now.status ?? now.state}>{text}</span>}
      >
        {isPage && !doubtful && !now.givenUp && (
          <Button name="way" value="page" pictogram="portal">
            {w.pageAgain}
          </Button>
        )}
        <Button kind="secondary" name="_action" value="look">
          {w.look}
        </Button>
        {!doubtful && !now.givenUp && (
          <Button kind="quiet" name="_action" value="abort">
            {w.abort}
          </Button>
        )}
      </Waiting>
      <am-wait data-href={`${address}/news?seen=${mark}`} />
    </>,
  );
}
