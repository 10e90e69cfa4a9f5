/** `amtomat play`: people without script go through the example journeys of a running office. */
import { basename, join } from 'node:path';
import { readCall, refuseCall } from '#call';
import { homeFolder } from '#config';
import { type PlayOutcome, playJourney } from '#play';
import {
  type CompiledService,
  compileService,
  type ExampleJourney,
  readServiceFolder,
  serviceFolders,
} from '#service';
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
  terminal: where journeys fail with "Von hier kommt gerade sehr viel", use --terminal, wait, or start the trial office
  with AMTOMAT_RATE=0.
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

/** @returns the journeys that are meant, and what is wrong with their services' definitions */
function choose(name: string | undefined): { chosen: Chosen[]; problems: Problem[] } {
  const [slug, id] = name?.split('/') ?? [];
  const folders = serviceFolders(join(homeFolder(), 'services'));
  const results = folders
    .filter((folder) => slug === undefined || basename(folder) === slug)
    .map((folder) => compileService(readServiceFolder(folder)));
  const chosen = results.flatMap(({ service }) =>
    (service?.journeys ?? [])
      .filter((journey) => id === undefined || journey.id === id)
      .flatMap((journey) => (service ? [{ service, journey }] : [])),
  );
  return { chosen, problems: results.flatMap(({ problems }) => problems) };
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
  let failed = 0;
  for (const one of chosen) {
    const household = exact ? undefined : 100 + Math.floor(Math.random() * 9_000);
    const outcome = await playJourney(url, one.service.slug, one.journey, {
      today,
      ...(terminal !== undefined && { terminal }),
      ...(household !== undefined && { household }),
    });
    if (!outcome.ok) failed += 1;
    console.log(lineOf(one, outcome));
  }
  if (failed > 0) console.error(`${failed} of ${chosen.length} journeys failed`);
  return failed === 0 ? 0 : 1;
}
