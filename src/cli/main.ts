/** Amtomat's command: one file a command, loaded when it is asked for. */

/** Does its work and gives the exit code; undefined when it goes on until a signal. */
type Command = (argv: readonly string[]) => Promise<number | undefined>;

const COMMANDS: Readonly<Record<string, () => Promise<{ run: Command }>>> = {
  start: () => import('./start.ts'),
  check: () => import('./check.ts'),
  texts: () => import('./texts.ts'),
  audit: () => import('./audit.ts'),
  keys: () => import('./keys.ts'),
  doctor: () => import('./doctor.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  play: () => import('./play.ts'),
  import: () => import('./import.ts'),
  city: () => import('./city.ts'),
  help: () => import('./help.ts'),
};

/** `help backup` is `backup --help`. */
function asked([name = 'help', ...argv]: readonly string[]): [string, readonly string[]] {
  const [about, ...more] = argv;
  const hasHelp = about !== undefined && about !== 'help' && Object.hasOwn(COMMANDS, about);
  return name === 'help' && hasHelp ? [about, [...more, '--help']] : [name, argv];
}

const [name, argv] = asked(process.argv.slice(2));
try {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const { run } = load ? await load() : { run: (await import('./help.ts')).unknown(name) };
  const code = await run(argv);
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  const { wordsOf } = await import('./words.ts');
  console.error(`amtomat: ${wordsOf(error)}`);
  process.exitCode = 1;
}
