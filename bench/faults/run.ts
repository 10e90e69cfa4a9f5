/**
 * `./amtomat bench faults`: citizens and a clerk go on while office and database are killed at random moments. In the end what
 * they were told is held against what the office, those who take money and the authority have. It ends with 1 when that is not
 * the same.
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { anchorsOf } from '#audit';
import { BENCH_FAULTS } from '#call';
import { createDb, type Db, startPrivatePostgres } from '#db';
import { createFileKeys } from '#seal';
import { randomFrom } from '#test/random';
import { createClock } from '#time';
import { numbersOf } from '../flags.ts';
import { compare, type Wrongs } from './books.ts';
import { type Ground, MACHINES, prepare } from './ground.ts';
import { type Kills, killAtRandom } from './killer.ts';
import { type Left, leftAtOffice, unread, untilNothingWaits } from './left.ts';
import { citizens, clerk, opens, type Words } from './people.ts';

const LOOK_EVERY_MS = 500;
const MOST_SHOWN = 5;

const { numbers } = numbersOf(BENCH_FAULTS, process.argv.slice(3), {
  ...{ minutes: 10, seed: randomInt(1, 1_000_000), citizens: 6 },
});
const { minutes, seed, citizens: people } = numbers;

const say = (line: string): void => console.error(`faults: ${line}`);

/** Lets people go on and kills, for as long as it was asked for; then lets everybody come to an end. */
async function campaign(ground: Ground, words: Words): Promise<Kills> {
  const random = randomFrom(seed);
  const choice = randomFrom(seed + 1);
  const until = performance.now() + minutes * 60_000;
  const goesOn = (): boolean => performance.now() < until;
  let household = 0;
  const next = () => {
    const way = ground.ways[Math.floor(choice() * ground.ways.length)];
    household += 1;
    return goesOn() && way ? { ...way, household } : undefined;
  };
  // Two stand at the terminals and pay by card, the others are at home and use the pay page.
  const all = Array.from({ length: people }, (_, index) =>
    citizens(ground.origin, words, next, MACHINES[index]),
  );
  let handing = true;
  const desk = clerk(ground.origin, words, () => handing || goesOn());
  const kills = await killAtRandom(ground.office, ground.data, random, goesOn);
  say('no more kills; everybody comes to an end');
  await Promise.all(all);
  handing = false;
  await desk;
  return kills;
}

/** What is left just now. Once the office has brought everything, the authority works off what it was sent, and is waited for. */
async function look({ authority }: Ground, db: Db): Promise<Left> {
  const { waits, stands } = await leftAtOffice(db, createClock().now());
  if (waits.length === 0)
    await authority.authority.work().catch(() => say('the authority could not work off what it was sent'));
  return { waits: [...waits, ...(await unread(db, authority.submissions()))], stands };
}

async function settle(ground: Ground, words: Words): Promise<Wrongs> {
  const postgres = await startPrivatePostgres(join(ground.data, 'postgres'), {
    searchPath: process.env.PATH ?? '',
  });
  const db = createDb(postgres.url, 2);
  try {
    const left = await untilNothingWaits(
      () => look(ground, db),
      () => pause(LOOK_EVERY_MS),
      say,
    );
    const anchors = anchorsOf(ground.data, createFileKeys(join(ground.data, 'keys'), false));
    const wrongs = await compare({ db, ...ground, words, left, anchors });
    for (const told of words.told)
      if (!(await opens(ground.origin, told))) wrongs.lost.push(`${told.number} does not open with its code`);
    return wrongs;
  } finally {
    await db.destroy();
    await postgres.stop();
  }
}

function print(kills: Kills, { told, untold, decided }: Words, wrongs: Wrongs): void {
  const row = (name: string, value: string | number): void => console.log(`${name.padEnd(44)}${value}`);
  row('seed', seed);
  row('minutes', minutes);
  row('kills of the office', kills.office);
  row('kills of the database (SIGKILL)', kills.database);
  row('immediate stops of the database', kills.immediate);
  row('handed in, and told so', told.length);
  row('  of these paid', told.filter(({ paid }) => paid).length);
  row('  of these decided at the desk', decided.length);
  row('ways begun anew, without having been told', untold.length);
  for (const { service, why } of untold.slice(0, MOST_SHOWN)) console.log(`    ${service}, ${why}`);
  for (const [name, found] of Object.entries(wrongs)) {
    row(name, found.length);
    for (const one of found.slice(0, MOST_SHOWN)) console.log(`    ${one}`);
  }
}

say(`seed ${seed}; starting an office with data and world of its own`);
const ground = await prepare();
const words: Words = { told: [], untold: [], decided: [] };
let wrong = true;
try {
  const kills = await campaign(ground, words);
  const wrongs = await settle(ground, words);
  print(kills, words, wrongs);
  wrong = Object.values(wrongs).some((found) => found.length > 0) || words.told.length === 0;
} finally {
  await ground.close();
}
process.exit(wrong ? 1 : 0);
