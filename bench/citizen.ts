/** Citizens who know the way: they read only what they must from a page, so that the client costs little. */
import type http from 'node:http';
import { createClient, type HttpClient, houseOf, type Observed } from '#play';
import type { Plan, PlanStep } from './plan.ts';

/** What one journey asks of the office. */
export interface JourneyCost {
  gets: number;
  posts: number;
  /** Average bytes of a page. */
  pageBytes: number;
}

export interface CitizenOptions {
  origin: string;
  agent: http.Agent;
  /** Told of every request to the office. */
  observe: (milliseconds: number) => void;
}

/** One citizen's browser, and the page it shows. */
interface Person {
  client: HttpClient;
  origin: string;
  html: string;
  /** Bytes of the office's pages so far, and their number. */
  pages: number[];
}

/** Unambiguous letters for made-up family names; every citizen is a household of its own. */
const LETTERS = 'aeioubdfgklmnprst';

let households = 0;
/** @returns a house where nobody else lives: allowances count by house */
function nextHouse(): string {
  households += 1;
  const { house, letter } = houseOf(households);
  return `${house}${letter}`;
}

let lines = 0;
/** @returns the address of a line of its own: limits count by client, and citizens come from many */
function nextAddress(): string {
  lines += 1;
  return `10.${(lines >> 16) % 256}.${(lines >> 8) % 256}.${lines % 256}`;
}

function madeUpName(): string {
  const letters = Array.from({ length: 10 }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]);
  return `B${letters.join('')}`;
}

interface FoundForm {
  action: string;
  hidden: [string, string][];
  html: string;
}

/** @returns the first form whose address fits, its hidden fields and its HTML */
function formTo(html: string, fits: RegExp): FoundForm {
  const address = [...html.matchAll(/<form\b[^>]*\baction="([^"]*)"/g)].find(([, to = '']) => fits.test(to));
  const [, title] = /<title>([^<]*)/.exec(html) ?? [];
  if (!address) throw new Error(`no form to ${fits.source} on the page "${title}"`);
  const form = html.slice(address.index, html.indexOf('</form>', address.index));
  const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  return { action: address[1] ?? '', hidden, html: form };
}

const exactly = (path: string): RegExp => new RegExp(`^${path}$`);

function datesIn(form: FoundForm, field: string): string[] {
  return [...form.html.matchAll(/<input\b[^>]*>/g)]
    .filter(([input]) => input.includes(`name="${field}"`))
    .map(([input]) => /value="([^"]+)"/.exec(input)?.[1] ?? '');
}

function entriesOf(step: PlanStep, form: FoundForm, family: string, house: string): [string, string][] {
  const dates = step.slotField === undefined ? [] : datesIn(form, step.slotField);
  return step.fill.map(([name, value]) => {
    if (name === step.slotField) return [name, dates[Math.floor(Math.random() * dates.length)] ?? ''];
    if (name === 'familyName') return [name, family];
    return [name, name.endsWith('.houseNumber') ? house : value];
  });
}

/** Sends a form of the page that is shown, with its hidden fields. */
async function send(person: Person, fits: RegExp, entries: [string, string][] = []): Promise<void> {
  const { action, hidden } = formTo(person.html, fits);
  await post(person, new URL(action, person.client.at).href, [...hidden, ...entries]);
}

async function post(person: Person, action: string, entries: [string, string][]): Promise<void> {
  const answer = await person.client.send({ method: 'POST', action, multipart: false, entries });
  person.html = answer.body.toString('utf8');
  if (new URL(answer.url).origin === person.origin) person.pages.push(person.html.length);
  if (answer.status === 200) return;
  const errors = [...person.html.matchAll(/data-error="([^"]*)"/g)].map(([, code]) => code).join(', ');
  throw new Error(`${new URL(action).pathname} answered ${answer.status} ${errors}`);
}

/** Signs in at the practice BundID and comes back to the page. */
async function identify(person: Person, path: string, who: string): Promise<void> {
  await send(person, exactly(path), [['_action', 'identify:bundid']]);
  await send(person, /^\/sign-in\//, [['person', who]]);
  // The provider's answer, and the office's page that passes it on.
  await send(person, /\/acs$/);
  await send(person, /\/complete$/);
}

/** Pays at the practice pay page, which leads back to the receipt. */
async function pay(person: Person, start: string): Promise<void> {
  await send(person, exactly(`${start}/pay`), [['way', 'page']]);
  await send(person, /^\/pay\//, [['outcome', 'pay']]);
}

/**
 * One citizen from the service's page to the receipt.
 * @returns what it asked of the office
 * @throws Error when the office does anything else than what the journey says
 */
export async function goThrough(plan: Plan, options: CitizenOptions): Promise<JourneyCost> {
  const { origin, agent } = options;
  const asked: Observed[] = [];
  const observe = (request: Observed): void => {
    if (request.origin !== origin) return;
    asked.push(request);
    options.observe(request.milliseconds);
  };
  const headers = { 'x-forwarded-for': nextAddress() };
  const client = createClient(origin, { agent, observe, headers, also: () => true });
  const person: Person = { client, origin, html: '', pages: [] };
  const family = madeUpName();
  const house = nextHouse();
  person.html = (await client.get(plan.start)).body.toString('utf8');
  person.pages.push(person.html.length);
  await send(person, exactly(plan.start));
  for (const step of plan.steps) {
    const path = `${plan.start}/${step.page}`;
    if (step.person !== undefined) await identify(person, path, step.person);
    const entries = entriesOf(step, formTo(person.html, exactly(path)), family, house);
    await send(person, exactly(path), entries);
  }
  if (plan.pays) await pay(person, plan.start);
  if (!person.html.includes('data-outcome="submitted"'))
    throw new Error('the journey did not end in a receipt');
  const posts = asked.filter(({ method }) => method === 'POST').length;
  const bytes = person.pages.reduce((sum, one) => sum + one, 0);
  return { posts, gets: asked.length - posts, pageBytes: Math.round(bytes / person.pages.length) };
}

/** The same number of requests to the bare page, with forms of a usual size; each form is answered by a redirect. */
export async function goThroughBare(
  { gets, posts }: JourneyCost,
  { origin, agent, observe }: CitizenOptions,
): Promise<void> {
  const client = createClient(origin, { agent, observe: ({ milliseconds }) => observe(milliseconds) });
  const person: Person = { client, origin, html: '', pages: [] };
  const entries: [string, string][] = [
    ['_csrf', 'x'.repeat(43)],
    ['familyName', madeUpName()],
  ];
  const forms = Math.min(posts, gets);
  for (let sent = 0; sent < forms; sent += 1) await post(person, `${origin}/`, entries);
  for (let left = gets + posts - 2 * forms; left > 0; left -= 1) await client.get('/');
}
