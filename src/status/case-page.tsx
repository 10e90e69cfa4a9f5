import type { CitizenCase, CitizenEvent } from '#cases';
import { about, dateWithWeekday, isGerman, type Language, SOURCE, timeInWords } from '#language';
import {
  correctionText,
  eventTitle,
  keptText,
  Paid,
  PapersCard,
  receiptWords,
  revokedTexts,
  Stray,
  type StrayMoney,
  stateText,
  stateTitle,
} from '#receipt';
import { formatNumber } from '#seal';
import { civilDate, civilTime } from '#time';
import type { Done, Reply } from '#visit';
import {
  Alert,
  Do,
  ErrorSummary,
  Figure,
  Go,
  type Html,
  LinkButton,
  layout,
  type Page,
  questionWords,
  Say,
  SummaryList,
  softHyphens,
} from '#web';
import { AnswerForm, AskAuthority, errorsOf, type FormTrouble, Refused } from './actions.tsx';
import { WithdrawForm } from './withdraw-form.tsx';
import { statusWords } from './words.ts';

/** A case that its citizen has opened. */
export interface OpenCase {
  view: CitizenCase;
  accessCode: string;
  /** What has been paid, as a sentence. */
  paid: string | undefined;
  /** How much of that the office would decide about, were the case taken back. */
  sum: string | undefined;
  /** Money that came for what stood in the place of this case before. */
  came: readonly StrayMoney[];
  /** Names the form for an answer, so that it says once what it says. */
  once: string;
}

