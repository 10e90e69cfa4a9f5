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
import { said } from './words.ts';

const WORDS = said('signIn');
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
    WORDS.title,
    <>
      <p>{WORDS.lead}</p>
      <p>
        <LinkButton href={`/desk/sign-in/start?to=${encodeURIComponent(to)}`}>{WORDS.start}</LinkButton>
      </p>
    </>,
  );
}

const STATUS: Readonly<Record<SignInReason, 400 | 403 | 503>> = {
  away: 503,
  setup: 503,
  refused: 403,
  unexpected: 400,
  token: 400,
  claims: 400,
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

  return outsidePage(
    city,
    c,
    said('signInTitles')[reason],
    <>
      <p data-reason={reason}>{said('signInTexts')[reason]}</p>
      {signedIn && <p>{WORDS.already}</p>}
      <p>
        {signedIn ? (
          <LinkButton href={`${publicUrl}/desk`}>{said('frame').toCases}</LinkButton>
        ) : (
          <LinkButton href={`${publicUrl}/desk/sign-in`}>{WORDS.again}</LinkButton>
        )}
      </p>
    </>,
    STATUS[reason],
  );
}

function noAccessPage(city: DeskCity, c: Context, missing: 'office' | 'role'): Response {
  return outsidePage(
    city,
    c,
    WORDS.noAccess,
    <p>{missing === 'office' ? WORDS.noOffice : WORDS.noRole}</p>,
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
    WORDS.signedOut,
    elsewhere === undefined ? (
      <p>
        <LinkButton kind="secondary" href="/desk/sign-in">
          {WORDS.signInAgain}
        </LinkButton>
      </p>
    ) : (
      <p>
        <LinkButton kind="secondary" href={elsewhere}>
          {WORDS.signOutThere}
        </LinkButton>
      </p>
    ),
  );
}
