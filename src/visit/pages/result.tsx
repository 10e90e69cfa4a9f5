import type { CaseView } from '#cases';
import { formatCode, formatNumber } from '#seal';
import type { CompiledService, Language } from '#service';
import { type Html, layout, type Page, Pictogram, QrCode } from '#web';
import type { VisitDeps } from '../deps.ts';
import type { VisitReceipt } from '../store.ts';
import { words } from '../words.ts';

/** @returns the address that the QR code on screen and receipt leads to; what follows # never reaches a server's log */
export function statusLink(publicUrl: string, number: string, accessCode: string): string {
  return `${publicUrl}/status#${number}.${accessCode}`;
}

function Codes(props: { receipt: VisitReceipt; service: CompiledService; language: Language }): Html {
  const { receipt, service, language } = props;
  const w = words(language);
  const { result } = service.texts[language];
  return (
    <dl class="am-codes">
      {receipt.code && (
        <div class="am-codes__main">
          <dt>{result.code}</dt>
          <dd data-lookup-code={receipt.code}>{formatCode(receipt.code)}</dd>
          {result.codeHelp && <dd class="am-codes__help">{result.codeHelp}</dd>}
        </div>
      )}
      <div>
        <dt>{w.doneNumber}</dt>
        <dd data-number={receipt.number}>{formatNumber(receipt.number)}</dd>
      </div>
      <div>
        <dt>{w.doneCode}</dt>
        <dd data-code={receipt.accessCode}>{formatCode(receipt.accessCode)}</dd>
        <dd class="am-codes__help">{w.doneCodeHelp}</dd>
      </div>
    </dl>
  );
}

/** Papers of a case as links. */
export function Papers(props: { service: CompiledService; number: string; language: Language; terminal: boolean }): Html {
  const { service, number, language } = props;
  const w = words(language);
  const { result } = service.texts[language];
  const paper = (file: string, icon: string, text: string): Html => (
    <li>
      <a class="am-button am-button--secondary" href={`/papers/${number}/${file}`} download>
        <Pictogram id={icon} />
        <span>{text}</span>
      </a>
    </li>
  );
  return (
    <ul class="am-papers">
      {service.result.document && paper('document.pdf', 'certificate', w.documentPdf(result.document ?? ''))}
      {paper('receipt.pdf', 'printer', w.receiptPdf)}
      {service.result.calendar && paper('calendar.ics', 'calendar', w.calendarFile)}
    </ul>
  );
}

/** What was achieved, what to keep, and what happens next. */
export function resultPage(
  page: Page,
  deps: Pick<VisitDeps, 'config'>,
  service: CompiledService,
  receipt: VisitReceipt,
  view: CaseView,
): string {
  const w = words(page.language);
  return layout(
    { ...page, outcome: 'submitted' },
    <article class="am-result">
      <header class="am-result__head">
        <Pictogram id="check" />
        <h1>{view.result.title}</h1>
      </header>
      <Codes receipt={receipt} service={service} language={page.language} />
      <section>
        <h2>{w.nextTitle}</h2>
        <ol class="am-steps">
          {view.result.next.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
      </section>
      <section class="am-take">
        <div>
          <h2>{w.papersTitle}</h2>
          <Papers service={service} number={receipt.number} language={page.language} terminal={page.mode === 'terminal'} />
        </div>
        <div>
          <h2>{w.qrTitle}</h2>
          <p>{w.qrText}</p>
          <QrCode text={statusLink(deps.config.publicUrl, receipt.number, receipt.accessCode)} label={w.qrText} />
        </div>
      </section>
      <div class="am-actions">
        <a class="am-button am-button--secondary" href="/">
          {w.anotherService}
        </a>
        <form method="post" action="/visit/end">
          <input type="hidden" name="_csrf" value={page.csrf ?? ''} />
          <button type="submit" class="am-button am-button--primary am-button--large">
            {w.endVisit}
          </button>
        </form>
      </div>
    </article>,
  );
}
