import type { Access } from './access.ts';
import type { FitConnectKeys } from './keys.ts';
import { refuse } from './rules.ts';
import type { Client, DeliveryService } from './service.ts';

/** Every call, by the name with which trouble can be made at it. */
export const STEPS = [
  'token',
  'destination',
  'key',
  'service-keys',
  'announce',
  'attachment',
  'submit',
  'events',
  'decide',
  'pick-ups',
  'pick-up',
  'pick-up-attachment',
  'reply-announce',
  'reply-attachment',
  'reply-submit',
  'replies',
  'reply',
  'reply-file',
  'acknowledge',
] as const;

export type Step = (typeof STEPS)[number];

/** A request as far as the rules need it. */
export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  contentType: string;
  authorization: string | undefined;
  body: string;
}

export interface Answer {
  status: number;
  contentType: string;
  body: string;
}

interface World {
  service: DeliveryService;
  access: Access;
  keys: FitConnectKeys;
  destinationId: string;
  /** The destination's encryption key as it is shown. */
  encryptionKey(): unknown;
}

interface Route {
  step: Step;
  method: string;
  path: RegExp;
  /** Whose token it takes; left out: anybody may. */
  only?: readonly Client[];
  content?: 'application/json' | 'application/jose' | 'application/x-www-form-urlencoded';
  answer(world: World, request: Request, ids: readonly string[]): Promise<Answer> | Answer;
}

const json = (body: unknown, status = 200): Answer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(body),
});
const jose = (body: string): Answer => ({ status: 200, contentType: 'application/jose', body });
export const problem = (status: number, title: string): Answer => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ status, title }),
});
const done: Answer = { status: 204, contentType: '', body: '' };

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return refuse(400, 'not JSON');
  }
}

function keyOf({ keys, encryptionKey, destinationId }: World, destination: string, kid: string): unknown {
  if (destination !== destinationId) return refuse(404, 'no such destination');
  if (kid === keys.encryption.kid) return encryptionKey();
  return kid === keys.signing.kid ? keys.signing.publicJwk : refuse(404, 'no such key');
}

async function eventsOf({ service }: World, caseId: string): Promise<Answer> {
  await service.rejectOld();
  const eventLog = service.events(caseId);
  return json({ offset: 0, count: eventLog.length, totalCount: eventLog.length, eventLog });
}

const SENDER: readonly Client[] = ['office'];
const SUBSCRIBER: readonly Client[] = ['authority'];
const BOTH: readonly Client[] = ['office', 'authority'];
const ID = '([\\w-]{36})';

/** One way for the parts that submissions and replies have in common. */
function sendingRoutes(
  kind: 'submission' | 'reply',
  sender: readonly Client[],
  receiver: readonly Client[],
): Route[] {
  const isReply = kind === 'reply';
  const base = isReply ? 'replies' : 'submissions';
  return [
    {
      ...{ step: isReply ? 'reply-attachment' : 'attachment', method: 'PUT', only: sender },
      ...{ path: new RegExp(`^/v2/${base}/${ID}/attachments/${ID}$`), content: 'application/jose' },
      answer({ service }, { body }, [id = '', attachment = '']) {
        service.upload(kind, id, attachment, body);
        return done;
      },
    },
    {
      ...{ step: isReply ? 'reply-submit' : 'submit', method: 'PUT', only: sender },
      ...{ path: new RegExp(`^/v2/${base}/${ID}$`), content: 'application/json' },
      async answer({ service }, { body }, [id = '']) {
        await service.submit(kind, id, parse(body));
        return json({});
      },
    },
    {
      ...{ step: isReply ? 'replies' : 'pick-ups', method: 'GET', only: receiver },
      path: new RegExp(`^/v2/${base}$`),
      answer({ service, destinationId }, { query }) {
        if (!isReply && query.get('destinationId') !== destinationId)
          return refuse(403, 'not your destination');
        const list = service.waiting(kind).map(({ id, caseId }) => ({ [`${kind}Id`]: id, caseId }));
        return json({ offset: 0, count: list.length, totalCount: list.length, [base]: list });
      },
    },
    {
      ...{ step: isReply ? 'reply' : 'pick-up', method: 'GET', only: receiver },
      path: new RegExp(`^/v2/${base}/${ID}$`),
      answer({ service }, _request, [id = '']) {
        const { caseId, encryptedMetadata, encryptedData, attachments } = service.pickUp(kind, id);
        return json({
          ...{ [`${kind}Id`]: id, caseId, encryptedMetadata, encryptedData },
          attachments: [...attachments.keys()],
        });
      },
    },
    {
      ...{ step: isReply ? 'reply-file' : 'pick-up-attachment', method: 'GET', only: receiver },
      path: new RegExp(`^/v2/${base}/${ID}/attachments/${ID}$`),
      answer({ service }, _request, [id = '', attachment = '']) {
        return jose(
          service.pickUp(kind, id).attachments.get(attachment) ?? refuse(404, 'no such attachment'),
        );
      },
    },
  ];
}

