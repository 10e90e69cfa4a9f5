import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Child, Html } from '#web';
import { alarmsOf } from './alarms.ts';
import type { DeskContext } from './deps.ts';
import { calendarsOf, codesOf, type Desk } from './desk.ts';
import type { Staff } from './session.ts';
import { type DeskPage, deskLayout } from './stand-in-layout.tsx';

export type Section = 'cases' | 'tours' | 'lookup' | 'alarms';

async function navOf(desk: Desk, staff: Staff, current: Section | undefined): Promise<DeskPage['nav']> {
  const entry = (section: Section, href: string, label: string, count?: number) => ({
    href,
    label,
    current: section === current,
    count,
  });
  return [
    entry('cases', '/desk', 'Vorgänge'),
    ...(calendarsOf(desk, staff).length > 0 ? [entry('tours', '/desk/tours', 'Touren')] : []),
    ...(codesOf(desk, staff).length > 0 ? [entry('lookup', '/desk/lookup', 'Zuordnungsmerkmal')] : []),
    ...(staff.lead ? [entry('alarms', '/desk/alarms', 'Hinweise', (await alarmsOf(desk, staff)).count)] : []),
  ];
}

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
  const offices = staff.offices.map((office) => desk.city.offices.get(office)?.name ?? office).join(', ');
  const page = {
    title: answer.title,
    user: { name: staff.name, role: staff.lead ? `Teamleitung · ${offices}` : offices },
    nav: await navOf(desk, staff, answer.section),
    csrf: staff.csrf,
  };
  return send(c, page, answer.body, answer.status ?? 200);
}

/** The same answer whether something does not exist or is none of this person's business. */
export function notFoundPage(desk: Desk, c: DeskContext): Promise<Response> {
  return deskPage(desk, c, {
    title: 'Nicht gefunden',
    status: 404,
    body: (
      <div class="desk-outside">
        <h1>Nicht gefunden</h1>
        <p>Hier gibt es nichts, oder es gehört zu einem anderen Amt.</p>
        <p>
          <a href="/desk">Zu den Vorgängen</a>
        </p>
      </div>
    ),
  });
}

/** A page for somebody who is not signed in: one heading, one thought, one next step. */
export function outsidePage(
  c: Context,
  title: string,
  body: Child,
  status: ContentfulStatusCode = 200,
): Response {
  return send(
    c,
    { title, user: undefined, nav: [], csrf: '' },
    <div class="desk-outside">
      <h1>{title}</h1>
      {body}
    </div>,
    status,
  );
}
