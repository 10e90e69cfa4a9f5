import type { CitizenCase, Shown } from '#cases';
import { approved, type Language } from '#language';
import { Card, type Html, LinkButton } from '#web';
import { receiptWords } from './words.ts';

/** @returns whether a case will come to nothing any more: its code stands for nothing, its date is free again */
export const isOff = (state: CitizenCase['state']): boolean => state === 'withdrawn' || state === 'rejected';

/** Papers of a case as links. */
export function PapersCard(props: {
  shown: Shown;
  number: string;
  language: Language;
  /** Some documents exist only when the office has said yes; what is off has none, and its date leaves the calendar again. */
  state: CitizenCase['state'];
}): Html {
  const { shown, number, language, state } = props;
  const { document, calendar } = shown;
  const w = receiptWords(language);
  const off = isOff(state);
  const hasDocument = document && (document.decided ? state === 'done' : !off);
  const paper = (file: string, pictogram: string, text: string, issued = false): Html => (
    <li>
      <LinkButton
        kind={issued ? 'primary' : 'secondary'}
        pictogram={pictogram}
        href={`/papers/${number}/${file}`}
        download
        wide
      >
        {text}
      </LinkButton>
    </li>
  );
  return (
    <Card title={w.papersTitle} pictogram="printer">
      <ul class="papers">
        {hasDocument &&
          paper(
            'document.pdf',
            'certificate',
            w.documentPdf({ name: document.title }),
            document.decided === true,
          )}
        {paper('receipt.pdf', 'printer', w.receiptPdf)}
        {hasDocument && approved(language) !== language && <li class="muted">{w.paperGerman}</li>}
        {calendar && paper('calendar.ics', 'calendar', off ? w.calendarCancel : w.calendarFile)}
      </ul>
    </Card>
  );
}
