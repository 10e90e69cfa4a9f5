import type { Clock } from '#time';
import type { Access } from './access.ts';
import { type Forgery, forge, forgeReply } from './forge.ts';
import { type FitConnectKeys, generateJwk } from './keys.ts';
import { type Answer, type Matched, problem, type Request, type Step } from './routes.ts';
import { type DeliveryService, tagsOf } from './service.ts';

/** What goes wrong for the office; the authority's own calls are never troubled. */
export interface Trouble {
  /** The next call of this step does its work, but the answer never arrives. */
  loseAnswer?: Step;
  /** The next call of this step is answered with a web page instead. */
  garbage?: Step;
  /** The next call of this step is answered as if it had been done, and nothing is. */
  pretend?: Step;
  /** Every call fails with 503. */
  down?: boolean;
  /** Every answer takes so long. */
  slowMs?: number;
  /** All tokens are withdrawn, once. */
  withdrawTokens?: boolean;
  /** The key shown as the destination's: too short, for another use, or somebody else's. */
  wrongKey?: 'short' | 'for-signing' | 'of-somebody-else';
  /** Every event log also holds a forged acceptance. */
  forgery?: Forgery;
  /** Replies hold this text instead of what the authority wrote, well encrypted for the office. */
  forgedReply?: string;
  /** Forgotten incomplete submissions: as if too old. */
  dropIncomplete?: boolean;
}

interface World {
  service: DeliveryService;
  access: Access;
  keys: FitConnectKeys;
  clock: Clock;
  origin: string;
  destinationId: string;
}

export interface Troubles {
  readonly calls: readonly Step[];
  /** The destination's encryption key as it is shown. */
  encryptionKey(): unknown;
  set(trouble: Trouble): Promise<void>;
  /** Lets a call through, more or less. @returns undefined when the answer is lost */
  at(request: Request, matched: Matched): Promise<Answer | undefined>;
}

async function keyShown(keys: FitConnectKeys, wrong: Trouble['wrongKey']): Promise<unknown> {
  const { kid } = keys.encryption;
  if (wrong === 'short') return { ...(await generateJwk('encrypt', 2_048)).publicJwk, kid };
  if (wrong === 'for-signing') return { ...keys.signing.publicJwk, kid };
  if (wrong === 'of-somebody-else') return { ...keys.office.publicJwk, kid };
  return keys.encryption.publicJwk;
}

async function withForgery(
  world: World,
  forged: Map<string, string>,
  request: Request,
  answer: Answer,
  forgery: Forgery,
): Promise<Answer> {
  const { service, keys, origin, destinationId, clock } = world;
  const sending = [...service.submissions.values()].find((one) => request.path.includes(one.caseId));
  if (!sending) return answer;
  const whole = { keys, service: origin, destinationId, tags: tagsOf(sending) };
  // A log keeps what is in it: the same forgery stands there at every call.
  const name = `${forgery} ${sending.id}`;
  const set = forged.get(name) ?? (await forge(forgery, sending, whole, clock.now()));
  forged.set(name, set);
  return { ...answer, body: JSON.stringify({ eventLog: [...service.events(sending.caseId), set] }) };
}

/** Makes trouble as it is told, and counts the office's calls. */
export function createTroubles(world: World): Troubles {
  const calls: Step[] = [];
  let trouble: Trouble = {};
  const forged = new Map<string, string>();
  let shownKey: unknown = world.keys.encryption.publicJwk;

  /** @returns whether this trouble is meant for this call; then it is over */
  function strikes(kind: 'loseAnswer' | 'garbage' | 'pretend', step: Step): boolean {
    if (trouble[kind] !== step) return false;
    const { [kind]: _, ...rest } = trouble;
    trouble = rest;
    return true;
  }

  return {
    calls,
    encryptionKey: () => shownKey,
    async set(next) {
      trouble = next;
      if (next.withdrawTokens) world.access.withdrawAll();
      if (next.dropIncomplete) world.service.dropIncomplete();
      shownKey = await keyShown(world.keys, next.wrongKey);
    },
    async at(request, { step, run }) {
      calls.push(step);
      if (trouble.down) return problem(503, 'down for maintenance');
      if (trouble.slowMs) await new Promise((resolve) => setTimeout(resolve, trouble.slowMs));
      if (strikes('garbage', step)) {
        return { status: 200, contentType: 'text/html', body: '<!doctype html><title>Wartung</title>' };
      }
      if (strikes('pretend', step)) return { status: 200, contentType: 'application/json', body: '{}' };
      const answer = await run();
      if (step === 'reply' && trouble.forgedReply) {
        const forgery = await forgeReply(world.keys.office, trouble.forgedReply);
        return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), ...forgery }) };
      }
      if (strikes('loseAnswer', step)) return undefined;
      if (step !== 'events' || !trouble.forgery) return answer;
      return withForgery(world, forged, request, answer, trouble.forgery);
    },
  };
}
