import type { FreeSlot } from '#booking';
import type { CaseEvent, CaseView } from '#cases';
import { formatNumber } from '#seal';
import type { CompiledService, SlotAnswer } from '#service';
import { Alert, type Html, layout, type Page, Pictogram, SlotCards, SummaryList } from '#web';
import { readableDate, readableDay } from '../dates.ts';
import type { VisitDeps } from '../deps.ts';
import { words } from '../words.ts';
import { Papers } from './result.tsx';

type Words = ReturnType<typeof words>;

interface Shown {
  view: CaseView;
  service: CompiledService;
  accessCode: string;
}

/** Something wrong in one of the page's forms, and what had been typed. */
interface FormTrouble {
  code: string;
  text: string;
}

function stateName(state: CaseView['state'], w: Words): string {
  const names = {
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
  new: 'info',
  working: 'info',
  waiting: 'warning',
  done: 'success',
  rejected: 'error',
  withdrawn: 'info',
} as const;

function eventTitle(event: CaseEvent, w: Words): string | undefined {
  switch (event.kind) {
    case 'submitted':
      return w.eventSubmitted;
    case 'message':
      return w.statusMessage;
    case 'answer':
      return w.statusYou;
    case 'taken':
      return w.eventTaken;
    case 'moved':
      return w.eventMoved;
    case 'decided':
      return w.eventDecided;
    case 'withdrawn':
      return w.eventWithdrawn;
    default:
      return undefined;
  }
}

function History(props: { view: CaseView; page: Page }): Html {
  const w = words(props.page.language);
  return (
    <ol class="am-history">
      {props.view.events.map((event) => {
        const title = eventTitle(event, w);
        if (!title) return null;
        return (
          <li class={`am-history__item am-history__item--${event.actorKind}`}>
            <p class="am-history__title">
              <strong>{title}</strong> <time datetime={event.at.toISOString()}>{readableDay(event.at, props.page.language)}</time>
            </p>
            {event.text && <p class="am-history__text">{event.text}</p>}
          </li>
        );
      })}
    </ol>
  );
}

function answerTrouble(code: string, w: Words): string {
  if (code === 'required') return w.errorAnswerRequired;
  if (code === 'tooLong') return w.errorAnswerTooLong;
  return w.errorFile;
}

function AnswerForm(props: { page: Page; trouble: FormTrouble | undefined }): Html {
  const w = words(props.page.language);
  const trouble = props.trouble?.code === 'sure' ? undefined : props.trouble;
  return (
    <form
      method="post"
      action="/status/case/answer"
      enctype="multipart/form-data"
      class="am-card"
      novalidate
      autocomplete="off"
    >
      <input type="hidden" name="_csrf" value={props.page.csrf ?? ''} />
      <h2>{w.statusAnswerTitle}</h2>
      <div class={trouble ? 'am-field am-field--error' : 'am-field'}>
        <label class="am-field__label" for="text">
          {w.statusAnswerLabel}
        </label>
        {trouble && (
          <p class="am-field__error" id="text-error" data-error={trouble.code}>
            {answerTrouble(trouble.code, w)}
          </p>
        )}
        <textarea
          class="am-input"
          id="text"
          name="text"
          rows={4}
          maxlength={4000}
          aria-describedby={trouble ? 'text-error' : undefined}
        >
          {props.trouble?.text ?? ''}
        </textarea>
      </div>
      <div class="am-field">
        <label class="am-field__label" for="file">
          {w.statusAnswerFile}
        </label>
        <input class="am-input" id="file" name="file" type="file" accept="application/pdf,image/jpeg,image/png" />
      </div>
      <button type="submit" class="am-button am-button--primary">
        {w.statusAnswerSend}
      </button>
    </form>
  );
}

function WithdrawForm(props: { page: Page; trouble: FormTrouble | undefined }): Html {
  const w = words(props.page.language);
  const unsure = props.trouble?.code === 'sure';
  return (
    <details class="am-card" open={unsure}>
      <summary>{w.statusWithdraw}</summary>
      <form method="post" action="/status/case/withdraw" novalidate>
        <input type="hidden" name="_csrf" value={props.page.csrf ?? ''} />
        <p>{w.statusWithdrawText}</p>
        {unsure && (
          <p class="am-field__error" id="sure-error" data-error="sure">
            {w.errorSure}
          </p>
        )}
        <label class="am-check">
          <input
            type="checkbox"
            name="sure"
            value="yes"
            aria-describedby={unsure ? 'sure-error' : undefined}
            aria-invalid={unsure ? 'true' : undefined}
          />
          <span>{w.statusWithdrawSure}</span>
        </label>
        <button type="submit" class="am-button am-button--danger">
          {w.statusWithdrawSend}
        </button>
      </form>
    </details>
  );
}

/** A citizen's own case: where it stands, what was said, what can still be done. */
export function statusCasePage(
  page: Page,
  _deps: Pick<VisitDeps, 'config'>,
  shown: Shown,
  trouble: FormTrouble | undefined,
): string {
  const { view, service } = shown;
  const w = words(page.language);
  const texts = service.texts[page.language];
  const open = view.state === 'new' || view.state === 'working' || view.state === 'waiting';
  return layout(
    { ...page, title: texts.title, page: 'status-case', back: '/' },
    <article class="am-status" data-state={view.state} data-number={view.number}>
      <header class="am-page__head">
        <h1>{texts.title}</h1>
        <p class="am-lead">
          {w.doneNumber} <strong>{formatNumber(view.number)}</strong>, {w.statusSince} {readableDay(view.createdAt, page.language)}
        </p>
      </header>
      <Alert tone={TONES[view.state]} title={stateName(view.state, w)}>
        {texts.states[view.state] ?? ''}
      </Alert>
      {view.booking && open && (
        <section class="am-card am-status__date">
          <Pictogram id="calendar" />
          <div>
            <h2>{w.statusDate}</h2>
            <p class="am-lead">{readableDate(view.booking.slot.date, page.language)}</p>
            <a class="am-button am-button--secondary" href="/status/case/date">
              {w.statusMove}
            </a>
          </div>
        </section>
      )}
      <section>
        <h2>{w.statusHistory}</h2>
        <History view={view} page={page} />
      </section>
      {open && <AnswerForm page={page} trouble={trouble} />}
      <section>
        <h2>{w.papersTitle}</h2>
        <Papers service={service} number={view.number} language={page.language} terminal={page.mode === 'terminal'} />
      </section>
      <section>
        <h2>{w.statusSaid}</h2>
        {view.sections.map((section) => (
          <SummaryList title={section.title} lines={section.lines} />
        ))}
      </section>
      {open && <WithdrawForm page={page} trouble={trouble} />}
    </article>,
  );
}

/** Other free dates for a booked one. */
export function statusDatesPage(page: Page, booked: SlotAnswer, free: readonly FreeSlot[], lost: boolean): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.statusMoveTitle, page: 'status-date', back: '/status/case' },
    <form method="post" action="/status/case/date" class="am-page" id="page-form" novalidate>
      <input type="hidden" name="_csrf" value={page.csrf ?? ''} />
      <header class="am-page__head">
        <h1>{w.statusMoveTitle}</h1>
        <p class="am-lead">{w.statusMoveNow(readableDate(booked.date, page.language))}</p>
      </header>
      {lost && <Alert tone="error">{w.statusMoveLost}</Alert>}
      {free.length > 0 ? (
        <fieldset class="am-field">
          <legend class="am-visually-hidden">{w.statusMoveTitle}</legend>
          <SlotCards name="slot" slots={free} chosen={undefined} language={page.language} />
        </fieldset>
      ) : (
        <p class="am-lead">{w.noSlots}</p>
      )}
      {free.length > 0 && (
        <p class="am-actions">
          <button type="submit" class="am-button am-button--primary am-button--large">
            {w.statusMoveSend}
          </button>
        </p>
      )}
    </form>,
  );
}
