import type { CaseEvent, CaseFile, CaseView } from '#cases';
import { formatNumber } from '#seal';
import type { CompiledService, Language } from '#service';
import { civilDate, civilTime } from '#time';
import { Alert, Card, type Html, LinkButton, layout, longDate, type Page, SummaryList } from '#web';
import { Paid } from '../paid.tsx';
import { statusWords } from '../status-words.ts';
import { words } from '../words.ts';
import { Papers } from './result.tsx';
import { AnswerForm, type FormTrouble, WithdrawForm } from './status-actions.tsx';

type Words = ReturnType<typeof statusWords>;

/** A case that its citizen has opened. */
export interface OpenCase {
  view: CaseView;
  service: CompiledService;
  accessCode: string;
  /** What has been paid, as a sentence. */
  paid: string | undefined;
  /** Whether the booked date stays as it is by now. */
  settled: boolean;
}

function stateName(state: CaseView['state'], w: Words): string {
  const names = {
    unpaid: w.stateUnpaid,
    new: w.stateNew,
    working: w.stateWorking,
    waiting: w.stateWaiting,
    done: w.stateDone,
    rejected: w.stateRejected,
    withdrawn: w.stateWithdrawn,
  };
  return names[state];
}

const TONES = {
  unpaid: 'warning',
  new: 'info',
  working: 'info',
  waiting: 'warning',
  done: 'success',
  rejected: 'error',
  withdrawn: 'info',
} as const;

/** Only what concerns the citizen has a title; the office's own notes never get here. */
function eventTitle(event: CaseEvent, w: Words): string | undefined {
  const titles: Readonly<Record<string, string>> = {
    submitted: w.eventSubmitted,
    message: w.statusMessage,
    answer: w.statusYou,
    taken: w.eventTaken,
    moved: w.eventMoved,
    corrected: w.eventCorrected,
    decided: w.eventDecided,
    withdrawn: w.eventWithdrawn,
  };
  return titles[event.kind];
}

/** What came with a message, as downloads. */
function Files(props: { files: readonly CaseFile[] }): Html | null {
  if (props.files.length === 0) return null;
  return (
    <ul class="papers">
      {props.files.map(({ id, name }) => (
        <li>
          <LinkButton href={`/status/case/files/${id}`} kind="secondary" pictogram="document" download wide>
            {name}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}

function History(props: { view: CaseView; page: Page }): Html {
  const { language } = props.page;
  const w = statusWords(language);
  return (
    <ol class="history">
      {props.view.history.map((event) => {
        const title = eventTitle(event, w);
        if (!title) return null;
        return (
          <li class={`history-${event.actorKind}`}>
            <p>
              <strong>{title}</strong>{' '}
              <time datetime={event.at.toISOString()}>{longDate(civilDate(event.at), language)}</time>
            </p>
            {event.text && <p class="history-text">{event.text}</p>}
            {event.corrections && (
              <ul class="history-text">
                {event.corrections[language].map(({ label, from, to }) => (
                  <li>{w.correction(label, from, to)}</li>
                ))}
              </ul>
            )}
            <Files files={props.view.files.filter(({ id }) => event.files.includes(id))} />
          </li>
        );
      })}
    </ol>
  );
}

/** The booked date, and until when it can be changed. */
function BookedDate(props: {
  booking: NonNullable<CaseView['booking']>;
  settled: boolean;
  language: Language;
}): Html {
  const { booking, settled, language } = props;
  const w = statusWords(language);
  const until = booking.changeUntil;
  return (
    <Card title={w.statusDate} pictogram="calendar">
      <p class="lead">{longDate(booking.slot.date, language)}</p>
      <p>
        {settled
          ? w.statusTooLate
          : w.statusMoveUntil(longDate(civilDate(until), language), civilTime(until))}
      </p>
      {!settled && (
        <LinkButton href="/status/case/date" kind="secondary">
          {w.statusMove}
        </LinkButton>
      )}
    </Card>
  );
}

/** Once another authority has it, taking it back is that authority's business. */
export function mayWithdraw({ view, service }: OpenCase): boolean {
  return service.delivery.channel === 'desk' || view.deliveredAt === null;
}

/** A citizen's own case: where it stands, what was said, what can still be done. */
export function statusCasePage(page: Page, shown: OpenCase, trouble: FormTrouble | undefined): string {
  const { view, service } = shown;
  const { language } = page;
  const w = statusWords(language);
  const texts = service.texts[language];
  // What the office has issued is what people come back for: then it stands first.
  const issued = view.state === 'done' && service.result.document?.decided === true;
  const papers = (
    <Card title={words(language).papersTitle} pictogram="printer">
      <Papers service={service} number={view.number} language={language} decided={view.state === 'done'} />
    </Card>
  );
  const open = view.state === 'new' || view.state === 'working' || view.state === 'waiting';
  return layout(
    { ...page, title: texts.title, page: 'status-case', back: '/' },
    <article class="stack" data-state={view.state} data-number={view.number}>
      <h1>{texts.title}</h1>
      <p class="lead">
        {words(language).doneNumber} <strong translate="no">{formatNumber(view.number)}</strong>
        {' · '}
        {w.statusSince} {longDate(civilDate(view.createdAt), language)}
      </p>
      {trouble?.code === 'tooLate' && <Alert tone="error" title={w.statusTooLate} />}
      <Alert tone={TONES[view.state]} title={stateName(view.state, w)}>
        {texts.states[view.state]}
      </Alert>
      <Paid text={shown.paid} />
      {issued && papers}
      {view.booking && open && (
        <BookedDate booking={view.booking} settled={shown.settled} language={language} />
      )}
      <h2>{w.statusHistory}</h2>
      <History view={view} page={page} />
      {open && <AnswerForm page={page} trouble={trouble} asked={view.state === 'waiting'} />}
      {!issued && papers}
      <SummaryList sections={view.shown[language].sections} empty="–" />
      {open && mayWithdraw(shown) && !shown.settled && <WithdrawForm page={page} trouble={trouble} />}
    </article>,
  );
}
