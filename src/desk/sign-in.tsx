import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { AuditInput } from '#audit';
import { LinkButton } from '#web';
import type { DeskEnv } from './deps.ts';
import type { Desk } from './desk.ts';
import { isGenuine, pathWithinDesk, readForm } from './forms.ts';
import { type DeskCity, outsidePage } from './frame.tsx';
import {
  createStaffSignIn,
  ProviderError,
  type SignInAttempt,
  SignInError,
  type StaffIdentity,
} from './oidc.ts';
import { mayUseDesk } from './session.ts';

const SESSION = 'desk';
const ATTEMPT = 'desk-sign-in';
const ATTEMPT_SECONDS = 600;
const cookie = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', prefix: 'host' } as const;

const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
});

/** @returns the session secret this browser holds */
export function sessionSecret(c: Context): string | undefined {
  return getCookie(c, SESSION, 'host');
}

function rememberAttempt(c: Context, attempt: SignInAttempt, to: string): void {
  const text = Buffer.from(JSON.stringify({ ...attempt, to })).toString('base64url');
  setCookie(c, ATTEMPT, text, { ...cookie, maxAge: ATTEMPT_SECONDS });
}

function takeAttempt(c: Context): z.infer<typeof attemptSchema> | undefined {
  const text = getCookie(c, ATTEMPT, 'host');
  if (text === undefined) return undefined;
  deleteCookie(c, ATTEMPT, cookie);
  try {
    return attemptSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

function signInPage(city: DeskCity, c: Context, to: string): Response {
  return outsidePage(
    city,
    c,
    'Anmelden',
    <>
      <p>Hier arbeiten die Ämter mit den Vorgängen aus dem Digitalen Bürgerbüro.</p>
      <p>
        <LinkButton href={`/desk/sign-in/start?to=${encodeURIComponent(to)}`}>
          Mit Dienstkonto anmelden
        </LinkButton>
      </p>
    </>,
  );
}

/** What a failed sign-in says. The address of the next try is the office's own, wherever the browser came from. */
function failurePage(city: DeskCity, c: Context, cause: unknown, publicUrl: string): Response {
  const again = (
    <p>
      <LinkButton href={`${publicUrl}/desk/sign-in`}>Neu anmelden</LinkButton>
    </p>
  );
  if (cause instanceof ProviderError) {
    return outsidePage(
      city,
      c,
      'Der Anmeldedienst antwortet nicht',
      <>
        <p>
          Bitte versuchen Sie es in einigen Minuten noch einmal. Ihre Vorgänge sind davon nicht betroffen.
        </p>
        {again}
      </>,
      503,
    );
  }
  return outsidePage(
    city,
    c,
    'Die Anmeldung hat nicht geklappt',
    <>
      <p>Vielleicht hat sie zu lange gedauert oder wurde in einem anderen Fenster begonnen.</p>
      {again}
    </>,
    400,
  );
}

function noAccessPage(city: DeskCity, c: Context): Response {
  return outsidePage(
    city,
    c,
    'Kein Zugang zum Schreibtisch',
    <p>
      Ihr Dienstkonto gehört zu keinem der Ämter hier oder hat keine passende Rolle. Bitte wenden Sie sich an
      Ihre Teamleitung.
    </p>,
    403,
  );
}

/** @returns the answer to a changing request that none of the desk's own pages sent */
export function notGenuinePage(city: DeskCity, c: Context): Response {
  return outsidePage(
    city,
    c,
    'Nicht ausgeführt',
    <p>
      Diese Anfrage kam nicht von einer Seite des Schreibtischs. Bitte gehen Sie <a href="/desk">zurück</a>{' '}
      und versuchen Sie es noch einmal.
    </p>,
    403,
  );
}

/** Signing in and out; the only pages of the desk that nobody has to be signed in for. */
export function signInRoutes(desk: Desk): Hono<DeskEnv> {
  const { config, db, clock, audit, sessions, city } = desk;
  const provider = createStaffSignIn(config);
  const note = (entry: Omit<AuditInput, 'at'>): Promise<void> =>
    db.transaction().execute((tx) => audit.append(tx, { ...entry, at: clock.now() }));

  const enter = async (c: Context, identity: StaffIdentity, to: string): Promise<Response> => {
    const subject = `staff:${identity.subject}`;
    if (!mayUseDesk(identity)) {
      await note({ actor: subject, action: 'staff.refused', subject });
      return noAccessPage(city, c);
    }
    const old = sessionSecret(c);
    if (old !== undefined) await sessions.end(old);
    setCookie(c, SESSION, await sessions.begin(identity), cookie);
    await note({ actor: subject, action: 'staff.signedIn', subject });
    return c.redirect(pathWithinDesk(to), 303);
  };

  const app = new Hono<DeskEnv>();
  app.get('/sign-in', (c) => signInPage(city, c, pathWithinDesk(c.req.query('to'))));
  app.get('/sign-in/start', async (c) => {
    try {
      const { url, attempt } = await provider.begin();
      rememberAttempt(c, attempt, pathWithinDesk(c.req.query('to')));
      c.header('cache-control', 'no-store');
      return c.redirect(url, 302);
    } catch (cause) {
      return failurePage(city, c, cause, config.publicUrl);
    }
  });
  app.get('/callback', async (c) => {
    const attempt = takeAttempt(c);
    if (!attempt) return failurePage(city, c, undefined, config.publicUrl);
    let identity: StaffIdentity;
    try {
      identity = await provider.finish(new URL(c.req.url).search, attempt);
    } catch (cause) {
      if (cause instanceof SignInError || cause instanceof ProviderError) {
        return failurePage(city, c, cause, config.publicUrl);
      }
      throw cause;
    }
    return enter(c, identity, attempt.to);
  });
  app.post('/sign-out', async (c) => {
    const secret = sessionSecret(c);
    const staff = secret === undefined ? undefined : await sessions.find(secret);
    const form = await readForm(c);
    if (secret !== undefined && staff) {
      if (!form || !isGenuine(c.req.raw.headers, form, staff.csrf, config.publicUrl)) {
        return notGenuinePage(city, c);
      }
      await sessions.end(secret);
      await note({
        actor: `staff:${staff.subject}`,
        action: 'staff.signedOut',
        subject: `staff:${staff.subject}`,
      });
    }
    deleteCookie(c, SESSION, cookie);
    return signedOutPage(city, c, await provider.endUrl().catch(() => undefined));
  });
  app.get('/signed-out', (c) => signedOutPage(city, c, undefined));
  return app;
}

/**
 * @param elsewhere where the session at the identity provider ends. The browser goes there by itself, not as the
 * form's answer: a redirect of a form to another origin is what the pages' Content-Security-Policy forbids.
 */
function signedOutPage(city: DeskCity, c: Context, elsewhere: string | undefined): Response {
  if (elsewhere !== undefined) c.header('refresh', `0; url=${elsewhere}`);
  return outsidePage(
    city,
    c,
    'Sie sind abgemeldet',
    elsewhere === undefined ? (
      <p>
        <LinkButton kind="secondary" href="/desk/sign-in">
          Wieder anmelden
        </LinkButton>
      </p>
    ) : (
      <p>
        <LinkButton kind="secondary" href={elsewhere}>
          Auch beim Anmeldedienst abmelden
        </LinkButton>
      </p>
    ),
  );
}
