import {
  Actions,
  Button,
  Countdown,
  EmptyState,
  JourneyForm,
  LinkButton,
  layout,
  type Page,
  QrCode,
} from '#web';
import { HANDOVER_URL, HANDOVER_SECONDS as STAYS_SECONDS } from './context.ts';
import { noticePage } from './notice.tsx';
import type { OpenHere } from './open-here.ts';
import { words } from './words.ts';

/** The code for the phone. Until it is used the visit can be taken back; whoever leaves the page leaves it to the phone. */
export function handoverOfferPage(page: Page, url: string): string {
  const w = words(page.language);
  const to = '/';
  return layout(
    {
      ...page,
      title: w.handoverTitle,
      page: 'handover',
      once: true,
      refresh: { seconds: STAYS_SECONDS, to },
    },
    <section class="handover" data-handover={url}>
      <h1>{w.handoverTitle}</h1>
      <p class="lead">{w.handoverText}</p>
      <QrCode text={url} label={w.handoverText} />
      <p>{w.handoverOnce({ minutes: STAYS_SECONDS / 60 })}</p>
      <Countdown seconds={STAYS_SECONDS} says={w.startsAgain} language={page.language} ends={to} />
      <JourneyForm action={HANDOVER_URL} page={page}>
        <Actions>
          <Button kind="secondary" name="_action" value="back" pictogram="back">
            {w.handoverBack}
          </Button>
          <LinkButton href={to} kind="quiet">
            {w.handoverScanned}
          </LinkButton>
        </Actions>
      </JourneyForm>
    </section>,
  );
}

/** What the phone shows first. */
export function handoverTakePage(page: Page, token: string): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.handoverTakeTitle, page: 'handover-take', quiet: true },
    <EmptyState pictogram="phoneHandover" title={w.handoverTakeTitle}>
      <p class="lead">{w.handoverTakeText}</p>
      <JourneyForm action={`/handover/${token}`} page={page}>
        <Actions>
          <Button pictogram="forward">{w.handoverTake}</Button>
        </Actions>
      </JourneyForm>
    </EmptyState>,
  );
}

/**
 * What the phone shows first where something of its own is still open: nobody loses that without having been asked.
 * @param back where its person goes on instead
 */
export function handoverAskPage(page: Page, token: string, open: OpenHere, back: string): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.handoverAskTitle, page: 'handover-ask', quiet: true },
    <EmptyState pictogram="phoneHandover" title={w.handoverAskTitle}>
      {open.begun.length + Number(open.reply) > 0 && <p class="lead">{w.handoverAskOpen}</p>}
      <ul>
        {open.begun.map((title) => (
          <li>{title}</li>
        ))}
        {open.reply && <li>{w.handoverAskReply}</li>}
      </ul>
      {open.receipts && <p>{w.handoverAskReceipts}</p>}
      <p>{w.handoverAskText}</p>
      <JourneyForm action={`/handover/${token}`} page={page}>
        <Actions>
          <LinkButton href={back}>{w.handoverAskStay}</LinkButton>
          <Button kind="secondary" name="_action" value="replace">
            {w.handoverAskReplace}
          </Button>
        </Actions>
      </JourneyForm>
    </EmptyState>,
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
  return noticePage(page, w.handoverTakenTitle, w.handoverTakenText);
}

/** The screen has shown something else since: whether a phone has the visit is not known here. */
export function handoverOverPage(page: Page): string {
  const w = words(page.language);
  return noticePage(page, w.handoverOverTitle, w.handoverOverText);
}
