import { BENCH, BENCH_FAULTS, BENCH_SOAK, readCall, TEST } from '#call';

const TEXT = `Amtomat, a civic office that is open without staff.

  ./amtomat start [--port 8080] [--host 127.0.0.1] [--data ./data]
                                  opens the office: database, services, stand-ins for trying it
  ./amtomat test [room|file ...]  checks everything: types, style, room boundaries, tests; or runs the tests of a part
  ./amtomat check [folder] [--texts]
                                  compiles services and says what is wrong with them; with --texts also what is left to translate
  ./amtomat texts LANGUAGE        what is left to translate into a language, what somebody says of its texts, and files for translators' tools
  ./amtomat play [service[/journey]] --url URL
                                  plays example journeys against a trial office
  ./amtomat import streets FILE   takes a fuller street list (.json or .txt) into the data folder
  ./amtomat city new NAME         makes the folder of another municipality from a few questions, checks it and opens it
  ./amtomat audit verify          checks the chain of audit entries
  ./amtomat keys                  makes the offices' keys that are missing (production does not do so by itself)
  ./amtomat doctor [--json]       looks at everything that an office needs, one line each: settings, database, keys, certificates, whom it is connected with
  ./amtomat backup --to FOLDER [--keys FOLDER] [--keep N]
                                  copies the database, and apart from it the keys, while the office runs
  ./amtomat restore --from FOLDER --keys FOLDER
                                  brings a backup back into an empty place
  ./amtomat bench [--json]        measures the office
  ./amtomat bench faults          kills office and database, and shows that nothing is lost
  ./amtomat bench soak            shows the memory of the office over time
  ./amtomat help [command]        this text, or how a command is called (the same as ./amtomat <command> --help)

Environment
  DATABASE_URL         a PostgreSQL (15 or newer) to use instead of the office's own
  AMTOMAT_ENV          "production": no stand-ins, no default secrets, nothing missing
  AMTOMAT_PUBLIC_URL   origin under which people reach the office
  AMTOMAT_CITY         a folder of city/ (default karlsruhe), or a path
  AMTOMAT_CLOCK        sets (2026-12-24T10:00:00+01:00) or shifts (+3d) the office's clock, for trying things
  AMTOMAT_KEYS         folder of the offices' keys (default <data>/keys)
  AMTOMAT_OIDC_ISSUER, AMTOMAT_OIDC_CLIENT_ID, AMTOMAT_OIDC_CLIENT_SECRET, AMTOMAT_OIDC_… (see docs/operations.md)
                       OpenID Connect provider that signs staff in
  AMTOMAT_CONNECTIONS  file with whom the office is connected: BundID, card terminals, pay page, authorities (docs/operations.md)
  AMTOMAT_PROXY        addresses of reverse proxies whose X-Forwarded-For is believed, with commas
  AMTOMAT_SIGNER       who signs the papers that the office issues: none (default, the only one yet)
  AMTOMAT_RATE         pages a second for one client on average (default 100, 0 = no limit, only in a trial)
  AMTOMAT_METRICS      address and port of its own where measures are served as OpenMetrics, such as 127.0.0.1:9464
  AMTOMAT_LOG          silent, error, warn or info (default: info in production, else warn)
`;

const HELP = {
  name: 'help',
  help: `./amtomat help [COMMAND]
  Says what there is, or how one command is called; ./amtomat COMMAND --help does the same.

Example
  ./amtomat help backup`,
  options: {},
  words: 1,
} as const;

const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['test', TEST.help],
  ['bench', [BENCH, BENCH_FAULTS, BENCH_SOAK].map(({ help }) => help).join('\n\n')],
]);

/** Prints what there is, or how a command is called that is no part of this program. @returns the exit code */
export async function run(argv: readonly string[]): Promise<number> {
  const call = readCall(HELP, argv);
  if (typeof call === 'number') return call;
  const [about = 'help'] = call.words;
  if (about !== 'help' && !ELSEWHERE.has(about)) return unknown(about)();
  console.log(ELSEWHERE.get(about) ?? TEXT);
  return 0;
}

/** @returns what stands for a command that does not exist */
export function unknown(name: string): () => Promise<number> {
  return async () => {
    console.error(`amtomat: unknown command "${name}"\namtomat: ./amtomat help names all`);
    return 2;
  };
}
