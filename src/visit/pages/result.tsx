import type { CaseContent } from '#cases';
import { formatCode, formatNumber } from '#seal';
import type { CompiledService, Language } from '#service';
import { BigCode, Card, type Html, LinkButton, layout, NextSteps, type Page, Pictogram, QrCode } from '#web';
import type { VisitDeps } from '../deps.ts';
import { Paid } from '../paid.tsx';
import type { VisitReceipt } from '../store.ts';
import { words } from '../words.ts';
import { Ending } from './ending.tsx';

/** @returns the address that the QR code on screen and receipt leads to; what follows # never reaches a server's log */
export function statusLink(publicUrl: string, number: string, accessCode: string): string {
  return `${publicUrl}/status#${number}.${accessCode}`;
}

function Codes(props: { receipt: VisitReceipt; service: CompiledService; language: Language }): Html {
  const { receipt, service, language } = props;
  const w = words(language);
  const { result } = service.texts[language];
  return (
    <div
      class="codes"
      data-number={receipt.number}
      data-code={receipt.accessCode}
      data-lookup-code={receipt.code}
    >
      {receipt.code && (
        <BigCode label={result.code ?? ''} code={formatCode(receipt.code)} help={result.codeHelp} />
      )}
      <BigCode label={w.doneNumber} code={formatNumber(receipt.number)} />
      <BigCode label={w.doneCode} code={formatCode(receipt.accessCode)} help={w.doneCodeHelp} />
    </div>
  );
}

/** Papers of a case as links. */
export function Papers(props: {
  service: CompiledService;
  number: string;
  language: Language;
  /** Whether the office has said yes; some documents exist only then. */
  decided?: boolean;
}): Html {
  const { service, number, language, decided = false } = props;
  const w = words(language);
  const { result } = service.texts[language];
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
    <ul class="papers">
      {service.result.document &&
        (decided || !service.result.document.decided) &&
        paper(
          'document.pdf',
          'certificate',
          w.documentPdf(result.document ?? ''),
          service.result.document.decided === true,
        )}
      {paper('receipt.pdf', 'printer', w.receiptPdf)}
      {service.result.calendar && paper('calendar.ics', 'calendar', w.calendarFile)}
    </ul>
  );
}

/** What came of handing in. */
interface HandedIn {
  receipt: VisitReceipt;
  shown: CaseContent['shown'];
  /** What has been paid, as a sentence. */
  paid: string | undefined;
}

/** What was achieved, what to keep, and what happens next. */
export function resultPage(
  page: Page,
  deps: Pick<VisitDeps, 'config'>,
  service: CompiledService,
  { receipt, shown, paid }: HandedIn,
): string {
  const w = words(page.language);
  const { title, next } = shown[page.language].result;
  return layout(
    { ...page, page: 'done', outcome: 'submitted' },
    <article class="stack result">
      <div class="title title-done">
        <span class="title-picture">
          <Pictogram id="success" />
        </span>
        <h1>{title}</h1>
      </div>
      <Paid text={paid} />
      <Codes receipt={receipt} service={service} language={page.language} />
      <h2>{w.nextTitle}</h2>
      <NextSteps steps={next} />
      <div class="columns">
        <Card title={w.qrTitle} pictogram="phoneHandover">
          <p>{w.qrText}</p>
          <QrCode
            text={statusLink(deps.config.publicUrl, receipt.number, receipt.accessCode)}
            label={w.qrText}
          />
        </Card>
        <Card title={w.papersTitle} pictogram="printer">
          <Papers service={service} number={receipt.number} language={page.language} />
        </Card>
      </div>
      <Ending page={page} />
    </article>,
  );
}
