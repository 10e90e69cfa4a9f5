import {
  Button,
  Countdown,
  Go,
  Hidden,
  JourneyForm,
  LayerActions,
  LayerPage,
  LinkButton,
  layout,
  PATIENT_SECONDS,
  type Page,
  QrCode,
  Say,
} from '#web';
import { HANDOVER_URL, WELCOME_URL } from './context.ts';
import { noticePage } from './notice.tsx';
import type { OpenHere } from './open-here.ts';
import { words } from './words.ts';

/** Seconds until the screen is ready for the next person, who could end there what is another's. */
const TAKEN_SECONDS = 30;

/**
 * The code for the phone: the visit goes on here until a phone has taken it.
 * @param back the page it was asked for on
 */
export function handoverOfferPage(page: Page, url: string, back: string): string {
  const w = words(page.language);
  return LayerPage(
    {
      ...page,
      title: w.handoverTitle,
      page: 'handover',
      quiet: true,
    },
    'ask',
    <div data-handover={url} data-patient={PATIENT_SECONDS}>
      <QrCode text={url} label={w.handoverScan} />
      <h1>{w.handoverTitle}</h1>
      <p>{w.handoverText}</p>
      <am-wait data-href={`${HANDOVER_URL}/news`} data-to={HANDOVER_URL} />
      <form method="post" action={HANDOVER_URL}>
        <Hidden csrf={page.csrf} back={back} />
        <LayerActions>
          <Button name="_action" value="back" close>
            {w.handoverBack}
          </Button>
          <noscript>
            <LinkButton kind="secondary" href={HANDOVER_URL}>
              {w.handoverScanned}
            </LinkButton>
          </noscript>
        </LayerActions>
      </form>
    </div>,
  );
}

/** What the phone shows first. */
export function handoverTakePage(page: Page, token: string): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.handoverTakeTitle, page: 'handover-take', kind: 'notice', quiet: true },
    <JourneyForm action={`/handover/${token}`} page={page}>
      <Say>
        <h1>{w.handoverTakeTitle}</h1>
        <p class="lead">{w.handoverTakeText}</p>
      </Say>
      <Go page={page}>
        <Button pictogram="forward">{w.handoverTake}</Button>
      </Go>
    </JourneyForm>,
  );
}

/**
 * What the phone shows first where something of its own is still open: nobody loses that without having been asked.
 * @param back where its person goes on instead
 */
export function handoverAskPage(page: Page, token: string, open: OpenHere, back: string): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.handoverAskTitle, page: 'handover-ask', kind: 'notice', quiet: true },
    <JourneyForm action={`/handover/${token}`} page={page}>
      <Say>
        <h1>{w.handoverAskTitle}</h1>
        {open.begun.length + Number(open.reply) > 0 && <p class="lead">{w.handoverAskOpen}</p>}
        <ul>
          {open.begun.map((title) => (
            <li>{title}</li>
          ))}
          {open.reply && <li>{w.handoverAskReply}</li>}
        </ul>
        {open.receipts && <p>{w.handoverAskReceipts}</p>}
        <p>{w.handoverAskText}</p>
      </Say>
      <Go page={page}>
        <LinkButton href={back}>{w.handoverAskStay}</LinkButton>
        <Button kind="secondary" name="_action" value="replace">
          {w.handoverAskReplace}
        </Button>
      </Go>
    </JourneyForm>,
  );
}

/** The link was used, or is too old. */
export function handoverGonePage(page: Page): string {
  const w = words(page.language);
  return noticePage(page, w.handoverGoneTitle, w.handoverGoneText);
}

/** A phone has taken the visit along; the screen that showed the code is asked once more. */
export function handoverTakenPage(page: Page): string {
  const w = words(page.language);
  const starts = page.mode === 'terminal';
  return noticePage(
    { ...page, ...(starts && { refresh: { seconds: TAKEN_SECONDS, to: WELCOME_URL } }) },
    w.handoverTakenTitle,
    w.handoverTakenText,
    <>
      <form method="post" action={HANDOVER_URL}>
        <Button kind="secondary" name="_action" value="stop">
          {w.handoverNotMine}
        </Button>
      </form>
      {starts && (
        <Countdown seconds={TAKEN_SECONDS} says={w.startsAgain} language={page.language} ends={WELCOME_URL} />
      )}
    </>,
  );
}

/** Somebody else's phone had taken the visit. @param done whether it could still be ended there */
export function handoverStoppedPage(page: Page, done: boolean): string {
  const w = words(page.language);
  return done
    ? noticePage(page, w.handoverStoppedTitle, w.handoverStoppedText)
    : noticePage(page, w.handoverStopLateTitle, w.handoverStopLateText(page));
}

/** The screen has shown something else since: whether a phone has the visit is not known here. */
export function handoverOverPage(page: Page): string {
  const w = words(page.language);
  return noticePage(page, w.handoverOverTitle, w.handoverOverText);
}
