/** The desk's page about money: what has to go back, and what nobody knows the end of. */
import type { Payment, RefundEnd, RefundTask } from '#payment';
import { formatNumber } from '#seal';
import { civilDate } from '#time';
import { Alert, Button, type Child, type Html, LinkButton, Table } from '#web';
import { TypedStill } from './conflict.tsx';
import { shortInstant } from './dates.ts';
import { reportPath } from './day-report.tsx';
import type { DeskContext } from './deps.ts';
import { actor, type Desk } from './desk.ts';
import { AT_MOST, tooLong } from './forms.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { euros, REFUND_END_WORDS, refundWord, said, WAY_WORDS } from './words.ts';

const WORDS = said('paymentsPage');
const COLUMN = said('columns');
const TITLE = said('frame').payments;
const REFUND_COLUMNS = [
  { title: COLUMN.case },
  { title: COLUMN.service },
  { title: COLUMN.reason },
  { title: COLUMN.paidBy },
  { title: COLUMN.amount, numeric: true },
  { title: COLUMN.since, numeric: true },
  { title: COLUMN.todo },
];
const UNCLEAR_COLUMNS = [
  { title: COLUMN.case },
  { title: COLUMN.paidBy },
  { title: COLUMN.device },
  { title: COLUMN.amount, numeric: true },
  { title: COLUMN.since, numeric: true },
  { title: COLUMN.todo },
];

/** A way a question can be answered. */
interface Choice {
  value: string;
  label: string;
  /** What somebody has seen before they say so: it cannot be taken back. */
  seen: string;
}

/** The box that somebody ticks who is sure. */
const SURE = 'sure';

/** For each way a question can be answered a form that asks once more: none of them can be taken back. */
function Decide(props: { action: string; csrf: string; about: string; choices: readonly Choice[] }): Html {
  return (
    <>
      {props.choices.map(({ value, label, seen }) => (
        <details class="foldout">
          <summary>{label}</summary>
          <form method="post" action={props.action} class="stack">
            <input type="hidden" name="_csrf" value={props.csrf} />
            <label class="confirm">
              <input type="checkbox" name={SURE} value="yes" required /> {seen}
            </label>
            <Button kind="secondary" name="outcome" value={value} about={props.about}>
              {label}
            </Button>
          </form>
        </details>
      ))}
    </>
  );
}

/** A case that was never paid for is nobody's business at the desk: no link leads there. */
function caseLink({ reason, twice, caseId, caseNumber }: RefundTask): Child {
  if (reason === 'stray' && !twice) return formatNumber(caseNumber);
  return <a href={`/desk/cases/${caseId}`}>{formatNumber(caseNumber)}</a>;
}

const refundPath = (id: string): string => `/desk/payments/refunds/${id}`;

/** A fee that is not given back is a decision: it has a reason, which the person reads (§§ 39, 41 LVwVfG). */
function Keep({ task, csrf, unkept }: { task: RefundTask; csrf: string; unkept: Unkept | undefined }): Html {
  const mine = unkept?.task === task.id ? unkept : undefined;
  const id = `keep-${task.id}`;
  return (
    <details class="foldout" open={mine !== undefined}>
      <summary>{WORDS.keep}</summary>
      <form method="post" action={refundPath(task.id)} class="stack">
        <input type="hidden" name="_csrf" value={csrf} />
        <div class="field">
          <label for={id}>{WORDS.keepLabel}</label>
          <small class="muted" id={`${id}-hint`}>
            {WORDS.keepHint} {AT_MOST}
          </small>
          <textarea id={id} name="text" rows={3} required aria-describedby={`${id}-hint`}>
            {mine?.reason ?? ''}
          </textarea>
        </div>
        <Button kind="secondary" name="outcome" value="kept" about={formatNumber(task.caseNumber)}>
          {WORDS.keep}
        </Button>
      </form>
    </details>
  );
}

/** A fee could not be kept: the reason that was typed for it, and why not. */
interface Unkept {
  task: string;
  reason: string;
  problem: string;
}

interface RefundsProps {
  /** The task whose fee somebody wanted to keep, and what is wrong with their reason. */
  unkept: Unkept | undefined;
  tasks: readonly RefundTask[];
  /** German names of services, by id. */
  titles: ReadonlyMap<string, string>;
  csrf: string;
}

function Refunds({ tasks, titles, csrf, unkept }: RefundsProps): Html {
  if (tasks.length === 0) return <p class="muted">{WORDS.noRefunds}</p>;
  return (
    <Table
      caption={WORDS.refundsCaption}
      captionHidden
      columns={REFUND_COLUMNS}
      rows={tasks.map((task) => [
        caseLink(task),
        titles.get(task.service) ?? task.service,
        refundWord(task),
        task.way ? WAY_WORDS[task.way] : '',
        euros(task.amountCents),
        shortInstant(task.createdAt),
        <>
          <Decide
            action={refundPath(task.id)}
            csrf={csrf}
            about={formatNumber(task.caseNumber)}
            choices={[
              {
                value: 'refunded',
                label: WORDS.refunded,
                seen: WORDS.refundedSeen({ amount: euros(task.amountCents) }),
              },
            ]}
          />
          {task.reason !== 'stray' && <Keep task={task} csrf={csrf} unkept={unkept} />}
        </>,
      ])}
    />
  );
}

