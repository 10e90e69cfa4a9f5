import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type CaseView, isClosed, overdueBefore } from '#cases';
import { fileAnswer } from '#http';
import { formatNumber } from '#seal';
import { civilDate } from '#time';
import { Alert, EmptyState, type Html } from '#web';
import { Answers } from './answers.tsx';
import { AuthorityNote, type Delivered } from './authority-note.tsx';
import { Actions, keepsText, type Refused } from './case-actions.tsx';
import { Files, History } from './case-history.tsx';
import { type CaseMoney, PaymentFacts, RefundNote } from './case-money.tsx';
import { CaseFacts, CaseHead, type Names } from './case-parts.tsx';
import { Faster, TypedStill } from './conflict.tsx';
import { dayName, shortDate, shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { actor, type Desk } from './desk.ts';
import { deskPage, notFoundPage, PrintBar } from './frame.tsx';
import { PaperLines } from './paper-parts.tsx';
import type { Staff } from './session.ts';
import { said } from './words.ts';

const WORDS = said('case');

/** @returns the names of everybody of the staff who is in the history */
export function namesIn(desk: Desk, view: CaseView): Promise<Names> {
  const subjects = view.events.flatMap((event) => (event.actorKind === 'staff' ? (event.actor ?? []) : []));
  return desk.sessions.names([...subjects, ...(view.assignedTo === null ? [] : [view.assignedTo])]);
}

async function moneyOf(desk: Desk, caseId: string): Promise<CaseMoney> {
  const payments = await desk.payments.ofCase(caseId);
  const payment = payments.find(({ state, stray }) => !stray && (state === 'paid' || state === 'reversed'));
  const besides = payments.filter(({ stray, settledAt }) => stray && settledAt !== null);
  return { payment, besides, refund: payment && (await desk.payments.refundOf(caseId)) };
}

/** @returns where the case is that another authority decides */
async function deliveredOf(desk: Desk, view: CaseView): Promise<Delivered> {
  if (view.deliveredAt) return 'there';
  if (view.authority === undefined) return 'onItsWay';
  const parked = await desk.outbox.parked();
  return parked.some(({ caseId }) => caseId === view.id) ? 'stuck' : 'onItsWay';
}

/** @returns whether the waiting for another authority may be ended by hand, which is the lead's to do */
function mayClose(desk: Desk, staff: Staff, view: CaseView, delivered: Delivered): boolean {
  if (!staff.lead || view.authority === undefined || isClosed(view.state)) return false;
  return delivered === 'stuck' || view.createdAt <= overdueBefore(desk.clock.now());
}

/** The case is there, but its key is not any more. */
function destroyedPage(desk: Desk, c: DeskContext, at: Date, typed = ''): Promise<Response> {
  return deskPage(desk, c, {
    title: WORDS.destroyed,
    section: 'cases',
    status: 410,
    body: (
      <EmptyState pictogram="lock" title={WORDS.destroyedTitle}>
        <p>
          {WORDS.destroyedText({ day: shortDate(civilDate(at)) })}
          {typed !== '' && ` ${WORDS.destroyedUnsaved}`}
        </p>
        <TypedStill text={typed} />
        <p>
          <a href="/desk">{said('frame').toCases}</a>
        </p>
      </EmptyState>
    ),
  });
}

/**
 * Opens a case for this person, writing the opening down.
 * @param typed what somebody wanted to write into it
 * @returns the case, or the answer that is sent instead
 */
export async function opened(
  desk: Desk,
  c: DeskContext,
  purpose: string,
  typed?: string,
): Promise<CaseView | Response> {
  const found = await desk.cases.forStaff(c.req.param('id') ?? '', actor(c.get('staff')), purpose);
  if (!found) return notFoundPage(desk, c);
  return found.kind === 'open' ? found.view : destroyedPage(desk, c, found.at, typed);
}

/** Why something was not saved. */
function Problem(props: { refused: Refused; view: CaseView; names: Names; reader: string }): Html {
  const { refused, ...rest } = props;
  if (refused.seen !== undefined) return <Faster {...rest} seen={refused.seen} />;
  return <Alert live tone="error" title={refused.problem} />;
}

/** A case as a clerk works on it; after a refused action with what was typed and why it was refused. */
export async function casePage(
  desk: Desk,
  c: DeskContext,
  refused?: Refused,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const view = await opened(desk, c, 'work', refused?.text);
  if (view instanceof Response) return view;
  const [names, money, delivered] = await Promise.all([
    namesIn(desk, view),
    moneyOf(desk, view.id),
    deliveredOf(desk, view),
  ]);
  const staff = c.get('staff');
  const closable = mayClose(desk, staff, view, delivered);
  const date = view.booking?.slot.date;
  const early = date !== undefined && date > civilDate(desk.clock.now()) ? dayName(date) : undefined;
  return deskPage(desk, c, {
    title: WORDS.title,
    section: 'cases',
    status,
    body: (
      <>
        <CaseHead row={view} desk={desk} />
        <AuthorityNote view={view} delivered={delivered} />
        <RefundNote money={money} />
        {refused && <Problem refused={refused} view={view} names={names} reader={staff.subject} />}
        {refused && !keepsText(view, closable, refused.action) && <TypedStill text={refused.text} />}
        <div class="columns">
          <div class="stack">
            <CaseFacts view={view} desk={desk} names={names} />
            <PaperLines view={view} />
            <Answers view={view} />
            <History view={view} names={names} />
          </div>
          <div class="stack">
            <Actions
              view={view}
              staff={staff}
              refused={refused}
              paid={money.payment?.state === 'paid'}
              early={early}
              mayClose={closable}
            />
            <PaymentFacts money={money} />
            <Files view={view} />
          </div>
        </div>
      </>
    ),
  });
}

/** Paper grows old, and notes are not for the citizen's hands: both stand above the printed case. */
function PrintNote({ view, desk }: { view: CaseView; desk: Desk }): Html {
  const notes = view.events.some(({ kind }) => kind === 'note');
  const at = shortInstant(desk.clock.now());
  return <p class="muted">{notes ? WORDS.asOfWithNotes({ at }) : WORDS.asOf({ at })}</p>;
}

/** The case on paper: what was said and what happened, nothing to press. */
export async function printPage(desk: Desk, c: DeskContext): Promise<Response> {
  const view = await opened(desk, c, 'print');
  if (view instanceof Response) return view;
  const [names, money, delivered] = await Promise.all([
    namesIn(desk, view),
    moneyOf(desk, view.id),
    deliveredOf(desk, view),
  ]);
  return deskPage(desk, c, {
    title: WORDS.numbered({ number: formatNumber(view.number) }),
    section: 'cases',
    body: (
      <>
        <PrintBar back={`/desk/cases/${view.id}`}>{WORDS.back}</PrintBar>
        <div class="printed stack">
          <CaseHead row={view} desk={desk} />
          <PrintNote view={view} desk={desk} />
          <AuthorityNote view={view} delivered={delivered} />
          <CaseFacts view={view} desk={desk} names={names} />
          <PaymentFacts money={money} />
          <Answers view={view} unfolded />
          <History view={view} names={names} />
        </div>
      </>
    ),
  });
}

/** A file as a download that cannot run, whatever is in it. */
export async function fileDownload(desk: Desk, c: DeskContext): Promise<Response> {
  const { id = '', file: wanted = '' } = c.req.param();
  const file = await desk.cases.fileForStaff(id, wanted, actor(c.get('staff')));
  return file ? fileAnswer(file) : notFoundPage(desk, c);
}
