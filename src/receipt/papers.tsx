import type { CitizenCase, Shown } from '#cases';
import { approved } from '#language';
import { TakeAlong } from '#visit';
import type { Html, Page } from '#web';
import { receiptWords } from './words.ts';

/** @returns whether a case will come to nothing any more: its code stands for nothing, its date is free again */
export const isOff = (state: CitizenCase['state']): boolean => state === 'withdrawn' || state === 'rejected';

/** Papers of a case, to be saved or sent to a phone. */
export function PapersCard(props: {
  shown: Shown;
  number: string;
  /** Some documents exist only when the office has said yes; what is off has none, and its date leaves the calendar again. */
  state: CitizenCase['state'];
  page: Page;
}): Html {
  const { shown, number, state, page } = props;
  const { document, calendar } = shown;
  const { language } = page;
  const w = receiptWords(language);
  const off = isOff(state);
  const hasDocument = document && (document.decided ? state === 'done' : !off);
  const href = (file: string): string => `/papers/${number}/${file}`;
  const item = (offer: Parameters<typeof TakeAlong>[0]['offer']): Html => (
    <li>
      <TakeAlong page={page} offer={offer} />
    </li>
  );
  return (
    <section class="papers-part">
      <h2 class="kern-sr-only">{w.papersTitle}</h2>
      <ul class="papers">
        {hasDocument &&
          item({
            ...{ href: href('document.pdf'), pictogram: 'certificate' },
            ...{
              save: w.documentPdf({ name: document.title }),
              toPhone: w.documentPhone({ name: document.title }),
            },
            kind: document.decided === true ? 'primary' : 'secondary',
          })}
        {item({
          ...{ href: href('receipt.pdf'), pictogram: 'download' },
          ...{ save: w.receiptPdf, toPhone: w.receiptPhone },
        })}
        {hasDocument && approved(language) !== language && <li class="muted">{w.paperGerman}</li>}
        {calendar &&
          item({
            ...{ href: href('calendar.ics'), pictogram: 'calendar' },
            save: off ? w.calendarCancel : w.calendarFile,
            toPhone: off ? w.calendarCancelPhone : w.calendarPhone,
          })}
      </ul>
    </section>
  );
}