const ROUTES: readonly Route[] = [
  {
    ...{ step: 'token', method: 'POST', path: /^\/token$/, content: 'application/x-www-form-urlencoded' },
    answer: ({ access }, { body, authorization }) =>
      json(access.grant(new URLSearchParams(body), authorization)),
  },
  {
    ...{ step: 'service-keys', method: 'GET', path: /^\/\.well-known\/jwks\.json$/ },
    answer: ({ keys }) => json({ keys: [keys.service.publicJwk] }),
  },
  {
    ...{ step: 'destination', method: 'GET', path: new RegExp(`^/v2/destinations/${ID}$`), only: BOTH },
    answer: ({ service, destinationId }, _request, [id]) =>
      id === destinationId ? json(service.destination()) : refuse(404, 'no such destination'),
  },
  {
    ...{ step: 'key', method: 'GET', path: new RegExp(`^/v2/destinations/${ID}/keys/${ID}$`), only: BOTH },
    answer: (world, _request, [destination = '', kid = '']) => json(keyOf(world, destination, kid)),
  },
  {
    // The other known shape of this call: all keys at once.
    ...{ step: 'key', method: 'GET', path: new RegExp(`^/v2/destinations/${ID}/keys$`), only: BOTH },
    answer: (world) => json({ keys: [world.encryptionKey(), world.keys.signing.publicJwk] }),
  },
  {
    ...{ step: 'announce', method: 'POST', path: /^\/v2\/submissions$/, only: SENDER },
    content: 'application/json',
    answer: async ({ service }, { body }) => json(await service.announce(parse(body)), 201),
  },
  {
    ...{ step: 'reply-announce', method: 'POST', path: /^\/v2\/replies$/, only: SUBSCRIBER },
    content: 'application/json',
    answer: async ({ service }, { body }) => json(await service.announceReply(parse(body)), 201),
  },
  {
    ...{ step: 'acknowledge', method: 'PUT', only: SENDER, content: 'application/json' },
    path: new RegExp(`^/v2/replies/${ID}/acknowledge$`),
    async answer({ service }, { body }, [id = '']) {
      await service.acknowledge(id, parse(body));
      return done;
    },
  },
  {
    ...{ step: 'events', method: 'GET', path: new RegExp(`^/v2/cases/${ID}/events$`), only: BOTH },
    answer: (world, _request, [caseId = '']) => eventsOf(world, caseId),
  },
  {
    ...{ step: 'events', method: 'GET', path: new RegExp(`^/v2/submissions/${ID}/events$`), only: BOTH },
    answer: (world, _request, [id = '']) => eventsOf(world, world.service.find('submission', id).caseId),
  },
  {
    ...{ step: 'decide', method: 'POST', path: new RegExp(`^/v2/cases/${ID}/events$`), only: SUBSCRIBER },
    content: 'application/jose',
    async answer({ service }, { body }, [caseId = '']) {
      await service.decide(caseId, body);
      return done;
    },
  },
  ...sendingRoutes('submission', SENDER, SUBSCRIBER),
  ...sendingRoutes('reply', SUBSCRIBER, SENDER),
];

/** What a request asks for, and what happens when it is let through. */
export interface Matched {
  step: Step;
  /** @throws Refusal */
  run(): Promise<Answer>;
}

/** @returns undefined when there is no such call */
export function match(world: World, request: Request): Matched | undefined {
  const at = ROUTES.filter(({ path }) => path.test(request.path));
  const route = at.find(({ method }) => method === request.method);
  if (!route) return undefined;
  return {
    step: route.step,
    async run() {
      if (route.only) {
        const client = world.access.clientOf(request.authorization) ?? refuse(401, 'no valid token');
        if (!route.only.includes(client)) refuse(403, 'scope is missing');
      }
      if (route.content && request.contentType !== route.content) refuse(415, `must be ${route.content}`);
      return route.answer(world, request, route.path.exec(request.path)?.slice(1) ?? []);
    },
  };
}
