/** Citizens who know the way: they read only what they must from a page, so that the client costs little. */
import type http from 'node:http';
import { createClient, type HttpClient } from '#play';
import type { CompiledService, ExampleJourney } from '#service';

/** Counts what one journey asks for. */
export interface JourneyCost {
  gets: number;
  posts: number;
  /** Average bytes of a page. */
  pageBytes: number;
}

export interface CitizenOptions {
  origin: string;
  agent: http.Agent;
  observe: (milliseconds: number) => void;
}

/** Unambiguous letters for made-up family names; every citizen is a household of its own. */
const LETTERS = 'aeioubdfgklmnprst';

function madeUpName(): string {
  const letters = Array.from({ length: 10 }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]);
  return `B${letters.join('')}`;
}

/** @returns hidden fields of the form that is sent to this path, and the ids of the dates it offers */
function readForm(html: string, path: string, slotField: string | undefined) {
  const at = html.indexOf(`action="${path}"`);
  if (at < 0) throw new Error(`no form to ${path} on the page "${/<title>([^<]*)/.exec(html)?.[1]}"`);
  const form = html.slice(html.lastIndexOf('<form', at), html.indexOf('</form>', at));
  const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  const slots = slotField
    ? [...form.matchAll(/<input\b[^>]*>/g)]
        .filter(([input]) => input.includes(`name="${slotField}"`))
        .map(([input]) => /value="([^"]+)"/.exec(input)?.[1] ?? '')
    : [];
  return { hidden, slots };
}

/** The example journey as a list of forms to send, the same for every citizen but for household and date. */
export function planOf(service: CompiledService, journey: ExampleJourney) {
  const slotPages = new Map(
    service.pages.flatMap((page) =>
      page.questions.filter(({ kind }) => kind === 'slot').map(({ id }): [string, string] => [page.id, id]),
    ),
  );
  const review = service.pages.at(-1)?.id ?? '';
  return {
    start: `/service/${service.slug}`,
    steps: [
      ...journey.steps.map(({ page, fill }) => ({
        page,
        slotField: slotPages.get(page),
        fill: Object.entries(fill).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value] as const] : value.map((one) => [name, one] as const),
        ),
      })),
      { page: review, slotField: undefined, fill: [] },
    ],
  };
}
export type Plan = ReturnType<typeof planOf>;

function entriesOf(
  step: Plan['steps'][number],
  form: ReturnType<typeof readForm>,
  family: string,
  house: string,
) {
  const slot = form.slots[Math.floor(Math.random() * form.slots.length)] ?? '';
  const filled = step.fill.map(([name, value]): [string, string] => {
    if (name === step.slotField) return [name, slot];
    if (name === 'familyName') return [name, family];
    return [name, name.endsWith('.houseNumber') ? house : value];
  });
  return [...form.hidden, ...filled];
}

async function post(
  client: HttpClient,
  origin: string,
  path: string,
  entries: [string, string][],
): Promise<string> {
  const answer = await client.send({ method: 'POST', action: `${origin}${path}`, multipart: false, entries });
  const html = answer.body.toString('utf8');
  if (answer.status !== 200) {
    const errors = [...html.matchAll(/data-error="([^"]*)"/g)].map(([, code]) => code).join(', ');
    throw new Error(`${path} answered ${answer.status} ${errors}`);
  }
  return html;
}

/**
 * One citizen from the service's page to the receipt.
 * @throws Error when the office does anything else than what the journey says
 */
export async function goThrough(
  plan: Plan,
  { origin, agent, observe }: CitizenOptions,
): Promise<JourneyCost> {
  const client = createClient(origin, { agent, observe });
  const family = madeUpName();
  const house = String(1 + Math.floor(Math.random() * 998));
  let html = (await client.get(plan.start)).body.toString('utf8');
  let bytes = html.length;
  html = await post(client, origin, plan.start, readForm(html, plan.start, undefined).hidden);
  bytes += html.length;
  for (const step of plan.steps) {
    const path = `${plan.start}/${step.page}`;
    const form = readForm(html, path, step.slotField);
    html = await post(client, origin, path, entriesOf(step, form, family, house));
    bytes += html.length;
  }
  if (!html.includes('data-outcome="submitted"')) throw new Error('the journey did not end in a receipt');
  const posts = plan.steps.length + 1;
  return { gets: posts + 1, posts, pageBytes: Math.round(bytes / (posts + 1)) };
}

/** The same number of requests to the bare page, with forms of a usual size. */
export async function goThroughBare(
  cost: JourneyCost,
  { origin, agent, observe }: CitizenOptions,
): Promise<void> {
  const client = createClient(origin, { agent, observe });
  await client.get('/');
  const entries: [string, string][] = [
    ['_csrf', 'x'.repeat(43)],
    ['familyName', madeUpName()],
  ];
  for (let sent = 0; sent < cost.posts; sent += 1) await post(client, origin, '/', entries);
}
