import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { civilTime } from '#time';
import {
  Alert,
  Button,
  type Child,
  type DeskPage,
  deskLayout,
  EmptyState,
  type Html,
  LinkButton,
} from '#web';
import { alarmsOf } from './alarms.ts';
import type { DeskContext } from './deps.ts';
import { type Desk, letterServices } from './desk.ts';
import type { Staff } from './session.ts';
import { said } from './words.ts';

const WORDS = said('frame');

export type Section =
  | 'cases'
  | 'tours'
  | 'lookup'
  | 'letterCodes'
  | 'payments'
  | 'terminals'
  | 'sessions'
  | 'state'
  | 'alarms';

async function navOf(desk: Desk, staff: Staff, current: Section | undefined): Promise<DeskPage['nav']> {
  const entry = (section: Section, href: string, label: string, count?: number) => ({
    href,
    label,
    current: section === current,
    count,
  });
  const [calendars, codes] = await Promise.all([
    desk.cases.calendars(staff.offices),
    desk.cases.codeKinds(staff.offices),
  ]);
  return [
    entry('cases', '/desk', WORDS.cases),
    ...(calendars.length > 0 ? [entry('tours', '/desk/tours', WORDS.tours)] : []),
    ...(codes.length > 0 ? [entry('lookup', '/desk/lookup', WORDS.lookup)] : []),
    ...(letterServices(desk, staff).length > 0
      ? [entry('letterCodes', '/desk/letter-codes', WORDS.letterCodes)]
      : []),
    entry(
      'payments',
      '/desk/payments',
      WORDS.payments,
      (await desk.payments.refundTasks(staff.offices)).length,
    ),
    ...(staff.lead
      ? [
          entry('terminals', '/desk/terminals', WORDS.terminals),
          entry('state', '/desk/state', WORDS.state),
          entry('sessions', '/desk/sessions', WORDS.sessions),
          entry('alarms', '/desk/alarms', WORDS.alarms, (await alarmsOf(desk, staff)).count),
        ]
      : []),
  ];
}

/** What all pages share: the city's name and colour. */
export type DeskCity = Pick<Desk['city'], 'name' | 'accent'>;

function send(c: Context, page: DeskPage, body: Html, status: ContentfulStatusCode): Response {
  c.header('cache-control', 'no-store');
  return c.html(deskLayout(page, body), status);
}

/** What a page for somebody who is signed in consists of. */
export interface DeskAnswer {
  title: string;
  section?: Section;
  body: Html;
  status?: ContentfulStatusCode;
}

/** A page for somebody who is signed in. */
export async function deskPage(desk: Desk, c: DeskContext, answer: DeskAnswer): Promise<Response> {
  const staff = c.get('staff');
  // Several names in full leave no room for the navigation.
  const part = staff.offices.length > 1 ? 'short' : 'name';
  const offices = staff.offices.map((office) => desk.city.offices.get(office)?.[part] ?? office).join(', ');
  const page = {
    title: answer.title,
    city: desk.city.name,
    accent: desk.city.accent,
    signOut: '/desk/sign-out',
    user: { name: staff.name, role: staff.lead ? WORDS.lead({ offices }) : offices },
    nav: await navOf(desk, staff, answer.section),
    csrf: staff.csrf,
  };
  const until = c.get('until');
  const body = until ? (
    <>
      <Alert tone="warning" title={WORDS.providerAway}>
        <p>{WORDS.providerAwayText({ until: civilTime(until) })}</p>
      </Alert>
      {answer.body}
    </>
  ) : (
    answer.body
  );
  return send(c, page, body, answer.status ?? 200);
}

/** The same answer whether something does not exist or is none of this person's business. */
export function notFoundPage(desk: Desk, c: DeskContext): Promise<Response> {
  return deskPage(desk, c, {
    title: WORDS.notFound,
    status: 404,
    body: (
      <EmptyState pictogram="search" title={WORDS.notFound}>
        <p>{WORDS.notFoundText}</p>
        <p>
          <a href="/desk">{WORDS.toCases}</a>
        </p>
      </EmptyState>
    ),
  });
}

/** A page for somebody who is not signed in: one heading, one thought, one next step. */
export function outsidePage(
  city: DeskCity,
  c: Context,
  title: string,
  body: Child,
  status: ContentfulStatusCode = 200,
): Response {
  return send(
    c,
    { title, city: city.name, accent: city.accent, user: undefined, nav: [], csrf: '', signOut: '' },
    <section class="card desk-outside">
      <h1>{title}</h1>
      {body}
    </section>,
    status,
  );
}

/** Above what is made for paper, and not on it: the way back, and a button where script runs. */
export function PrintBar({ back, children }: { back: string; children?: Child }): Html {
  return (
    <div class="toolbar no-print">
      <LinkButton kind="quiet" pictogram="back" href={back}>
        {children}
      </LinkButton>
      <am-print hidden>
        <Button type="button" kind="secondary" pictogram="printer">
          {WORDS.print}
        </Button>
      </am-print>
    </div>
  );
}
