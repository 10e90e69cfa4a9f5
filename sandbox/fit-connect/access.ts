import { randomBytes } from 'node:crypto';
import type { Clock } from '#time';
import { refuse } from './rules.ts';
import type { Client } from './service.ts';

export interface Credentials {
  clientId: string;
  clientSecret: string;
}

const LIFE_S = 1_800;
const SCOPES: Record<Client, string> = {
  office: 'send-submissions',
  authority: 'subscribe-destinations',
};

/** Clients and their tokens (OAuth 2.0 client credentials, `client_secret_post`). */
export class Access {
  readonly clients: Record<Client, Credentials>;
  readonly #clock: Clock;
  readonly #tokens = new Map<string, { client: Client; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
    const secret = (): string => randomBytes(24).toString('base64url');
    this.clients = {
      office: { clientId: 'amtomat-office', clientSecret: secret() },
      authority: { clientId: 'amtomat-authority', clientSecret: secret() },
    };
  }

  /** @param authorization the header, which this service does not take */
  grant(form: URLSearchParams, authorization: string | undefined): object {
    const names = ['office', 'authority'] as const;
    const client = names.find((name) => this.clients[name].clientId === form.get('client_id'));
    const right = client && this.clients[client].clientSecret === form.get('client_secret');
    if (authorization || !right) return refuse(401, 'invalid_client');
    if (form.get('grant_type') !== 'client_credentials') return refuse(400, 'unsupported_grant_type');
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, { client, until: this.#clock.now().getTime() + LIFE_S * 1_000 });
    return { access_token: token, token_type: 'Bearer', expires_in: LIFE_S, scope: SCOPES[client] };
  }

  /** Whose token it is, if it still holds. */
  clientOf(authorization: string | undefined): Client | undefined {
    const token = this.#tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    return token && token.until > this.#clock.now().getTime() ? token.client : undefined;
  }

  /** Whose token it is or was. */
  ownerOf(authorization: string | undefined): Client | undefined {
    return this.#tokens.get(authorization?.replace(/^Bearer /, '') ?? '')?.client;
  }

  withdrawAll(): void {
    for (const token of this.#tokens.values()) token.until = 0;
  }
}
