import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Child, Html } from '#web';
import type { DeskContext } from './deps.ts';
import { type DeskPage, deskLayout } from './stand-in-layout.tsx';

function send(c: Context, page: DeskPage, body: Html, status: ContentfulStatusCode): Response {
  c.header('cache-control', 'no-store');
  return c.html(deskLayout(page, body), status);
}

/** A page for somebody who is signed in. */
export function deskPage(
  c: DeskContext,
  title: string,
  body: Html,
  status: ContentfulStatusCode = 200,
): Response {
  const staff = c.get('staff');
  const role = staff.lead ? 'Teamleitung' : 'Sachbearbeitung';
  return send(c, { title, user: { name: staff.name, role }, nav: [], csrf: staff.csrf }, body, status);
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
