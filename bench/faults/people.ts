/** Citizens and a clerk who do not give up when the office does not answer, and what they were told. */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient, type PageForm, parseHtml, playJourney, readForms } from '#play';
import type { CompiledService, ExampleJourney } from '#service';
import { createClock, momentOf } from '#time';

/** What a citizen holds in the end. */
export interface Told {
  service: string;
  number: string;
  code: string;
  /** It was paid for. */
  paid: boolean;
}

/** Everything that anybody was told, and what nobody was told the end of. */
export interface Words {
  told: Told[];
  /** Ways that came to no end: begun anew by the same citizen. */
  untold: { service: string; why: string }[];
  /** Numbers of cases that a clerk has decided, and was shown as decided. */
  decided: string[];
}

export interface Way {
  service: CompiledService;
  journey: ExampleJourney;
}

/** Longer than several starts in a row on a busy machine. */
const PATIENCE_MS = 600_000;

/** One citizen after the other, at one screen. */
export async function citizens(
  origin: string,
  words: Words,
  next: () => (Way & { household: number }) | undefined,
  terminal?: string,
): Promise<void> {
  for (let chosen = next(); chosen; chosen = next()) {
    const { service, journey, household } = chosen;
    const outcome = await playJourney(origin, service.slug, journey, {
      ...{ today: momentOf(createClock().now()).today, household, patienceMs: PATIENCE_MS },
      ...(terminal !== undefined && { terminal }),
    });
    if (outcome.ok && outcome.outcome === 'submitted') {
      const { number, code } = outcome;
      words.told.push({ service: service.slug, number, code, paid: (journey.expect.fee ?? 0) > 0 });
    } else if (!outcome.ok) {
      words.untold.push({ service: service.slug, why: `${outcome.page ?? 'no page'}: ${outcome.problem}` });
    }
  }
}

/** @returns whether the status page opens the case with what the citizen holds */
export async function opens(origin: string, { number, code }: Told): Promise<boolean> {
  const client = createClient(origin, { patienceMs: PATIENCE_MS });
  try {
    const asked = await client.get('/status');
    const [form] = formsOf(asked.body, asked.url).filter(({ action }) => action.endsWith('/status'));
    if (!form) return false;
    form.fill('number', number);
    form.fill('code', code);
    const shown = await client.send(form.press());
    return new URL(shown.url).pathname === '/status/case' && shown.status === 200;
  } finally {
    client.close();
  }
}

const formsOf = (body: Buffer, url: string): PageForm[] => readForms(parseHtml(body.toString('utf8')), url);

/** Takes and decides what citizens were told is handed in, until there is nothing more to come. */
export async function clerk(origin: string, words: Words, goesOn: () => boolean): Promise<void> {
  const done = new Set<string>();
  while (goesOn()) {
    const open = words.told.find(({ service, number }) => service === 'sperrmuell' && !done.has(number));
    if (!open) {
      await pause(200);
      continue;
    }
    done.add(open.number);
    // A session that a dead office's sign-in provider knew is gone with it: next time, another case.
    if (await decides(origin, open.number).catch(() => false)) words.decided.push(open.number);
  }
}

/** @returns whether the desk has shown the case as decided */
async function decides(origin: string, number: string): Promise<boolean> {
  const local = (at: string): boolean => new URL(at).hostname === '127.0.0.1';
  const client = createClient(origin, { also: local, patienceMs: PATIENCE_MS });
  try {
    const login = await client.get('/desk/sign-in/start');
    const [who] = formsOf(login.body, login.url);
    if (!who) return false;
    await client.send(who.press({ name: 'person', value: 'tsk' }));
    for (const action of ['take', 'decide']) {
      const page = await client.get(`/desk?number=${number}`);
      const form = formsOf(page.body, page.url).find((one) => one.action.endsWith(`/${action}`));
      if (!form) return false;
      if (action === 'decide') form.fill('decision', 'done');
      // The booked day has not come yet.
      if (form.has('early')) form.fill('early', 'yes');
      await client.send(form.press());
    }
    const shown = await client.get(`/desk?number=${number}`);
    return (
      shown.status === 200 && !formsOf(shown.body, shown.url).some((one) => one.action.endsWith('/decide'))
    );
  } finally {
    client.close();
  }
}
