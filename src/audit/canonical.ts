/** What an entry may carry beside its subject: codes and counts, never a sentence. */
export type AuditDetail = Readonly<Record<string, string | number | boolean>>;

/** Who did what to what, when. No personal data: subjects are case ids, actors are staff ids, `citizen` or `system`. */
export interface AuditInput {
  at: Date;
  /** `citizen`, `system`, or `staff:<subject>` */
  actor: string;
  /** Dotted, such as `case.submitted`. */
  action: string;
  /** A case id, or what else was acted on (`audit`, `outbox`). */
  subject: string;
  detail?: AuditDetail;
}

const ACTION = /^[a-z]+(\.[a-zA-Z]+)+$/;
// A subject as OpenID Connect gives it: up to 255 ASCII characters.
const ACTOR = /^(?:citizen|system|staff:[\x21-\x7e]{1,255})$/;
// No blanks: a name or a sentence somebody typed cannot slip in.
const TOKEN = /^[\w.:@/+|=-]{1,120}$/;

/** @throws Error when a value could be more than a code; the message does not repeat it */
export function assertPlain(entry: AuditInput): void {
  if (!ACTION.test(entry.action)) throw new Error('audit: an action is dotted words, such as case.read');
  if (!ACTOR.test(entry.actor)) throw new Error('audit: an actor is citizen, system or staff:<subject>');
  for (const [name, value] of Object.entries({ subject: entry.subject, ...entry.detail })) {
    if (typeof value === 'string' && !TOKEN.test(value)) throw new Error(`audit: ${name} is not a code`);
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw new Error(`audit: ${name} is not a whole number`);
    }
  }
}

/**
 * The text that is hashed: JSON with sorted names and no blanks (the idea of RFC 8785), so that an entry read
 * back from the database gives the same bytes.
 */
export function canonical(entry: AuditInput): string {
  const detail = entry.detail ?? {};
  const sorted = Object.fromEntries(
    Object.keys(detail)
      .sort()
      .map((name) => [name, detail[name]]),
  );
  return JSON.stringify({
    action: entry.action,
    actor: entry.actor,
    at: entry.at.toISOString(),
    detail: sorted,
    subject: entry.subject,
  });
}
