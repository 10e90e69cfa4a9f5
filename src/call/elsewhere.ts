/** Commands that no built program holds; their help must be there without what they need. */

/** `./amtomat test`. */
export const TEST = {
  name: 'test',
  help: `./amtomat test [ROOM|FOLDER|FILE ...]
  Checks everything: types, style, room boundaries, unused code, build, all tests. Takes no options.
  With words it runs only those tests, by name: a room (cases), a folder (src/journey/kinds), a file (test/odd.test.ts).
  As root it installs what the tests need of the system (Chromium, fonts).

Settings
  AMTOMAT_TEST_PG      PostgreSQL for the tests; without it they start one of their own
  AMTOMAT_TEST_ORDER   "random", or the number that such a run has named

Example
  ./amtomat test journey booking src/cases/submit.test.ts`,
  options: {},
  words: Number.POSITIVE_INFINITY,
} as const;

/** `./amtomat bench`. */
export const BENCH = {
  name: 'bench',
  help: `./amtomat bench [--json] [--seconds 20] [--rounds 4] [--warm-up 200] [--citizens 8]
  Measures the office under load, beside a bare web page, and once more without its limits for clients.
  --json        as JSON
  --seconds N   how long each journey is measured
  --rounds N    in how many turns
  --warm-up N   journeys before that
  --citizens N  how many go through it at once

Others
  ./amtomat bench faults   kills office and database, and shows that nothing is lost
  ./amtomat bench soak     shows the memory of the office over time

Example
  ./amtomat bench --seconds 5 --json`,
  options: { seconds: 'text', 'warm-up': 'text', rounds: 'text', citizens: 'text', json: 'flag' },
} as const;

/** `./amtomat bench faults`. */
export const BENCH_FAULTS = {
  name: 'bench faults',
  help: `./amtomat bench faults [--minutes 10] [--seed N] [--citizens 6]
  Kills office and database at random while citizens go on, and compares what they were told with what is held.
  --minutes N   how long
  --seed N      the same moments as in a run that has named it
  --citizens N  how many go on meanwhile

Example
  ./amtomat bench faults --minutes 2 --seed 7`,
  options: { minutes: 'text', seed: 'text', citizens: 'text' },
} as const;

/** `./amtomat bench soak`. */
export const BENCH_SOAK = {
  name: 'bench soak',
  help: `./amtomat bench soak [--minutes 60] [--citizens 6]
  Shows the memory of the office while citizens go on and on.
  --minutes N   how long
  --citizens N  how many

Example
  ./amtomat bench soak --minutes 10`,
  options: { minutes: 'text', citizens: 'text' },
} as const;
