import type { Answer, Attribute, IdentityLevel, Means, ToldMeans } from '#service';

/** How sure we are who somebody is (Regulation (EU) 910/2014, article 8). */
export type Level = Exclude<IdentityLevel, 'none'>;

/** What an identification told. Belongs into the sealed draft and nowhere else. */
export interface Identity {
  provider: 'bundid';
  level: Level;
  /** With what the person has signed in. */
  means: ToldMeans;
  /** When the person was identified, as an ISO instant by the office's clock. */
  at: string;
  /**
   * Plain values: names as text, `birthDate` as YYYY-MM-DD (YYYY-MM or YYYY where the day is not known), `nationality` as ISO 3166-1 alpha-3, `address` as
   * `{street, houseNumber, postcode, city}` with `country` (alpha-3) where it was told. What was not told is missing.
   */
  attributes: Partial<Record<Attribute, Answer>>;
  /** How sure each attribute is, never above the sign-in's level; missing: nobody vouches for it. */
  trust: Partial<Record<Attribute, Level>>;
}

/** What was asked. Kept in the sealed draft: an answer to anything else is refused. */
export interface IdentityRequest {
  /** SAML id of the request, which the answer must name in `InResponseTo`. */
  id: string;
  /** ISO instant. */
  issuedAt: string;
  level: Level;
  /** The means that are lawful; undefined: whatever reaches the level. */
  means?: readonly Means[] | undefined;
  attributes: readonly Attribute[];
}

/**
 * Why an identification did not succeed:
 * `cancelled` the person went back; `refused` the provider said no (for example: the card has expired or is blocked);
 * `levelTooLow` signed in, but not with a means that reaches the level asked for; `wrongMeans` sure enough, but not with
 * a means that is lawful here; `expired` answered too late;
 * `replayed` the answer was used before; `unknownRequest` it answers another request; `invalid` it cannot be believed.
 */
export type Refusal =
  | 'cancelled'
  | 'refused'
  | 'levelTooLow'
  | 'wrongMeans'
  | 'expired'
  | 'replayed'
  | 'unknownRequest'
  | 'invalid';

/** Which check said no, for the audit trail and whoever looks after the connection. */
export type RefusalDetail =
  | 'size'
  | 'syntax'
  | 'structure'
  | 'algorithm'
  | 'notEncrypted'
  | 'signature'
  | 'decryption'
  | 'issuer'
  | 'destination'
  | 'audience'
  | 'inResponseTo'
  | 'notYetValid'
  | 'tooLate'
  | 'used'
  | 'status'
  | 'level'
  | 'means';

/** An identification that did not succeed. Carries codes only: nothing of the answer is in it. */
export class IdentityError extends Error {
  readonly code: Refusal;
  readonly detail: RefusalDetail;

  constructor(code: Refusal, detail: RefusalDetail) {
    super(`identification not accepted: ${code} (${detail})`);
    this.name = 'IdentityError';
    this.code = code;
    this.detail = detail;
  }
}

/** One way of finding out who somebody is: the browser leaves for the provider and comes back with an answer. */
export interface IdentityProvider {
  readonly id: 'bundid';
  /** As people know it. */
  readonly name: string;
  /** Origin of the sign-in page, for the `form-action` of the page that leads there. */
  readonly origin: string;
  /**
   * @param want what the service needs; at least one attribute; `relay` comes back with the answer, at most 80 bytes
   * @returns where to send the browser, and what must be kept in the draft until it comes back
   */
  begin(want: {
    level: Level;
    means?: readonly Means[] | undefined;
    attributes: readonly Attribute[];
    relay?: string;
  }): Promise<{ url: string; request: IdentityRequest }>;
  /**
   * @param samlResponse the form field `SAMLResponse` as it came
   * @param request what this visit asked
   * @param replay where it is written down that the answer was used, when that shall count only together with what comes of it
   * @throws IdentityError when the answer is a no, or cannot be believed
   */
  complete(samlResponse: string, request: IdentityRequest, replay?: ReplayGuard): Promise<Identity>;
  /** @returns SAML metadata of the office as XML, to be handed to the provider */
  metadata(): string;
}

/** Remembers answers that were used. */
export interface ReplayGuard {
  /**
   * @param id of the answer
   * @param until when the answer is refused for its age anyway
   * @returns true the first time, false ever after; exactly one of several at once gets true
   */
  firstUse(id: string, until: Date): Promise<boolean>;
}

/** What is known of the identity provider, from its metadata. */
export interface IdentityProviderDescription {
  entityId: string;
  /** Where the sign-in begins (HTTP-Redirect binding). */
  ssoUrl: string;
  /** Certificates that may sign its answers, as PEM. */
  certificates: readonly string[];
}
