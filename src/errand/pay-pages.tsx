import { euros } from '#language';
import type { Way } from '#payment';
import { formatNumber } from '#seal';
import type { VisitReceipt } from '#visit';
import { Alert, Button, Do, Go, type Html, JourneyForm, layout, type Page, Pictogram, Say } from '#web';
import { Earlier, type EarlierPages } from './earlier.tsx';
import type { DeviceSide } from './pay-picture.tsx';
import { type PayTrouble, reasonText } from './pay-words.ts';
import { serviceUrl } from './standing.ts';
import { payWords } from './words.ts';

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

export type Words = ReturnType<typeof payWords>;

export const urlOf = (service: PaidFor): string => `${serviceUrl(service)}/pay`;

/** How much, and what for: beside the question, because it is no answer to it. */
export function Amount(props: { view: PayView; page: Page }): Html {
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

export function shell(page: Page, title: string, more: Partial<Page>): Page {
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
