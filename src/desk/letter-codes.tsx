/** Codes that the office sends by letter: who has one, a new one, and the end of one. */
import { randomUUID } from 'node:crypto';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isUuid } from '#db';
import { paperAnswer } from '#http';
import { type FieldError, type FormFields, readAnswer } from '#journey';
import type { IssuedCode } from '#letters';
import { normaliseCode } from '#seal';
import type { AddressAnswer, CompiledService } from '#service';
import { civilDate } from '#time';
import { Alert, Button, type Child, type Html, renderQuestion, Table } from '#web';
import { shortDate, shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { type Desk, formOf, letterServices, record } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { addressLines, lastDayOf, letterOf } from './letter-text.ts';
import { said } from './words.ts';

const WORDS = said('letterCodes');
const COLUMN = said('columns');
const COLUMNS = [
  { title: COLUMN.addressee },
  { title: COLUMN.issued, numeric: true },
  { title: COLUMN.validUntil, numeric: true },
  { title: COLUMN.lastUsed, numeric: true },
  { title: COLUMN.todo },
];
const PATH = '/desk/letter-codes';

/** What a service calls the person whom a letter goes to. */
const calledIn = ({ texts }: CompiledService, name: string): string =>
  texts.de.result.labels[name] ?? texts.de.questions[name]?.label ?? name;

/** The two questions of a service that say whom a letter goes to. */
function asked(service: CompiledService) {
  const rule = service.pages.find(({ identify }) => identify?.letterCode)?.identify?.letterCode;
  const [name, address] = [rule?.name, rule?.address].map((id) => service.questions.get(id ?? ''));
  if (!name || !address) throw new Error(`${service.slug} takes no code by letter`);
  return { name, address, called: calledIn(service, name.id) };
}

/** A form that was refused, or none. */
interface Typed {
  service: string;
  form: FormFields;
  errors: readonly FieldError[];
}

function NewCode(props: {
  service: CompiledService;
  csrf: string;
  today: string;
  typed: Typed | undefined;
}): Html {
  const { service, csrf, today } = props;
  const { name, address, called } = asked(service);
  const typed = props.typed?.service === service.slug ? props.typed : undefined;
  const view = {
    fields: typed?.form ?? {},
    errors: typed?.errors ?? [],
    language: 'de' as const,
    prefix: '',
    today,
  };
  return (
    <section class="stack">
      <h2>{WORDS.new({ person: called })}</h2>
      <p>{WORDS.newText}</p>
      {typed && <Alert live tone="error" title={WORDS.wrong} />}
      <form method="post" action={PATH} class="card stack" novalidate>
        <input type="hidden" name="_csrf" value={csrf} />
        <input type="hidden" name="letter" value={randomUUID()} />
        <input type="hidden" name="service" value={service.slug} />
        {[name, address].map((question) => renderQuestion(question, service.texts.de, view))}
        <p class="toolbar">
          <Button pictogram="mail">{WORDS.issue}</Button>
        </p>
      </form>
    </section>
  );
}

function endOf(code: IssuedCode, now: Date, csrf: string): Child {
  if (code.revokedAt) return WORDS.revoked({ day: shortDate(civilDate(code.revokedAt)) });
  if (code.expiresAt <= now) return WORDS.expired;
  return (
    <form method="post" action={`${PATH}/${code.id}/revoke`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <Button kind="secondary" about={code.addressee.name}>
        {WORDS.revoke}
      </Button>
    </form>
  );
}

function Issued(props: { codes: readonly IssuedCode[]; now: Date; csrf: string }): Html {
  const { codes, now, csrf } = props;
  if (codes.length === 0) return <p class="muted">{WORDS.none}</p>;
  return (
    <Table
      caption={WORDS.issued}
      captionHidden
      columns={COLUMNS}
      rows={codes.map((code) => [
        <>
          <strong>{code.addressee.name}</strong>
          <br />
          {addressLines(code.addressee.address).join(', ')}
        </>,
        shortInstant(code.issuedAt),
        shortDate(lastDayOf(code.expiresAt)),
        code.usedAt ? shortInstant(code.usedAt) : WORDS.neverUsed,
        endOf(code, now, csrf),
      ])}
    />
  );
}

/** Issued codes of the own offices, without the codes, and a form for a new one. */
export async function letterCodesPage(
  desk: Desk,
  c: DeskContext,
  typed?: Typed,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const staff = c.get('staff');
  const services = letterServices(desk, staff);
  if (services.length === 0) return notFoundPage(desk, c);
  await record(desk, staff, 'letter.listed', 'letterCode');
  const codes = await desk.letterCodes.list(staff.offices);
  const now = desk.clock.now();
  const [only, ...more] = services.map((service) => WORDS.titled({ person: asked(service).called }));
  const title = only === undefined || more.length > 0 ? said('frame').letterCodes : only;
  return deskPage(desk, c, {
    ...{ title, status },
    section: 'letterCodes',
    body: (
      <>
        <h1>{title}</h1>
        {services.map((service) => (
          <NewCode service={service} csrf={staff.csrf} today={civilDate(now)} typed={typed} />
        ))}
        <section class="stack">
          <h2>{WORDS.issued}</h2>
          <Issued codes={codes} now={now} csrf={staff.csrf} />
        </section>
      </>
    ),
  });
}

/** Issues a code; the page that answers is the only one from which its letter can be printed, and the same form leads to it again. */
export async function issueLetterCode(desk: Desk, c: DeskContext): Promise<Response> {
  const [staff, sent] = [c.get('staff'), c.get('form')];
  const service = letterServices(desk, staff).find(({ slug }) => slug === sent.get('service'));
  if (!service || !isUuid(sent.get('letter') ?? '')) return notFoundPage(desk, c);
  const form: FormFields = Object.fromEntries(
    [...new Set(sent.keys())].map((name) => [name, sent.getAll(name)]),
  );
  const questions = asked(service);
  const [name, address] = [questions.name, questions.address].map((question) =>
    readAnswer(question, question.id, form, desk.reference),
  );
  const errors = [...(name?.errors ?? []), ...(address?.errors ?? [])];
  if (errors.length > 0) return letterCodesPage(desk, c, { service: service.slug, form, errors }, 422);
  const actor = `staff:${staff.subject}`;
  const issued = await desk.letterCodes.issue({
    ...{ form: `${actor} ${formOf(c)}`, service: service.slug, office: service.office, actor },
    // Both questions were read without an error, so both have an answer of their kind.
    addressee: { name: String(name?.answer), address: address?.answer as unknown as AddressAnswer },
  });
  if (!issued) return c.redirect(PATH, 303);
  return deskPage(desk, c, {
    title: WORDS.issuedTitle,
    section: 'letterCodes',
    body: (
      <>
        <h1>{WORDS.ready}</h1>
        <Alert live tone="warning" title={WORDS.printNow}>
          <p>{WORDS.printNowText}</p>
        </Alert>
        <form method="post" action={`${PATH}/${issued.id}/letter`} class="toolbar">
          <input type="hidden" name="_csrf" value={staff.csrf} />
          <input type="hidden" name="code" value={issued.code} />
          <Button pictogram="download">{WORDS.asPdf}</Button>
          <a href={PATH}>{WORDS.toCodes}</a>
        </form>
      </>
    ),
  });
}

/** The letter, for whoever holds the code still: the office itself does not know it any more. */
export async function letterDownload(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  const code = normaliseCode(c.get('form').get('code') ?? '');
  const issued = code && (await desk.letterCodes.find(c.req.param('id') ?? '', code, staff.offices));
  const service = issued && letterServices(desk, staff).find(({ slug }) => slug === issued.service);
  if (!code || !issued || !service) return notFoundPage(desk, c);
  return paperAnswer(WORDS.fileName, await desk.papers.letter(letterOf(desk, service, issued, code)));
}

/** Ends a code of the own offices at once. One that has ended already is just as well. */
export async function revokeLetterCode(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  const id = c.req.param('id') ?? '';
  const known = isUuid(id) && (await desk.letterCodes.revoke(id, staff.offices, `staff:${staff.subject}`));
  return known ? c.redirect(PATH, 303) : notFoundPage(desk, c);
}