function Unclear({ payments, csrf }: { payments: readonly Payment[]; csrf: string }): Html | null {
  if (payments.length === 0) return null;
  return (
    <section class="stack">
      <h2>{WORDS.unclear}</h2>
      <Alert tone="warning" title={WORDS.unclearTitle}>
        <p>{WORDS.unclearText}</p>
      </Alert>
      <Table
        caption={WORDS.unclear}
        captionHidden
        columns={UNCLEAR_COLUMNS}
        rows={payments.map((payment) => [
          formatNumber(payment.caseNumber),
          payment.way ? WAY_WORDS[payment.way] : '',
          payment.terminal ?? '',
          euros(payment.amountCents),
          shortInstant(payment.updatedAt),
          <Decide
            action={`/desk/payments/unclear/${payment.id}`}
            csrf={csrf}
            about={formatNumber(payment.caseNumber)}
            choices={[
              {
                value: 'paid',
                label: WORDS.paid,
                seen: WORDS.paidSeen({ amount: euros(payment.amountCents) }),
              },
              {
                value: 'notPaid',
                label: WORDS.notPaid,
                seen: WORDS.notPaidSeen,
              },
            ]}
          />,
        ])}
      />
    </section>
  );
}

/** Why a payment was not decided about. */
interface Refused {
  /** The task whose fee somebody wanted to keep, and what is wrong with their reason. */
  unkept?: Unkept;
  /** What somebody else has done meanwhile. */
  faster?: string;
  /** What was typed, and has no field any more. */
  text?: string;
  /** Nobody said that they are sure. */
  unsure?: boolean;
}

/** Refunds and unclear payments of the own offices, and for team leads the way to the report. */
export async function paymentsPage(desk: Desk, c: DeskContext, refused: Refused = {}): Promise<Response> {
  const { unkept, faster, text = '', unsure = false } = refused;
  const missing = unsure ? WORDS.notSure : unkept?.problem;
  const staff = c.get('staff');
  const [tasks, payments] = await Promise.all([
    desk.payments.refundTasks(staff.offices),
    desk.payments.unclear(staff.offices),
  ]);
  return deskPage(desk, c, {
    title: TITLE,
    section: 'payments',
    status: faster !== undefined ? 409 : missing === undefined ? 200 : 422,
    body: (
      <>
        {missing !== undefined && <Alert live tone="error" title={missing} />}
        {faster !== undefined && <Alert live tone="error" title={faster} />}
        <TypedStill text={text} />
        <div class="desk-top">
          <h1>{TITLE}</h1>
          {staff.lead && (
            <LinkButton kind="secondary" href={reportPath(civilDate(desk.clock.now()))}>
              {said('dayReport').title}
            </LinkButton>
          )}
        </div>
        <Unclear payments={payments} csrf={staff.csrf} />
        <section class="stack">
          <h2>{WORDS.toRefund}</h2>
          <Refunds
            tasks={tasks}
            titles={await desk.cases.serviceTitles()}
            csrf={staff.csrf}
            unkept={unkept}
          />
        </section>
      </>
    ),
  });
}

const isSure = (c: DeskContext): boolean => c.get('form').get(SURE) === 'yes';

/** Ends a refund task. */
export async function closeRefund(desk: Desk, c: DeskContext): Promise<Response> {
  const outcome = c.get('form').get('outcome');
  if (outcome !== 'refunded' && outcome !== 'kept') return notFoundPage(desk, c);
  const id = c.req.param('id') ?? '';
  const reason = (c.get('form').get('text') ?? '').trim();
  const problem = outcome !== 'kept' ? undefined : reason === '' ? WORDS.noReason : tooLong(reason);
  if (problem !== undefined) return paymentsPage(desk, c, { unkept: { task: id, reason, problem } });
  if (outcome === 'refunded' && !isSure(c)) return paymentsPage(desk, c, { unsure: true });
  const end: RefundEnd = outcome === 'kept' ? { outcome, reason } : { outcome };
  const staff = c.get('staff');
  if (await desk.payments.closeRefund(id, actor(staff), end)) return c.redirect('/desk/payments', 303);
  const closed = await desk.payments.closedRefund(id, staff.offices);
  if (!closed) return notFoundPage(desk, c);
  const name = (await desk.sessions.names([closed.by])).get(closed.by) ?? closed.by;
  const ended = { at: shortInstant(closed.at), end: REFUND_END_WORDS[closed.outcome] };
  const faster = closed.by === staff.subject ? WORDS.endedByYou(ended) : WORDS.endedBy({ name, ...ended });
  return paymentsPage(desk, c, { faster, text: reason });
}

/** Says how a payment ended that nobody could find out about. */
export async function clarifyPayment(desk: Desk, c: DeskContext): Promise<Response> {
  const outcome = c.get('form').get('outcome');
  if (outcome !== 'paid' && outcome !== 'notPaid') return notFoundPage(desk, c);
  if (!isSure(c)) return paymentsPage(desk, c, { unsure: true });
  const id = c.req.param('id') ?? '';
  const end = await desk.payments.clarify(id, actor(c.get('staff')), outcome === 'paid');
  if (end === 'done' || end === 'before') return c.redirect('/desk/payments', 303);
  if (end === 'none') return notFoundPage(desk, c);
  return paymentsPage(desk, c, { faster: WORDS.clarified });
}
