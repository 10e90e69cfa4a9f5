/**
 * Whether somebody may still do what they could when they signed in. Each request comes by here; now and then the
 * provider is asked. The rule, for an interval of a quarter of an hour:
 * - it says yes: offices and roles are those that it says now;
 * - it says no, or names nothing that gives access: the session is over at once;
 * - it tells only browsers: reading leads there, and as a rule straight back;
 * - it gives no answer: everything goes on, and it is asked each minute, until an hour after its last yes. Then the session is over.
 */
import type { AuditInput } from '#audit';
import type { Warnings } from '#log';
import type { Clock } from '#time';
import type { StaffSignIn } from './oidc.ts';
import { mayUseDesk, type Staff, type StaffSessions, withinCity } from './session.ts';

const MINUTE_MS = 60_000;
const RECHECK_MINUTES = 15;
const AGAIN_MS = MINUTE_MS;
/** So many intervals a yes of the provider counts when no other comes. */
const MOST_INTERVALS = 4;

/** @returns how often the provider is asked, in milliseconds */
export const recheckEvery = (minutes = RECHECK_MINUTES): number => minutes * MINUTE_MS;

/** Who somebody is now. */
export interface Rechecked {
  staff: Staff;
  /** The provider has not said so for too long: what is done now counts until then. */
  until: Date | undefined;
  /** Only a browser gets an answer from the provider. */
  elsewhere: boolean;
}

/** @returns who holds a session's secret now, as far as the provider stands for it; undefined when nobody does */
export type Recheck = (secret: string) => Promise<Rechecked | undefined>;

interface Deps {
  sessions: StaffSessions;
  provider: Pick<StaffSignIn, 'askAgain'>;
  clock: Clock;
  every: number;
  offices: ReadonlyMap<string, unknown>;
  note(entry: Omit<AuditInput, 'at'>): Promise<void>;
  log: Pick<Warnings, 'warn'>;
}

/** Asks the provider with the first request after an interval. */
export function createRecheck(deps: Deps): Recheck {
  const { sessions, clock, every } = deps;
  const running = new Map<string, Promise<'elsewhere' | undefined>>();
  /** Requests of one page come together: the first asks, and the others wait for what it hears. */
  const once = (secret: string, staff: Staff): Promise<'elsewhere' | undefined> => {
    const known = running.get(secret);
    if (known) return known;
    const asking = check(deps, secret, staff).finally(() => running.delete(secret));
    running.set(secret, asking);
    return asking;
  };
  return async (secret) => {
    const before = await sessions.find(secret);
    if (!before) return undefined;
    const since = (staff: Staff): number => clock.now().getTime() - staff.confirmedAt.getTime();
    if (since(before) < every) return { staff: before, until: undefined, elsewhere: false };
    const elsewhere = (await once(secret, before)) === 'elsewhere';
    const staff = await sessions.find(secret);
    if (!staff || since(staff) >= every * MOST_INTERVALS) return undefined;
    const late = since(staff) >= every;
    const until = new Date(staff.confirmedAt.getTime() + every * MOST_INTERVALS);
    return { staff, until: late && !elsewhere ? until : undefined, elsewhere };
  };
}

/** Asks, when it is time, and writes down what it means. @returns whether only a browser gets an answer */
async function check(deps: Deps, secret: string, staff: Staff): Promise<'elsewhere' | undefined> {
  const { sessions, clock, every, log } = deps;
  const claimed = await sessions.claimCheck(secret);
  if (!claimed) return undefined;
  const { tokens, confirmedAt } = claimed;
  const age = clock.now().getTime() - confirmedAt.getTime();
  const alive = tokens.seconds !== undefined && age < tokens.seconds * 1_000;
  const told = await deps.provider.askAgain(staff.subject, tokens, alive);
  const end = async (action: string): Promise<void> => {
    const subject = `staff:${staff.subject}`;
    if (await sessions.end(secret)) await deps.note({ actor: 'system', action, subject });
  };
  if (told.is === 'confirmed') {
    const identity = withinCity(told.identity, deps.offices);
    if (!mayUseDesk(identity)) await end('staff.withdrawn');
    else {
      await sessions.confirm(secret, identity, told.tokens);
      if (differ(staff.offices, identity.offices) || differ(staff.roles, identity.roles))
        await deps.note({ actor: 'system', action: 'staff.changed', subject: `staff:${staff.subject}` });
    }
    return undefined;
  }
  if (told.is === 'withdrawn') await end('staff.withdrawn');
  else if (age >= every * MOST_INTERVALS) await end('staff.unconfirmed');
  else await sessions.putOff(secret, told.tokens, told.is === 'silent' ? 0 : AGAIN_MS);
  if (told.is !== 'away') return told.is === 'silent' ? 'elsewhere' : undefined;
  const { reason, code } = told.error;
  log.warn({ reason, ...(code !== undefined && { code }) }, 'staff not confirmed');
  return undefined;
}

const differ = (one: readonly string[], other: readonly string[]): boolean =>
  one.length !== other.length || one.some((value) => !other.includes(value));
