/** `amtomat play`: people without script go through the example journeys of a running office. */
import { basename } from 'node:path';
import { readCall, refuseCall } from '#call';
import { loadCity } from '#city';
import { loadConfig } from '#config';
import { type PlayOutcome, playJourney } from '#play';
import { type CompiledService, compileService, type ExampleJourney, readServices } from '#service';
import { formatProblems, type Problem } from '#source';
import { createClock, isIsoDate, momentOf } from '#time';

const PLAY = {
  name: 'play',
  help: `./amtomat play [SERVICE[/JOURNEY]] --url URL [--terminal ID] [--exact]
  Plays example journeys against a running office, as people without script, and says what came of each.
  --url URL      where the office is
  --terminal ID  as somebody at this machine (a trial office on this computer)
  --exact        sends house numbers as they are written; otherwise they are made up anew each time, because a
                 household's yearly allowance is soon used up
  An office takes twelve cases an hour from one line of people who have not said who they are, and sixty at a
  terminal. Where that stops journeys, it is said, with what to do: use --terminal, wait, or start the trial office with
  AMTOMAT_RATE=0.
  Exit code 0: every journey came out as it says, 1: one did not, 2: a wrong call.

Example
  ./amtomat play sperrmuell --url http://127.0.0.1:8080`,
  options: { url: 'text', terminal: 'text', exact: 'flag' },
  words: 1,
} as const;

interface Chosen {
  service: CompiledService;
  journey: ExampleJourney;
}

/** @returns the journeys that are meant, and what is wrong with the city or its services' definitions */
function choose(name: string | undefined): { chosen: Chosen[]; problems: Problem[] } {
  const [slug, id] = name?.split('/') ?? [];
  const { cityFolder, servicesFolder } = loadConfig(process.env, []);
  const { city, problems } = loadCity(cityFolder);
  if (!city) return { chosen: [], problems };
  const results = readServices(servicesFolder, city)
    .filter(({ path }) => slug === undefined || basename(path) === slug)
    .map(compileService);
  const chosen = results.flatMap(({ service }) =>
    (service?.journeys ?? [])
      .filter((journey) => id === undefined || journey.id === id)
      .flatMap((journey) => (service ? [{ service, journey }] : [])),
  );
  return { chosen, problems: results.flatMap((result) => result.problems) };
}

/** The office says which day it is there; one that does not is taken to share our calendar. */
async function todayAt(url: string): Promise<string> {
  const facts: unknown = await fetch(new URL('/ready', url))
    .then((answer) => answer.json())
    .catch(() => undefined);
  const said = typeof facts === 'object' && facts !== null && 'today' in facts ? String(facts.today) : '';
  return isIsoDate(said) ? said : momentOf(createClock().now()).today;
}

const ENDS = {
  stopped: 'stopped where it must',
  finished: 'came to its end',
  answered: 'answered by the register',
} as const;

function lineOf({ service, journey }: Chosen, outcome: PlayOutcome): string {
  const name = `${service.slug}/${journey.id}`.padEnd(46);
  if (!outcome.ok) {
    const where = outcome.page === undefined ? '' : ` on "${outcome.page}"`;
    return `FAILED ${name} step ${outcome.step}${where}: ${outcome.problem}`;
  }
  if (outcome.outcome !== 'submitted')
    return `ok     ${name} ${ENDS[outcome.outcome]}, ${outcome.requests} requests`;
  const code = outcome.lookupCode ? `, code ${outcome.lookupCode}` : '';
  return `ok     ${name} handed in as ${outcome.number}${code}, ${outcome.requests} requests`;
}

/** @returns what to do where the office's own limit has stopped journeys; undefined where it has not */
function adviceOf(outcomes: readonly PlayOutcome[], terminal: string | undefined): string | undefined {
  const limited = outcomes.flatMap((one) => (one.ok || one.limited === undefined ? [] : [one.limited]));
  if (limited.length === 0) return undefined;
  const minutes = Math.ceil(Math.max(...limited) / 60);
  const instead = terminal === undefined ? 'play at a terminal of a trial office (--terminal ID), ' : '';
  return (
    `${limited.length} of them by the office's limit, not by a mistake: it takes only so much within an hour ` +
    `${terminal === undefined ? 'from one line' : 'at one terminal'}. Wait about ${minutes} min, ` +
    `${instead}or start the trial office with AMTOMAT_RATE=0`
  );
}

/**
 * @param argv the words after `play`
 * @returns 0 when every journey came out as it says, otherwise 1, or 2 for a wrong call
 */
export async function run(argv: readonly string[]): Promise<number> {
  const call = readCall(PLAY, argv);
  if (typeof call === 'number') return call;
  const { url, terminal, exact } = call.options;
  const [name] = call.words;
  if (url === undefined) return refuseCall(PLAY, '--url is missing: where the office is');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return refuseCall(PLAY, `--url ${url} is no address such as http://127.0.0.1:8080`);
  const { chosen, problems } = choose(name);
  if (problems.length > 0) {
    console.error(formatProblems(problems));
    return 1;
  }
  if (chosen.length === 0) {
    console.error(`amtomat: there is no journey ${name ?? ''}`);
    return 1;
  }
  const today = await todayAt(url);
  const outcomes: PlayOutcome[] = [];
  for (const one of chosen) {
    const household = exact ? undefined : 100 + Math.floor(Math.random() * 9_000);
    const outcome = await playJourney(url, one.service.slug, one.journey, {
      today,
      ...(terminal !== undefined && { terminal }),
      ...(household !== undefined && { household }),
    });
    outcomes.push(outcome);
    console.log(lineOf(one, outcome));
  }
  const failed = outcomes.filter(({ ok }) => !ok).length;
  if (failed > 0) console.error(`${failed} of ${chosen.length} journeys failed`);
  const advice = adviceOf(outcomes, terminal);
  if (advice !== undefined) console.error(advice);
  return failed === 0 ? 0 : 1;
}
