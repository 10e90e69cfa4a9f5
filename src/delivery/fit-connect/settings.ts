import type { Tx } from '#db';
import type { CertificateCheck } from './jwk.ts';

/** Where one authority is reached. */
export interface AuthoritySettings {
  /** Its Zustellpunkt, a UUID. */
  destinationId: string;
  /** Amtlicher Regionalschlüssel of the place the case belongs to, such as `082120000000`. */
  region: string;
  /** LeiKa key -> schema of the content, where it is another one than the case names. */
  schemas?: Readonly<Record<string, string>>;
}

/**
 * Paths under the API's base; `{destination}`, `{kid}`, `{case}`, `{submission}` and `{reply}` are filled in.
 * They can be set, because versions of the Submission API and its known clients differ in them.
 */
export interface FitConnectPaths {
  /** Answers with one key, or with a list under `keys`. */
  key: string;
  events: string;
  serviceKeys: string;
  replies: string;
  acknowledgeReply: string;
}

export const DEFAULT_PATHS: FitConnectPaths = {
  key: 'v2/destinations/{destination}/keys/{kid}',
  events: 'v2/cases/{case}/events',
  serviceKeys: '.well-known/jwks.json',
  replies: 'v2/replies',
  acknowledgeReply: 'v2/replies/{reply}/acknowledge',
};

/** What a client needs to speak with the delivery service. */
export interface ConnectionSettings {
  tokenUrl: string;
  /** Base of the Submission API, without trailing slash. */
  api: string;
  /** Whom the delivery service calls itself in its events; left out: the base of its API. */
  issuer?: string;
  clientId: string;
  clientSecret: string;
  paths?: Partial<FitConnectPaths>;
  /** How long to wait for one answer; left out: 30 seconds. */
  timeoutMs?: number;
}

export interface FitConnectSettings extends ConnectionSettings {
  /** The name that a case's service uses for its authority -> where it is. */
  authorities: Readonly<Record<string, AuthoritySettings>>;
  /** Names this office to the authority, such as `Digitales Bürgerbüro Karlsruhe`. */
  sender: string;
  /** Version of this program. */
  version: string;
  /** Left out: no answers by this way. The first private key (JWK, RSA-4096) is offered, older ones still open. */
  replies?: { keys: readonly object[] };
  /** Whether the certificate of a destination's key is to be trusted. There is no default on purpose. */
  certificates: CertificateCheck;
}

export interface ParcelFile {
  id: string;
  name: string;
  mediaType: string;
  content: Buffer;
}

/** What a case sends to its authority. */
export interface Parcel {
  /** The case's number, by which the authority can ask back. */
  number: string;
  /** The service's name in German. */
  service: string;
  /** LeiKa key, 14 digits. */
  leika: string;
  /** A key of {@link FitConnectSettings.authorities}. */
  authority: string;
  /** The submission; becomes JSON. */
  json: unknown;
  schemaUri: string;
  files: readonly ParcelFile[];
  /** The day it was handed in, `YYYY-MM-DD`. */
  date: string;
}

/** Gives what a case sends. */
export interface ParcelSource {
  open(caseId: string): Promise<Parcel>;
}

/** An answer that the authority wrote. Everything in it is untrusted: the files have passed only limits of size. */
export interface AuthorityReply {
  text: string;
  files: ParcelFile[];
}

/**
 * What comes back. Each is called exactly once, in the transaction that writes down that it was: what it does in
 * `tx` and the note of it stand or fall together.
 */
export interface Received {
  /** The delivery service has it whole and keeps it for the authority. */
  submitted(tx: Tx, caseId: string): Promise<void>;
  accepted(tx: Tx, caseId: string): Promise<void>;
  /**
   * @param problems codes such as `schema-violation`, without personal data; none when the delivery service itself
   * rejected it because nobody picked it up in 14 days
   */
  rejected(tx: Tx, caseId: string, problems: readonly string[]): Promise<void>;
  reply(tx: Tx, caseId: string, reply: AuthorityReply): Promise<void>;
  /** An event or a reply was not believed: somebody should look. @param code why */
  refused(tx: Tx, caseId: string, code: string): Promise<void>;
}
