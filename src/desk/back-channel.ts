/** Where the provider says that a session of its is over. No browser comes here, and nobody is signed in. */
import type { Context } from 'hono';
import { createReplayGuard } from '#identity';
import type { Desk } from './desk.ts';
import { readForm } from './forms.ts';
import { LogoutTokenError, providerKeys, REMEMBERED_MS, readLogoutToken } from './logout-token.ts';
import type { StaffSignIn } from './oidc.ts';
import { SignInError } from './sign-in-errors.ts';

export const BACK_CHANNEL_PATH = '/back-channel-logout';

type Keys = Awaited<ReturnType<typeof providerKeys>>;

/** @returns the answer to a logout token: 200 when nothing of the session is left here, 400 when the token is none */
export function createBackChannel(desk: Desk, provider: Pick<StaffSignIn, 'keys'>) {
  const { config, db, clock, audit, sessions, log } = desk;
  let known: { uri: string; keys: Keys } | undefined;
  const expected = async (): Promise<{ issuer: string; clientId: string; keys: Keys }> => {
    const { issuer, jwksUri } = await provider.keys();
    if (known?.uri !== jwksUri) known = { uri: jwksUri, keys: await providerKeys(jwksUri) };
    return { issuer, clientId: config.oidc.clientId, keys: known.keys };
  };

  async function endAsSaid(token: string): Promise<void> {
    const { jti, ...of } = await readLogoutToken(token, await expected());
    const at = clock.now();
    await db.transaction().execute(async (tx) => {
      const until = new Date(at.getTime() + REMEMBERED_MS);
      const first = await createReplayGuard(tx).firstUse(`logout ${config.oidc.issuer} ${jti}`, until);
      if (!first) throw new LogoutTokenError('used');
      for (const subject of await sessions.endOf(tx, of))
        await audit.append(tx, {
          ...{ at, actor: 'system', action: 'staff.endedByProvider', subject: `staff:${subject}` },
        });
    });
  }

  return async (c: Context): Promise<Response> => {
    c.header('cache-control', 'no-store');
    try {
      const tokens = (await readForm(c))?.getAll('logout_token') ?? [];
      const [token] = tokens;
      if (token === undefined || tokens.length > 1) throw new LogoutTokenError('missing');
      await endAsSaid(token);
      return c.body(null, 200);
    } catch (cause) {
      if (cause instanceof LogoutTokenError) {
        log.warn({ reason: 'token', code: cause.code }, 'logout token refused');
        return c.json({ error: 'invalid_request' }, 400);
      }
      if (!(cause instanceof SignInError)) throw cause;
      log.warn({ reason: 'away' }, 'logout token not read');
      return c.json({ error: 'temporarily_unavailable' }, 503);
    }
  };
}
