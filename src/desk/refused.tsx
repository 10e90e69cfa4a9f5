/** The answers to a change that is not even tried: nobody is signed in any more, or it came from no page of this sign-in. */
import type { Context } from 'hono';
import { sentFrom } from '#http';
import { TypedStill } from './conflict.tsx';
import { readForm } from './forms.ts';
import { type DeskCity, outsidePage } from './frame.tsx';
import { said } from './words.ts';

const WORDS = said('refused');

/** Where forms have lines to fill in, instead of one text. */
const OF_LINES = /\/(?:paper|letter-codes)$/;
const NOT_TYPED = /^(?:_.*|version|letter|service)$/;

/** @returns the text that was typed, or line by line what was written for a paper or a letter */
function typedIn(form: URLSearchParams | undefined, path: string): string {
  if (!form || !OF_LINES.test(path)) return form?.get('text')?.trim() ?? '';
  const lines = new Map<string, string[]>();
  for (const [name, value] of form) {
    const [line = ''] = name.split('.');
    if (!NOT_TYPED.test(name) && value !== '') lines.set(line, [...(lines.get(line) ?? []), value]);
  }
  return [...lines.values()].map((values) => values.join(' ')).join('\n');
}

/** What a form of another site sends is not shown to anybody. */
const fromHere = (c: Context): boolean => sentFrom((name) => c.req.header(name)) === 'own';

/**
 * The answer to a change by somebody who is not signed in any more. What was typed is shown once more, because the page it
 * was typed on may be gone. Whether the same was sent before, and saved, nobody can tell without knowing who asks.
 */
export async function notSignedInPage(city: DeskCity, c: Context): Promise<Response> {
  const typed = fromHere(c) ? typedIn(await readForm(c), c.req.path) : '';
  return outsidePage(
    city,
    c,
    WORDS.notSignedIn,
    <>
      <p>
        {WORDS.notSignedInText} <a href="/desk/sign-in">{said('signIn').again}</a>
      </p>
      <TypedStill text={typed} />
    </>,
    401,
  );
}

/**
 * @param form what was sent, where it could be read
 * @returns the answer to a changing request that no page of this sign-in has sent
 */
export function notGenuinePage(city: DeskCity, c: Context, form: URLSearchParams | undefined): Response {
  const own = fromHere(c);
  return outsidePage(
    city,
    c,
    WORDS.notDone,
    <>
      <p>
        {!own ? WORDS.elsewhere : form ? WORDS.earlier : WORDS.unreadable}{' '}
        <a href="/desk">{said('frame').toCases}</a>
      </p>
      <TypedStill text={own ? typedIn(form, c.req.path) : ''} />
    </>,
    403,
  );
}
