import { type CitizenCase, isClosed, type Shown, statusLink, statusPage, typeable } from '#cases';
import { dateParts, type Language } from '#language';
import { isOff, Paid, PapersCard, receiptWords, stateTitle } from '#receipt';
import { formatCode, formatNumber } from '#seal';
import { Ending, type VisitReceipt } from '#visit';
import {
  Alert,
  BigCode,
  Do,
  type Html,
  LinkButton,
  layout,
  PATIENT_SECONDS,
  type Page,
  QrCode,
  Say,
} from '#web';
import type { ErrandDeps } from './deps.ts';
import { Earlier, type EarlierPages } from './earlier.tsx';
import { words } from './words.ts';

/** What opens the case again: number, code and a QR code with both, in one box. */
function Codes(props: {
  receipt: VisitReceipt;
  shown: Shown;
  state: CitizenCase['state'];
  language: Language;
  publicUrl: string;
}): Html {
  const { receipt, shown, state, language, publicUrl } = props;
  const w = words(language);
  // Whoever comes back to this page after taking the case back is not shown a code that stands for nothing.
  const code = isOff(state) ? undefined : receipt.code;
  return (
    <section
      class="codes"
      data-number={receipt.number}
      data-code={receipt.accessCode}
      data-lookup-code={code}
      data-patient={PATIENT_SECONDS}
    >
      <div class="codes-words">
        <BigCode label={receiptWords(language).doneNumber} code={formatNumber(receipt.number)} />
        <BigCode label={w.doneCode} code={formatCode(receipt.accessCode)} />
        {code && shown.code && (
          <BigCode label={shown.code.label} code={formatCode(code)} help={shown.code.help} />
        )}
      </div>
      <figure class="codes-qr">
        <QrCode text={statusLink(publicUrl, receipt.number, receipt.accessCode)} label={w.qrText} />
        <figcaption>{w.qrTitle}</figcaption>
      </figure>
    </section>
  );
}

/** What happens next for this person: the day at the side where there is one. */
function Next(props: { view: Pick<CitizenCase, 'shown' | 'days'>; language: Language }): Html {
  const { view, language } = props;
  const { days } = view;
  return (
    <ol class={days.some(Boolean) ? 'next next-dated' : 'next'}>
      {view.shown[language].result.next.map((text, index) => {
        const on = days[index];
        const { weekday, day } = on ? dateParts(on.date, language) : {};
        return (
          <li>
            {on && (
              <time datetime={on.date}>
                {weekday} {day}
              </time>
            )}
            <span>{text}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** What came of handing in. */
interface HandedIn {
  receipt: VisitReceipt;
  view: CitizenCase;
  /** What has been paid, as a sentence. */
  paid: string | undefined;
  /** Pay pages that it does not wait for any more. */
  earlier: EarlierPages;
  /** How long it is kept, as a sentence. */
  kept: string | undefined;
  /** The visit holds other answers of this service. */
  unsent: boolean;
}

/** What was achieved, what to keep, and what happens next. */
export function resultPage(
  page: Page,
  deps: Pick<ErrandDeps, 'config'>,
  { receipt, view, paid, earlier, kept, unsent }: HandedIn,
): string {
  const { language } = page;
  const w = words(language);
  const { state } = view;
  const shown = view.shown[language];
  // Whoever comes back to this page later is not told what was to come.
  const over = isClosed(state);
  return layout(
    { ...page, page: 'done', kind: 'result', outcome: 'submitted' },
    <>
      <Say>
        <h1>{page.title}</h1>
        <p class="muted">
          {w.doneCodeHelp} {page.mode === 'terminal' && `${w.takeBoth} `}
          {w.qrElse({ address: typeable(statusPage(deps.config.publicUrl)) })}
        </p>
      </Say>
      <Do>
        {over && <Alert title={stateTitle(view, language)} />}
        <Codes
          receipt={receipt}
          shown={shown}
          state={state}
          language={language}
          publicUrl={deps.config.publicUrl}
        />
        <Paid text={paid} />
        <Earlier pages={earlier} paid language={language} />
        {unsent && page.service && (
          <Alert title={w.unsentTitle}>
            <p>{paid === undefined ? w.unsentText : `${w.unsentText} ${w.unsentCosts}`}</p>
            <LinkButton pictogram="forward" kind="secondary" href={`/service/${page.service}`}>
              {w.goOn}
            </LinkButton>
          </Alert>
        )}
        {!over && (
          <section>
            <h2>{w.nextTitle}</h2>
            <Next view={view} language={language} />
          </section>
        )}
        <PapersCard shown={shown} number={receipt.number} state={state} page={page} />
        {kept && <p class="small-print">{kept}</p>}
      </Do>
      <Ending page={page} />
    </>,
  );
}
