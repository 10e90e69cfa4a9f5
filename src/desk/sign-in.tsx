import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { LinkButton } from '#web';
import type { DeskEnv } from './deps.ts';
import { type Desk, noted } from './desk.ts';
import { pathWithinDesk, readOwnForm } from './forms.ts';
import { type DeskCity, outsidePage } from './frame.tsx';
import type { SignedIn, SignInAttempt, StaffSignIn } from './oidc.ts';
import { notGenuinePage } from './refused.tsx';
import { mayUseDesk, withinCity } from './session.ts';
import { SignInError, type SignInReason } from './sign-in-errors.ts';

const SESSION = 'desk';
const ATTEMPT = 'desk-sign-in';
/** Proof for the provider that it is this session which signs out; kept by the browser, not by the office. */
const PROOF = 'desk-proof';
/** Browsers keep no larger cookie; then the provider asks before it signs out. */
const LARGEST_PROOF = 3_800;
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

const FAILURES: Readonly<Record<SignInReason, { title: string; text: string; status: 400 | 403 | 503 }>> = {
  away: {
    title: 'Der Anmeldedienst antwortet nicht',
    text: 'Bitte versuchen Sie es in einigen Minuten noch einmal. Ihre Vorgänge sind davon nicht betroffen.',
    status: 503,
  },
  setup: {
    title: 'Die Anmeldung ist falsch eingerichtet',
    text: 'Schreibtisch und Anmeldedienst passen nicht zusammen. Das liegt nicht an Ihnen. Bitte sagen Sie es der Technik: Der Grund steht im Protokoll.',
    status: 503,
  },
  refused: {
    title: 'Der Anmeldedienst hat Sie nicht angemeldet',
    text: 'Er hat die Anmeldung abgelehnt, oder Sie haben sie abgebrochen. Haben Sie sie nicht abgebrochen, fragen Sie bitte, ob Ihr Dienstkonto für das Bürgerbüro freigeschaltet ist.',
    status: 403,
  },
  unexpected: {
    title: 'Diese Anmeldung gilt nicht mehr',
    text: 'Vielleicht hat sie zu lange gedauert, wurde in einem anderen Fenster begonnen oder war schon benutzt.',
    status: 400,
  },
  token: {
    title: 'Die Antwort des Anmeldedienstes ist nicht gültig',
    text: 'Sie ließ sich nicht prüfen, oder die Uhren gehen verschieden. Geschieht es noch einmal, sagen Sie es bitte der Technik: Der Grund steht im Protokoll.',
    status: 400,
  },
  claims: {
    title: 'Der Anmeldedienst sagt nicht, wer Sie sind',
    text: 'In seiner Antwort fehlt die Kennung Ihres Dienstkontos. Bitte sagen Sie es der Technik.',
    status: 400,
  },
};

/** Where somebody goes on from a sign-in that failed. */
interface After {
  publicUrl: string;
  /** They had pressed twice, or come back to an old address: the session that they have goes on. */
  signedIn: boolean;
}

/** What a failed sign-in says. The address of the next try is the office's own, wherever the browser came from. */
function failurePage(city: DeskCity, c: Context, reason: SignInReason, after: After): Response {
  const { publicUrl, signedIn } = after;
  const { title, text, status } = FAILURES[reason];
  return outsidePage(
    city,
    c,
    title,
    <>
      <p data-reason={reason}>{text}</p>
      {signedIn && <p>Sie sind aber schon angemeldet.</p>}
      <p>
        {signedIn ? (
          <LinkButton href={`${publicUrl}/desk`}>Zu den Vorgängen</LinkButton>
        ) : (
          <LinkButton href={`${publicUrl}/desk/sign-in`}>Neu anmelden</LinkButton>
        )}
      </p>
    </>,
    status,
  );
}

function noAccessPage(city: DeskCity, c: Context, missing: 'office' | 'role'): Response {
  return outsidePage(
    city,
    c,
    'Kein Zugang zum Schreibtisch',
    <p>
      {missing === 'office'
        ? 'Ihr Dienstkonto gehört zu keinem der Ämter, die hier arbeiten.'
        : 'Ihr Dienstkonto hat keine Rolle, mit der man hier arbeitet.'}{' '}
      Bitte wenden Sie sich an Ihre Teamleitung.
    </p>,
    403,
  );
}

/** Signing in and out; the only pages of the desk that nobody has to be signed in for. */
export function signInRoutes(desk: Desk, provider: StaffSignIn): Hono<DeskEnv> {
  const { config, sessions, city, log } = desk;

  const fail = async (c: Context, cause: unknown): Promise<Response> => {
    if (!(cause instanceof SignInError)) throw cause;
    const { reason, code } = cause;
    log.warn({ reason, ...(code !== undefined && { code }) }, 'staff sign-in failed');
    const secret = sessionSecret(c);
    const signedIn =
      reason === 'unexpected' && secret !== undefined && (await sessions.find(secret)) !== undefined;
    return failurePage(city, c, reason, { publicUrl: config.publicUrl, signedIn });
  };
  const enter = async (c: Context, told: SignedIn, to: string): Promise<Response> => {
    const identity = withinCity(told.identity, city.offices);
    const subject = `staff:${identity.subject}`;
    const old = sessionSecret(c);
    const before = old === undefined ? undefined : await sessions.find(old);
    if (old !== undefined) await sessions.end(old);
    if (!mayUseDesk(identity)) {
      await noted(desk, { actor: subject, action: 'staff.refused', subject });
      const missing = identity.offices.length === 0 ? 'office' : 'role';
      log.warn({ reason: missing }, 'staff without access');
      return noAccessPage(city, c, missing);
    }
    // Whoever was sent there in the middle of their work comes back to pages that are still open.
    const csrf = before?.subject === identity.subject ? before.csrf : undefined;
    setCookie(c, SESSION, await sessions.begin({ ...told, identity, csrf }), cookie);
    await noted(desk, { actor: subject, action: 'staff.signedIn', subject });
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
      return fail(c, cause);
    }
  });
  app.get('/callback', async (c) => {
    const attempt = takeAttempt(c);
    if (!attempt) return fail(c, new SignInError('unexpected', 'no-attempt'));
    try {
      const told = await provider.finish(new URL(c.req.url).search, attempt);
      const { idToken } = told;
      if (idToken !== undefined && idToken.length <= LARGEST_PROOF) setCookie(c, PROOF, idToken, cookie);
      return await enter(c, told, attempt.to);
    } catch (cause) {
      return fail(c, cause);
    }
  });
  app.post('/sign-out', async (c) => {
    const secret = sessionSecret(c);
    const staff = secret === undefined ? undefined : await sessions.find(secret);
    if (secret !== undefined && staff) {
      const { form, own } = await readOwnForm(c, staff.csrf, config.publicUrl);
      if (!own) return notGenuinePage(city, c, form);
      await sessions.end(secret);
      await noted(desk, {
        actor: `staff:${staff.subject}`,
        action: 'staff.signedOut',
        subject: `staff:${staff.subject}`,
      });
    }
    const proof = getCookie(c, PROOF, 'host');
    deleteCookie(c, SESSION, cookie);
    deleteCookie(c, PROOF, cookie);
    // Not "cookies": that would reach those of the identity provider next door, which needs them to end its session.
    c.header('Clear-Site-Data', '"cache", "storage"');
    return signedOutPage(city, c, await provider.endUrl(proof).catch(() => undefined));
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