/** What came with a message, as downloads. */
function Files(props: { files: CitizenEvent['files'] }): Html | null {
  if (props.files.length === 0) return null;
  return (
    <ul class="papers">
      {props.files.map(({ id, name }) => (
        <li>
          <LinkButton href={`/status/case/files/${id}`} kind="secondary" pictogram="document" download wide>
            <bdi>{name}</bdi>
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}

/** Clerks write the language of the administration (§ 23 Abs. 1 VwVfG); whoever wrote to them, what they liked. */
const isOffice = ({ actorKind }: CitizenEvent): boolean => actorKind !== 'citizen';

/** What somebody wrote, in its own language and direction whatever the page speaks. */
function Written({ event }: { event: CitizenEvent }): Html | null {
  if (!event.text) return null;
  const { lang, direction } = about(SOURCE);
  return isOffice(event) ? (
    <p class="history-text" lang={lang} dir={direction}>
      {event.text}
    </p>
  ) : (
    <p class="history-text" dir="auto">
      {event.text}
    </p>
  );
}

/** Says to whoever reads another language that the office writes German, and who helps. */
function OfficeWrites({ view, page }: { view: CitizenCase; page: Page }): Html | null {
  if (isGerman(page.language) || !view.history.some((event) => event.text && isOffice(event))) return null;
  return <p>{statusWords(page.language).statusOfficeWrites(page)}</p>;
}

function History(props: { view: CitizenCase; page: Page }): Html {
  const { language } = props.page;
  const w = statusWords(language);
  return (
    <ol class="history">
      {props.view.history.map((event) => (
        <li class={`history-${event.actorKind}`}>
          <p>
            <strong>{eventTitle(event, props.view, language)}</strong>{' '}
            <time datetime={event.at.toISOString()}>{dateWithWeekday(civilDate(event.at), language)}</time>
          </p>
          <Written event={event} />
          {event.kind === 'moved' && event.slot && (
            <p class="history-text">{w.statusMovedTo({ day: dateWithWeekday(event.slot.date, language) })}</p>
          )}
          {event.corrections && (
            <ul class="history-text">
              {event.corrections[language].map((one) => (
                <li>{correctionText(one, language)}</li>
              ))}
            </ul>
          )}
          <Files files={event.files} />
          {event.missing > 0 && <p class="history-text">{w.missing({ count: event.missing })}</p>}
        </li>
      ))}
    </ol>
  );
}

const doneText = (done: Done, language: Language): string => statusWords(language)[`${done}Now`];

/** Says at the top that it worked: what was sent stands far below, among the history. */
function DoneAlert(props: { done: Done; language: Language }): Html {
  return (
    <am-errors>
      <Alert tone="success" title={doneText(props.done, props.language)} live focus />
    </am-errors>
  );
}

/** Until when a booked date can be changed here, or that it cannot any more. */
function untilWhen(view: CitizenCase, page: Pick<Page, 'language' | 'phone'>): string {
  const { booking, may } = view;
  const w = statusWords(page.language);
  if (!booking || !may.move) return w.statusTooLate(page);
  return w.statusMoveUntil({
    day: dateWithWeekday(civilDate(booking.changeUntil), page.language),
    time: timeInWords(civilTime(booking.changeUntil), page.language),
    cancel: may.withdraw ? 'yes' : 'no',
  });
}

/** Where it stands and, while it can still be changed, on which day somebody comes. What is not paid for is no state to rest in. */
function Standing({ view, page }: { view: CitizenCase; page: Page }): Html {
  const { language } = page;
  const w = statusWords(language);
  const state = stateTitle(view, language);
  const booking = view.may.answer && view.state !== 'unpaid' ? view.booking : undefined;
  return (
    <>
      {view.state === 'unpaid' ? (
        <Alert tone="warning" title={state}>
          {stateText(view, language)}
        </Alert>
      ) : (
        <dl class="numbers">
          <Figure label={w.statusState} fact={state} note={stateText(view, language)} />
          {booking && (
            <Figure
              label={w.statusDate}
              fact={dateWithWeekday(booking.slot.date, language)}
              note={untilWhen(view, page)}
            />
          )}
        </dl>
      )}
      {booking && view.may.move && (
        <LinkButton href="/status/case/date" kind="secondary" pictogram="calendar">
          {w.statusMove}
        </LinkButton>
      )}
    </>
  );
}

/** What the page says of its own forms: what is wrong, what somebody is writing, and what was done just now. */
interface Said {
  trouble?: FormTrouble;
  /** It did not happen because the case takes nothing more here. */
  full?: boolean;
  reply?: Reply | undefined;
  done?: Done | undefined;
}

/** A citizen's own case: where it stands, what was said, what can still be done. */
export function statusCasePage(
  page: Page,
  shown: OpenCase,
  { trouble, full = false, reply, done }: Said = {},
): string {
  const { view } = shown;
  const { language } = page;
  const w = statusWords(language);
  const { title, document, sections } = view.shown[language];
  // What the office has issued is what people come back for: then it stands first.
  const issued = view.state === 'done' && document?.decided === true;
  const papers = (
    <PapersCard shown={view.shown[language]} number={view.number} state={view.state} page={page} />
  );
  // What the office waits for is the one next step; else a letter is there for who asks for it.
  const answer = view.may.answer ? (
    <AnswerForm
      page={{ ...page, form: 'page-form' }}
      number={formatNumber(view.number)}
      once={shown.once}
      reply={reply}
      asked={view.state === 'waiting'}
    />
  ) : undefined;
  // The bar sends the answer along: what somebody is writing is not lost when they change the language.
  const own = view.may.answer ? { ...page, form: 'page-form' } : page;
  const errors = errorsOf(trouble, reply, language);
  const wrong = trouble !== undefined || errors.length > 0;
  const named = `${done ? doneText(done, language) : w.statusTitle} – ${title}`;
  const shell: Page = { ...own, title: named, page: 'status-case', kind: 'status', back: '/', wrong };
  return layout(
    shell,
    <>
      <Say>
        <h1>{softHyphens(title)}</h1>
        <p class="lead">
          {receiptWords(language).doneNumber} <strong translate="no">{formatNumber(view.number)}</strong>
          {' · '}
          {w.statusSince} {dateWithWeekday(civilDate(view.createdAt), language)}
        </p>
      </Say>
      <Do>
        <article class="stack" data-state={view.state} data-number={view.number}>
          <ErrorSummary
            title={questionWords(language).errorsTitle({ count: errors.length })}
            errors={errors}
          />
          {done && <DoneAlert done={done} language={language} />}
          {(trouble === 'notAnswered' || trouble === 'notWithdrawn' || trouble === 'notMoved') && (
            <Refused code={trouble} full={full} view={view} text={reply?.text} page={page} />
          )}
          {trouble === 'tooLate' && (
            <am-errors>
              <Alert tone="error" title={w.statusTooLate(page)} live focus />
            </am-errors>
          )}
          <Standing view={view} page={page} />
          {revokedTexts(view, language).map(({ title: what, text }) => (
            <Alert tone="warning" title={what}>
              {text}
            </Alert>
          ))}
          <Paid text={shown.paid} />
          <Stray came={shown.came} unpaid={false} language={language} />
          {issued && papers}
          {view.state === 'waiting' && answer}
          <section class="stack">
            <h2>{w.statusHistory}</h2>
            <OfficeWrites view={view} page={page} />
            <History view={view} page={page} />
          </section>
          {view.state !== 'waiting' && answer}
          <AskAuthority view={view} page={page} />
          {!issued && papers}
          <details class="unfold">
            <summary>{w.statusGiven}</summary>
            <SummaryList sections={sections} />
          </details>
          {view.may.withdraw && (
            <WithdrawForm
              page={page}
              trouble={trouble}
              loses={{ date: view.booking?.slot.date, sum: shown.sum }}
            />
          )}
          <p class="small-print">{keptText(view, language)}</p>
        </article>
      </Do>
      <Go page={shell} />
    </>,
  );
}
